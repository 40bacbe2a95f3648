// Time as the services see it; tests use a clock that stands still until it is told to move.
import type { Instant } from '../contract/ids.ts';

export interface Timer {
  /** Safe twice, and after it has rung. */
  cancel(): void;
}

export interface Clock {
  now(): Instant;
  after(delayMs: number, ring: () => void): Timer;
  every(intervalMs: number, ring: () => void): Timer;
}
