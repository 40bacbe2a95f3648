// Attendance as evidence: the chain of the trace and its signed heads, rules, excuses, results of judged lessons, and what goes out.
import { type Kysely, sql } from 'kysely';
import { chainOldEntries } from './0007-chain.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('trace_entry').addColumn('personal', 'text').execute();
  await db.schema.alterTable('trace_entry').addColumn('personal_hash', 'text').execute();
  await db.schema
    .alterTable('trace_entry')
    .addColumn('hash', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .createTable('trace_chain')
    .addColumn('lesson_id', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('sealed_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('expired_at', 'bigint')
    .execute();
  await chainOldEntries(db);
  // Few among millions, and looked for when the name of who did it is erased.
  await sql`create index trace_entry_register on trace_entry (lesson_id)
    where kind in ('register-corrected', 'register-signed', 'register-reopened')`.execute(db);
  await db.schema
    .createTable('trace_key')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('retired_at', 'bigint')
    .addColumn('endorsed_by', 'text')
    .addColumn('endorsement', 'text')
    .execute();
  await db.schema
    .createTable('trace_day')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('number', 'integer', (c) => c.notNull().unique())
    .addColumn('lessons', 'integer', (c) => c.notNull())
    .addColumn('root', 'text', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .addColumn('signed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('trace_day_leaf')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('expired', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('trace_day_leaf_key', ['day', 'lesson_id'])
    .execute();
  await db.schema.createIndex('trace_day_leaf_lesson').on('trace_day_leaf').columns(['lesson_id', 'day']).execute();

  await db.schema
    .createTable('register_rule')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('kind', 'text')
    .addColumn('course_id', 'text', (c) => c.references('course.id'))
    .addColumn('valid_from', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('excusal')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('first_on', 'text', (c) => c.notNull())
    .addColumn('last_on', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema.createIndex('excusal_person').on('excusal').columns(['person_id', 'first_on']).execute();

  await db.schema
    .createTable('attendance_lesson')
    .addColumn('lesson_id', 'text', (c) => c.primaryKey())
    .addColumn('course_id', 'text', (c) => c.notNull())
    .addColumn('faculty_id', 'text', (c) => c.notNull())
    .addColumn('teacher_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'bigint', (c) => c.notNull())
    .addColumn('judged_at', 'bigint', (c) => c.notNull())
    .addColumn('held', 'integer', (c) => c.notNull())
    .addColumn('delay_minutes', 'double precision', (c) => c.notNull())
    .addColumn('taught_minutes', 'double precision', (c) => c.notNull())
    .addColumn('planned_minutes', 'double precision', (c) => c.notNull())
    .addColumn('present', 'integer', (c) => c.notNull())
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('left_early', 'integer', (c) => c.notNull())
    .addColumn('absent', 'integer', (c) => c.notNull())
    .addColumn('excused', 'integer', (c) => c.notNull())
    .addColumn('asynchronous', 'integer', (c) => c.notNull())
    .addColumn('minutes', 'double precision', (c) => c.notNull())
    .addColumn('signed_at', 'bigint')
    .addColumn('signed_by', 'text')
    .addColumn('stale', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('judged_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('attendance_lesson_stale').on('attendance_lesson').columns(['stale', 'starts_at']).execute();
  await db.schema.createIndex('attendance_lesson_faculty').on('attendance_lesson').columns(['faculty_id', 'starts_at']).execute();
  await db.schema.createIndex('attendance_lesson_course').on('attendance_lesson').columns(['course_id', 'starts_at']).execute();
  await db.schema.createIndex('attendance_lesson_teacher').on('attendance_lesson').columns(['teacher_id', 'starts_at']).execute();
  await db.schema.createIndex('attendance_lesson_start').on('attendance_lesson').columns(['starts_at', 'lesson_id']).execute();
  await db.schema
    .createTable('attendance_result')
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('course_id', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'bigint', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addColumn('computed', 'text', (c) => c.notNull())
    .addColumn('minutes', 'double precision', (c) => c.notNull())
    .addColumn('share', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('attendance_result_key', ['lesson_id', 'person_id'])
    .execute();
  await db.schema.createIndex('attendance_result_person').on('attendance_result').columns(['person_id', 'starts_at']).execute();
  await db.schema
    .createTable('attendance_result_group')
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('group_id', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'bigint', (c) => c.notNull())
    .addColumn('present', 'integer', (c) => c.notNull())
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('left_early', 'integer', (c) => c.notNull())
    .addColumn('absent', 'integer', (c) => c.notNull())
    .addColumn('excused', 'integer', (c) => c.notNull())
    .addColumn('asynchronous', 'integer', (c) => c.notNull())
    .addColumn('minutes', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('attendance_result_group_key', ['lesson_id', 'group_id'])
    .execute();
  await db.schema.createIndex('attendance_result_group_group').on('attendance_result_group').columns(['group_id', 'starts_at']).execute();
  await db.schema
    .createTable('attendance_streak')
    .addColumn('course_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('missed', 'integer', (c) => c.notNull())
    .addColumn('since', 'bigint')
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('attendance_streak_key', ['course_id', 'person_id'])
    .execute();
  await db.schema.createIndex('attendance_streak_person').on('attendance_streak').columns(['person_id']).execute();
  await db.schema
    .createIndex('attendance_streak_missed')
    .on('attendance_streak')
    .columns(['missed', 'course_id', 'person_id', 'last_at'])
    .execute();

  await db.schema
    .createTable('outbox_event')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('entry_seq', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('outbox_event_lesson').on('outbox_event').columns(['lesson_id', 'person_id', 'seq']).execute();
  await db.schema
    .createTable('outbox_destination')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('sending_to', 'integer')
    .addColumn('paused', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('failing_since', 'bigint')
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('error', 'text', (c) => c.notNull())
    .addColumn('delivered_at', 'bigint')
    .execute();
  await db.schema
    .createTable('outbox_dead')
    .addColumn('destination_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('failed_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('error', 'text', (c) => c.notNull())
    .addColumn('retry', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('outbox_dead_key', ['destination_id', 'seq'])
    .execute();
}
