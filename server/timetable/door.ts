// When a lesson's door opens and closes, and what it answers to somebody who stands before it.
import type { Instant } from '../contract/ids.ts';
import type { LessonPhase, RoleInLesson } from '../contract/timetable.ts';
import type { z } from 'zod';

const minuteMs = 60_000;
const opensBeforeMs = 10 * minuteMs;
const opensForTeachersBeforeMs = 30 * minuteMs;
const closesAfterMs = 15 * minuteMs;
const longestExtensionMs = 180 * minuteMs;

export interface LessonTimes {
  readonly startsAt: Instant;
  /** As planned. */
  readonly endsAt: Instant;
  readonly extendedTo: Instant | null;
  readonly endedAt: Instant | null;
  readonly cancelled: boolean;
}

export type DoorAnswer =
  | { readonly open: true }
  | { readonly open: false; readonly why: 'too-early'; readonly opensAt: Instant }
  | { readonly open: false; readonly why: 'lesson-over' | 'lesson-cancelled' };

/** The end that holds now. */
export function endOf(lesson: LessonTimes): Instant {
  return lesson.extendedTo ?? lesson.endsAt;
}

/** Teachers and assistants may come earlier to prepare; the door closes for all at once. */
export function doorTimes(lesson: LessonTimes, role: RoleInLesson): { readonly opensAt: Instant; readonly closesAt: Instant } {
  const prepares = role === 'teacher' || role === 'assistant';
  const opensAt = lesson.startsAt - (prepares ? opensForTeachersBeforeMs : opensBeforeMs);
  const byTime = endOf(lesson) + closesAfterMs;
  return { opensAt, closesAt: lesson.endedAt === null ? byTime : Math.min(byTime, lesson.endedAt) };
}

/** Open from the first millisecond of `opensAt` until the last one before `closesAt`. */
export function askDoor(lesson: LessonTimes, role: RoleInLesson, now: Instant): DoorAnswer {
  if (lesson.cancelled) return { open: false, why: 'lesson-cancelled' };
  if (lesson.endedAt !== null) return { open: false, why: 'lesson-over' };
  const { opensAt, closesAt } = doorTimes(lesson, role);
  if (now < opensAt) return { open: false, why: 'too-early', opensAt };
  if (now >= closesAt) return { open: false, why: 'lesson-over' };
  return { open: true };
}

/** `ended` begins with the end of the lesson, although the door stays open a little longer. */
export function phaseOf(lesson: LessonTimes, role: RoleInLesson, now: Instant): z.infer<typeof LessonPhase> {
  if (lesson.cancelled) return 'cancelled';
  if (lesson.endedAt !== null || now >= endOf(lesson)) return 'ended';
  if (now >= lesson.startsAt) return 'running';
  return now >= doorTimes(lesson, role).opensAt ? 'door-open' : 'planned';
}

/** The latest end that an extension can reach. */
export function latestEnd(lesson: LessonTimes): Instant {
  return lesson.endsAt + longestExtensionMs;
}
