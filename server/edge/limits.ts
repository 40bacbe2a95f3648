// How often something may be done: counted in memory, by whatever key the caller names.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from '../contract/reply.ts';

export class RateLimit {
  readonly #limiter: RateLimiterMemory;

  /** @param times within `perSeconds`; after that, refused until the span is over */
  constructor(times: number, perSeconds: number) {
    this.#limiter = new RateLimiterMemory({ points: times, duration: perSeconds });
  }

  /** Counts one; throws `Refused('too-many-requests')` with `details.retryAfterMs`. */
  async take(key: string, amount = 1): Promise<void> {
    try {
      await this.#limiter.consume(key, amount);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      throw new Refused('too-many-requests', 'Too many attempts; wait a little', { retryAfterMs: reason.msBeforeNext });
    }
  }

  /** Forgets what was counted, for example after the right password. */
  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key);
  }
}
