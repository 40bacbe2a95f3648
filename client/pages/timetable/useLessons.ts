// The lessons of a span as the server knows them, and its clock.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson, LessonsQuery } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { setUniversityZone } from '../../i18n/index.ts';

export type Scope = 'mine' | 'all';
/** Whose lessons: by scope, or those of one group, teacher, faculty, place or course. */
export type LessonsOf = Partial<Omit<z.input<typeof LessonsQuery>, 'from' | 'to'>>;
export type Span = { readonly from: number; readonly to: number };

/** Begins the key of every question about lessons. */
export const lessonsKey = 'lessons';

const askAgainMs = 30_000;

/** What a new lesson can be made of. */
export const choicesQuery = queryOptions({
  queryKey: ['timetable-choices'],
  queryFn: ({ signal }) => api(lessonRoutes.choices, { signal }),
});

/** Asked again every half minute and on coming back to the page. `of` undefined: nothing is asked. */
export function useLessons({ from, to }: Span, of: LessonsOf | undefined) {
  return useQuery({
    queryKey: [lessonsKey, of, from, to],
    enabled: of !== undefined,
    queryFn: async ({ signal }) => {
      const answer = await api(lessonRoutes.lessons, { query: { ...of, from, to }, signal });
      takeZone(answer.timeZone);
      return { lessons: answer.lessons as readonly Lesson[], more: answer.more ?? false, clockAheadMs: answer.now - Date.now() };
    },
    refetchInterval: askAgainMs,
    refetchOnWindowFocus: 'always',
  });
}

/** The zone that the server names is the one of all times that are shown. */
export function takeZone(name: string): void {
  try {
    setUniversityZone(name);
  } catch {
    // An old browser that does not know the zone shows the times of the usual one.
  }
}

/** The server's time, moving on every few seconds. */
export function useNow(clockAheadMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  return now + clockAheadMs;
}
