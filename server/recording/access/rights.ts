// Who may do what with a recording at this moment: by the role in its lesson, by what its teachers have said, and by what became of it. Pure.
import type { Person } from '../../contract/identity.ts';
import type { Instant, LessonId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { LessonKind, RoleInLesson, RoomRules } from '../../contract/timetable.ts';
import { mayArrange, mayOpenRegister, roleIn } from '../../timetable/who.ts';
import type { StoredRecording } from '../recording.store.ts';

/** `watch` is the manifest, pictures and all that stands around them; `note` is what one keeps for oneself: notes, position, what was watched. */
export type Right = 'watch' | 'download' | 'edit' | 'caption' | 'see-views' | 'note';

/** Why somebody who belongs to it may not just now: `details.why` of `not-allowed`. */
export type WhyNot = 'hidden' | 'not-yet' | 'no-longer' | 'rewind-not-allowed' | 'trashed' | 'no-download';

/** The lesson of a recording. */
export interface RecordedLesson {
  readonly id: LessonId;
  readonly title: string;
  readonly kind: LessonKind;
  readonly courseId: string;
  readonly courseTitle: string;
  /** Of the course. */
  readonly facultyId: string;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly rules: RoomRules;
}

/** What ties one person to the lesson of a recording. */
export interface TiesToLesson {
  /** Of its course. */
  readonly enrolment: 'student' | 'assistant' | null;
  /** A group that the lesson is for and the person is in. */
  readonly groupId: string | null;
  /** Asked for only where the course may watch: in a group of any lesson of the course. */
  readonly isOfCourse: boolean;
}

/** What a person is to a recording, whatever was said about it. */
export interface Standing {
  readonly role: RoleInLesson;
  /** The teacher, assistants, coordinators of the faculty, administrators. */
  readonly edits: boolean;
  /** Coordinators of the faculty and administrators: what is archived is theirs. */
  readonly arranges: boolean;
  readonly readsRegister: boolean;
  readonly isOfCourse: boolean;
}

/** Came by a link that works: the audience is whoever has it. */
export const byLink = 'link';

export interface Moment {
  readonly now: Instant;
  /** Of the room that is open now, whether its students may look back; null: no room is open. */
  readonly rewind: boolean | null;
}

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

export function standingOf(lesson: RecordedLesson, asking: Asking, ties: TiesToLesson): Standing {
  const { teacherId, courseId, facultyId } = lesson;
  const groupIds = ties.groupId === null ? [] : [ties.groupId];
  const enrolments = new Map(ties.enrolment === null ? [] : [[courseId, ties.enrolment] as const]);
  const role = roleIn({ teacherId, courseId, facultyId, groupIds }, asking, { groupIds: new Set(groupIds), enrolments });
  const arranges = mayArrange(asking, facultyId);
  return {
    role,
    edits: role === 'teacher' || role === 'assistant' || arranges,
    arranges,
    readsRegister: mayOpenRegister(role, asking, facultyId),
    isOfCourse: role === 'student' || ties.isOfCourse,
  };
}

/** Why not, in one word: it is asked for each right at every request, and most answers are never thrown. */
type No = 'unknown' | 'not-signed-in' | 'for-those-who-teach' | 'for-others' | WhyNot;

/** Null when it is allowed. */
export function whyNot(
  right: Right,
  recording: StoredRecording,
  lesson: Pick<RecordedLesson, 'rules'>,
  who: Standing | typeof byLink,
  moment: Moment,
): No | null {
  if (recording.purgedAt !== null) return 'unknown';
  if (who !== byLink && who.edits) return whyNotEditor(right, recording, who);
  if (recording.trashedAt !== null) return 'unknown';
  if (right === 'see-views' && who !== byLink && who.readsRegister) return null;
  if (right === 'note' && who === byLink) return 'not-signed-in';
  if (right === 'edit' || right === 'caption' || right === 'see-views') return 'for-those-who-teach';
  if (who !== byLink && !isInAudience(recording, who)) return 'for-others';
  return whyNotViewer(right, recording, lesson, who, moment);
}

/** What was thrown away can still be looked at and taken out again by those who could throw it away. */
function whyNotEditor(right: Right, { archivedAt, trashedAt }: StoredRecording, { arranges }: Standing): WhyNot | null {
  if (archivedAt !== null && !arranges) return 'no-longer';
  const inTrash: readonly Right[] = ['watch', 'edit', 'see-views'];
  return trashedAt !== null && !inTrash.includes(right) ? 'trashed' : null;
}

function whyNotViewer(
  right: Right,
  recording: StoredRecording,
  lesson: Pick<RecordedLesson, 'rules'>,
  who: Standing | typeof byLink,
  { now, rewind }: Moment,
): WhyNot | null {
  const { archivedAt, hidden, visibleFrom, visibleUntil, state, download } = recording;
  if (archivedAt !== null) return 'no-longer';
  if (hidden) return 'hidden';
  if (visibleFrom !== null && now < visibleFrom) return 'not-yet';
  if (visibleUntil !== null && now >= visibleUntil) return 'no-longer';
  const runs = state !== 'ended';
  // A class that runs is seen by its own people: others would look past the door at which they would have to wait.
  if (runs && (who === byLink || who.role !== 'student')) return 'not-yet';
  if ((runs || rewind !== null) && !(rewind ?? lesson.rules.rewind)) return 'rewind-not-allowed';
  return right === 'download' && !download ? 'no-download' : null;
}

function isInAudience({ audience }: StoredRecording, { role, isOfCourse }: Standing): boolean {
  if (audience === 'university') return true;
  return role === 'student' || (audience === 'course' && isOfCourse);
}

/** To be thrown. */
export function refusalOf(no: No): Refused {
  switch (no) {
    case 'unknown':
      return unknownRecording();
    case 'not-signed-in':
      return new Refused('not-signed-in', 'Sign in to keep notes');
    case 'for-those-who-teach':
      return new Refused('not-allowed', 'Only those who teach the lesson may do this');
    case 'for-others':
      return new Refused('not-allowed', 'This recording is for other people');
    default:
      return new Refused('not-allowed', `This recording is not to be had: ${no satisfies WhyNot}`, { why: no });
  }
}

export const unknownRecording = (): Refused => new Refused('not-found', 'There is no such recording');
