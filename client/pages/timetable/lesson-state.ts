// Where a lesson stands at a moment, reckoned here so that a door opens on the page in the second in which it opens.
import type { Lesson } from '../../../server/contract/timetable.ts';

/** closing: after its end, while one may still come in. */
export type LessonState = 'planned' | 'door-open' | 'running' | 'closing' | 'over' | 'cancelled';

export type Times = Pick<Lesson, 'phase' | 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt'>;

export function stateOf(lesson: Times, now: number): LessonState {
  if (lesson.phase === 'cancelled') return 'cancelled';
  // A lesson that was ended for all has closed its door before its end.
  if (now >= lesson.closesAt) return 'over';
  if (now >= lesson.endsAt) return 'closing';
  if (now >= lesson.startsAt) return 'running';
  return now >= lesson.opensAt ? 'door-open' : 'planned';
}

export function isOpen(state: LessonState): boolean {
  return state === 'door-open' || state === 'running' || state === 'closing';
}

/** Lessons that touch the span, in their order. */
export function touching<T extends Pick<Lesson, 'startsAt' | 'endsAt'>>(lessons: readonly T[], from: number, to: number): readonly T[] {
  return lessons.filter((lesson) => lesson.startsAt < to && lesson.endsAt > from);
}

/** The first lesson that has not begun. */
export function nextOf<T extends Times>(lessons: readonly T[], now: number): T | undefined {
  return lessons.find((lesson) => {
    const state = stateOf(lesson, now);
    return state === 'planned' || state === 'door-open';
  });
}

type Found = {
  readonly title: string;
  readonly course: { readonly code: string; readonly title: string };
  readonly teacher: { readonly displayName: string };
  readonly groups: readonly { readonly name: string }[];
};

/** Whether every word of what was typed is found somewhere in the lesson. */
export function matches(lesson: Found, search: string): boolean {
  const words = search.toLocaleLowerCase('ru').split(/\s+/u).filter(Boolean);
  const { title, course, teacher, groups } = lesson;
  const text = [title, course.title, course.code, teacher.displayName, ...groups.map(({ name }) => name)].join(' ').toLocaleLowerCase('ru');
  return words.every((word) => text.includes(word));
}
