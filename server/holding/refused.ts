// What the database refused for good of what was held for it: set aside where a person finds it, and removed in time. Rule H31.
import { hints } from '../hints.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { HeldFile } from './held-file.ts';

export interface RefusedOptions {
  readonly file: Pick<HeldFile, 'setAside' | 'forgetAside'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: for ever. */
  readonly refusedDays: number | null;
}

const dayMs = 86_400_000;

export class Refused {
  readonly #options: RefusedOptions;
  #timer: Timer | null = null;

  constructor(options: RefusedOptions) {
    this.#options = options;
  }

  /** Looks through what there is, now and each day. */
  async start(): Promise<void> {
    this.#timer ??= this.#options.clock.every(dayMs, () => void this.#sweep());
    await this.#sweep();
  }

  async setAside(line: string, what: string, why: object = {}): Promise<void> {
    const { log, file, clock } = this.#options;
    log.error({ hint: hints.refused, ...why }, what);
    await file.setAside(line, clock.now()).catch((error: unknown) => log.error({ error }, 'What was held could not be set aside'));
  }

  /** Safe twice. */
  close(): void {
    this.#timer?.cancel();
  }

  async #sweep(): Promise<void> {
    const { log, file, clock, refusedDays } = this.#options;
    try {
      const left = await file.forgetAside(refusedDays === null ? 0 : clock.now() - refusedDays * dayMs);
      if (left.length > 0) log.warn({ files: left, refusedDays }, 'What the database once refused for good still lies in the data folder');
    } catch (error) {
      log.error({ error }, 'What the database once refused for good could not be looked through');
    }
  }
}
