// Lets things pass late, and in the order in which they came.

export interface Lateness {
  readonly delayMs: number;
  /** Each waits up to so much longer. */
  readonly jitterMs: number;
}

interface Waiting {
  readonly due: number;
  readonly act: () => void;
}

export class Late {
  readonly #how: () => Lateness;
  readonly #waiting: Waiting[] = [];
  #lastDue = 0;

  constructor(how: () => Lateness) {
    this.#how = how;
  }

  pass(act: () => void): void {
    const { delayMs, jitterMs } = this.#how();
    const due = Math.max(this.#lastDue, performance.now() + delayMs + Math.random() * jitterMs);
    this.#lastDue = due;
    this.#waiting.push({ due, act });
    if (this.#waiting.length === 1) this.#go();
  }

  #go(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const inMs = next.due - performance.now();
      if (inMs >= 1) {
        setTimeout(() => this.#go(), inMs);
        return;
      }
      this.#waiting.shift();
      next.act();
    }
  }
}
