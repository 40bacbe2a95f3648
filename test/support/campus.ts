// A faculty with one course and one lesson in a real database, for tests: who is who, and by which rules the lesson runs.
import type { Kysely } from 'kysely';
import { LessonId, PersonId } from '../../server/contract/ids.ts';
import type { LessonKind, RoomRules } from '../../server/contract/timetable.ts';
import type { Database } from '../../server/database/tables.ts';
import { kindDefaults } from '../../server/timetable/kind-defaults.ts';

export const lessonId = LessonId.parse('lesson');
export const teacherId = PersonId.parse('teacher');
export const assistantId = PersonId.parse('assistant');
export const observerId = PersonId.parse('observer');
/** Has an account and nothing to do with the lesson. */
export const strangerId = PersonId.parse('stranger');
export const studentId = (number: number): PersonId => PersonId.parse(`student${number}`);

export const startsAt = Date.parse('2026-09-07T08:00:00+05:00');
export const endsAt = startsAt + 50 * 60_000;
/** Fifteen minutes after the end. */
export const doorClosesAt = endsAt + 15 * 60_000;

/** Open to all who belong to it: students may send everything, nobody is recorded. */
export const openRules: RoomRules = { ...kindDefaults.laboratory, guests: true, recording: 'never' };

export async function fillCampus(
  db: Kysely<Database>,
  { students = 5, rules = {}, kind = 'laboratory' }: { students?: number; rules?: Partial<RoomRules>; kind?: LessonKind } = {},
): Promise<void> {
  const person = (id: PersonId, roles: readonly string[]) => ({
    ...{ id, sign_in_name: id, display_name: `Name of ${id}`, sort_key: id, search_text: id },
    ...{ email: null, language: null, roles: JSON.stringify(roles), password_hash: null, disabled: 0, created_at: startsAt },
  });
  const learners = Array.from({ length: students }, (_, index) => studentId(index + 1));
  const staff = [
    person(teacherId, ['teacher']),
    person(assistantId, ['assistant']),
    person(observerId, ['observer']),
    person(strangerId, ['student']),
  ];
  await db
    .insertInto('person')
    .values([...staff, ...learners.map((id) => person(id, ['student']))])
    .execute();
  await db.insertInto('faculty').values({ id: 'faculty', name: 'Physics' }).execute();
  await db.insertInto('course').values({ id: 'course', faculty_id: 'faculty', code: 'PHY1', title: 'Optics' }).execute();
  await db.insertInto('student_group').values({ id: 'group', faculty_id: 'faculty', name: 'PHY-21' }).execute();
  if (learners.length > 0)
    await db
      .insertInto('group_member')
      .values(learners.map((id) => ({ group_id: 'group', person_id: id })))
      .execute();
  await db.insertInto('enrolment').values({ course_id: 'course', person_id: assistantId, role: 'assistant' }).execute();
  await db
    .insertInto('lesson')
    .values({
      ...{ id: lessonId, course_id: 'course', kind, title: 'Diffraction', starts_at: startsAt, ends_at: endsAt },
      ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacherId, rules: JSON.stringify({ ...openRules, ...rules }) },
      ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: startsAt },
    })
    .execute();
  await db.insertInto('lesson_group').values({ lesson_id: lessonId, group_id: 'group' }).execute();
}
