// For tests: a clock that stands still until it is told to move.

import type { Clock, Timer } from '../../../ports/clock.ts';

type Alarm = { at: number; readonly every: number | undefined; readonly ring: () => void };

export class ManualClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, ring: () => void): Timer {
    return this.#set({ at: this.#now + delayMs, every: undefined, ring });
  }

  every(intervalMs: number, ring: () => void): Timer {
    return this.#set({ at: this.#now + intervalMs, every: intervalMs, ring });
  }

  /** Rings on the way, in order. */
  moveTo(time: number): void {
    for (;;) {
      const due = [...this.#alarms].filter((alarm) => alarm.at <= time).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      if (due.every === undefined) this.#alarms.delete(due);
      else due.at += due.every;
      due.ring();
    }
    this.#now = Math.max(this.#now, time);
  }

  move(milliseconds: number): void {
    this.moveTo(this.#now + milliseconds);
  }

  #set(alarm: Alarm): Timer {
    this.#alarms.add(alarm);
    return { cancel: () => this.#alarms.delete(alarm) };
  }
}
