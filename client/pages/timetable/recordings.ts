// The recordings of a lesson.
import { queryOptions } from '@tanstack/react-query';
import type { LessonId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';

export function recordingsQuery(id: LessonId) {
  return queryOptions({
    queryKey: ['recordings', id],
    queryFn: async ({ signal }) => (await api(recordingRoutes.recordings, { params: { id }, signal })).recordings,
    staleTime: 30_000,
  });
}
