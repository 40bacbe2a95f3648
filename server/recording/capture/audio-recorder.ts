// Records one Opus track without holes: what is missing is concealed or silent, and the sound follows class time so slowly that nobody hears it. Pure.

import type { TimedPacket } from './incoming.ts';
import { opusMp4 } from './mp4.ts';
import { opusClockRate, opusConcealment, opusSilence, opusTicks } from './opus.ts';
import type { PartSink } from './part-sink.ts';
import { PartWriter } from './part-writer.ts';
import type { TrackRecorder } from './track-recorder.ts';

const msPerTick = 1000 / opusClockRate;
/** A packet further than this from where the one before ended is out of step: what lies between is filled, or the packet is dropped. */
const toleranceMs = 12;
/** Smaller differences are taken back by at most this share of each packet's length. */
const slewShare = 0.004;
/** Holes up to this length are left to the decoder to conceal; it fades out soon after. */
const longestConcealmentMs = 60;
/** Discontinuous transmission sends a packet every 400 ms. After this long without one the sound is filled up as time goes by. */
const fillAfterMs = 1000;
/** How far filling stays behind now: packets that are still on their way must find their place. */
const fillBehindMs = 600;
/** A track that has been silent for so long has lost its line: the part ends. */
const endAfterMs = 30_000;

export class AudioRecorder implements TrackRecorder {
  readonly #sink: PartSink;
  #writer: PartWriter | undefined;
  /** Class time at which the next packet is due. */
  #dueMs = 0;
  #arrivedAtMs = 0;
  #previous: Buffer = opusSilence.packet;

  constructor(sink: PartSink) {
    this.#sink = sink;
  }

  begin(classMs: number): void {
    this.#dueMs = Math.max(this.#dueMs, classMs);
  }

  packet({ payload, arrivedAtMs }: TimedPacket, classMs: number): void {
    const ticks = opusTicks(payload);
    if (ticks === 0) return;
    this.#arrivedAtMs = arrivedAtMs;
    if (!this.#writer) {
      if (classMs < this.#dueMs) return;
      this.#open(classMs);
    }
    if (classMs < this.#dueMs - toleranceMs) return;
    if (classMs > this.#dueMs + toleranceMs) this.#fill(classMs);
    const lengthMs = ticks * msPerTick;
    const most = lengthMs * slewShare;
    this.#add(payload, lengthMs + Math.max(-most, Math.min(most, classMs - this.#dueMs)));
    this.#previous = payload;
  }

  tick(nowMs: number, classNowMs: number): void {
    if (!this.#writer) return;
    const silentMs = nowMs - this.#arrivedAtMs;
    if (silentMs > fillAfterMs) this.#fill(classNowMs - fillBehindMs);
    if (silentMs > endAfterMs) this.end();
  }

  /** Sound is not stretched: it ends where its last packet ends. */
  end(): void {
    const writer = this.#writer;
    if (!writer) return;
    this.#writer = undefined;
    this.#dueMs = writer.close(this.#dueMs);
  }

  #open(classMs: number): void {
    this.#dueMs = classMs;
    this.#previous = opusSilence.packet;
    this.#writer = new PartWriter(opusMp4(), this.#sink, classMs);
  }

  #fill(untilMs: number): void {
    const conceals = untilMs - this.#dueMs <= longestConcealmentMs;
    const { packet, ticks } = conceals ? opusConcealment(this.#previous) : opusSilence;
    const lengthMs = ticks * msPerTick;
    while (untilMs - this.#dueMs >= lengthMs / 2) this.#add(packet, lengthMs);
  }

  #add(packet: Buffer, lengthMs: number): void {
    this.#writer?.add(this.#dueMs, packet, true);
    this.#dueMs += lengthMs;
  }
}
