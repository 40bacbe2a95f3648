// When a lesson's door opens and closes, and what it answers to somebody who stands before it.
import type { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { LessonPhase, RoleInLesson } from '../contract/timetable.ts';

const minuteMs = 60_000;
const longestLessonMs = 12 * 60 * minuteMs;
export const longestExtensionMs = 180 * minuteMs;
/** The longest lesson with its longest extension: what began earlier cannot touch a span. */
export const reachBackMs = longestLessonMs + longestExtensionMs;

/** The university's setting. */
export interface DoorRule {
  readonly openBeforeMinutes: number;
  /** For the teacher and the assistants, who prepare. */
  readonly teacherOpenBeforeMinutes: number;
  readonly closeAfterMinutes: number;
}

export interface LessonTimes {
  readonly startsAt: Instant;
  /** As planned. */
  readonly endsAt: Instant;
  /** Null unless the lesson was extended. */
  readonly extendedTo: Instant | null;
  /** Null unless it was ended for all before the door closed. */
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

/** The door opens earlier for some, and closes for all at once. */
export function doorTimes(
  lesson: LessonTimes,
  role: RoleInLesson,
  rule: DoorRule,
): { readonly opensAt: Instant; readonly closesAt: Instant } {
  const prepares = role === 'teacher' || role === 'assistant';
  const opensAt = lesson.startsAt - (prepares ? rule.teacherOpenBeforeMinutes : rule.openBeforeMinutes) * minuteMs;
  const byTime = endOf(lesson) + rule.closeAfterMinutes * minuteMs;
  return { opensAt, closesAt: lesson.endedAt === null ? byTime : Math.min(byTime, lesson.endedAt) };
}

/** Open from `opensAt` on; shut from `closesAt` on. */
export function askDoor(lesson: LessonTimes, role: RoleInLesson, rule: DoorRule, now: Instant): DoorAnswer {
  if (lesson.cancelled) return { open: false, why: 'lesson-cancelled' };
  if (lesson.endedAt !== null) return { open: false, why: 'lesson-over' };
  const { opensAt, closesAt } = doorTimes(lesson, role, rule);
  if (now < opensAt) return { open: false, why: 'too-early', opensAt };
  if (now >= closesAt) return { open: false, why: 'lesson-over' };
  return { open: true };
}

/** `ended` begins with the end of the lesson, although the door stays open a little longer. */
export function phaseOf(lesson: LessonTimes, role: RoleInLesson, rule: DoorRule, now: Instant): z.infer<typeof LessonPhase> {
  if (lesson.cancelled) return 'cancelled';
  if (lesson.endedAt !== null || now >= endOf(lesson)) return 'ended';
  if (now >= lesson.startsAt) return 'running';
  return now >= doorTimes(lesson, role, rule).opensAt ? 'door-open' : 'planned';
}

/** The latest end that an extension can reach. */
export function latestEnd(lesson: LessonTimes): Instant {
  return lesson.endsAt + longestExtensionMs;
}

/** Rooms of lessons that begin outside of it are not open: the earliest door, and the longest lesson with its extension. */
export function spanOfOpenRooms(now: Instant): { readonly from: Instant; readonly to: Instant } {
  return { from: now - reachBackMs, to: now + 24 * 60 * minuteMs };
}
