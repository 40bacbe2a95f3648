// What was measured of people's lines in class, minute by minute, and who was not let in.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The number of a line stands in every minute of it: short, and counted by the server.
  await db.schema
    .createTable('quality_line')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('guest_name', 'text')
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('network', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('closed_at', 'bigint')
    .execute();
  await db.schema.createIndex('quality_line_lesson').on('quality_line').columns(['lesson_id', 'opened_at']).execute();
  await db.schema.createIndex('quality_line_person').on('quality_line').columns(['person_id', 'opened_at']).execute();
  await db.schema.createIndex('quality_line_time').on('quality_line').columns(['opened_at', 'id']).execute();

  await db.schema
    .createTable('quality_minute')
    .addColumn('line_id', 'bigint', (c) => c.notNull().references('quality_line.id').onDelete('cascade'))
    .addColumn('minute', 'integer', (c) => c.notNull())
    .addColumn('worker', 'integer')
    .addColumn('severity', 'integer', (c) => c.notNull())
    .addColumn('kinds', 'integer', (c) => c.notNull())
    .addColumn('steps', 'integer', (c) => c.notNull())
    .addColumn('troubled', 'integer', (c) => c.notNull())
    .addColumn('figures', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('quality_minute_key', ['line_id', 'minute'])
    .execute();
  await db.schema.createIndex('quality_minute_time').on('quality_minute').column('minute').execute();
  // Few minutes are bad, and they are what is asked for most.
  await sql`create index quality_minute_troubled on quality_minute (minute, line_id) where severity > 0`.execute(db);

  await db.schema
    .createTable('entry_refusal')
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('times', 'integer', (c) => c.notNull())
    .addColumn('guest_name', 'text')
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('network', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('entry_refusal_key', ['lesson_id', 'person_id', 'place', 'code', 'at'])
    .execute();
  await db.schema.createIndex('entry_refusal_time').on('entry_refusal').column('at').execute();
  await db.schema.createIndex('entry_refusal_person').on('entry_refusal').columns(['person_id', 'at']).execute();
}
