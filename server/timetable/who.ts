// Who is what in a lesson, and what that lets them do with it outside the live room.
import type { z } from 'zod';
import type { Role } from '../contract/identity.ts';
import type { RoleInLesson } from '../contract/timetable.ts';

type Roles = readonly z.infer<typeof Role>[];

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
}

/** The first that fits: a student who helps in a course is its assistant, and an administrator who teaches is a teacher. */
export function roleIn(lesson: Tied, person: { readonly id: string; readonly roles: Roles }, ties: Ties): RoleInLesson {
  if (lesson.teacherId === person.id) return 'teacher';
  const enrolment = ties.enrolments.get(lesson.courseId);
  if (enrolment !== undefined) return enrolment;
  if (lesson.groupIds.some((id) => ties.groupIds.has(id))) return 'student';
  return seesAll(person.roles) ? 'observer' : 'none';
}

export function seesAll(roles: Roles): boolean {
  return hasAny(roles, ['administrator', 'coordinator', 'observer', 'proctor']);
}

/** Extend, cancel, invite guests. */
export function mayManage(role: RoleInLesson, roles: Roles): boolean {
  return role === 'teacher' || hasAny(roles, ['administrator', 'coordinator']);
}

/** The whole register; a student sees the own row without being asked this. */
export function mayOpenRegister(role: RoleInLesson, roles: Roles): boolean {
  return role === 'teacher' || role === 'assistant' || seesAll(roles);
}

/** The people of the lesson and administrators, as everybody who joins is promised. */
export function mayOpenRecordings(role: RoleInLesson, roles: Roles): boolean {
  return role === 'teacher' || role === 'assistant' || role === 'student' || roles.includes('administrator');
}

export function mayPlanFor(roles: Roles): 'anybody' | 'self' | 'nobody' {
  if (hasAny(roles, ['administrator', 'coordinator'])) return 'anybody';
  return roles.includes('teacher') ? 'self' : 'nobody';
}

/** Faculties, courses, groups, and who belongs to them. */
export function mayArrange(roles: Roles): boolean {
  return hasAny(roles, ['administrator', 'coordinator']);
}

function hasAny(roles: Roles, wanted: Roles): boolean {
  return wanted.some((role) => roles.includes(role));
}
