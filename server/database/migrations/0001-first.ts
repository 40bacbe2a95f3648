// The first tables. Column types are the ones that SQLite and PostgreSQL share.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('sign_in_name', 'text', (c) => c.notNull().unique())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('sort_key', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('language', 'text')
    .addColumn('roles', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('disabled', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('person_sort').on('person').columns(['sort_key', 'id']).execute();

  await db.schema
    .createTable('session')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('session_person').on('session').column('person_id').execute();

  await db.schema
    .createTable('faculty')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('course')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('faculty_id', 'text', (c) => c.notNull().references('faculty.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('student_group')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('faculty_id', 'text', (c) => c.notNull().references('faculty.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('group_member')
    .addColumn('group_id', 'text', (c) => c.notNull().references('student_group.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('group_member_key', ['group_id', 'person_id'])
    .execute();
  await db.schema.createIndex('group_member_person').on('group_member').column('person_id').execute();
  await db.schema
    .createTable('enrolment')
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('enrolment_key', ['course_id', 'person_id'])
    .execute();
  await db.schema.createIndex('enrolment_person').on('enrolment').column('person_id').execute();

  await db.schema
    .createTable('lesson')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'bigint', (c) => c.notNull())
    .addColumn('ends_at', 'bigint', (c) => c.notNull())
    .addColumn('extended_to', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('cancelled', 'integer', (c) => c.notNull())
    .addColumn('teacher_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('rules', 'text', (c) => c.notNull())
    .addColumn('guest_link_hash', 'text')
    .addColumn('guest_link', 'text')
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('lesson_span').on('lesson').columns(['starts_at', 'ends_at']).execute();
  await db.schema.createIndex('lesson_teacher').on('lesson').columns(['teacher_id', 'starts_at']).execute();
  await db.schema.createIndex('lesson_course').on('lesson').columns(['course_id', 'starts_at']).execute();
  await db.schema.createIndex('lesson_guest_link').unique().on('lesson').column('guest_link_hash').execute();
  await db.schema
    .createTable('lesson_group')
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id').onDelete('cascade'))
    .addColumn('group_id', 'text', (c) => c.notNull().references('student_group.id'))
    .addPrimaryKeyConstraint('lesson_group_key', ['lesson_id', 'group_id'])
    .execute();
  await db.schema.createIndex('lesson_group_group').on('lesson_group').column('group_id').execute();

  await db.schema
    .createTable('room')
    .addColumn('lesson_id', 'text', (c) => c.primaryKey().references('lesson.id'))
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('closed_at', 'bigint')
    .addColumn('close_reason', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('chat_message')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('participant_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addUniqueConstraint('chat_message_once', ['lesson_id', 'person_id', 'client_id'])
    .execute();
  await db.schema.createIndex('chat_message_lesson').on('chat_message').columns(['lesson_id', 'at']).execute();

  await db.schema
    .createTable('trace_entry')
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('participant_id', 'text')
    .addColumn('connection_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('trace_entry_key', ['lesson_id', 'seq'])
    .execute();

  await db.schema
    .createTable('recording')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('end_reason', 'text')
    .addColumn('directory', 'text', (c) => c.notNull())
    .addColumn('started_by', 'text')
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('recording_lesson').on('recording').column('lesson_id').execute();

  await db.schema
    .createTable('server_value')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
