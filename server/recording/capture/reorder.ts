// Puts packets back in order, waiting a bounded time for a missing one.

import { sequenceDistance } from './rtp.ts';

export type Numbered = { readonly sequenceNumber: number };

export type Released<P> = {
  readonly packet: P;
  /** Packets before this one never came in time. */
  readonly missing: number;
};

/** Beyond this distance a number is no late or early packet but a source that began anew. */
const restartDistance = 3000;
/** More waiting packets than this and the buffer stops waiting: about one second of a 6 Mbit/s picture. */
const mostWaiting = 700;

/**
 * Guarantees: released sequence numbers only ever go up (but for a source that begins anew), none is released twice,
 * and a packet waits at most `waitMs` for those before it, provided that `expire` is called.
 */
export class ReorderBuffer<P extends Numbered> {
  readonly #waitMs: number;
  readonly #waiting = new Map<number, { readonly packet: P; readonly since: number }>();
  #next: number | undefined;

  constructor(waitMs = 250) {
    this.#waitMs = waitMs;
  }

  push(packet: P, nowMs: number): Released<P>[] {
    const { sequenceNumber } = packet;
    this.#next ??= sequenceNumber;
    const ahead = sequenceDistance(this.#next, sequenceNumber);
    if (Math.abs(ahead) > restartDistance) return this.#restart(packet);
    if (ahead < 0 || this.#waiting.has(sequenceNumber)) return [];
    if (ahead === 0 && this.#waiting.size === 0) {
      this.#next = (sequenceNumber + 1) & 0xffff;
      return [{ packet, missing: 0 }];
    }
    this.#waiting.set(sequenceNumber, { packet, since: nowMs });
    return this.#waiting.size > mostWaiting ? [...this.#skipGap(), ...this.expire(nowMs)] : this.expire(nowMs);
  }

  /** What has waited long enough by now. */
  expire(nowMs: number): Released<P>[] {
    const released = this.#run(0);
    while (this.#waiting.size > 0) {
      let oldest = Number.POSITIVE_INFINITY;
      for (const entry of this.#waiting.values()) oldest = Math.min(oldest, entry.since);
      if (nowMs - oldest < this.#waitMs) break;
      released.push(...this.#skipGap());
    }
    return released;
  }

  /** All that waits, whatever is missing. */
  drain(): Released<P>[] {
    return this.expire(Number.POSITIVE_INFINITY);
  }

  #restart(packet: P): Released<P>[] {
    const released = this.drain();
    this.#next = (packet.sequenceNumber + 1) & 0xffff;
    return [...released, { packet, missing: 1 }];
  }

  #skipGap(): Released<P>[] {
    const next = this.#next;
    if (next === undefined) return [];
    let gap = Number.POSITIVE_INFINITY;
    for (const sequenceNumber of this.#waiting.keys()) gap = Math.min(gap, sequenceDistance(next, sequenceNumber));
    this.#next = (next + gap) & 0xffff;
    return this.#run(gap);
  }

  #run(missingBefore: number): Released<P>[] {
    const released: Released<P>[] = [];
    let missing = missingBefore;
    for (;;) {
      if (this.#next === undefined) return released;
      const entry = this.#waiting.get(this.#next);
      if (!entry) return released;
      this.#waiting.delete(this.#next);
      this.#next = (this.#next + 1) & 0xffff;
      released.push({ packet: entry.packet, missing });
      missing = 0;
    }
  }
}
