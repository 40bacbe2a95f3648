// A class that those who try have nothing to do with: its people, its lesson, and a fingerprint of all that is kept of it.
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { LessonId, PersonId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import { openRules } from '../support/campus.ts';

export const foreignLesson = LessonId.parse('foreign-lesson');
export const foreignPeople = ['foreign-teacher', 'foreign-student-1', 'foreign-student-2'].map((id) => PersonId.parse(id));

/** By kind, as paths and fields name them. */
export const foreignIds = {
  lessons: [foreignLesson],
  people: foreignPeople,
  courses: ['foreign-course'],
  groups: ['foreign-group'],
  faculties: ['foreign-faculty'],
};

export async function addForeignClass(db: Kysely<Database>, now: number): Promise<void> {
  const [teacher = '', ...students] = foreignPeople;
  const person = (id: string, role: string) => ({
    ...{ id, sign_in_name: id, display_name: id, sort_key: id, search_text: id, email: null, language: null },
    ...{ roles: JSON.stringify([role]), password_hash: null, disabled: 0, created_at: now },
  });
  await db
    .insertInto('person')
    .values([person(teacher, 'teacher'), ...students.map((id) => person(id, 'student'))])
    .execute();
  await db.insertInto('faculty').values({ id: 'foreign-faculty', name: 'Foreign' }).execute();
  await db.insertInto('course').values({ id: 'foreign-course', faculty_id: 'foreign-faculty', code: 'FOR1', title: 'Foreign' }).execute();
  await db.insertInto('student_group').values({ id: 'foreign-group', faculty_id: 'foreign-faculty', name: 'FOR-1' }).execute();
  await db
    .insertInto('group_member')
    .values(students.map((id) => ({ group_id: 'foreign-group', person_id: id })))
    .execute();
  const times = { starts_at: now - 600_000, ends_at: now + 3_600_000, extended_to: null, ended_at: null };
  await db
    .insertInto('lesson')
    .values({
      ...{ id: foreignLesson, course_id: 'foreign-course', kind: 'seminar', title: 'Foreign', cancelled: 0, teacher_id: teacher, ...times },
      ...{
        rules: JSON.stringify({ ...openRules, recording: 'manual' }),
        guest_link_hash: null,
        guest_link: null,
        created_by: null,
        created_at: now,
      },
    })
    .execute();
  await db.insertInto('lesson_group').values({ lesson_id: foreignLesson, group_id: 'foreign-group' }).execute();
}

/** Changes with anything that the database keeps of the class. */
export async function fingerprintOf(db: Kysely<Database>): Promise<string> {
  const hash = createHash('sha256');
  const rows = await Promise.all([
    sql`select * from lesson where id = ${foreignLesson}`.execute(db),
    sql`select * from lesson_group where lesson_id = ${foreignLesson}`.execute(db),
    sql`select * from chat_message where lesson_id = ${foreignLesson} order by id`.execute(db),
    sql`select * from trace_entry where lesson_id = ${foreignLesson} order by 1, 2, 3`.execute(db),
    sql`select * from room where lesson_id = ${foreignLesson}`.execute(db),
    sql`select * from person where id like 'foreign-%' order by id`.execute(db),
    sql`select * from group_member where group_id = 'foreign-group' order by person_id`.execute(db),
    sql`select * from enrolment where course_id = 'foreign-course'`.execute(db),
  ]);
  return hash.update(JSON.stringify(rows.map((one) => one.rows))).digest('hex');
}
