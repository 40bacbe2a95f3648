// What the live room is told about its lesson: when, who, and by which rules.
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { LessonKind, RoomRules } from '../contract/timetable.ts';

export interface RoomPlan {
  readonly lessonId: LessonId;
  readonly title: string;
  readonly courseTitle: string;
  readonly kind: LessonKind;
  readonly startsAt: Instant;
  /** The end that holds now: the planned one, or the later one when the lesson was extended. */
  readonly endsAt: Instant;
  /** When the first may come in, to prepare. Missing: at any time. */
  readonly opensAt?: Instant;
  /** The door, for everybody: 15 minutes after `endsAt`. */
  readonly closesAt: Instant;
  readonly teacherId: PersonId;
  readonly assistantIds: ReadonlySet<PersonId>;
  /** Students only; the teacher and the assistants are not in it. */
  readonly rosterIds: ReadonlySet<PersonId>;
  readonly rules: RoomRules;
  readonly cancelled: boolean;
  /** When it was ended for all; null while it was not. */
  readonly endedAt: Instant | null;
}

/** One expected person of a lesson. */
export interface RosterEntry {
  readonly personId: PersonId;
  readonly name: string;
  /** Their names. */
  readonly groups: readonly string[];
  readonly groupIds: readonly string[];
  readonly role: 'teacher' | 'assistant' | 'student';
}
