// Keeps on the local disk what the database cannot take just now, so that classes go on; writes it there, in order, when the database is back.
import { z } from 'zod';
import { DatabaseAway, isDatabaseAway } from '../database/away.ts';
import { hints } from '../hints.ts';
import type { Timer } from '../ports/clock.ts';
import type { HeldFile } from './held-file.ts';
import { type Held, type Holding, held } from './holding.ts';
import { Refused, type RefusedOptions } from './refused.ts';

const tryAgainMs = 1000;
const mostAtOnce = 500;
/** H30: some 200,000 entries, hours of a full university. */
const usualMostHeld = 64 * 1_048_576;
/** Above it nothing new is begun; what happens to people still fits above that. */
const reserve = 1.25;

const Line = z.object({ kind: z.string(), value: z.unknown() });

interface Waiting {
  readonly kind: string;
  /** As it lies on the disk: what is held is read from it, whichever process wrote it. */
  readonly line: string;
  /** Null once it is on the local disk. */
  settle: (() => void) | null;
}

export interface HoldingOptions extends RefusedOptions {
  readonly file: HeldFile;
  /** What an earlier process left in it. */
  readonly lines: readonly string[];
  /** How many characters are held at most. */
  readonly mostHeld?: number;
}

export class HoldingService implements Holding {
  readonly #options: HoldingOptions;
  readonly #writers = new Map<string, (values: readonly unknown[]) => Promise<void>>();
  /** In the order in which they came; the first is written first. */
  #waiting: Waiting[];
  /** Of these, those that may not be on the local disk yet. */
  #fresh: Waiting[] = [];
  /** In characters. */
  #held: number;
  readonly #refused: Refused;
  /** Lines that nobody can read. */
  readonly #broken: readonly string[];
  #since: number | null = null;
  #timer: Timer | null = null;
  #draining: Promise<void> | null = null;
  /** What was held is in the database, and still in the file. */
  #forgetting: Promise<void> | null = null;
  /** The file knows one call at a time. */
  #disk: Promise<void> = Promise.resolve();
  #isDiskFull = false;
  #isClosed = false;

  constructor(options: HoldingOptions) {
    this.#options = options;
    this.#refused = new Refused(options);
    this.#waiting = options.lines.flatMap((line) => readLine(line) ?? []);
    this.#broken = options.lines.filter((line) => readLine(line) === null);
    this.#held = sizeOf(this.#waiting);
  }

  /** What waits for the database. */
  get count(): number {
    return this.#waiting.length;
  }

  figures(): { readonly count: number; readonly isStuck: boolean; readonly awaySeconds: number } {
    const awaySeconds = this.#since === null ? 0 : (this.#options.clock.now() - this.#since) / 1000;
    return { count: this.#waiting.length, isStuck: this.isStuck, awaySeconds };
  }

  get isStuck(): boolean {
    return this.#isDiskFull || this.#held >= this.#mostHeld;
  }

  get #mostHeld(): number {
    return this.#options.mostHeld ?? usualMostHeld;
  }

  through<T, R>(
    kind: string,
    shape: z.ZodType<T>,
    write: (value: T) => Promise<R>,
    writeHeld = async (values: readonly T[]): Promise<void> => {
      for (const value of values) await write(value);
    },
  ): (value: T) => Promise<R | Held> {
    this.#writers.set(kind, (values) => writeHeld(values.map((value) => shape.parse(value))));
    return async (value) => {
      // Written now and forgotten later, it would be overwritten with what is older if this process died between.
      while (this.#waiting.length === 0 && this.#forgetting !== null) await this.#forgetting;
      // What comes after something that waits waits behind it.
      if (this.#waiting.length > 0) return this.#hold(kind, value);
      try {
        return await write(value);
      } catch (error) {
        if (!isDatabaseAway(error) || this.#isClosed) throw error;
        this.#begin(error);
        return this.#hold(kind, value);
      }
    };
  }

  checkComplete(): void {
    if (this.#waiting.length > 0) throw new DatabaseAway();
  }

  /** H21: what an earlier process held is written before anything else is. To be called when every `through` has been. */
  async start(): Promise<void> {
    const { log } = this.#options;
    await this.#refused.start();
    if (this.#waiting.length + this.#broken.length === 0) return;
    log.warn({ held: this.#waiting.length }, 'What an earlier run held for the database is written now');
    for (const line of this.#broken)
      await this.#refused.setAside(line, 'Something that was held for the database cannot be read, and is set aside');
    await this.#drain();
    this.checkComplete();
  }

  /** Tries once more; what is left lies on the local disk for the next start. Safe twice. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#refused.close();
    await this.#tryAgain();
    await this.#disk;
    await this.#options.file.close();
  }

  #begin(error: unknown): void {
    const { log, clock } = this.#options;
    if (this.#since === null)
      log.error({ hint: hints.database, error }, 'The database is away: classes go on, and what happens is held on the local disk');
    this.#since ??= clock.now();
    this.#timer ??= clock.every(tryAgainMs, () => void this.#tryAgain());
  }

  async #hold(kind: string, value: unknown): Promise<Held> {
    // H30: promised, it would have to be kept in memory; refused, its room is given up, as where there is no disk.
    if (this.#held >= this.#mostHeld * reserve) throw new DatabaseAway();
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { kind, line: JSON.stringify({ kind, value }), settle: resolve };
    this.#waiting.push(waiting);
    const wasStuck = this.isStuck;
    this.#held += waiting.line.length;
    if (this.isStuck && !wasStuck)
      this.#options.log.error(
        { held: this.#waiting.length, hint: hints.database },
        'As much waits for the database as may: nothing new is begun in classes until it is back',
      );
    this.#fresh.push(waiting);
    this.#saveSoon();
    await promise;
    return held;
  }

  /** All that came in the meantime shares one write. */
  #saveSoon(): void {
    this.#disk = this.#disk.then(() => this.#save());
  }

  async #save(): Promise<void> {
    const fresh = this.#fresh.filter(isFresh);
    this.#fresh = [...fresh];
    if (fresh.length === 0) return;
    try {
      await this.#options.file.append(fresh.map(({ line }) => line));
    } catch (error) {
      if (!this.#isDiskFull)
        this.#options.log.error({ hint: hints.disk, error }, 'The local disk does not hold what waits for the database either');
      this.#isDiskFull = true;
      return;
    }
    this.#isDiskFull = false;
    for (const waiting of fresh) settle(waiting);
    this.#fresh = this.#fresh.filter(isFresh);
  }

  async #tryAgain(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = null;
    });
    await this.#draining;
    if (this.#isDiskFull) this.#saveSoon();
  }

  async #drain(): Promise<void> {
    const { log, clock } = this.#options;
    const count = this.#waiting.length;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { kind } = first;
      const some = this.#waiting.filter((waiting) => waiting.kind === kind).slice(0, mostAtOnce);
      try {
        await this.#writeHeld(some);
      } catch (error) {
        if (isDatabaseAway(error)) return;
        throw error;
      }
      const done = new Set(some);
      this.#waiting = this.#waiting.filter((waiting) => !done.has(waiting));
      this.#held = sizeOf(this.#waiting);
      for (const waiting of some) settle(waiting);
    }
    this.#isDiskFull = false;
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#since !== null)
      log.warn({ awayMs: clock.now() - this.#since, held: count }, 'The database is back, and has all that was held');
    this.#since = null;
    this.#disk = this.#disk.then(() => this.#forget());
    this.#forgetting = this.#disk.finally(() => {
      this.#forgetting = null;
    });
    await this.#forgetting;
  }

  /** A disk that cannot even be cleared is no reason to stop. */
  async #forget(): Promise<void> {
    if (this.#waiting.length > 0) return;
    await this.#options.file
      .clear()
      .catch((error: unknown) => this.#options.log.error({ error }, 'What was held for the database could not be removed'));
  }

  /** Of one kind. Throws only when the database is away. */
  async #writeHeld(some: readonly Waiting[]): Promise<void> {
    try {
      const write = this.#writers.get(some[0]?.kind ?? '');
      if (write === undefined) throw new Error('Nobody writes what is held under this name');
      await write(some.map(({ line }) => Line.parse(JSON.parse(line)).value));
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (some.length > 1) {
        for (const one of some) await this.#writeHeld([one]);
        return;
      }
      const what = 'Something that was held for the database was refused by it, and is set aside';
      for (const one of some) await this.#refused.setAside(one.line, what, { error, kind: one.kind });
    }
  }
}

/** Null: a disk that has lost a part of it is no reason not to start. */
function readLine(line: string): Waiting | null {
  try {
    return { kind: Line.parse(JSON.parse(line)).kind, line, settle: null };
  } catch {
    return null;
  }
}

const sizeOf = (all: readonly Waiting[]): number => all.reduce((sum, { line }) => sum + line.length, 0);

const isFresh = ({ settle }: Waiting): boolean => settle !== null;

function settle(waiting: Waiting): void {
  waiting.settle?.();
  waiting.settle = null;
}
