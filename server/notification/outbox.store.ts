// Owns what is still to be sent, what was sent and what could not be; and the devices that it is sent to.
import type { Kysely } from 'kysely';
import { type Instant, PersonId } from '../contract/ids.ts';
import { type Deliveries, NotificationKind, type PushDevice } from '../contract/notification.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';

export type Channel = 'mail' | 'push';

export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly personId: string;
  readonly kind: NotificationKind;
  readonly target: string;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly expiresAt: Instant;
  readonly batch: string;
}

export interface Device {
  readonly id: string;
  readonly personId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

const FAILED_SHOWN = 100;

export class OutboxStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** What is due, whole batches, and whatever else waits for the same people and has not been tried: it may go with it. */
  async due(channel: Channel, now: Instant, limit: number): Promise<Delivery[]> {
    const first = await this.#db
      .selectFrom('delivery')
      .select(['person_id', 'batch'])
      .where('state', '=', 'waiting')
      .where('channel', '=', channel)
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(limit)
      .execute();
    if (first.length === 0) return [];
    const all = this.#db.selectFrom('delivery').selectAll();
    // Each by the index that fits it; asked for in one question, a database may read all that waits instead.
    const ofBatches = await all.where('batch', 'in', [...new Set(first.map((row) => row.batch))]).execute();
    const people = [...new Set(first.map((row) => row.person_id))];
    const ofPeople = await all.where('person_id', 'in', people).where('state', '=', 'waiting').where('attempts', '=', 0).execute();
    const rows = [...new Map([...ofBatches, ...ofPeople].map((row) => [row.id, row])).values()]
      .filter((row) => row.state === 'waiting' && row.channel === channel)
      .sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
    return rows.map((row) => ({
      ...{ id: row.id, eventId: row.event_id, personId: row.person_id, target: row.target },
      ...{ attempts: row.attempts, nextAt: row.next_at, expiresAt: row.expires_at, batch: row.batch },
      kind: NotificationKind.parse(row.kind),
    }));
  }

  /** From now on one message, also when it is tried again. */
  async join(ids: readonly string[], batch: string): Promise<void> {
    await this.#db.updateTable('delivery').set({ batch }).where('id', 'in', ids).execute();
  }

  async sent(ids: readonly string[], at: Instant): Promise<void> {
    for (const part of inPieces(ids))
      await this.#db
        .updateTable('delivery')
        .set((eb) => ({ state: 'sent', finished_at: at, error: '', attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', part)
        .execute();
  }

  async failed(ids: readonly string[], error: string, at: Instant): Promise<void> {
    for (const part of inPieces(ids))
      await this.#db
        .updateTable('delivery')
        .set((eb) => ({ state: 'failed', finished_at: at, error, attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', part)
        .execute();
  }

  async later(ids: readonly string[], error: string, nextAt: Instant): Promise<void> {
    for (const part of inPieces(ids))
      await this.#db
        .updateTable('delivery')
        .set((eb) => ({ next_at: nextAt, error, attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', part)
        .execute();
  }

  /** Nobody is to be sent these any more. */
  async drop(ids: readonly string[]): Promise<void> {
    for (const part of inPieces(ids)) await this.#db.deleteFrom('delivery').where('id', 'in', part).execute();
  }

  async forget(sentBefore: Instant, failedBefore: Instant): Promise<void> {
    await this.#db.deleteFrom('delivery').where('state', '=', 'sent').where('finished_at', '<', sentBefore).execute();
    await this.#db.deleteFrom('delivery').where('state', '=', 'waiting').where('expires_at', '<', sentBefore).execute();
    await this.#db.deleteFrom('delivery').where('state', '=', 'failed').where('finished_at', '<', failedBefore).execute();
  }

  async counts(): Promise<Record<Channel, { waiting: number; sent: number; failed: number }>> {
    const rows = await this.#db
      .selectFrom('delivery')
      .select(['channel', 'state', (eb) => eb.fn.countAll<number>().as('count')])
      .groupBy(['channel', 'state'])
      .execute();
    const count = (channel: Channel, state: string) =>
      Number(rows.find((row) => row.channel === channel && row.state === state)?.count ?? 0);
    const of = (channel: Channel) => ({
      waiting: count(channel, 'waiting'),
      sent: count(channel, 'sent'),
      failed: count(channel, 'failed'),
    });
    return { mail: of('mail'), push: of('push') };
  }

  async lastFailed(): Promise<Deliveries['failed']> {
    const rows = await this.#db
      .selectFrom('delivery')
      .innerJoin('person', 'person.id', 'delivery.person_id')
      .select(['delivery.id', 'delivery.finished_at', 'delivery.channel', 'delivery.kind', 'delivery.attempts', 'delivery.error'])
      .select(['person.id as person_id', 'person.display_name'])
      .where('delivery.state', '=', 'failed')
      .orderBy('delivery.finished_at', 'desc')
      .limit(FAILED_SHOWN)
      .execute();
    return rows.map((row) => ({
      ...{ id: row.id, at: row.finished_at ?? 0, attempts: row.attempts, error: row.error },
      channel: row.channel === 'push' ? 'push' : 'mail',
      kind: NotificationKind.parse(row.kind),
      person: { id: PersonId.parse(row.person_id), displayName: row.display_name },
    }));
  }

  async devicesOf(personIds: readonly string[]): Promise<Device[]> {
    const found: Device[] = [];
    for (const part of inPieces(personIds)) {
      const rows = await this.#db
        .selectFrom('push_device')
        .select(['id', 'person_id', 'endpoint', 'p256dh', 'auth'])
        .where('person_id', 'in', part)
        .execute();
      for (const { person_id, ...row } of rows) found.push({ ...row, personId: person_id });
    }
    return found;
  }

  async ownDevices(personId: string): Promise<PushDevice[]> {
    const rows = await this.#db
      .selectFrom('push_device')
      .select(['id', 'name', 'created_at'])
      .where('person_id', '=', personId)
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map((row) => ({ id: row.id, name: row.name, addedAt: row.created_at }));
  }

  /** A browser belongs to whoever used it last. */
  async addDevice(device: Device & { readonly name: string; readonly createdAt: Instant }): Promise<void> {
    const { id, personId, endpoint, p256dh, auth, name, createdAt } = device;
    await this.#db
      .insertInto('push_device')
      .values({ id, person_id: personId, endpoint, p256dh, auth, name, created_at: createdAt })
      .onConflict((conflict) => conflict.column('endpoint').doUpdateSet({ person_id: personId, p256dh, auth, name, created_at: createdAt }))
      .execute();
  }

  /** With what waits for it. */
  async removeDevices(of: { readonly personId?: string; readonly id?: string; readonly endpoint?: string }): Promise<void> {
    let devices = this.#db.selectFrom('push_device').select('id');
    if (of.personId !== undefined) devices = devices.where('person_id', '=', of.personId);
    if (of.id !== undefined) devices = devices.where('id', '=', of.id);
    if (of.endpoint !== undefined) devices = devices.where('endpoint', '=', of.endpoint);
    const ids = (await devices.execute()).map((row) => row.id);
    if (ids.length === 0) return;
    await this.#db.deleteFrom('delivery').where('target', 'in', ids).where('state', '=', 'waiting').execute();
    await this.#db.deleteFrom('push_device').where('id', 'in', ids).execute();
  }
}
