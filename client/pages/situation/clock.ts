// The server's clock as the answers tell it, and whether they still come.

/** W66: three polls and a slow answer. */
const staleAfterMs = 20_000;

/** What lies between them is as likely the age of the answer as the fault of the clock here. */
const believedMs = { ahead: 2_000, behind: 10 * 60_000 };

/**
 * How far the server's clock is ahead of this one, as far as it is known. An unchanged answer comes from the browser's own store and
 * was put together some time ago, but none is younger than its arrival: the greatest difference is the truest.
 */
export function aheadOf(before: number | null, madeAt: number, receivedAt: number): number {
  return Math.max(before ?? Number.NEGATIVE_INFINITY, madeAt - receivedAt);
}

/** W63. */
export function serverTime(localNow: number, ahead: number | null): number {
  if (ahead === null) return localNow;
  return ahead > believedMs.ahead || ahead < -believedMs.behind ? localNow + ahead : localNow;
}

/** W66. */
export function isStale(localNow: number, answeredAt: number): boolean {
  return localNow - answeredAt > staleAfterMs;
}
