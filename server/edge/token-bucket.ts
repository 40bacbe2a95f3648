// How fast one socket may ask: so many at once, so many a second after that.

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

  /** False when there is none left. */
  take(nowMs: number): boolean {
    this.#left = Math.min(this.#pace.burst, this.#left + ((nowMs - this.#filledAtMs) / 1000) * this.#pace.perSecond);
    this.#filledAtMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Until there is one again. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(((1 - this.#left) / this.#pace.perSecond) * 1000));
  }
}
