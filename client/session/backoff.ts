// How long to wait before the next try to reach the server.

const firstMs = 400;
const longestMs = 5_000;

/**
 * Doubles from 0.4 s to 5 s. `random` (0 to 1) spreads the tries over the upper half of the wait,
 * so that a restarted server is not met by all rooms in the same instant.
 */
export function backoffMs(attempt: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.5 + random / 2));
}
