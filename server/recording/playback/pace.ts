// How fast one person may look back at a class that runs: more than a player can use, and never so much that the class is disturbed.
import type { Readable } from 'node:stream';
import type { RecordingManifest } from '../../contract/recording.ts';
import { Refused } from '../../contract/reply.ts';

/** A player at double speed needs twice what is written; that, three times. */
const timesWhatIsWritten = 2 * 3;
/** Before there is much to measure, and for classes without pictures. */
const leastBytesPerSecond = 1_000_000;
/** So many seconds of it at once: what a player fetches after a jump. */
const burstSeconds = 15;
const mostViewers = 5000;
/** Whoever owes more asks for far more than any player; each request that waits holds a file open. */
const mostDebtSeconds = 60;

/** A manifest that runs is asked for hundreds of times before it is another. */
const known = new WeakMap<RecordingManifest, number>();

/** Of all tracks together, on the average. */
export function bytesPerSecondOf(manifest: RecordingManifest): number {
  const rate = known.get(manifest) ?? averageOf(manifest);
  known.set(manifest, rate);
  return rate;
}

function averageOf({ tracks, durationMs }: RecordingManifest): number {
  const files = new Map(tracks.flatMap(({ parts }) => parts.map(({ file, bytes }) => [file, bytes] as const)));
  const bytes = [...files.values()].reduce((sum, one) => sum + one, 0);
  return Math.max(leastBytesPerSecond, (timesWhatIsWritten * bytes * 1000) / Math.max(1000, durationMs));
}

interface Budget {
  bytes: number;
  filledAtMs: number;
}

export interface PaceOptions {
  readonly monotonicMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export const machinePace: PaceOptions = {
  monotonicMs: () => performance.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
};

export class Pace {
  readonly #options: PaceOptions;
  readonly #budgets = new Map<string, Budget>();

  constructor(options: PaceOptions = machinePace) {
    this.#options = options;
  }

  /** Before something is opened for the viewer. Throws `Refused('too-many-requests')`. */
  admit(viewer: string, bytesPerSecond: number): void {
    const budget = this.#budgets.get(viewer);
    if (budget === undefined) return;
    const owedMs = (-budget.bytes / bytesPerSecond) * 1000 - (this.#options.monotonicMs() - budget.filledAtMs);
    if (owedMs <= mostDebtSeconds * 1000) return;
    throw new Refused('too-many-requests', 'That much cannot be looked back at once', { retryAfterMs: Math.ceil(owedMs) });
  }

  /** All that one viewer fetches at the same time shares one budget, however many requests it is. */
  async *paced(source: Readable, viewer: string, bytesPerSecond: number): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      const bytes: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
      const waitMs = this.#spend(viewer, bytes.length, bytesPerSecond);
      if (waitMs > 0) await this.#options.wait(waitMs);
      yield bytes;
    }
  }

  /** Goes into debt, so that who comes next waits for it too. */
  #spend(viewer: string, bytes: number, bytesPerSecond: number): number {
    const nowMs = this.#options.monotonicMs();
    const burst = bytesPerSecond * burstSeconds;
    const budget = this.#budgets.get(viewer) ?? { bytes: burst, filledAtMs: nowMs };
    budget.bytes = Math.min(burst, budget.bytes + ((nowMs - budget.filledAtMs) / 1000) * bytesPerSecond) - bytes;
    budget.filledAtMs = nowMs;
    this.#budgets.delete(viewer);
    this.#budgets.set(viewer, budget);
    const oldest = this.#budgets.keys().next();
    if (this.#budgets.size > mostViewers && !oldest.done) this.#budgets.delete(oldest.value);
    return budget.bytes >= 0 ? 0 : (-budget.bytes / bytesPerSecond) * 1000;
  }
}
