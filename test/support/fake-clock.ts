// A clock that stands still until it is told to move; what is due then rings in its order.
import type { Clock, Timer } from '../../server/ports/clock.ts';

interface Bell {
  dueAt: number;
  readonly everyMs: number | null;
  readonly ring: () => void;
}

export class FakeClock implements Clock {
  readonly #bells = new Set<Bell>();
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, ring: () => void): Timer {
    return this.#add({ dueAt: this.#now + delayMs, everyMs: null, ring });
  }

  every(intervalMs: number, ring: () => void): Timer {
    return this.#add({ dueAt: this.#now + intervalMs, everyMs: intervalMs, ring });
  }

  /** How many timers are set. */
  get bells(): number {
    return this.#bells.size;
  }

  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.dueAt);
      if (next.everyMs === null) this.#bells.delete(next);
      else next.dueAt += next.everyMs;
      next.ring();
    }
    this.#now = until;
  }

  #add(bell: Bell): Timer {
    this.#bells.add(bell);
    return { cancel: () => void this.#bells.delete(bell) };
  }

  #next(until: number): Bell | undefined {
    let first: Bell | undefined;
    for (const bell of this.#bells) if (bell.dueAt <= until && (first === undefined || bell.dueAt < first.dueAt)) first = bell;
    return first;
  }
}
