// For tests: sends a clip's RTP packets into a router as a browser would, in real time, with sender reports and answers to NACKs, over a lossy line.

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import { timestampDistance } from '../../server/recording/capture/rtp.ts';
import { clockRates, payloadTypes } from '../../server/recording/capture/testing/rtp-source.ts';

const loopback = '127.0.0.1';
const reportEveryMs = 500;
const secondsFrom1900To1970 = 2_208_988_800;

const codecParameters: Readonly<Record<'h264' | 'vp8' | 'opus', types.RtpCodecParameters>> = {
  h264: {
    mimeType: 'video/H264',
    payloadType: payloadTypes.h264,
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
    rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
  },
  vp8: {
    mimeType: 'video/VP8',
    payloadType: payloadTypes.vp8,
    clockRate: 90_000,
    rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
  },
  opus: { mimeType: 'audio/opus', payloadType: payloadTypes.opus, clockRate: 48_000, channels: 2 },
};

/** Repeatable, so that a failing run can be looked at again (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export type LiveSenderOptions = {
  readonly router: types.Router;
  readonly codec: 'h264' | 'vp8' | 'opus';
  readonly clip: readonly Buffer[];
  readonly ssrc: number;
  /** When the clip's first packet counts as captured, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Share of packets that the line loses. */
  readonly loss?: number;
  /** From capture to sending. */
  readonly delayMs?: number;
};

export class LiveSender {
  readonly producer: types.Producer;
  /** Packets of a camera that is off are not sent. */
  on = true;
  readonly #socket: Socket;
  readonly #port: number;
  readonly #clip: readonly Buffer[];
  readonly #clockRate: number;
  readonly #ssrc: number;
  readonly #loss: () => boolean;
  readonly #sent = new Map<number, Buffer>();
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt: number;
  readonly #delayMs: number;
  #next = 0;
  #sequenceNumber = 65_000;
  #reportedAt = 0;

  private constructor(socket: Socket, port: number, producer: types.Producer, options: LiveSenderOptions) {
    const { clip, codec, ssrc, startedAt, loss = 0, delayMs = 0 } = options;
    this.#socket = socket;
    this.#port = port;
    this.producer = producer;
    this.#clip = clip;
    this.#clockRate = clockRates[codec];
    this.#ssrc = ssrc;
    this.#startedAt = startedAt;
    this.#delayMs = delayMs;
    const random = randomFrom(ssrc);
    this.#loss = () => random() < loss;
    socket.on('message', (message) => this.#answer(message));
    this.#timer = setInterval(() => this.#run(), 5);
  }

  static async open(options: LiveSenderOptions): Promise<LiveSender> {
    const { router, codec, ssrc } = options;
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1024 * 1024 });
    socket.bind(0, loopback);
    await once(socket, 'listening');
    const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: loopback }, rtcpMux: true, comedia: false });
    await transport.connect({ ip: loopback, port: socket.address().port });
    const producer = await transport.produce({
      kind: codec === 'opus' ? 'audio' : 'video',
      rtpParameters: { codecs: [codecParameters[codec]], encodings: [{ ssrc }], rtcp: { cname: 'sender' } },
    });
    return new LiveSender(socket, transport.tuple.localPort, producer, options);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #run(): void {
    const now = performance.timeOrigin + performance.now();
    const first = this.#clip[0]?.readUInt32BE(4) ?? 0;
    for (;;) {
      const packet = this.#clip[this.#next];
      if (!packet) break;
      const dueMs = this.#startedAt + (timestampDistance(first, packet.readUInt32BE(4)) / this.#clockRate) * 1000;
      if (dueMs + this.#delayMs > now) break;
      this.#next++;
      if (this.on) this.#send(packet);
    }
    if (!this.on || now - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = now;
    this.#report(now, first);
  }

  #send(packet: Buffer): void {
    const bytes = Buffer.from(packet);
    bytes.writeUInt16BE(this.#sequenceNumber, 2);
    bytes.writeUInt32BE(this.#ssrc, 8);
    this.#sent.set(this.#sequenceNumber, bytes);
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    if (!this.#loss()) this.#socket.send(bytes, this.#port, loopback);
  }

  #report(now: number, first: number): void {
    const report = Buffer.alloc(28);
    report.writeUInt8(0x80, 0);
    report.writeUInt8(200, 1);
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(this.#ssrc, 4);
    report.writeUInt32BE(Math.floor(now / 1000) + secondsFrom1900To1970, 8);
    report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
    report.writeUInt32BE((first + Math.round(((now - this.#startedAt) / 1000) * this.#clockRate)) >>> 0, 16);
    this.#socket.send(report, this.#port, loopback);
  }

  /** Sends again what a generic NACK (RFC 4585, section 6.2.1) asks for, over the same lossy line. */
  #answer(compound: Buffer): void {
    let at = 0;
    while (at + 4 <= compound.length) {
      const length = (compound.readUInt16BE(at + 2) + 1) * 4;
      if (at + length > compound.length) return;
      const isNack = compound.readUInt8(at + 1) === 205 && (compound.readUInt8(at) & 0x1f) === 1;
      for (let entry = at + 12; isNack && entry + 4 <= at + length; entry += 4) {
        const first = compound.readUInt16BE(entry);
        const following = compound.readUInt16BE(entry + 2);
        for (let i = 0; i <= 16; i++) {
          if (i > 0 && !(following & (1 << (i - 1)))) continue;
          const packet = this.#sent.get((first + i) & 0xffff);
          if (packet && !this.#loss()) this.#socket.send(packet, this.#port, loopback);
        }
      }
      at += length;
    }
  }
}
