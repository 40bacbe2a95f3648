// Sends a clip's RTP packets over and over, in real time, to a router and to whoever else listens: a camera or a microphone that goes on for hours.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import { timestampDistance } from '../../../server/recording/capture/rtp.ts';
import { clockRates, payloadTypes } from '../../../server/recording/capture/testing/rtp-source.ts';

export type Codec = 'h264' | 'opus';
const loopback = '127.0.0.1';
const reportEveryMs = 1000;
const secondsFrom1900To1970 = 2_208_988_800;

const parametersOf: Readonly<Record<Codec, types.RtpCodecParameters>> = {
  h264: {
    ...{ mimeType: 'video/H264', payloadType: payloadTypes.h264, clockRate: 90_000, rtcpFeedback: [{ type: 'nack' }] },
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  opus: { mimeType: 'audio/opus', payloadType: payloadTypes.opus, clockRate: 48_000, channels: 2 },
};

export interface SenderOptions {
  readonly router: types.Router;
  readonly codec: Codec;
  readonly clip: readonly Buffer[];
  readonly clipSeconds: number;
  readonly ssrc: number;
  /** A port on this machine that gets every packet too. */
  readonly alsoTo?: number;
}

export class Sender {
  readonly producer: types.Producer;
  sent = 0;
  readonly #options: SenderOptions;
  readonly #socket: Socket;
  readonly #port: number;
  readonly #startedAt: number;
  readonly #first: number;
  #round = 0;
  #next = 0;
  #sequenceNumber = 1000;
  #reportedAt = 0;

  private constructor(socket: Socket, port: number, producer: types.Producer, options: SenderOptions, startedAt: number) {
    this.#socket = socket;
    this.#port = port;
    this.producer = producer;
    const first = options.clip[0]?.readUInt32BE(4) ?? 0;
    // An encoder's last packet may begin where the next round does.
    const isInRound = (packet: Buffer) =>
      timestampDistance(first, packet.readUInt32BE(4)) < options.clipSeconds * clockRates[options.codec];
    this.#options = { ...options, clip: options.clip.filter(isInRound) };
    this.#startedAt = startedAt;
    this.#first = first;
  }

  /** @param startedAt when the clip's first packet is captured, in milliseconds since 1970 */
  static async open(options: SenderOptions, startedAt: number): Promise<Sender> {
    const { router, codec, ssrc } = options;
    const socket = createSocket({ type: 'udp4', sendBufferSize: 4 * 1024 * 1024 });
    socket.bind(0, loopback);
    await once(socket, 'listening');
    const listenInfo = { protocol: 'udp', ip: loopback, recvBufferSize: 4 * 1024 * 1024 } as const;
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false });
    await transport.connect({ ip: loopback, port: socket.address().port });
    const producer = await transport.produce({
      kind: codec === 'opus' ? 'audio' : 'video',
      rtpParameters: { codecs: [parametersOf[codec]], encodings: [{ ssrc }], rtcp: { cname: `sender-${ssrc}` } },
    });
    return new Sender(socket, transport.tuple.localPort, producer, options, startedAt);
  }

  /** Everything that is due by now. */
  run(now: number): void {
    const { clip, clipSeconds, codec } = this.#options;
    const rate = clockRates[codec];
    for (;;) {
      const packet = clip[this.#next];
      if (packet === undefined) return;
      const inClip = timestampDistance(this.#first, packet.readUInt32BE(4)) / rate;
      if (this.#startedAt + (this.#round * clipSeconds + inClip) * 1000 > now) break;
      this.#send(packet, (packet.readUInt32BE(4) + this.#round * clipSeconds * rate) >>> 0);
      this.#next += 1;
      if (this.#next < clip.length) continue;
      this.#next = 0;
      this.#round += 1;
    }
    if (now - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = now;
    this.#report(now, (this.#first + Math.round(((now - this.#startedAt) / 1000) * rate)) >>> 0);
  }

  close(): void {
    this.#socket.close();
  }

  #send(packet: Buffer, timestamp: number): void {
    const { ssrc, alsoTo } = this.#options;
    const bytes = Buffer.from(packet);
    bytes.writeUInt16BE(this.#sequenceNumber, 2);
    bytes.writeUInt32BE(timestamp, 4);
    bytes.writeUInt32BE(ssrc, 8);
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.sent += 1;
    this.#socket.send(bytes, this.#port, loopback);
    if (alsoTo !== undefined) this.#socket.send(bytes, alsoTo, loopback);
  }

  #report(now: number, rtpTimestamp: number): void {
    const report = Buffer.alloc(28);
    report.writeUInt8(0x80, 0);
    report.writeUInt8(200, 1);
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(this.#options.ssrc, 4);
    report.writeUInt32BE(Math.floor(now / 1000) + secondsFrom1900To1970, 8);
    report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
    report.writeUInt32BE(rtpTimestamp, 16);
    this.#socket.send(report, this.#port, loopback);
  }
}
