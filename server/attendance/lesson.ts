// A lesson as its register sees it: planned and real times, who is expected, and which span counts. Rules A6 and A12.
import type { Instant } from '../contract/ids.ts';
import type { Stretch } from './stretches.ts';

export const minuteMs = 60_000;

/** When it was to be, and when it was. */
export interface Held {
  readonly startsAt: Instant;
  /** As planned. */
  readonly plannedEndsAt: Instant;
  /** The end that holds now, extended or not. */
  readonly endsAt: Instant;
  /** Ended for all; null when it was not. */
  readonly endedAt: Instant | null;
  readonly cancelled: boolean;
  /** The earliest moment at which anybody can be in the room, and the one from which nobody can unless it was ended before. */
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

export interface Lesson extends Held {
  readonly lessonId: string;
  readonly title: string;
  readonly courseTitle: string;
}

export interface Expected {
  readonly personId: string;
  /** Empty when it was erased. */
  readonly name: string;
  /** Names of the groups, to be shown. */
  readonly groups: readonly string[];
  readonly role: 'teacher' | 'assistant' | 'student';
}

/** A6: from the start until the end that holds, the early end for all, or now, whichever is first. */
export function countedSpan(lesson: Held, now: Instant): Stretch {
  const to = Math.min(lesson.endsAt, lesson.endedAt ?? lesson.endsAt, now);
  return { from: lesson.startsAt, to: Math.max(lesson.startsAt, to) };
}

/** A12: nobody can be in the room any more, and nothing is added to what they did. */
export function isFinal(lesson: Held, now: Instant): boolean {
  return lesson.cancelled || lesson.endedAt !== null || now >= lesson.closesAt;
}

/** Its time is over, although the door may still be open. */
export function isOver(lesson: Held, now: Instant): boolean {
  return isFinal(lesson, now) || now >= lesson.endsAt;
}
