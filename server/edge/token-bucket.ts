// How fast something may be done: so many at once, so many a second after that; for one, or for many by their keys.

export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

export class TokenBucket {
  readonly #pace: Pace;
  #left: number;
  #filledAtMs: number;

  constructor(pace: Pace, nowMs: number) {
    this.#pace = pace;
    this.#left = pace.burst;
    this.#filledAtMs = nowMs;
  }

  /** False when there are not so many left. */
  take(nowMs: number, howMany = 1): boolean {
    this.#fill(nowMs);
    if (this.#left < howMany) return false;
    this.#left -= howMany;
    return true;
  }

  /** As if nothing had ever been taken. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#left >= this.#pace.burst;
  }

  /** Until there is one again. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(((1 - this.#left) / this.#pace.perSecond) * 1000));
  }

  #fill(nowMs: number): void {
    this.#left = Math.min(this.#pace.burst, this.#left + ((nowMs - this.#filledAtMs) / 1000) * this.#pace.perSecond);
    this.#filledAtMs = nowMs;
  }
}

/** A bucket for each key. One that is full again is forgotten: what comes once costs no memory for ever. */
export class TokenBuckets {
  readonly #pace: Pace;
  readonly #sweepEveryMs: number;
  readonly #buckets = new Map<string, TokenBucket>();
  #sweepAtMs = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#sweepEveryMs = (pace.burst / pace.perSecond) * 1000;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** 0: taken. Otherwise nothing is taken, and there is one again after so many milliseconds. */
  take(key: string, nowMs: number): number {
    this.#sweep(nowMs);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#pace, nowMs);
      this.#buckets.set(key, bucket);
    }
    return bucket.take(nowMs) ? 0 : Math.max(1, bucket.waitMs);
  }

  #sweep(nowMs: number): void {
    if (nowMs < this.#sweepAtMs) return;
    this.#sweepAtMs = nowMs + this.#sweepEveryMs;
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key);
  }
}
