// For tests: the media engine's half of taps, without an engine: clips that go on for ever, sent in real time to the recorder's port.

import { createSocket } from 'node:dgram';
import type { TrackId } from '../../../contract/ids.ts';
import type { TappedTrack, TapSteering } from '../../../ports/tap.ts';
import { timestampDistance } from '../rtp.ts';
import { type Clip, mimeTypes } from './clip-tap.ts';
import { clockRates, payloadTypes } from './rtp-source.ts';

const loopback = '127.0.0.1';
const secondsFrom1900To1970 = 2_208_988_800;
const reportEveryMs = 500;
const sendEveryMs = 10;

export class SyntheticMedia {
  readonly #clips: ReadonlyMap<TrackId, Clip>;
  readonly #startedAt = Date.now();
  readonly #closers = new Set<() => void>();
  #ssrc = 1000;
  /** All that was sent so far. */
  packets = 0;

  constructor(clips: ReadonlyMap<TrackId, Clip>) {
    this.#clips = clips;
  }

  async steer(port: number): Promise<TapSteering> {
    const socket = createSocket('udp4');
    // A recorder that was killed leaves its port unreachable.
    socket.on('error', () => undefined);
    const senders = new Set<Sender>();
    const send = (bytes: Buffer): void => {
      this.packets++;
      socket.send(bytes, port, loopback, () => undefined);
    };
    const timer = setInterval(() => {
      for (const sender of senders) sender.run(Date.now(), send);
    }, sendEveryMs);
    let closed = false;
    const close = (): void => {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      socket.close();
      this.#closers.delete(close);
    };
    this.#closers.add(close);
    return {
      attach: async (trackId) => {
        const clip = this.#clips.get(trackId);
        if (!clip) throw new Error(`no track ${trackId}`);
        const sender = new Sender(clip, ++this.#ssrc, this.#startedAt);
        senders.add(sender);
        return tappedBy(trackId, clip, sender, () => senders.delete(sender));
      },
      close: async () => close(),
    };
  }

  close(): void {
    for (const close of [...this.#closers]) close();
  }
}

export const tappedBy = (trackId: TrackId, { codec }: Clip, sender: Sender, gone: () => void): TappedTrack => ({
  trackId,
  kind: codec === 'opus' ? 'audio' : 'video',
  mimeType: mimeTypes[codec],
  clockRate: clockRates[codec],
  payloadType: payloadTypes[codec],
  ssrc: sender.ssrc,
  parameters: {},
  producerPaused: false,
  resume: async () => sender.turn(true),
  pause: async () => sender.turn(false),
  requestKeyFrame: async () => undefined,
  close: async () => gone(),
});

/** One clip, over and over; all senders of a class count from the same moment. */
export class Sender {
  readonly ssrc: number;
  readonly #packets: readonly Buffer[];
  readonly #clockRate: number;
  readonly #first: number;
  /** Of the clip, in ticks. */
  readonly #length: number;
  readonly #startedAt: number;
  #on = false;
  #round = 0;
  #next = 0;
  #sequenceNumber = 65_500;
  #reportedAt = 0;

  constructor({ codec, packets }: Clip, ssrc: number, startedAt: number) {
    this.ssrc = ssrc;
    this.#packets = packets;
    this.#clockRate = clockRates[codec];
    this.#first = packets[0]?.readUInt32BE(4) ?? 0;
    const last = timestampDistance(this.#first, packets.at(-1)?.readUInt32BE(4) ?? 0);
    this.#length = last + (codec === 'opus' ? 960 : 3600);
    this.#startedAt = startedAt;
  }

  turn(on: boolean): void {
    this.#on = on;
    this.#reportedAt = 0;
  }

  run(now: number, send: (bytes: Buffer) => void): void {
    const dueTicks = ((now - this.#startedAt) / 1000) * this.#clockRate;
    if (this.#on && now - this.#reportedAt >= reportEveryMs) {
      this.#reportedAt = now;
      send(this.#report(now, dueTicks));
    }
    // What lies far back was never sent.
    this.#round = Math.max(this.#round, Math.floor(dueTicks / this.#length) - 1);
    for (;;) {
      const packet = this.#packets[this.#next];
      if (!packet) {
        this.#next = 0;
        this.#round++;
        continue;
      }
      const ticks = this.#round * this.#length + timestampDistance(this.#first, packet.readUInt32BE(4));
      if (ticks > dueTicks) return;
      this.#next++;
      if (!this.#on || dueTicks - ticks > this.#clockRate / 20) continue;
      const bytes = Buffer.from(packet);
      bytes.writeUInt16BE(this.#sequenceNumber, 2);
      this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
      bytes.writeUInt32BE((this.#first + ticks) >>> 0, 4);
      bytes.writeUInt32BE(this.ssrc, 8);
      send(bytes);
    }
  }

  #report(now: number, ticks: number): Buffer {
    const report = Buffer.alloc(28);
    report.writeUInt8(0x80, 0);
    report.writeUInt8(200, 1);
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(this.ssrc, 4);
    report.writeUInt32BE(Math.floor(now / 1000) + secondsFrom1900To1970, 8);
    report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
    report.writeUInt32BE((this.#first + Math.round(ticks)) >>> 0, 16);
    return report;
  }
}
