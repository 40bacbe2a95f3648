// Who is what in a lesson, and what a role allows there: a role that is limited to faculties holds only for what belongs to them.
import type { z } from 'zod';
import type { Role as RoleSchema } from '../contract/identity.ts';
import type { RoleInLesson } from '../contract/timetable.ts';

type Role = z.infer<typeof RoleSchema>;

/** Who asks: a person, or the actor of a call. */
export interface Asking {
  readonly id: string;
  readonly roles: readonly Role[];
  /** A role that is named here holds only in these faculties. */
  readonly roleFaculties?: { readonly [R in Role]?: readonly string[] | undefined } | undefined;
}

/** What ties a person to lessons beside teaching them. */
export interface Ties {
  readonly groupIds: ReadonlySet<string>;
  /** By course. */
  readonly enrolments: ReadonlyMap<string, 'student' | 'assistant'>;
}

interface Tied {
  readonly teacherId: string;
  readonly courseId: string;
  readonly groupIds: readonly string[];
  /** Of its course. */
  readonly facultyId: string;
}

const arranging: readonly Role[] = ['administrator', 'coordinator'];
const watching: readonly Role[] = ['administrator', 'coordinator', 'observer', 'proctor'];

/** The first that fits: a student who helps in a course is its assistant, and an administrator who teaches is a teacher (C2). */
export function roleIn(lesson: Tied, asking: Asking, ties: Ties): RoleInLesson {
  if (lesson.teacherId === asking.id) return 'teacher';
  const enrolment = ties.enrolments.get(lesson.courseId);
  if (enrolment !== undefined) return enrolment;
  if (lesson.groupIds.some((id) => ties.groupIds.has(id))) return 'student';
  return seesAll(asking, lesson.facultyId) ? 'observer' : 'none';
}

/** All lessons of the faculty; of null: of the whole university. */
export function seesAll(asking: Asking, facultyId: string | null): boolean {
  return holdsAny(asking, watching, facultyId);
}

/** The faculties of which one sees all lessons: every one, or only these, or none. */
export function facultiesSeen(asking: Asking): 'every' | ReadonlySet<string> {
  return faculties(asking, watching);
}

/** Courses, groups, weekly patterns, and who belongs to them (C1). Null is for what belongs to no faculty: the calendar, places, faculties themselves. */
export function mayArrange(asking: Asking, facultyId: string | null): boolean {
  return holdsAny(asking, arranging, facultyId);
}

/** The faculties where one arranges: every one, or only these, or none. */
export function facultiesArranged(asking: Asking): 'every' | ReadonlySet<string> {
  return faculties(asking, arranging);
}

/** At least somewhere: enough to be shown the lists. */
export function arrangesSomewhere(asking: Asking): boolean {
  return asking.roles.some((role) => arranging.includes(role));
}

/** Extend, move, cancel, invite guests. `facultyId` here and below: of the lesson's course. */
export function mayManage(role: RoleInLesson, asking: Asking, facultyId: string): boolean {
  return role === 'teacher' || mayArrange(asking, facultyId);
}

/** The whole register; a student sees the own row without being asked this. */
export function mayOpenRegister(role: RoleInLesson, asking: Asking, facultyId: string): boolean {
  return role === 'teacher' || role === 'assistant' || seesAll(asking, facultyId);
}

/** Whose lessons one may plan in courses of the faculty. */
export function mayPlanFor(asking: Asking, facultyId: string): 'anybody' | 'self' | 'nobody' {
  if (mayArrange(asking, facultyId)) return 'anybody';
  return holds(asking, 'teacher', facultyId) ? 'self' : 'nobody';
}

function holdsAny(asking: Asking, wanted: readonly Role[], facultyId: string | null): boolean {
  return wanted.some((role) => holds(asking, role, facultyId));
}

/** What is of no faculty is only for a role without limits. */
function holds(asking: Asking, role: Role, facultyId: string | null): boolean {
  if (!asking.roles.includes(role)) return false;
  const limits = asking.roleFaculties?.[role];
  return limits === undefined || (facultyId !== null && limits.includes(facultyId));
}

function faculties(asking: Asking, wanted: readonly Role[]): 'every' | ReadonlySet<string> {
  if (holdsAny(asking, wanted, null)) return 'every';
  const held = wanted.filter((role) => asking.roles.includes(role));
  return new Set(held.flatMap((role) => asking.roleFaculties?.[role] ?? []));
}
