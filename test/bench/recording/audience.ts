// Live subscribers, counted: one socket gets every track of the rooms, and knows what of it is missing.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';

const loopback = '127.0.0.1';

interface Heard {
  last: number;
  expected: number;
  received: number;
}

export class Audience {
  readonly #socket: Socket;
  readonly #heard = new Map<number, Heard>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes) => this.#hear(bytes));
  }

  static async open(): Promise<Audience> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 8 * 1024 * 1024 });
    socket.bind(0, loopback);
    await once(socket, 'listening');
    return new Audience(socket);
  }

  /** One subscriber of all tracks of a room. */
  async join(router: types.Router, producers: readonly types.Producer[]): Promise<void> {
    const listenInfo = { protocol: 'udp', ip: loopback, sendBufferSize: 4 * 1024 * 1024 } as const;
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false });
    await transport.connect({ ip: loopback, port: this.#socket.address().port });
    for (const producer of producers)
      await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities, enableRtx: false });
  }

  /** Since the last time; each in packets. */
  take(): { readonly received: number; readonly lost: number } {
    const [received, expected] = [...this.#heard.values()].reduce(([r, e], one) => [r + one.received, e + one.expected], [0, 0]);
    for (const one of this.#heard.values()) [one.received, one.expected] = [0, 0];
    return { received: received ?? 0, lost: Math.max(0, (expected ?? 0) - (received ?? 0)) };
  }

  close(): void {
    this.#socket.close();
  }

  #hear(bytes: Buffer): void {
    const kind = bytes.readUInt8(1);
    if (bytes.length < 12 || (kind >= 192 && kind <= 223)) return;
    const [sequence, ssrc] = [bytes.readUInt16BE(2), bytes.readUInt32BE(8)];
    const heard = this.#heard.get(ssrc);
    if (heard === undefined) {
      this.#heard.set(ssrc, { last: sequence, expected: 1, received: 1 });
      return;
    }
    const ahead = (sequence - heard.last) & 0xffff;
    heard.received += 1;
    if (ahead === 0 || ahead > 0x8000) return;
    heard.expected += ahead;
    heard.last = sequence;
  }
}
