// The HTTP calls of the load page, for administrators: the figures, and what can be done about them.
import { z } from 'zod';
import { LessonId } from './ids.ts';
import { LoadHistory, LoadHistoryQuery, RoomEnding, Status, WorkerDraining } from './monitoring.ts';
import { route } from './route.ts';

export const monitoringRoutes = {
  status: route('GET', '/api/status', 'administrator', 'Load and rooms', { answer: Status }),
  loadHistory: route('GET', '/api/status/history', 'administrator', 'The last hour of the server, or of one media worker or room', {
    query: LoadHistoryQuery,
    answer: LoadHistory,
  }),
  drainWorker: route(
    'PUT',
    '/api/status/workers/{pid}/drained',
    'administrator',
    'Keep new rooms and viewers off a media worker, or no longer',
    {
      params: z.object({ pid: z.coerce.number().int().positive() }),
      body: WorkerDraining,
    },
  ),
  endRoom: route('POST', '/api/status/rooms/{id}/end', 'administrator', 'End a class that runs, and tell its people why', {
    params: z.object({ id: LessonId }),
    body: RoomEnding,
  }),
} as const;
