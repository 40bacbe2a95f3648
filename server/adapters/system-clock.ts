// The clock of the running server.
import type { Clock } from '../ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
  every(intervalMs, ring) {
    const timer = setInterval(ring, intervalMs);
    return { cancel: () => clearInterval(timer) };
  },
};
