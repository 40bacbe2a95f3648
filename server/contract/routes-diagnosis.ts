// The HTTP calls that answer who had trouble in class, and why.
import { z } from 'zod';
import { Stay, Stays, StaysQuery, Troubles, TroublesQuery } from './diagnosis.ts';
import { LessonId, PersonId } from './ids.ts';
import { route } from './route.ts';

export const diagnosisRoutes = {
  troubles: route(
    'GET',
    '/api/diagnosis/troubles',
    'signed-in',
    'Stretches in which people had trouble in class, newest first, with a hint of the cause',
    {
      query: TroublesQuery,
      answer: Troubles,
    },
  ),
  stays: route('GET', '/api/diagnosis/stays', 'signed-in', 'Who was in which class, with trouble or without', {
    query: StaysQuery,
    answer: Stays,
  }),
  stay: route(
    'GET',
    '/api/diagnosis/lessons/{lessonId}/people/{personId}',
    'signed-in',
    'One person’s stay in one lesson, in steps of ten seconds',
    {
      params: z.object({ lessonId: LessonId, personId: PersonId }),
      answer: Stay,
    },
  ),
} as const;
