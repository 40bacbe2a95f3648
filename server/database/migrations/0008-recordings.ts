// Recordings in the teachers' hands: who may see them, what is left out, marks, captions, notes, viewing, files made of them, and how long they are kept.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const add = (name: string, type: 'text' | 'bigint' | 'integer') => db.schema.alterTable('recording').addColumn(name, type).execute();
  const addNumber = (name: string, value: number) =>
    db.schema
      .alterTable('recording')
      .addColumn(name, 'integer', (c) => c.notNull().defaultTo(value))
      .execute();
  await add('title', 'text');
  await addNumber('hidden', 0);
  await add('visible_from', 'bigint');
  await add('visible_until', 'bigint');
  await db.schema
    .alterTable('recording')
    .addColumn('audience', 'text', (c) => c.notNull().defaultTo('lesson'))
    .execute();
  await addNumber('download', 1);
  /** Rises with every edit, so that what was made before it is known to be outdated. */
  await addNumber('edition', 0);
  await add('trashed_at', 'bigint');
  await add('trashed_by', 'text');
  await add('restored_at', 'bigint');
  await add('purging_at', 'bigint');
  await add('purged_at', 'bigint');
  await add('archived_at', 'bigint');
  await add('held_at', 'bigint');
  await add('held_by', 'text');
  await add('held_reason', 'text');
  /** Wrapped by the server's key; null: not encrypted, or purged. */
  await add('sealed_key', 'text');
  await sql`create index recording_unended on recording (started_at) where state <> 'ended'`.execute(db);
  await sql`create index recording_trashed on recording (trashed_at) where trashed_at is not null`.execute(db);
  await sql`create index recording_ended on recording (ended_at) where purged_at is null`.execute(db);

  await db.schema
    .createTable('recording_edit')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('edit', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('undone_at', 'bigint')
    .addColumn('undone_by', 'text')
    .execute();
  await db.schema.createIndex('recording_edit_of').on('recording_edit').column('recording_id').execute();

  await db.schema
    .createTable('recording_link')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('password_hash', 'text')
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('opened', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('recording_link_of').on('recording_link').column('recording_id').execute();

  await db.schema
    .createTable('recording_mark')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('made_at', 'bigint', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .execute();
  await db.schema.createIndex('recording_mark_of').on('recording_mark').column('recording_id').execute();

  await db.schema
    .createTable('recording_caption')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('cues', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_caption_key', ['recording_id', 'language'])
    .execute();

  await db.schema
    .createTable('recording_note')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('recording_note_once', ['recording_id', 'person_id', 'client_id'])
    .execute();
  await db.schema.createIndex('recording_note_person').on('recording_note').column('person_id').execute();

  await db.schema
    .createTable('recording_position')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at_ms', 'bigint')
    .addColumn('saved_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_position_key', ['recording_id', 'person_id'])
    .execute();
  await db.schema.createIndex('recording_position_person').on('recording_position').column('person_id').execute();

  await db.schema
    .createTable('recording_viewing')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('parts', 'text', (c) => c.notNull())
    .addColumn('untold', 'text', (c) => c.notNull())
    .addColumn('live_ms', 'bigint', (c) => c.notNull())
    .addColumn('first_at', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_viewing_key', ['recording_id', 'person_id'])
    .execute();
  await db.schema.createIndex('recording_viewing_person').on('recording_viewing').column('person_id').execute();
  await sql`create index recording_viewing_untold on recording_viewing (last_at) where untold <> '[]'`.execute(db);
  /** So that a batch that is sent twice counts once. */
  await db.schema
    .createTable('recording_viewing_report')
    .addColumn('recording_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('report_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_viewing_report_key', ['recording_id', 'person_id', 'report_id'])
    .execute();
  await db.schema.createIndex('recording_viewing_report_at').on('recording_viewing_report').column('at').execute();
  await db.schema
    .createTable('recording_heat')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('bucket', 'integer', (c) => c.notNull())
    .addColumn('played_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_heat_key', ['recording_id', 'bucket'])
    .execute();

  await db.schema
    .createTable('recording_job')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('progress', 'real', (c) => c.notNull())
    .addColumn('edition', 'integer', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('asked_by', 'text')
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('bytes', 'bigint')
    .addColumn('fault', 'text')
    .addPrimaryKeyConstraint('recording_job_key', ['recording_id', 'kind'])
    .execute();
  await sql`create index recording_job_open on recording_job (asked_at) where state in ('waiting', 'running')`.execute(db);

  await db.schema
    .createTable('recording_file')
    .addColumn('recording_id', 'text', (c) => c.notNull().references('recording.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('stored_bytes', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('checked_at', 'bigint')
    .addColumn('fault', 'text')
    .addPrimaryKeyConstraint('recording_file_key', ['recording_id', 'name'])
    .execute();
}
