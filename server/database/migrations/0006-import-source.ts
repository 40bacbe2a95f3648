// Which import brought a row: what is gone from a source is only what came from it.
import type { Kysely } from 'kysely';

const tables = [
  ...['faculty', 'department', 'programme', 'course', 'student_group', 'stream', 'place', 'term', 'bell_schedule', 'person', 'enrolment'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await db.schema.alterTable(table).addColumn('source', 'text').execute();
}
