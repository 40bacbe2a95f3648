// A planned lesson, and how it looks to one person at one moment.
import type { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { Lesson, LessonKind, RoleInLesson, RoomRules, TeachingMode } from '../contract/timetable.ts';
import { askDoor, type DoorRule, doorTimes, endOf, type LessonTimes, phaseOf } from './door.ts';
import { type Asking, mayManage } from './who.ts';

export interface LessonRecord extends LessonTimes {
  readonly id: string;
  readonly courseId: string;
  readonly courseCode: string;
  readonly courseTitle: string;
  readonly kind: LessonKind;
  readonly title: string;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly rules: RoomRules;
  readonly facultyId: string;
  readonly place: LessonView['place'];
  readonly mode: z.infer<typeof TeachingMode>;
  readonly seriesId: string | null;
  readonly marks: LessonView['marks'];
  readonly note: string;
}

export type LessonView = z.input<typeof Lesson>;

export interface Seen {
  readonly lesson: LessonRecord;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly role: RoleInLesson;
  readonly asking: Asking;
  readonly here: number;
  readonly rosterSize: number;
  /** That who asks may watch. */
  readonly recordings: number;
}

export function viewOf({ lesson, groups, role, asking, here, rosterSize, recordings }: Seen, rule: DoorRule, now: Instant): LessonView {
  return {
    id: lesson.id,
    title: lesson.title,
    kind: lesson.kind,
    course: { id: lesson.courseId, code: lesson.courseCode, title: lesson.courseTitle },
    groups: [...groups],
    teacher: { id: lesson.teacherId, displayName: lesson.teacherName },
    startsAt: lesson.startsAt,
    endsAt: endOf(lesson),
    ...doorTimes(lesson, role, rule),
    phase: phaseOf(lesson, role, rule, now),
    role,
    canEnter: askDoor(lesson, role, rule, now).open,
    canManage: mayManage(role, asking, lesson.facultyId),
    here,
    rosterSize,
    rules: lesson.rules,
    facultyId: lesson.facultyId,
    place: lesson.place,
    mode: lesson.mode,
    seriesId: lesson.seriesId,
    marks: lesson.marks,
    // It may say more than the whole university needs to know: that somebody is ill.
    note: role === 'none' ? '' : lesson.note,
    recordings,
  };
}
