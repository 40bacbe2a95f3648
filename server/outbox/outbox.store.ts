// Owns what is to be told to other systems, how far each of them was told, and what each refused for good.
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { Told } from '../contract/told.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { OutboxEventTable } from '../database/tables-records.ts';
import { eventOf, type OutboxEvent, type Written } from './outbox.ts';

/** A statement may carry 32,766 parameters on SQLite; an event has seven. */
const ROWS_PER_STATEMENT = 1000;
const DEAD_PER_PAGE = 50;
const LAST = 'outbox-last';
const INSTANCE = 'instance-id';
const Detail = z.record(z.string(), z.unknown());

/** How far a destination was told. */
export interface Progress {
  readonly id: string;
  readonly kind: 'lrs' | 'webhook';
  readonly url: string;
  /** Everything up to it was delivered, or lies with the dead. */
  readonly position: number;
  /** The last number of what is being tried; null when nothing is. */
  readonly sendingTo: number | null;
  readonly paused: boolean;
  /** How often in a row it has failed, since when, and when it is tried again. */
  readonly attempts: number;
  readonly failingSince: Instant | null;
  readonly nextAt: Instant;
  readonly error: string;
  readonly deliveredAt: Instant | null;
}

export interface Dead {
  readonly seq: number;
  readonly failedAt: Instant;
  readonly attempts: number;
  readonly error: string;
}

export class OutboxStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Numbers what others are told of these entries and writes it, in the transaction of the entries (O1). The row that holds the last
   * number is locked until the transaction ends, so that numbers become visible in their order, and one that was rolled back is given again.
   */
  async append(trx: Transaction<Database>, entries: readonly Written[]): Promise<void> {
    const events = entries.flatMap((entry) => eventOf(entry) ?? []);
    if (events.length === 0) return;
    const { rows } = await sql<{ value: string }>`
      insert into server_value (name, value) values (${LAST}, ${String(events.length)})
      on conflict (name) do update set value = cast(cast(server_value.value as bigint) + ${sql.lit(events.length)} as text)
      returning value`.execute(trx);
    const first = Number(rows[0]?.value) - events.length + 1;
    const numbered = events.map((event, index) => ({
      ...{ seq: first + index, at: event.at, kind: event.kind, lesson_id: event.lessonId, entry_seq: event.entrySeq },
      ...{ person_id: event.personId, detail: JSON.stringify(event.detail) },
    }));
    for (const piece of inPieces(numbered, ROWS_PER_STATEMENT)) await trx.insertInto('outbox_event').values(piece).execute();
  }

  /** The same for ever on the same data: ids of all that is sent are made from it. */
  async instance(): Promise<string> {
    await this.#db
      .insertInto('server_value')
      .values({ name: INSTANCE, value: randomUUID() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await this.#db.selectFrom('server_value').select('value').where('name', '=', INSTANCE).executeTakeFirstOrThrow();
    return row.value;
  }

  /** The last number that was given; 0 before the first. */
  async last(): Promise<number> {
    const row = await this.#db.selectFrom('server_value').select('value').where('name', '=', LAST).executeTakeFirst();
    return Number(row?.value ?? 0);
  }

  /** The first that is still there; one more than the last when none is. */
  async first(): Promise<number> {
    const row = await this.#db.selectFrom('outbox_event').select('seq').orderBy('seq').limit(1).executeTakeFirst();
    return row?.seq ?? (await this.last()) + 1;
  }

  async after(position: number, limit: number): Promise<OutboxEvent[]> {
    return eventsOf(
      await this.#db.selectFrom('outbox_event').selectAll().where('seq', '>', position).orderBy('seq').limit(limit).execute(),
    );
  }

  async upTo(position: number, last: number): Promise<OutboxEvent[]> {
    const rows = this.#db.selectFrom('outbox_event').selectAll().where('seq', '>', position).where('seq', '<=', last);
    return eventsOf(await rows.orderBy('seq').execute());
  }

  async events(seqs: readonly number[]): Promise<OutboxEvent[]> {
    if (seqs.length === 0) return [];
    return eventsOf(await this.#db.selectFrom('outbox_event').selectAll().where('seq', 'in', seqs).orderBy('seq').execute());
  }

  /** What was told before of these lessons and people in them (null: of the lesson itself), by kinds, oldest first. */
  async before(
    pairs: readonly { readonly lessonId: string; readonly personId: string | null }[],
    kinds: readonly Told[],
    last: number,
  ): Promise<OutboxEvent[]> {
    const found: OutboxEvent[] = [];
    for (const piece of inPieces(pairs, 100)) {
      const rows = await this.#db
        .selectFrom('outbox_event')
        .selectAll()
        .where((eb) =>
          eb.or(
            piece.map(({ lessonId, personId }) =>
              eb.and([eb('lesson_id', '=', lessonId), personId === null ? eb('person_id', 'is', null) : eb('person_id', '=', personId)]),
            ),
          ),
        )
        .where('kind', 'in', kinds)
        .where('seq', '<=', last)
        .orderBy('seq')
        .execute();
      found.push(...eventsOf(rows));
    }
    return found;
  }

  async destinations(): Promise<Progress[]> {
    const rows = await this.#db.selectFrom('outbox_destination').selectAll().orderBy('id').execute();
    return rows.map((row) => ({
      ...{ id: row.id, kind: row.kind === 'lrs' ? 'lrs' : 'webhook', url: row.url, position: row.position, sendingTo: row.sending_to },
      ...{ paused: row.paused === 1, attempts: row.attempts, failingSince: row.failing_since, nextAt: row.next_at, error: row.error },
      deliveredAt: row.delivered_at,
    }));
  }

  /**
   * @param alive numbers that are no longer with the dead
   * @param dead what is from now on
   */
  async save(progress: Progress, alive: readonly number[] = [], dead: readonly Dead[] = []): Promise<void> {
    const { id, ...rest } = rowOf(progress);
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('outbox_destination')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute();
      for (const piece of inPieces(alive))
        await trx.deleteFrom('outbox_dead').where('destination_id', '=', id).where('seq', 'in', piece).execute();
      for (const { seq, failedAt, attempts, error } of dead) {
        const values = { failed_at: failedAt, attempts, error, retry: 0 };
        await trx
          .insertInto('outbox_dead')
          .values({ destination_id: id, seq, ...values })
          .onConflict((conflict) => conflict.columns(['destination_id', 'seq']).doUpdateSet(values))
          .execute();
      }
    });
  }

  /** From this number on nothing is dead: it is all sent again. */
  async saveReplay(progress: Progress, fromSeq: number): Promise<void> {
    const { id, ...rest } = rowOf(progress);
    await this.#db.transaction().execute(async (trx) => {
      await trx.updateTable('outbox_destination').set(rest).where('id', '=', id).execute();
      await trx.deleteFrom('outbox_dead').where('destination_id', '=', id).where('seq', '>=', fromSeq).execute();
    });
  }

  async dead(destinationId: string, page: number): Promise<Dead[]> {
    const rows = await this.#db
      .selectFrom('outbox_dead')
      .selectAll()
      .where('destination_id', '=', destinationId)
      .orderBy('seq')
      .limit(DEAD_PER_PAGE)
      .offset(page * DEAD_PER_PAGE)
      .execute();
    return rows.map(deadOf);
  }

  async deadCounts(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#db
      .selectFrom('outbox_dead')
      .select(['destination_id', (eb) => eb.fn.countAll<number | string>().as('count')])
      .groupBy('destination_id')
      .execute();
    return new Map(rows.map((row) => [row.destination_id, Number(row.count)]));
  }

  async retryDead(destinationId: string): Promise<void> {
    await this.#db.updateTable('outbox_dead').set({ retry: 1 }).where('destination_id', '=', destinationId).execute();
  }

  async toRetry(destinationId: string, limit: number): Promise<Dead[]> {
    const rows = this.#db.selectFrom('outbox_dead').selectAll().where('destination_id', '=', destinationId).where('retry', '=', 1);
    return (await rows.orderBy('seq').limit(limit).execute()).map(deadOf);
  }

  /** Of what was not delivered to someone: when the oldest of it happened. */
  async oldestAfter(position: number): Promise<Instant | null> {
    const rows = this.#db.selectFrom('outbox_event').select('at').where('seq', '>', position);
    return (await rows.orderBy('seq').limit(1).executeTakeFirst())?.at ?? null;
  }

  /** Up to `limit` of the oldest that happened before `at`, but nothing after `last`, nor what lies with the dead. Answers how many. */
  async forget(at: Instant, last: number, limit: number): Promise<number> {
    const old = await this.#db
      .selectFrom('outbox_event')
      .select('seq')
      .where('seq', '<=', last)
      .where('at', '<', at)
      .where('seq', 'not in', (eb) => eb.selectFrom('outbox_dead').select('outbox_dead.seq'))
      .orderBy('seq')
      .limit(limit)
      .execute();
    for (const piece of inPieces(old.map((row) => row.seq))) await this.#db.deleteFrom('outbox_event').where('seq', 'in', piece).execute();
    return old.length;
  }

  /** Also what is dead: it can no longer be sent. */
  async forgetDead(at: Instant): Promise<void> {
    await this.#db.deleteFrom('outbox_dead').where('failed_at', '<', at).execute();
  }
}

function rowOf({ id, kind, url, position, sendingTo, paused, attempts, failingSince, nextAt, error, deliveredAt }: Progress) {
  return {
    ...{ id, kind, url, position, sending_to: sendingTo, paused: paused ? 1 : 0, attempts, failing_since: failingSince },
    ...{ next_at: nextAt, error, delivered_at: deliveredAt },
  };
}

function deadOf(row: { readonly seq: number; readonly failed_at: number; readonly attempts: number; readonly error: string }): Dead {
  return { seq: row.seq, failedAt: row.failed_at, attempts: row.attempts, error: row.error };
}

function eventsOf(rows: readonly Selectable<OutboxEventTable>[]): OutboxEvent[] {
  return rows.map((row) => ({
    ...{ seq: row.seq, at: row.at, kind: row.kind, lessonId: row.lesson_id, entrySeq: row.entry_seq, personId: row.person_id },
    detail: Detail.parse(JSON.parse(row.detail)),
  }));
}
