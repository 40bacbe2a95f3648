// How a lesson went that is not watched any more: from what was kept of it, or else from its register and its recordings, and nothing beyond. Rule W11.
import type { Instant } from '../contract/ids.ts';
import type { Trouble, TroubleKind } from '../contract/situation.ts';
import { endOf } from '../timetable/door.ts';
import { isOverAt, type Known } from './known.ts';
import { isEarly, minuteMs, type PlannedLesson, type Thresholds } from './lesson.ts';

export interface Evidence {
  /** What the watch wrote down; null of lessons from before there was one. */
  readonly kept: {
    readonly watchedSince: Instant;
    readonly held: boolean;
    readonly begunAt: Instant | null;
    readonly endedAt: Instant | null;
    readonly came: number;
    readonly expected: number;
    readonly ledBy: { readonly id: string; readonly name: string } | null;
  } | null;
  /** What its register says; null while it is not judged. */
  readonly judged: { readonly held: boolean; readonly delayMinutes: number; readonly came: number; readonly expected: number } | null;
  readonly isRecorded: boolean;
  readonly isRecording: boolean;
}

/**
 * @param found as it was kept
 * @param roster students by the roster of today
 */
export function knownFrom(
  lesson: PlannedLesson,
  { kept, judged, isRecorded, isRecording }: Evidence,
  found: readonly Trouble[],
  roster: number,
  limits: Thresholds,
  now: Instant,
): Known {
  const recording = isRecording ? 'recording' : isRecorded ? 'recorded' : 'none';
  if (kept !== null) {
    const isSure = kept.watchedSince <= lesson.startsAt;
    // The register has the last word where the watch came too late.
    const held = kept.held || (!isSure && judged?.held === true);
    const end = Math.min(endOf(lesson), lesson.endedAt ?? endOf(lesson));
    // W10: what could not be written any more ended with the lesson.
    const troubles = isOverAt(lesson, now) ? found.map((trouble) => ({ ...trouble, until: trouble.until ?? end })) : found;
    const { begunAt, came, expected, ledBy } = kept;
    const ended = { endedAt: lesson.endedAt ?? kept.endedAt, here: 0 };
    return {
      ...{ held, begunAt, came, expected, recording, troubles, ...ended },
      isSure: isSure || judged !== null,
      ledBy: ledBy?.name ?? null,
    };
  }
  const nothing = { endedAt: lesson.endedAt, here: 0, recording, ledBy: null } as const;
  if (judged === null || lesson.cancelled)
    return { ...nothing, held: isRecorded && !lesson.cancelled, isSure: false, begunAt: null, came: null, expected: roster, troubles: [] };
  return {
    ...{ ...nothing, held: judged.held, isSure: true, came: judged.came, expected: judged.expected },
    begunAt: judged.held ? lesson.startsAt + judged.delayMinutes * minuteMs : null,
    troubles: judged.held && isOverAt(lesson, now) ? fromRegister(lesson, judged.delayMinutes, isRecorded, limits) : [],
  };
}

function fromRegister(lesson: PlannedLesson, delayMinutes: number, isRecorded: boolean, limits: Thresholds): Trouble[] {
  const { startsAt, endsAt, endedAt, recordingDue, mode } = lesson;
  const end = endedAt ?? endOf(lesson);
  const found: Trouble[] = [];
  const add = (kind: TroubleKind, since: Instant, until: Instant) => found.push({ kind, since, until, source: null });
  const delayMs = delayMinutes * minuteMs;
  if (mode !== 'on-site' && delayMs >= limits.absentMs) add('teacher-absent', startsAt, startsAt + delayMs);
  if (recordingDue && !isRecorded) add('not-recorded', startsAt + delayMs, end);
  if (mode !== 'on-site' && endedAt !== null && isEarly(lesson, endedAt, limits)) add('ended-early', endedAt, endsAt);
  return found;
}
