// For tests: the rows that a recording's lesson needs.

import type { Kysely } from 'kysely';
import { LessonId } from '../../../contract/ids.ts';
import type { Database } from '../../../database/tables.ts';

export const addLesson = async (db: Kysely<Database>, id: string): Promise<LessonId> => {
  const teacher = {
    id: `teacher-${id}`,
    sign_in_name: `teacher-${id}`,
    display_name: 'Teacher',
    sort_key: 'teacher',
    search_text: 'teacher',
    email: null,
    language: null,
    roles: '["teacher"]',
    password_hash: null,
    disabled: 0,
    created_at: 0,
  };
  await db.insertInto('person').values(teacher).execute();
  await db
    .insertInto('faculty')
    .values({ id: `faculty-${id}`, name: 'Faculty' })
    .execute();
  await db
    .insertInto('course')
    .values({ id: `course-${id}`, faculty_id: `faculty-${id}`, code: id, title: 'Course' })
    .execute();
  const lesson = {
    id,
    course_id: `course-${id}`,
    kind: 'lecture',
    title: 'Lesson',
    starts_at: 0,
    ends_at: 1,
    extended_to: null,
    ended_at: null,
    cancelled: 0,
    teacher_id: teacher.id,
    rules: '{}',
    guest_link_hash: null,
    guest_link: null,
    created_by: null,
    created_at: 0,
  };
  await db.insertInto('lesson').values(lesson).execute();
  return LessonId.parse(id);
};
