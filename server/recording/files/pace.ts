// Holds long reading up, so that it takes only a share of the disk.
import type { Clock, Timer } from '../../ports/clock.ts';

const pieceBytes = 8 * 1024 * 1024;

/** To be awaited for the bytes that were read. */
export type Pace = (bytes: number) => Promise<void>;

export const atOnce: Pace = async () => undefined;

export class Stopped extends Error {}

export class Pacer {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #bytesPerSecond: number;
  #read = 0;
  #waiting: { readonly timer: Timer; readonly resume: () => void } | undefined;
  #stopped = false;

  constructor(clock: Pick<Clock, 'after'>, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  readonly pace: Pace = async (bytes) => {
    this.#read += bytes;
    if (this.#read >= pieceBytes && !this.#stopped) {
      const waitMs = (this.#read / this.#bytesPerSecond) * 1000;
      this.#read = 0;
      await new Promise<void>((resume) => {
        this.#waiting = { timer: this.#clock.after(waitMs, resume), resume };
      });
    }
    if (this.#stopped) throw new Stopped('stopped');
  };

  /** The reading ends at once, with `Stopped`. */
  stop(): void {
    this.#stopped = true;
    this.#waiting?.timer.cancel();
    this.#waiting?.resume();
  }
}
