// How often something may be done: counted in memory, by whatever key the caller names.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from '../contract/reply.ts';

export class RateLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #times: number;

  /** @param times within `perSeconds`, counted from the first; after that, refused until the span is over */
  constructor(times: number, perSeconds: number) {
    this.#times = times;
    this.#limiter = new RateLimiterMemory({ points: times, duration: perSeconds });
  }

  /** Counts one; throws `Refused('too-many-requests')` with `details.retryAfterMs`. */
  async take(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (reason) {
      if (reason instanceof RateLimiterRes) throw tooMany(reason);
      throw reason;
    }
  }

  /** Throws as `take` does when nothing is left, but counts nothing. */
  async look(key: string): Promise<void> {
    const state = await this.#limiter.get(key);
    if (state && state.consumedPoints >= this.#times) throw tooMany(state);
  }

  /** Counts one and never throws. */
  async count(key: string): Promise<void> {
    await this.#limiter.penalty(key);
  }

  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key);
  }

  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key);
  }
}

function tooMany(state: RateLimiterRes): Refused {
  return new Refused('too-many-requests', 'Too many attempts; wait a little', { retryAfterMs: Math.max(state.msBeforeNext, 1000) });
}
