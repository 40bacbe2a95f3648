// How long joins took in the last minute.
import type { Instant } from '../contract/ids.ts';

const windowMs = 60_000;
const mostKept = 5_000;

export interface JoinFigures {
  readonly lastMinute: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export class RecentJoins {
  #joins: { readonly at: Instant; readonly durationMs: number }[] = [];

  add(at: Instant, durationMs: number): void {
    this.#joins.push({ at, durationMs });
    if (this.#joins.length > mostKept) this.#forget(at);
  }

  figures(now: Instant): JoinFigures {
    this.#forget(now);
    const sorted = this.#joins.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
    return { lastMinute: sorted.length, p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
  }

  #forget(now: Instant): void {
    this.#joins = this.#joins.filter(({ at }) => now - at < windowMs).slice(-mostKept);
  }
}

/** Of sorted values, the nearest rank; null when there are none. */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
