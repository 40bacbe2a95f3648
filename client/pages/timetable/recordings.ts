// The recordings of a lesson.
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { Route } from '../../../server/contract/http.ts';
import { LessonId } from '../../../server/contract/ids.ts';
import { Recordings } from '../../../server/contract/recording.ts';
import { api } from '../../app/api.ts';

const recordings = {
  method: 'GET',
  path: '/api/lessons/{id}/recordings',
  summary: 'The recordings of a lesson',
  access: 'signed-in',
  params: z.object({ id: LessonId }),
  query: z.object({}),
  body: z.object({}),
  answer: Recordings,
} as const satisfies Route;

export function recordingsQuery(id: LessonId) {
  return queryOptions({
    queryKey: ['recordings', id],
    queryFn: async ({ signal }) => (await api(recordings, { params: { id }, signal })).recordings,
    staleTime: 30_000,
  });
}
