// Signing in by other systems: who is whom there, what has begun and not ended, and which SAML assertions are used up.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('external_identity')
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('external_identity_key', ['provider', 'subject'])
    .execute();
  await db.schema.createIndex('external_identity_person').on('external_identity').column('person_id').execute();

  await db.schema
    .createTable('sign_in_attempt')
    .addColumn('id_hash', 'text', (c) => c.primaryKey())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('next', 'text', (c) => c.notNull())
    .addColumn('memory', 'text', (c) => c.notNull())
    .addColumn('answer', 'text')
    .execute();
  await db.schema.createIndex('sign_in_attempt_expires').on('sign_in_attempt').column('expires_at').execute();

  await db.schema
    .createTable('spent_assertion')
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('id_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('spent_assertion_key', ['provider', 'id_hash'])
    .execute();
  await db.schema.createIndex('spent_assertion_expires').on('spent_assertion').column('expires_at').execute();
}
