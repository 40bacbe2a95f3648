// Maps RTP time to class time: a track's own line from its sender reports, and one slow offset for all tracks of a participant.

import type { SenderReport } from '../../ports/tap.ts';
import { timestampDistance } from './rtp.ts';

/** How fast the offset follows: 5 ms in a second, too slow to be seen or heard. */
const slewPerMs = 0.005;
/** Beyond this the clocks were set anew, and following slowly would leave the sound wrong for minutes. */
const jumpMs = 500;
/** The offset aims at the quickest packet of so many milliseconds, because the others only waited in queues. */
const windowMs = 4000;

/**
 * How far the clock of the reports lies behind the clock of arrivals, for all tracks of one participant.
 * It is one for all, because a correction for each track would move sound and picture apart.
 */
export class ParticipantClock {
  #offset: number | undefined;
  #movedAt = 0;
  #windowSince = 0;
  #least = Number.POSITIVE_INFINITY;
  #leastBefore = Number.POSITIVE_INFINITY;

  observe(reportedMs: number, arrivedAtMs: number): void {
    const seen = arrivedAtMs - reportedMs;
    // A late packet says nothing, one that comes before its time says that the clocks were set anew.
    if (this.#offset === undefined || seen < this.#offset - jumpMs) this.#jump(seen, arrivedAtMs);
    if (arrivedAtMs - this.#windowSince > windowMs) {
      this.#leastBefore = this.#least;
      this.#least = Number.POSITIVE_INFINITY;
      this.#windowSince = arrivedAtMs;
    }
    this.#least = Math.min(this.#least, seen);
    const target = Math.min(this.#least, this.#leastBefore);
    const isLateThroughout = Number.isFinite(this.#leastBefore) && target > (this.#offset ?? seen) + jumpMs;
    if (isLateThroughout) this.#jump(target, arrivedAtMs);
    const reach = Math.max(0, arrivedAtMs - this.#movedAt) * slewPerMs;
    const offset = this.#offset ?? seen;
    this.#offset = offset + Math.max(-reach, Math.min(reach, target - offset));
    this.#movedAt = arrivedAtMs;
  }

  /** On the clock of arrivals; `undefined` before anything was observed. */
  toArrival(reportedMs: number): number | undefined {
    return this.#offset === undefined ? undefined : reportedMs + this.#offset;
  }

  /** The other way round. */
  toReported(arrivedAtMs: number): number {
    return arrivedAtMs - (this.#offset ?? 0);
  }

  #jump(seen: number, at: number): void {
    this.#offset = seen;
    this.#movedAt = at;
    this.#windowSince = at;
    this.#least = seen;
    this.#leastBefore = Number.POSITIVE_INFINITY;
  }
}

/** The RTP time of one track. Until the first report `timeOf` is undefined, unless `assume` gave it something to go by. */
export class TrackClock {
  readonly #participant: ParticipantClock;
  readonly #clockRate: number;
  #line: { readonly reportedMs: number; readonly rtpTimestamp: number } | undefined;

  constructor(participant: ParticipantClock, clockRate: number) {
    this.#participant = participant;
    this.#clockRate = clockRate;
  }

  get isSet(): boolean {
    return this.#line !== undefined;
  }

  report({ ntpMs, rtpTimestamp }: SenderReport): void {
    this.#line = { reportedMs: ntpMs, rtpTimestamp };
  }

  /** No report came in time: take the packet's arrival for its time. */
  assume(rtpTimestamp: number, arrivedAtMs: number): void {
    this.#line = { reportedMs: this.#participant.toReported(arrivedAtMs), rtpTimestamp };
  }

  /** After a pause the sender may count on from elsewhere. */
  forget(): void {
    this.#line = undefined;
  }

  /** When the packet's content was captured, on the clock of arrivals. */
  timeOf(rtpTimestamp: number, arrivedAtMs: number): number | undefined {
    if (!this.#line) return undefined;
    const reportedMs = this.#line.reportedMs + (timestampDistance(this.#line.rtpTimestamp, rtpTimestamp) / this.#clockRate) * 1000;
    this.#participant.observe(reportedMs, arrivedAtMs);
    return this.#participant.toArrival(reportedMs);
  }
}
