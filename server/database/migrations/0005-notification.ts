// Notifications: what happened, who is told, what is still to be sent, what people want to be told of, and their devices.
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // No reference to the lesson: what was told stays told when the plan drops the lesson.
  await db.schema
    .createTable('notification_event')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('lesson_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('audience', 'text', (c) => c.notNull())
    .addColumn('spread_at', 'bigint')
    .execute();
  await db.schema.createIndex('notification_event_spread').on('notification_event').columns(['spread_at', 'at']).execute();
  await db.schema.createIndex('notification_event_at').on('notification_event').column('at').execute();

  await db.schema
    .createTable('notification')
    .addColumn('event_id', 'text', (c) => c.notNull().references('notification_event.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('read_at', 'bigint')
    .addPrimaryKeyConstraint('notification_key', ['event_id', 'person_id'])
    .execute();
  await db.schema.createIndex('notification_person').on('notification').columns(['person_id', 'at']).execute();
  await db.schema.createIndex('notification_unread').on('notification').columns(['person_id', 'read_at']).execute();

  await db.schema
    .createTable('delivery')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('event_id', 'text', (c) => c.notNull().references('notification_event.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('batch', 'text', (c) => c.notNull())
    .addColumn('error', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema.createIndex('delivery_once').unique().on('delivery').columns(['event_id', 'person_id', 'channel', 'target']).execute();
  await db.schema.createIndex('delivery_due').on('delivery').columns(['state', 'channel', 'next_at']).execute();
  await db.schema.createIndex('delivery_batch').on('delivery').column('batch').execute();
  await db.schema.createIndex('delivery_person').on('delivery').columns(['person_id', 'state']).execute();

  await db.schema
    .createTable('notification_choice')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('is_on', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('notification_choice_key', ['person_id', 'kind', 'channel'])
    .execute();

  await db.schema
    .createTable('push_device')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('endpoint', 'text', (c) => c.notNull().unique())
    .addColumn('p256dh', 'text', (c) => c.notNull())
    .addColumn('auth', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('push_device_person').on('push_device').column('person_id').execute();
}
