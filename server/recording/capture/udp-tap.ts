// The recorder's half of a tap: one UDP socket on loopback for a whole room, its packets told apart by SSRC.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TrackId } from '../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingTap, TapListener, TappedTrack, TapSteering } from '../../ports/tap.ts';
import { senderReports } from './sender-reports.ts';

const loopback = '127.0.0.1';
const receiveBufferBytes = 4 * 1024 * 1024;
const leastRtpBytes = 12;

export interface UdpTapOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Has the media engine send its packets to this port. */
  readonly steer: (port: number) => Promise<TapSteering>;
}

export class UdpTap implements RecordingTap {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #socket: Socket;
  readonly #steering: TapSteering;
  readonly #listeners = new Map<number, TapListener>();
  #closed = false;

  private constructor(clock: Pick<Clock, 'now'>, socket: Socket, steering: TapSteering) {
    this.#clock = clock;
    this.#socket = socket;
    this.#steering = steering;
    socket.on('message', (message) => this.#arrived(message));
    // Loopback answers an unreachable port with an error; the engine's end is told by its own events.
    socket.on('error', () => undefined);
  }

  static async open({ clock, steer }: UdpTapOptions): Promise<UdpTap> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: receiveBufferBytes });
    try {
      socket.bind(0, loopback);
      await once(socket, 'listening');
      return new UdpTap(clock, socket, await steer(socket.address().port));
    } catch (error) {
      socket.removeAllListeners();
      socket.close();
      throw error;
    }
  }

  async attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack> {
    // The engine may end a track before its answer is here.
    const over = { ended: false };
    let ssrc: number | undefined;
    const tapped = await this.#steering.attach(trackId, {
      producerPaused: () => listener.producerPaused(),
      producerResumed: () => listener.producerResumed(),
      ended: () => {
        over.ended = true;
        if (ssrc !== undefined && this.#listeners.delete(ssrc)) listener.ended();
      },
    });
    if (over.ended || this.#closed) throw new Error(`Track ${trackId} ended before it was recorded.`);
    ssrc = tapped.ssrc;
    this.#listeners.set(ssrc, listener);
    return {
      ...tapped,
      close: async () => {
        this.#listeners.delete(tapped.ssrc);
        await tapped.close();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#socket.removeAllListeners('message');
    this.#socket.close();
    await this.#steering.close();
  }

  #arrived(message: Buffer): void {
    if (message.length < leastRtpBytes) return;
    const packetType = message.readUInt8(1);
    // RTCP and RTP share the socket; RFC 5761, section 4: these are the values that RTP never shows here.
    if (packetType >= 192 && packetType <= 223) {
      for (const report of senderReports(message)) this.#listeners.get(report.ssrc)?.senderReport(report);
      return;
    }
    this.#listeners.get(message.readUInt32BE(8))?.packet(message, this.#clock.now());
  }
}
