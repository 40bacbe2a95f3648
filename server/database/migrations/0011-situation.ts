// What the situation centre saw of each lesson, and the troubles that it found, from when to when.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lesson_situation')
    .addColumn('lesson_id', 'text', (c) => c.primaryKey().references('lesson.id').onDelete('cascade'))
    .addColumn('watched_since', 'bigint', (c) => c.notNull())
    .addColumn('held', 'integer', (c) => c.notNull())
    .addColumn('begun_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('came', 'integer', (c) => c.notNull())
    .addColumn('expected', 'integer', (c) => c.notNull())
    .addColumn('led_by', 'text')
    .execute();
  await db.schema
    .createTable('lesson_trouble')
    .addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('until', 'bigint')
    .addPrimaryKeyConstraint('lesson_trouble_pk', ['lesson_id', 'kind', 'source', 'since'])
    .execute();
  await sql`create index lesson_trouble_open on lesson_trouble (lesson_id) where until is null`.execute(db);
}
