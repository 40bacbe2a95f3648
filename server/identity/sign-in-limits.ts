// Bounds how often passwords can be guessed. Only wrong ones count against an address: a whole faculty may sit behind one.
import { RateLimit } from '../edge/limits.ts';

const QUARTER_HOUR_SECONDS = 900;

export interface Tries {
  /** For one name from one address, per quarter of an hour. */
  readonly perNameAndAddress: number;
  /** For one name from anywhere: more, so that a stranger cannot easily lock someone out. */
  readonly perName: number;
  readonly perAddress: number;
}

export const usualTries: Tries = { perNameAndAddress: 10, perName: 50, perAddress: 200 };

export class SignInLimits {
  readonly #pairs: RateLimit;
  readonly #names: RateLimit;
  readonly #addresses: RateLimit;

  constructor(tries: Tries = usualTries) {
    this.#pairs = new RateLimit(tries.perNameAndAddress, QUARTER_HOUR_SECONDS);
    this.#names = new RateLimit(tries.perName, QUARTER_HOUR_SECONDS);
    this.#addresses = new RateLimit(tries.perAddress, QUARTER_HOUR_SECONDS);
  }

  /** Runs the check unless there were too many wrong ones, then throws `Refused('too-many-requests')`; a check that gives null was wrong. */
  async guard<T>(name: string, address: string, check: () => Promise<T | null>): Promise<T | null> {
    const pair = `${address} ${name}`;
    await this.#addresses.look(address);
    // Counted before the check, so that a hundred guesses at once are a hundred.
    await this.#pairs.take(pair);
    await this.#names.take(name);
    const result = await check();
    if (result === null) {
      await this.#addresses.count(address);
      return null;
    }
    await this.#pairs.forget(pair);
    await this.#names.giveBack(name);
    return result;
  }
}
