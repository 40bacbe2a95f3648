// How often something may be done: counted in memory, by whatever key the caller names.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from '../contract/reply.ts';

export class RateLimit {
  readonly #limiter: RateLimiterMemory;

  /** @param times within `perSeconds`, counted from the first; after that, refused until the span is over */
  constructor(times: number, perSeconds: number) {
    this.#limiter = new RateLimiterMemory({ points: times, duration: perSeconds });
  }

  /** Counts one; throws `Refused('too-many-requests')` with `details.retryAfterMs`. */
  async take(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      // What was refused did not happen, and may not outweigh what is given back.
      await this.#limiter.reward(key);
      throw tooMany(reason);
    }
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
