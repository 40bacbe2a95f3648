// A lesson of the timetable as the board sees it: who, where, when, and what differs from the plan.
import type { Instant, LessonId } from '../contract/ids.ts';
import type { SituationLesson, SituationMark, SituationSettings } from '../contract/situation.ts';
import type { LessonTimes } from '../timetable/door.ts';

export const minuteMs = 60_000;

export interface PlannedLesson extends LessonTimes, Pick<SituationLesson, 'title' | 'kind' | 'mode' | 'course' | 'facultyId' | 'teacher'> {
  readonly lessonId: LessonId;
  readonly place: SituationLesson['place'];
  readonly marks: readonly SituationMark[];
  /** Its rule is to record always. */
  readonly recordingDue: boolean;
}

/** W9: what the university has set, in milliseconds. */
export interface Thresholds {
  readonly absentMs: number;
  readonly quietMs: number;
  readonly earlyMs: number;
}

export function thresholdsOf({ teacherAbsentMinutes, nobodyHeardMinutes, endedEarlyMinutes }: SituationSettings): Thresholds {
  return { absentMs: teacherAbsentMinutes * minuteMs, quietMs: nobodyHeardMinutes * minuteMs, earlyMs: endedEarlyMinutes * minuteMs };
}

/** W6: whether it ended so long before the planned end that it counts. */
export function isEarly({ endsAt }: Pick<PlannedLesson, 'endsAt'>, endedAt: Instant, { earlyMs }: Thresholds): boolean {
  return endsAt - endedAt >= earlyMs;
}
