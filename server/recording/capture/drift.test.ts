// Ninety minutes in a few seconds: sound and picture of a person stay together although no two clocks agree.

import { expect, it } from 'vitest';
import { ParticipantId, TrackId } from '../../contract/ids.ts';
import type { TrackSource } from '../../contract/media.ts';
import type { RecordingTap, TappedTrack } from '../../ports/tap.ts';
import { RecordedTrack } from './recorded-track.ts';
import { ParticipantClock } from './track-clock.ts';

const minutes = 90;
const startedAt = 1_700_000_000_000;
const marker = Buffer.from('MARK');

/** mulberry32. */
const random = (() => {
  let state = 90;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
})();

type Kind = { readonly source: TrackSource; readonly mimeType: string; readonly clockRate: number; readonly everyMs: number };
const sound: Kind = { source: 'microphone', mimeType: 'audio/opus', clockRate: 48_000, everyMs: 20 };
const picture: Kind = { source: 'camera', mimeType: 'video/VP8', clockRate: 90_000, everyMs: 1000 / 15 };

/** Names its number, so that it can be found in what was written. */
const payload = (kind: Kind, number: number): Buffer => {
  const named = Buffer.concat([marker, Buffer.alloc(4)]);
  named.writeUInt32BE(number, 4);
  // RFC 6716: one frame of 20 ms.
  if (kind === sound) return Buffer.concat([Buffer.from([0xf8]), named]);
  const isKey = number % 60 === 0;
  // RFC 7741 descriptor, RFC 6386 frame: 320 by 240.
  const head = isKey ? [0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00] : [0x10, 0x11, 0, 0];
  return Buffer.concat([Buffer.from(head), named]);
};

class Sent {
  readonly kind: Kind;
  readonly track: RecordedTrack;
  /** Number of the first sample of each fragment, and where it was put. */
  readonly placed: { readonly number: number; readonly timeMs: number }[] = [];
  parts = 0;
  readonly #driftPpm: number;
  #number = 0;

  constructor(kind: Kind, clock: ParticipantClock, driftPpm: number, now: () => number) {
    this.kind = kind;
    this.#driftPpm = driftPpm;
    const info = { trackId: TrackId.parse(kind.source), participantId: ParticipantId.parse('p'), name: 'Ерлан', source: kind.source };
    this.track = new RecordedTrack(
      {
        ...{ info, startedAt, now, clock },
        sink: {
          partOpened: () => void this.parts++,
          fragment: ({ timeMs, bytes }) => {
            const at = bytes.indexOf(marker);
            if (at >= 0) this.placed.push({ number: bytes.readUInt32BE(at + 4), timeMs });
          },
          partClosed: () => undefined,
        },
        onEnded: () => undefined,
        onFault: (error) => {
          throw error;
        },
      },
      true,
    );
  }

  attach(): Promise<void> {
    const { mimeType, clockRate } = this.kind;
    const nothing = async () => undefined;
    const tapped: TappedTrack = {
      ...{ trackId: this.track.info.trackId, kind: this.kind === sound ? 'audio' : 'video', mimeType, clockRate, payloadType: 96, ssrc: 1 },
      ...{ parameters: {}, producerPaused: false, resume: nothing, pause: nothing, requestKeyFrame: nothing, close: nothing },
    };
    const tap: RecordingTap = { attach: async () => tapped, close: nothing };
    return this.track.attach(tap);
  }

  /** By the sender's own crystal. */
  rtpTime(classMs: number): number {
    return Math.round(((classMs * (1 + this.#driftPpm / 1e6)) / 1000) * this.kind.clockRate + 123_456) >>> 0;
  }

  /** Captured at its time, on the wire a little later. */
  packet(): { readonly arrivesMs: number; readonly bytes: Buffer } {
    const number = this.#number++;
    const capturedMs = number * this.kind.everyMs;
    const head = Buffer.alloc(12);
    head.writeUInt8(0x80, 0);
    head.writeUInt8(0x80 | 96, 1);
    head.writeUInt16BE(number & 0xffff, 2);
    head.writeUInt32BE(this.rtpTime(capturedMs), 4);
    head.writeUInt32BE(1, 8);
    // A picture is encoded for longer, and both wait in queues.
    const delayMs = (this.kind === picture ? 70 : 25) + random() * 15;
    return { arrivesMs: capturedMs + delayMs, bytes: Buffer.concat([head, payload(this.kind, number)]) };
  }

  report(classMs: number): void {
    // The media engine puts the capture times of all senders on its own clock, which is not quite ours, and is a little off each time.
    const ntpMs = classMs * (1 + 15 / 1e6) + 5000 + random() * 4 - 2;
    this.track.senderReport({ ssrc: 1, ntpMs, rtpTimestamp: this.rtpTime(classMs) });
  }
}

it('V8 after 90 minutes sound and picture are within 40 ms of one another, with crystals 160 ppm apart', async () => {
  let now = startedAt;
  const clock = new ParticipantClock();
  const both = [new Sent(sound, clock, 90, () => now), new Sent(picture, clock, -70, () => now)] as const;
  for (const sent of both) await sent.attach();
  const next = both.map((sent) => sent.packet());
  let tickAt = 0;
  for (;;) {
    const soundFirst = (next[0]?.arrivesMs ?? 0) <= (next[1]?.arrivesMs ?? 0);
    const index = soundFirst ? 0 : 1;
    const due = next[index];
    if (!due || due.arrivesMs > minutes * 60_000) break;
    for (; tickAt <= due.arrivesMs; tickAt += 200) {
      now = startedAt + tickAt;
      for (const sent of both) {
        sent.track.tick();
        if (tickAt % 1000 === 0) sent.report(tickAt);
      }
    }
    now = startedAt + due.arrivesMs;
    both[index].track.packet(due.bytes, now);
    next[index] = both[index].packet();
  }
  const [sounds, pictures] = both;
  expect([sounds.parts, pictures.parts]).toEqual([1, 1]);
  const lateness = ({ kind, placed }: Sent) =>
    placed.map(({ number, timeMs }) => ({ capturedMs: number * kind.everyMs, lateMs: timeMs - number * kind.everyMs }));
  const ofSound = lateness(sounds);
  let nearest = 0;
  const apart = lateness(pictures).map(({ capturedMs, lateMs }) => {
    while (nearest < ofSound.length - 1 && (ofSound[nearest]?.capturedMs ?? 0) < capturedMs) nearest++;
    return Math.abs(lateMs - (ofSound[nearest]?.lateMs ?? Number.NaN));
  });
  expect(apart.length).toBeGreaterThan(minutes * 60);
  expect(Math.max(...apart.slice(-60))).toBeLessThan(40);
  expect(Math.max(...apart.slice(20))).toBeLessThan(40);
  // Nor has either run away from class time.
  expect(Math.abs(ofSound.at(-1)?.lateMs ?? Number.NaN)).toBeLessThan(400);
}, 60_000);
