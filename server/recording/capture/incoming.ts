// One track's packets from the tap, in order and with their class time; what comes before the first sender report is held.

import type { SenderReport } from '../../ports/tap.ts';
import { ReorderBuffer } from './reorder.ts';
import { parseRtp, type RtpPacket } from './rtp.ts';
import type { TrackClock } from './track-clock.ts';

export type TimedPacket = RtpPacket & {
  readonly arrivedAtMs: number;
  /** When it was captured, on the clock of arrivals. */
  readonly capturedAtMs: number;
  /** Packets before this one that never came. */
  readonly missing: number;
};

type Arrived = RtpPacket & { readonly arrivedAtMs: number };

/** Longest wait for a first sender report; mediasoup sends one every 1 to 1.5 s. */
const longestHoldMs = 1500;
/** Far more than any sender sends in that time: a flood must not fill the memory. */
const mostHeld = 4000;

export class Incoming {
  readonly #clock: TrackClock;
  readonly #payloadType: number;
  #reorder = new ReorderBuffer<Arrived>();
  #held: { readonly packet: Arrived; readonly missing: number }[] = [];

  constructor(clock: TrackClock, payloadType: number) {
    this.#clock = clock;
    this.#payloadType = payloadType;
  }

  push(bytes: Buffer, arrivedAtMs: number): TimedPacket[] {
    const packet = parseRtp(bytes);
    if (!packet || packet.payloadType !== this.#payloadType) return [];
    return this.#release(this.#reorder.push({ ...packet, arrivedAtMs }, arrivedAtMs), arrivedAtMs);
  }

  report(report: SenderReport, nowMs: number): TimedPacket[] {
    this.#clock.report(report);
    return this.#release([], nowMs);
  }

  /** To be called a few times a second. */
  tick(nowMs: number): TimedPacket[] {
    return this.#release(this.#reorder.expire(nowMs), nowMs);
  }

  /** All that has come, since nothing more will; afterwards the track may begin anew. */
  drain(nowMs: number): TimedPacket[] {
    this.#held.push(...this.#reorder.drain());
    const first = this.#held[0];
    if (first && !this.#clock.isSet) this.#clock.assume(first.packet.timestamp, first.packet.arrivedAtMs);
    const packets = this.#release([], nowMs);
    this.#reorder = new ReorderBuffer<Arrived>();
    this.#clock.forget();
    return packets;
  }

  #release(packets: { readonly packet: Arrived; readonly missing: number }[], nowMs: number): TimedPacket[] {
    this.#held.push(...packets);
    const first = this.#held[0];
    if (!first) return [];
    if (!this.#clock.isSet) {
      if (nowMs - first.packet.arrivedAtMs < longestHoldMs && this.#held.length < mostHeld) return [];
      this.#clock.assume(first.packet.timestamp, first.packet.arrivedAtMs);
    }
    const held = this.#held;
    this.#held = [];
    return held.map(({ packet, missing }) => {
      const capturedAtMs = this.#clock.timeOf(packet.timestamp, packet.arrivedAtMs) ?? packet.arrivedAtMs;
      return { ...packet, missing, capturedAtMs };
    });
  }
}
