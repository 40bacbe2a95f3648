// What this device itself knows of a gap: whether there was a network, whether it slept, how long its page was not to be seen.
import type { DeviceWord } from '../../server/contract/line-evidence.ts';

/** How often `timerRan` is to be called. */
export const timerEveryMs = 5_000;
/** No timer for so long: the computer slept, or the browser froze the page. */
const sleptAfterMs = 20_000;
/** Browsers let timers of a page that is not seen run once a minute only. */
const sleptHiddenAfterMs = 100_000;
/** A broken line shows late: what happened just before it belongs to the gap. */
const beforeMs = 30_000;
const longestMs = 86_400_000;
const spansKept = 100;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** All instants are of this device's clock, in milliseconds. */
export class Absence {
  #lostAt: number | null = null;
  #timerAt: number | null = null;
  #slept: Span | null = null;
  #isOffline = false;
  #wasOfflineAt: number | null = null;
  #hiddenSince: number | null = null;
  #hidden: Span[] = [];

  /** At the start, and whenever it changes. */
  page(isSeen: boolean, now: number): void {
    if (!isSeen) this.#hiddenSince ??= now;
    else if (this.#hiddenSince !== null) {
      this.#hidden = [...this.#hidden, { from: this.#hiddenSince, to: now }].slice(-spansKept);
      this.#hiddenSince = null;
    }
  }

  network(isOnline: boolean, now: number): void {
    if (this.#isOffline || !isOnline) this.#wasOfflineAt = now;
    this.#isOffline = !isOnline;
  }

  timerRan(now: number): void {
    const before = this.#timerAt;
    this.#timerAt = now;
    const limitMs = this.#hiddenSince === null ? sleptAfterMs : sleptHiddenAfterMs;
    if (before !== null && now - before > limitMs) this.#slept = { from: before, to: now };
  }

  /** The line is lost, as this device sees it. */
  lost(now: number): void {
    this.#lostAt ??= now;
  }

  back(): void {
    this.#lostAt = null;
    this.#slept = null;
    this.#wasOfflineAt = null;
  }

  /** Null when there is no gap. */
  word(now: number): DeviceWord | null {
    if (this.#lostAt === null) return null;
    // A timer that is late just now tells of a sleep that nobody has noticed yet.
    this.timerRan(now);
    const belongs = this.#lostAt - beforeMs;
    const slept = this.#slept !== null && this.#slept.to >= belongs ? this.#slept : null;
    const from = Math.min(this.#lostAt, slept?.from ?? this.#lostAt);
    const spans = this.#hiddenSince === null ? this.#hidden : [...this.#hidden, { from: this.#hiddenSince, to: now }];
    const hiddenMs = spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, now) - Math.max(span.from, from)), 0);
    return {
      offline: this.#isOffline || (this.#wasOfflineAt !== null && this.#wasOfflineAt >= belongs),
      hiddenMs: Math.round(Math.min(Math.max(0, hiddenMs), longestMs)),
      slept: slept !== null,
    };
  }
}
