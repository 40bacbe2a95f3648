// How many lessons of a course a student has missed in a row. Rule A37.
import type { Instant } from '../contract/ids.ts';

export interface Attended {
  readonly startsAt: Instant;
  readonly verdict: string;
}

export interface Streak {
  readonly missed: number;
  /** Start of the first of them; null when none is missed. */
  readonly since: Instant | null;
  /** Start of the last lesson that was judged. */
  readonly lastAt: Instant;
}

const came: readonly string[] = ['present', 'late', 'left-early'];

/** In the order of the lessons. What is excused, made up for, or not held neither counts nor breaks the row. Null without any lesson. */
export function streakOf(lessons: readonly Attended[]): Streak | null {
  let missed = 0;
  let since: Instant | null = null;
  let lastAt: Instant | null = null;
  for (const { startsAt, verdict } of lessons) {
    lastAt = startsAt;
    if (came.includes(verdict)) {
      missed = 0;
      since = null;
    } else if (verdict === 'absent') {
      missed += 1;
      since ??= startsAt;
    }
  }
  return lastAt === null ? null : { missed, since, lastAt };
}
