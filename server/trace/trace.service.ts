// Writes what happens in the rooms into their traces: many at once, in order, and durable before the caller goes on.
import type { Instant, LessonId } from '../contract/ids.ts';
import type { TracedFact } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { endsOfOpen } from './left-open.ts';
import type { TraceStore } from './trace.store.ts';
import { entryOf, type NewEntry } from './trace.ts';

const heartbeatMs = 5000;

interface Waiting {
  readonly entries: readonly NewEntry[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class TraceService {
  readonly #store: TraceStore;
  readonly #clock: Clock;
  readonly #log: Log;
  #waiting: Waiting[] = [];
  /** Runs while there is something to write; null at rest. */
  #writing: Promise<void> | null = null;
  #heartbeat: Timer | null = null;
  #beating: Promise<void> = Promise.resolve();

  constructor(options: { readonly store: TraceStore; readonly clock: Clock; readonly log: Log }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /**
   * Resolves when the facts are in the database, in the order of the calls. Everything that is asked for in one turn of the
   * event loop, or while a commit runs, shares one transaction; when it fails, each is tried by itself, and told how that went.
   */
  append(facts: readonly TracedFact[]): Promise<void> {
    return this.#append(facts.map(entryOf).filter((entry) => entry !== null));
  }

  /** Whether an entry of the person says this, of whatever time; nothing of what is being written now counts. Throws `DatabaseAway`. */
  async tells(fact: TracedFact): Promise<boolean> {
    const entry = entryOf(fact);
    return entry !== null && (await this.#store.tells(entry));
  }

  /** Ends what a stopped server left open, at its last sign of life. Call before the first heartbeat; harmless when repeated. */
  async closeOpen(at: Instant): Promise<void> {
    const alive = Math.min((await this.#store.aliveAt()) ?? at, at);
    for (const lessonId of await this.#store.unclosed(alive)) {
      const ends = endsOfOpen(lessonId, await this.#store.read(lessonId), alive);
      if (ends.length === 0) continue;
      await this.#append(ends);
      this.#log.info({ lessonId, entries: ends.length }, 'What the last run left open in a lesson was ended');
    }
  }

  /** Ends what a room left open that was given up at `at`, and may not have been able to write it then. */
  async endOpen(lessonId: LessonId, at: Instant): Promise<void> {
    // What was asked for before is in the table by then, or never will be.
    await new Promise<void>((done) => this.#enqueue({ entries: [], done, failed: () => done() }));
    await this.#append(endsOfOpen(lessonId, await this.#store.read(lessonId), at));
  }

  /** Writes a sign of life now and every five seconds. */
  async startHeartbeat(): Promise<void> {
    this.#heartbeat ??= this.#clock.every(heartbeatMs, () => {
      this.#beating = this.#beat().catch((error: unknown) => this.#log.warn({ error }, 'The sign of life was not written'));
    });
    await this.#beat();
  }

  /** Waits until everything is written. Safe twice. */
  async close(): Promise<void> {
    this.#heartbeat?.cancel();
    this.#heartbeat = null;
    await this.#beating;
    await this.#writing;
  }

  async #beat(): Promise<void> {
    await this.#store.setAliveAt(this.#clock.now());
  }

  #append(entries: readonly NewEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    return new Promise((done, failed) => this.#enqueue({ entries, done, failed }));
  }

  #enqueue(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // Lets everybody of this turn of the event loop join the first transaction.
    await new Promise((turn) => setImmediate(turn));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#store.append(batch.flatMap((waiting) => waiting.entries));
        for (const waiting of batch) waiting.done();
      } catch (error) {
        await this.#writeApart(batch, error);
      }
    }
    this.#writing = null;
  }

  /** One lesson's trouble is not another's. When two fail by themselves as well, it is the database's, and the others need not wait for it. */
  async #writeApart(batch: readonly Waiting[], error: unknown): Promise<void> {
    let failures = batch.length > 1 ? 0 : 2;
    for (const { entries, done, failed } of batch) {
      if (failures > 1) {
        failed(error);
        continue;
      }
      try {
        await this.#store.append(entries);
        done();
      } catch (reason) {
        failures += 1;
        failed(reason);
      }
    }
  }
}
