// Owns what people are told of: events, each person's list in the app, and what each wants to be told.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Instant, LessonId } from '../contract/ids.ts';
import {
  type Notification,
  NotificationChannel,
  type NotificationChoice,
  NotificationDetail,
  NotificationKind,
  type ReadNotifications,
} from '../contract/notification.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { choiceKey, type EventType, eventTypes, type Meant, type NotificationEvent, type Told } from './notification.ts';

export interface NewDelivery {
  readonly id: string;
  readonly personId: string;
  readonly kind: NotificationKind;
  readonly channel: 'mail' | 'push';
  /** The device; empty for mail. */
  readonly target: string;
  readonly nextAt: Instant;
  readonly expiresAt: Instant;
}

/** What one event comes to. */
export interface Spread {
  readonly event: NotificationEvent;
  readonly inApp: readonly Told[];
  readonly deliveries: readonly NewDelivery[];
}

const NEWEST = 50;
const ROWS_AT_ONCE = 100;

export class EventStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** What is known already stays as it is. */
  async add(events: readonly NotificationEvent[]): Promise<void> {
    for (const part of inPieces(events, ROWS_AT_ONCE)) {
      await this.#db
        .insertInto('notification_event')
        .values(
          part.map((event) => ({
            ...{ id: event.id, type: event.type, lesson_id: event.lessonId, at: event.at, by_id: event.byId, spread_at: null },
            detail: JSON.stringify(event.detail),
            audience: JSON.stringify(event.meant),
          })),
        )
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
  }

  /** Of these, the ones that are known. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (const part of inPieces(ids)) {
      const rows = await this.#db.selectFrom('notification_event').select('id').where('id', 'in', part).execute();
      for (const row of rows) known.add(row.id);
    }
    return known;
  }

  /** Who was called to the lesson, and when last. */
  async calledTo(lessonId: string): Promise<Map<string, Instant>> {
    const rows = await this.#db
      .selectFrom('notification_event')
      .select(['at', 'audience'])
      .where('lesson_id', '=', lessonId)
      .where('type', '=', 'called-to-class' satisfies EventType)
      .orderBy('at')
      .execute();
    return new Map(rows.flatMap((row) => (meantOf(row.audience).only ?? []).map((personId) => [personId, row.at] as const)));
  }

  /** Those whose people have not been told yet, oldest first. */
  async toSpread(limit: number): Promise<NotificationEvent[]> {
    const rows = await this.#db
      .selectFrom('notification_event')
      .selectAll()
      .where('spread_at', 'is', null)
      .orderBy('at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(eventOf);
  }

  async events(ids: readonly string[]): Promise<Map<string, NotificationEvent>> {
    const found = new Map<string, NotificationEvent>();
    for (const part of inPieces([...new Set(ids)])) {
      const rows = await this.#db.selectFrom('notification_event').selectAll().where('id', 'in', part).execute();
      for (const row of rows) found.set(row.id, eventOf(row));
    }
    return found;
  }

  /** All or nothing, for all of them: the lists in the app, and what is to be sent. */
  async spread(all: readonly Spread[], at: Instant): Promise<void> {
    const inApp = all.flatMap(({ event, inApp: told }) => told.map((one) => ({ ...one, event })));
    const deliveries = all.flatMap(({ event, deliveries: those }) => those.map((one) => ({ ...one, event })));
    await this.#db.transaction().execute(async (trx) => {
      for (const part of inPieces(inApp, ROWS_AT_ONCE)) {
        await trx
          .insertInto('notification')
          .values(part.map(({ personId, kind, event }) => ({ event_id: event.id, person_id: personId, kind, at: event.at, read_at: null })))
          .onConflict((conflict) => conflict.columns(['event_id', 'person_id']).doNothing())
          .execute();
      }
      for (const part of inPieces(deliveries, ROWS_AT_ONCE)) {
        await trx
          .insertInto('delivery')
          .values(
            part.map((one) => ({
              ...{ id: one.id, event_id: one.event.id, person_id: one.personId, kind: one.kind, channel: one.channel, target: one.target },
              ...{ state: 'waiting', attempts: 0, next_at: one.nextAt, expires_at: one.expiresAt, batch: one.id, error: '' },
              ...{ created_at: at, finished_at: null },
            })),
          )
          .onConflict((conflict) => conflict.columns(['event_id', 'person_id', 'channel', 'target']).doNothing())
          .execute();
      }
      const ids = all.map(({ event }) => event.id);
      await trx.updateTable('notification_event').set({ spread_at: at }).where('id', 'in', ids).execute();
    });
  }

  async newest(personId: string): Promise<Notification[]> {
    const rows = await this.#db
      .selectFrom('notification')
      .innerJoin('notification_event', 'notification_event.id', 'notification.event_id')
      .select(['notification.event_id', 'notification.kind', 'notification.at', 'notification.read_at'])
      .select(['notification_event.lesson_id', 'notification_event.detail'])
      .where('notification.person_id', '=', personId)
      .orderBy('notification.at', 'desc')
      .orderBy('notification.event_id', 'desc')
      .limit(NEWEST)
      .execute();
    return rows.map((row) => ({
      id: row.event_id,
      at: row.at,
      kind: NotificationKind.parse(row.kind),
      lessonId: row.lesson_id === '' ? null : LessonId.parse(row.lesson_id),
      detail: detailOf(row.detail),
      read: row.read_at !== null,
    }));
  }

  async unread(personId: string): Promise<{ unread: number; latestAt: Instant }> {
    const row = await this.#db
      .selectFrom('notification')
      .select((eb) => [eb.fn.countAll<number>().as('unread'), eb.fn.max('at').as('latest')])
      .where('person_id', '=', personId)
      .where('read_at', 'is', null)
      .executeTakeFirst();
    return { unread: Number(row?.unread ?? 0), latestAt: Number(row?.latest ?? 0) };
  }

  async read(personId: string, which: ReadNotifications, at: Instant): Promise<void> {
    const mine = this.#db.updateTable('notification').set({ read_at: at }).where('person_id', '=', personId).where('read_at', 'is', null);
    await ('ids' in which ? mine.where('event_id', 'in', which.ids) : mine.where('at', '<=', which.upTo)).execute();
  }

  /** Person → what was chosen. Who chose nothing is missing. */
  async choices(personIds: readonly string[]): Promise<Map<string, Map<string, boolean>>> {
    const found = new Map<string, Map<string, boolean>>();
    for (const part of inPieces(personIds)) {
      const rows = await this.#db.selectFrom('notification_choice').selectAll().where('person_id', 'in', part).execute();
      for (const row of rows) {
        const kind = NotificationKind.safeParse(row.kind);
        const channel = NotificationChannel.safeParse(row.channel);
        if (!kind.success || !channel.success) continue;
        const own = found.get(row.person_id) ?? new Map<string, boolean>();
        own.set(choiceKey(kind.data, channel.data), row.is_on === 1);
        found.set(row.person_id, own);
      }
    }
    return found;
  }

  async choose(personId: string, choices: readonly NotificationChoice[]): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      for (const { kind, channel, on } of choices) {
        await trx
          .insertInto('notification_choice')
          .values({ person_id: personId, kind, channel, is_on: on ? 1 : 0 })
          .onConflict((conflict) => conflict.columns(['person_id', 'kind', 'channel']).doUpdateSet({ is_on: on ? 1 : 0 }))
          .execute();
      }
    });
  }

  /** What happened before, with every trace of who was told. What still waits to be sent keeps its event. */
  async forgetBefore(at: Instant): Promise<void> {
    await this.#db
      .deleteFrom('notification_event')
      .where('at', '<', at)
      .where('id', 'not in', this.#db.selectFrom('delivery').select('event_id').where('state', '=', 'waiting'))
      .execute();
  }

  async value(name: string): Promise<string | null> {
    const row = await this.#db.selectFrom('server_value').select('value').where('name', '=', name).executeTakeFirst();
    return row?.value ?? null;
  }

  async setValue(name: string, value: string): Promise<void> {
    await this.#db
      .insertInto('server_value')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }
}

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly lesson_id: string;
  readonly at: number;
  readonly by_id: string | null;
  readonly detail: string;
  readonly audience: string;
}

function eventOf(row: EventRow): NotificationEvent {
  const type = eventTypes.find((one) => one === row.type);
  if (type === undefined) throw new Error(`No notification is called ${row.type}`);
  return {
    ...{ id: row.id, lessonId: row.lesson_id, at: row.at, byId: row.by_id },
    type: type satisfies EventType,
    detail: detailOf(row.detail),
    meant: meantOf(row.audience),
  };
}

function detailOf(json: string): NotificationDetail {
  return NotificationDetail.parse(JSON.parse(json));
}

const StoredMeant = z.object({
  fromId: z.string().optional(),
  toId: z.string().optional(),
  added: z.array(z.string()).optional(),
  removed: z.array(z.string()).optional(),
  only: z.array(z.string()).optional(),
});

function meantOf(json: string): Meant {
  return StoredMeant.parse(JSON.parse(json));
}
