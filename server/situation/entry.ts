// A lesson as the board shows it to one who may see it.
import type { Instant } from '../contract/ids.ts';
import type { SituationLesson } from '../contract/situation.ts';
import { askDoor, type DoorRule, endOf } from '../timetable/door.ts';
import { inOrder } from './found.ts';
import { type Known, stateOf } from './known.ts';
import type { PlannedLesson } from './lesson.ts';

export interface Entry {
  readonly lesson: PlannedLesson;
  readonly known: Known;
  readonly groups: readonly string[];
}

/** Of the person who asks. */
export interface Viewing {
  /** Comes into this lesson as an observer. */
  readonly isObserver: boolean;
  readonly door: DoorRule;
  readonly now: Instant;
}

export function viewOf({ lesson, known, groups }: Entry, { isObserver, door, now }: Viewing): SituationLesson {
  const { lessonId, title, kind, mode, course, facultyId, place, teacher, startsAt, marks, recordingDue } = lesson;
  const { ledBy, begunAt, endedAt, here, came, expected, recording, troubles } = known;
  return {
    ...{ lessonId, title, kind, mode, course, facultyId, place, teacher, startsAt, ledBy, begunAt, endedAt },
    ...{ here, came, expected, recording, recordingDue },
    groups: [...groups],
    endsAt: endOf(lesson),
    marks: [...marks],
    state: stateOf(lesson, known, now),
    troubles: inOrder(troubles),
    mayObserve: isObserver && askDoor(lesson, 'observer', door, now).open,
  };
}
