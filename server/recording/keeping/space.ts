// Watches how much room is left for recordings, and says when that becomes another level.
import { statfs } from 'node:fs/promises';
import type { SpaceLevel } from '../../contract/recording-keeping.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import { freeShare, isWorse, type LevelShares, levelOf, type Measured } from './levels.ts';

export type Disk = Measured['disk'];
type Listener = (level: SpaceLevel, before: SpaceLevel) => void;

/** What the recorder obeys: at `scarce` no cameras, at `full` nothing at all. */
export interface SpaceWatch {
  level(): SpaceLevel;
  /** Called on every change; answers how to stop listening. */
  onChange(listener: Listener): () => void;
}

interface Parts {
  readonly shares: LevelShares;
  readonly quotaBytes: number | null;
  readonly measure: () => Promise<Disk>;
  /** Of all recordings that have ended; asked only where there is a quota. */
  readonly endedBytes: () => Promise<number>;
  /** What is being recorded now. */
  readonly live: () => { readonly recordings: number; readonly bytes: number };
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void; info(details: object, message: string): void };
}

/** While something is recorded a full disk is seconds away; else nothing but others' files grows. */
const BUSY_MS = 3000;
const IDLE_MS = 30_000;

/** Of the file system that a folder lies on, as the server may fill it. */
export async function diskOf(folder: string): Promise<Disk> {
  const { bsize, blocks, bfree, bavail } = await statfs(folder);
  return { totalBytes: (blocks - bfree + bavail) * bsize, freeBytes: bavail * bsize };
}

export class Space implements SpaceWatch {
  readonly #parts: Parts;
  readonly #listeners = new Set<Listener>();
  #measured: Measured;
  #level: SpaceLevel = 'ample';
  #timer: Timer | null = null;
  #measuring: Promise<void> | null = null;
  #isBlind = false;
  #closed = false;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#measured = { disk: { totalBytes: 0, freeBytes: 0 }, usedBytes: 0, quotaBytes: parts.quotaBytes };
  }

  /** Measured once when it resolves. */
  static async open(parts: Parts): Promise<Space> {
    const space = new Space(parts);
    await space.measure();
    space.#plan();
    return space;
  }

  level(): SpaceLevel {
    return this.#level;
  }

  /** As it was when last measured, a few seconds ago. */
  measured(): Measured {
    return this.#measured;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** At once, beside the usual turn: when much was freed. */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = null;
    });
    return this.#measuring;
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#measuring;
  }

  #plan(): void {
    if (this.#closed) return;
    const wait = this.#parts.live().recordings > 0 ? BUSY_MS : IDLE_MS;
    this.#timer = this.#parts.clock.after(wait, () => void this.measure().finally(() => this.#plan()));
  }

  /** When nothing can be measured the level stays: a recorder must not stop for that (V20). */
  async #measure(): Promise<void> {
    const { measure, endedBytes, live, quotaBytes, log } = this.#parts;
    try {
      const [disk, ended] = await Promise.all([measure(), quotaBytes === null ? 0 : endedBytes()]);
      this.#measured = { disk, usedBytes: ended + live().bytes, quotaBytes };
      this.#isBlind = false;
    } catch (error) {
      if (!this.#isBlind) log.warn({ error }, 'The space for recordings cannot be measured; its level stays as it was');
      this.#isBlind = true;
      return;
    }
    this.#settle();
  }

  #settle(): void {
    const { shares, log } = this.#parts;
    const before = this.#level;
    const share = freeShare(this.#measured);
    const level = levelOf(share, before, shares);
    if (level === before) return;
    this.#level = level;
    const details = { level, before, freePercent: Math.round(share * 1000) / 10 };
    if (isWorse(level, before)) log.warn(details, 'Less space is left for recordings');
    else log.info(details, 'There is space for recordings again');
    for (const listener of this.#listeners) listener(level, before);
  }
}
