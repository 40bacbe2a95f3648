// The outbox as administrators and the rest of the server see it: wakes the deliveries, tells how far they are, and removes what is old.
import { setImmediate } from 'node:timers/promises';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditAct } from '../contract/audit.ts';
import type { DeadLetter, Destination } from '../contract/outbox.ts';
import { Refused } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { Delivery } from './delivery.ts';
import type { OutboxStore, Progress } from './outbox.store.ts';
import type { OutboxEvent } from './outbox.ts';
import type { Receiver } from './receiver.ts';
import type { Surroundings } from './surroundings.ts';

interface Options {
  readonly store: OutboxStore;
  readonly receivers: readonly Receiver[];
  readonly surroundings: (events: readonly OutboxEvent[]) => Promise<Surroundings>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly keepDays: number;
  readonly undeliveredDays: number | null;
}

export interface OutboxFigures {
  readonly id: string;
  readonly undelivered: number;
  /** Of the oldest that was not delivered; 0 when all was. */
  readonly oldestSeconds: number;
  readonly dead: number;
}

/** So that what happens at the same time goes together. */
const GATHER_MS = 1000;
const LOOK_MS = 5000;
const DAY_MS = 24 * 3_600_000;
const FORGET_AT_ONCE = 1000;

export class OutboxService {
  readonly #options: Options;
  readonly #deliveries: readonly Delivery[];
  readonly #timers: Timer[] = [];
  #gathering: Timer | null = null;
  #forgetting: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: Options, deliveries: readonly Delivery[]) {
    this.#options = options;
    this.#deliveries = deliveries;
  }

  /** A destination that is new is told what happens from now on. Open it before anything is written to a trace. */
  static async open(options: Options): Promise<OutboxService> {
    const { store, receivers } = options;
    const known = new Map((await store.destinations()).map((one) => [one.id, one]));
    const last = await store.last();
    const deliveries: Delivery[] = [];
    for (const receiver of receivers) {
      const { id, kind, shownUrl: url } = receiver;
      const progress: Progress = { ...(known.get(id) ?? newProgress(id, last)), kind, url };
      await store.save(progress);
      deliveries.push(new Delivery({ ...options, receiver, progress }));
    }
    return new OutboxService(options, deliveries);
  }

  start(): void {
    const { clock } = this.#options;
    if (this.#deliveries.length > 0) this.#timers.push(clock.every(LOOK_MS, () => this.look()));
    this.#timers.push(clock.every(DAY_MS, () => this.#forget()));
    this.#forget();
    this.look();
  }

  /** Something was written that others may be told; it goes out soon. */
  heard(): void {
    if (this.#closed || this.#gathering !== null || this.#deliveries.length === 0) return;
    this.#gathering = this.#options.clock.after(GATHER_MS, () => {
      this.#gathering = null;
      this.look();
    });
  }

  look(): void {
    if (!this.#closed) for (const delivery of this.#deliveries) delivery.look();
  }

  async settled(): Promise<void> {
    await this.#forgetting;
    await Promise.all(this.#deliveries.map((delivery) => delivery.settled()));
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#gathering?.cancel();
    for (const timer of this.#timers.splice(0)) timer.cancel();
    await Promise.all(this.#deliveries.map((delivery) => delivery.close()));
    await this.#forgetting;
  }

  async destinations(): Promise<{ destinations: Destination[]; first: number; last: number }> {
    const { store } = this.#options;
    const [rows, dead, first, last] = await Promise.all([store.destinations(), store.deadCounts(), store.first(), store.last()]);
    return { destinations: rows.map((row) => this.#shown(row, last, dead.get(row.id) ?? 0)), first, last };
  }

  /** Never goes forward: what was not delivered is not skipped. */
  async replay(actor: Actor, id: string, fromSeq: number): Promise<Destination> {
    const { store } = this.#options;
    const delivery = this.#delivery(id);
    const { position } = delivery.progress;
    await delivery.act(
      (progress) => atOnce({ ...progress, position: Math.min(progress.position, fromSeq - 1), sendingTo: null }),
      (next) => store.saveReplay(next, fromSeq),
    );
    await this.#record(actor, 'outbox.replayed', id, { position }, { fromSeq });
    return this.#destination(id);
  }

  pause(actor: Actor, id: string): Promise<Destination> {
    return this.#setPaused(actor, id, true);
  }

  resume(actor: Actor, id: string): Promise<Destination> {
    return this.#setPaused(actor, id, false);
  }

  async deadLetters(id: string, page: number): Promise<{ letters: DeadLetter[]; total: number }> {
    const { store, surroundings } = this.#options;
    const [dead, counts] = await Promise.all([store.dead(id, page), store.deadCounts()]);
    const events = await store.events(dead.map((one) => one.seq));
    const around = await surroundings(events);
    const receiver = this.#deliveries.find((one) => one.receiver.id === id)?.receiver;
    const letters = dead.flatMap(({ seq, ...rest }) => {
      const event = events.find((one) => one.seq === seq);
      if (event === undefined) return [];
      const bodies = receiver?.itemsOf(event, around).map((item) => item.body) ?? [];
      return [{ seq, kind: event.kind, at: event.at, ...rest, body: JSON.stringify(bodies.length === 1 ? bodies[0] : bodies, null, 2) }];
    });
    return { letters, total: counts.get(id) ?? 0 };
  }

  async retryDead(actor: Actor, id: string): Promise<Destination> {
    const { store } = this.#options;
    await this.#delivery(id).act(atOnce, async (next) => {
      await store.retryDead(id);
      await store.save(next);
    });
    await this.#record(actor, 'outbox.retried', id);
    return this.#destination(id);
  }

  async figures(): Promise<OutboxFigures[]> {
    const { clock, store } = this.#options;
    const [last, dead] = await Promise.all([store.last(), store.deadCounts()]);
    return Promise.all(
      this.#deliveries.map(async ({ receiver: { id }, progress: { position } }) => {
        const oldest = last > position ? await store.oldestAfter(position) : null;
        const oldestSeconds = oldest === null ? 0 : Math.max(0, (clock.now() - oldest) / 1000);
        return { id, undelivered: last - position, oldestSeconds, dead: dead.get(id) ?? 0 };
      }),
    );
  }

  async #setPaused(actor: Actor, id: string, paused: boolean): Promise<Destination> {
    const change = (progress: Progress) => (paused ? { ...progress, paused } : atOnce({ ...progress, paused }));
    await this.#delivery(id).act(change, (next) => this.#options.store.save(next));
    await this.#record(actor, paused ? 'outbox.paused' : 'outbox.resumed', id);
    return this.#destination(id);
  }

  async #record(actor: Actor, act: AuditAct, id: string, before?: object, after?: object): Promise<void> {
    const { url } = this.#delivery(id).progress;
    await this.#options.audit.record(actor, {
      ...{ act, subject: { kind: 'destination', id, name: url } },
      ...(before && { before }),
      ...(after && { after }),
    });
  }

  #delivery(id: string): Delivery {
    const found = this.#deliveries.find((one) => one.receiver.id === id);
    if (found === undefined) throw new Refused('not-found', 'There is no such destination in the configuration');
    return found;
  }

  async #destination(id: string): Promise<Destination> {
    const { store } = this.#options;
    const [last, dead] = await Promise.all([store.last(), store.deadCounts()]);
    return this.#shown(this.#delivery(id).progress, last, dead.get(id) ?? 0);
  }

  #shown(row: Progress, last: number, dead: number): Destination {
    const delivery = this.#deliveries.find((one) => one.receiver.id === row.id);
    const { id, kind, url, position, attempts, failingSince, nextAt, error, deliveredAt, paused } = delivery?.progress ?? row;
    const waits = nextAt > this.#options.clock.now();
    const busy = position < last || (dead > 0 && delivery?.isAtWork === true);
    const state = delivery === undefined ? 'not-configured' : paused ? 'paused' : waits ? 'waiting' : busy ? 'sending' : 'idle';
    const failing = failingSince === null ? null : { since: failingSince, attempts, error, nextAt };
    return { id, kind, url, position, last, state, failing, dead, deliveredAt };
  }

  #forget(): void {
    this.#forgetting = this.#forgetting
      .then(() => this.#forgetOld())
      .catch((error: unknown) => this.#options.log.warn({ error }, 'Old records of the outbox were not removed'));
  }

  /** O8 */
  async #forgetOld(): Promise<void> {
    const { clock, keepDays, log, store, undeliveredDays } = this.#options;
    const last = await store.last();
    const delivered = Math.min(last, ...this.#deliveries.map((delivery) => delivery.progress.position));
    const now = clock.now();
    await this.#forgetUpTo(now - keepDays * DAY_MS, delivered);
    if (undeliveredDays === null) return;
    const cutoff = now - undeliveredDays * DAY_MS;
    await store.forgetDead(cutoff);
    await this.#forgetUpTo(cutoff, delivered);
    const lost = await this.#forgetUpTo(cutoff, last);
    if (lost > 0) log.warn({ records: lost, undeliveredDays }, 'Records that could not be delivered were given up, as the settings say');
  }

  async #forgetUpTo(at: number, last: number): Promise<number> {
    for (let removed = 0; ; ) {
      const some = await this.#options.store.forget(at, last, FORGET_AT_ONCE);
      removed += some;
      if (some < FORGET_AT_ONCE || this.#closed) return removed;
      await setImmediate();
    }
  }
}

function newProgress(id: string, position: number): Omit<Progress, 'kind' | 'url'> {
  return {
    ...{ id, position, sendingTo: null, paused: false, attempts: 0, failingSince: null },
    ...{ nextAt: 0, error: '', deliveredAt: null },
  };
}

/** Whatever has failed so far: tried without waiting. */
function atOnce(progress: Progress): Progress {
  return { ...progress, attempts: 0, failingSince: null, nextAt: 0, error: '' };
}
