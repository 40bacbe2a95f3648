// Tells one destination all there is, in order, and waits when it does not answer; knows nothing of the other destinations.
import { setImmediate } from 'node:timers/promises';
import { hints } from '../hints.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { OutboxStore, Progress } from './outbox.store.ts';
import { type OutboxEvent, pauseMs } from './outbox.ts';
import type { Item, Outcome, Receiver } from './receiver.ts';
import type { Surroundings } from './surroundings.ts';

interface Options {
  readonly receiver: Receiver;
  readonly progress: Progress;
  readonly store: OutboxStore;
  readonly surroundings: (events: readonly OutboxEvent[]) => Promise<Surroundings>;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** What is sent together, and where that leads. */
interface Piece {
  readonly items: readonly Item[];
  /** The position once it is through. */
  readonly to: number;
}

const EVENTS_AT_ONCE = 100;
const ITEMS_AT_ONCE = 100;
const DEAD_AT_ONCE = 20;
const TIMEOUT_MS = 30_000;

export class Delivery {
  readonly receiver: Receiver;
  readonly #options: Options;
  #progress: Progress;
  #work: Promise<void> | null = null;
  #acts: Promise<void> = Promise.resolve();
  #request: AbortController | null = null;
  #timer: Timer | null = null;
  /** While more than none, nothing new is begun. */
  #holds = 0;
  #closed = false;

  constructor(options: Options) {
    this.receiver = options.receiver;
    this.#options = options;
    this.#progress = options.progress;
  }

  get progress(): Progress {
    return this.#progress;
  }

  get isAtWork(): boolean {
    return this.#work !== null;
  }

  /** Sends what is due, unless that is going on already. */
  look(): void {
    if (this.#isHeld() || this.#work !== null || this.#progress.paused || this.#waits()) return;
    this.#work = this.#sendAll()
      .catch((error: unknown) =>
        this.#options.log.error({ error, destination: this.receiver.id }, 'Records could not be sent; tried again'),
      )
      .then(() => {
        this.#work = null;
      });
  }

  async settled(): Promise<void> {
    await this.#acts;
    while (this.#work !== null) await this.#work;
  }

  /** Stops what is on its way, lets `change` say how it goes on, and goes on so: one after the other. */
  act(change: (progress: Progress) => Progress, save: (next: Progress) => Promise<void>): Promise<void> {
    const done = this.#acts.then(async () => {
      this.#holds += 1;
      try {
        this.#request?.abort();
        await this.#work;
        const next = change(this.#progress);
        await save(next);
        this.#progress = next;
      } finally {
        this.#holds -= 1;
        this.look();
      }
    });
    this.#acts = done.catch(() => undefined);
    return done;
  }

  /** What is on its way is cut off, and sent again under the same id the next time. Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    this.#request?.abort();
    await this.settled();
  }

  #isHeld(): boolean {
    return this.#closed || this.#holds > 0;
  }

  /** Rings when the waiting is over. */
  #waits(): boolean {
    const { clock } = this.#options;
    this.#timer?.cancel();
    this.#timer = null;
    const leftMs = this.#progress.nextAt - clock.now();
    if (leftMs <= 0) return false;
    this.#timer = clock.after(leftMs, () => this.look());
    return true;
  }

  async #sendAll(): Promise<void> {
    while (!this.#isHeld()) {
      const goesOn = (await this.#sendDead()) && (await this.#sendNext());
      if (!goesOn) return;
      // Classes get their turn between two batches.
      await setImmediate();
    }
  }

  /** Answers whether there may be more to send at once. */
  async #sendNext(): Promise<boolean> {
    const { store, surroundings } = this.#options;
    const { position, sendingTo } = this.#progress;
    // Asked for first: whatever has a number up to it is there to be read now, or was removed.
    const last = await store.last();
    const events = sendingTo === null ? await store.after(position, EVENTS_AT_ONCE) : await store.upTo(position, sendingTo);
    if (events.length === 0) {
      const to = sendingTo ?? last;
      if (to > position || sendingTo !== null) await this.#save({ position: Math.max(position, to), sendingTo: null });
      return sendingTo !== null;
    }
    const around = await surroundings(events);
    const late = events.findIndex((event) => around.notYet.has(event.seq));
    const ready = late === -1 ? events : events.slice(0, late);
    const end = ready.at(-1)?.seq;
    if (end === undefined) return false;
    const items = ready.flatMap((event) => this.receiver.itemsOf(event, around));
    if (items.length === 0) await this.#save({ position: end, sendingTo: null });
    for (const piece of piecesOf(items, end, ITEMS_AT_ONCE)) if (!(await this.#sendPiece(piece))) return false;
    return true;
  }

  /** O5: what is refused for good is halved until the bad one is alone; that one is put with the dead, all others go. */
  async #sendPiece({ items, to }: Piece): Promise<boolean> {
    const sendingTo = items.at(-1)?.seq ?? null;
    // O3: what is tried once is tried again as it was, also after a crash.
    if (this.#progress.sendingTo !== sendingTo) await this.#save({ sendingTo });
    const outcome = await this.#send(items);
    switch (outcome.as) {
      case 'later':
        return this.#failed(outcome);
      case 'taken':
        await this.#through(to, []);
        return true;
      case 'known':
      case 'refused': {
        const [only] = items;
        if (items.length > 1) {
          for (const half of piecesOf(items, to, Math.ceil(items.length / 2))) if (!(await this.#sendPiece(half))) return false;
          return true;
        }
        await this.#through(to, outcome.as === 'refused' && only !== undefined ? [{ seq: only.seq, error: outcome.why }] : []);
        return true;
      }
    }
  }

  async #send(items: readonly Item[]): Promise<Outcome> {
    const request = new AbortController();
    const timer = this.#options.clock.after(TIMEOUT_MS, () => request.abort(new Error('no answer in time')));
    this.#request = request;
    if (this.#isHeld()) request.abort();
    const outcome = await this.receiver.send(items, request.signal);
    this.#request = null;
    timer.cancel();
    return outcome;
  }

  async #through(position: number, refused: readonly { readonly seq: number; readonly error: string }[]): Promise<void> {
    const { clock, log, store } = this.#options;
    const now = clock.now();
    if (this.#progress.attempts > 0) log.info({ destination: this.receiver.id }, 'Records can be sent again');
    const next: Progress = {
      ...this.#progress,
      ...{ position: Math.max(this.#progress.position, position), sendingTo: null, attempts: 0, failingSince: null, nextAt: 0, error: '' },
      deliveredAt: refused.length > 0 ? this.#progress.deliveredAt : now,
    };
    await store.save(
      next,
      [],
      refused.map((one) => ({ ...one, failedAt: now, attempts: 1 })),
    );
    this.#progress = next;
    for (const { seq, error } of refused)
      log.error(
        { destination: this.receiver.id, seq, why: error, hint: hints.deadRecord },
        'A record was refused for good, and lies with the dead',
      );
  }

  async #failed({ why, afterMs }: Extract<Outcome, { as: 'later' }>): Promise<false> {
    if (this.#isHeld()) return false;
    const { clock, log, random } = this.#options;
    const { attempts, failingSince } = this.#progress;
    const now = clock.now();
    if (attempts === 0) log.warn({ destination: this.receiver.id, why }, 'Records cannot be sent; they wait');
    const nextAt = now + Math.max(pauseMs(attempts + 1, random()), afterMs ?? 0);
    await this.#save({ attempts: attempts + 1, failingSince: failingSince ?? now, nextAt, error: why });
    this.#waits();
    return false;
  }

  /** Those of the dead that somebody wants to be sent again. Answers whether to go on. */
  async #sendDead(): Promise<boolean> {
    const { clock, store, surroundings } = this.#options;
    for (let dead = await store.toRetry(this.receiver.id, DEAD_AT_ONCE); dead.length > 0; ) {
      const events = await store.events(dead.map((one) => one.seq));
      const around = await surroundings(events);
      for (const { seq, attempts } of dead) {
        const event = events.find((one) => one.seq === seq);
        const items = event === undefined ? [] : this.receiver.itemsOf(event, around);
        const error = await this.#sendAlone(items);
        if (error === null) return false;
        const refused = error === '' ? [] : [{ seq, failedAt: clock.now(), attempts: attempts + 1, error }];
        await store.save(this.#progress, error === '' ? [seq] : [], refused);
      }
      dead = await store.toRetry(this.receiver.id, DEAD_AT_ONCE);
    }
    return true;
  }

  /** Answers why it was refused, '' when all of it was taken, null when it has to wait. */
  async #sendAlone(items: readonly Item[]): Promise<string | null> {
    if (items.length === 0) return '';
    const outcome = await this.#send(items);
    if (outcome.as === 'taken') return '';
    if (outcome.as === 'later') return (await this.#failed(outcome)) || null;
    if (items.length === 1) return outcome.as === 'refused' ? outcome.why : '';
    const half = Math.ceil(items.length / 2);
    const first = await this.#sendAlone(items.slice(0, half));
    if (first === null) return null;
    const second = await this.#sendAlone(items.slice(half));
    return second === null ? null : first || second;
  }

  async #save(change: Partial<Progress>): Promise<void> {
    const next = { ...this.#progress, ...change };
    await this.#options.store.save(next);
    this.#progress = next;
  }
}

/** The events between two items have nothing to be told: they are through with the first. */
function piecesOf(items: readonly Item[], to: number, size: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < items.length; from += size) {
    const next = items[from + size];
    pieces.push({ items: items.slice(from, from + size), to: next === undefined ? to : next.seq - 1 });
  }
  return pieces;
}
