// Works out when the store of recordings will be full: by what comes in each day, and what retention will free.
import type { Instant } from '../../contract/ids.ts';

const DAY_MS = 24 * 3_600_000;
/** How far one can see; further away nobody plans. */
const HORIZON_DAYS = 5 * 365;
/** What came in before is of another term, or of another plan. */
export const WINDOW_DAYS = 14;
/** Of fewer days nothing can be said. */
const LEAST_DAYS = 3;

export interface Inflow {
  /** In the last 14 days. */
  readonly bytes: number;
  /** How many days after it came it is gone again; null: never. */
  readonly freedAfterDays: number | null;
}

export interface Outlook {
  readonly now: Instant;
  /** When the first recording began; null: there is none. */
  readonly firstAt: Instant | null;
  readonly inflows: readonly Inflow[];
  /** What is there already and will be freed. */
  readonly releases: readonly { readonly at: Instant; readonly bytes: number }[];
  readonly freeBytes: number;
}

/** How many days the window reaches back: fewer where recording began later. */
function daysKnown({ now, firstAt }: Pick<Outlook, 'now' | 'firstAt'>): number {
  return firstAt === null ? 0 : Math.min(WINDOW_DAYS, (now - firstAt) / DAY_MS);
}

export function perDayBytes(outlook: Pick<Outlook, 'now' | 'firstAt' | 'inflows'>): number {
  const days = Math.max(1, daysKnown(outlook));
  return outlook.inflows.reduce((sum, { bytes }) => sum + bytes, 0) / days;
}

/** Null: not within five years, or too little is known (V26). */
export function fullAt(outlook: Outlook): Instant | null {
  const { now, inflows, releases, freeBytes } = outlook;
  const known = daysKnown(outlook);
  if (known < LEAST_DAYS) return null;
  const freed = freedByDay(releases, now);
  let free = freeBytes;
  for (let day = 0; day < HORIZON_DAYS; day++) {
    let change = freed.get(day) ?? 0;
    for (const { bytes, freedAfterDays } of inflows) {
      const isFreedToo = freedAfterDays !== null && day >= freedAfterDays;
      if (!isFreedToo) change -= bytes / known;
    }
    if (free + change <= 0) return Math.round(now + (day + (change < 0 ? free / -change : 1)) * DAY_MS);
    free += change;
  }
  return null;
}

function freedByDay(releases: Outlook['releases'], now: Instant): Map<number, number> {
  const freed = new Map<number, number>();
  for (const { at, bytes } of releases) {
    const day = Math.max(0, Math.floor((at - now) / DAY_MS));
    freed.set(day, (freed.get(day) ?? 0) + bytes);
  }
  return freed;
}
