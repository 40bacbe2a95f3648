// Accounts: the second factor with its recovery codes, half-done sign-ins, and since when an account is disabled.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['second_factor_at', 'bigint'],
    ['second_factor_due_at', 'bigint'],
    ['disabled_at', 'bigint'],
  ] as const;
  // SQLite adds one column at a time.
  for (const [name, type] of columns) await db.schema.alterTable('person').addColumn(name, type).execute();
  await db.schema
    .alterTable('person')
    .addColumn('second_factor_exempt', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  // Since when is not known: the time until they are anonymised begins now.
  await sql`update person set disabled_at = ${Date.now()} where disabled = 1`.execute(db);

  await db.schema
    .createTable('second_factor')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('secret', 'text')
    .addColumn('last_step', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('pending', 'text')
    .addColumn('pending_at', 'bigint')
    .execute();
  await db.schema
    .createTable('recovery_code')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recovery_code_key', ['person_id', 'code_hash'])
    .execute();
  await db.schema
    .createTable('sign_in_challenge')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sign_in_challenge_person').on('sign_in_challenge').column('person_id').execute();
  await db.schema.createIndex('chat_message_person').on('chat_message').column('person_id').execute();
  await db.schema.createIndex('trace_entry_person').on('trace_entry').column('person_id').execute();
}
