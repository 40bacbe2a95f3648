// Bounds how often passwords can be guessed. Only wrong ones count in the end: a whole university may sit behind one address.
import { RateLimit } from '../edge/limits.ts';
import { neighbourhoodOf } from '../edge/neighbourhood.ts';

const QUARTER_HOUR_SECONDS = 900;
const MOST_REGULARS = 50_000;

export interface Tries {
  /** For one name from one address, per quarter of an hour. */
  readonly perNameAndAddress: number;
  /** For one name from anywhere: more, so that a stranger cannot easily lock someone out. */
  readonly perName: number;
  /** Above what may wait for the hashing at the same moment, which counts until it has proved right. */
  readonly perAddress: number;
}

export const usualTries: Tries = { perNameAndAddress: 10, perName: 50, perAddress: 3000 };

export class SignInLimits {
  readonly #pairs: RateLimit;
  readonly #names: RateLimit;
  readonly #addresses: RateLimit;
  /** Pairs of address and name that were right, oldest first: what strangers do at their address does not keep them out. */
  readonly #regulars = new Set<string>();

  constructor(tries: Tries = usualTries) {
    this.#pairs = new RateLimit(tries.perNameAndAddress, QUARTER_HOUR_SECONDS);
    this.#names = new RateLimit(tries.perName, QUARTER_HOUR_SECONDS);
    this.#addresses = new RateLimit(tries.perAddress, QUARTER_HOUR_SECONDS);
  }

  /** Runs the check unless there were too many wrong ones, then throws `Refused('too-many-requests')`; a check that gives null was wrong. */
  async guard<T>(name: string, address: string, check: () => Promise<T | null>): Promise<T | null> {
    const whence = neighbourhoodOf(address);
    const pair = `${whence} ${name}`;
    const counts: [RateLimit, string][] = [
      [this.#pairs, pair],
      [this.#names, name],
    ];
    if (!this.#regulars.has(pair)) counts.unshift([this.#addresses, whence]);
    const taken: [RateLimit, string][] = [];
    const giveBack = () => Promise.all(taken.map(([limit, key]) => limit.giveBack(key)));
    try {
      // Counted before the check, so that a hundred guesses at once are a hundred.
      for (const [limit, key] of counts) {
        await limit.take(key);
        taken.push([limit, key]);
      }
      const result = await check();
      if (result === null) return null;
      await giveBack();
      await this.#pairs.forget(pair);
      this.#welcome(pair);
      return result;
    } catch (error) {
      // Nothing was found out about the password.
      await giveBack();
      throw error;
    }
  }

  #welcome(pair: string): void {
    this.#regulars.delete(pair);
    this.#regulars.add(pair);
    const [oldest] = this.#regulars;
    if (this.#regulars.size > MOST_REGULARS && oldest !== undefined) this.#regulars.delete(oldest);
  }
}
