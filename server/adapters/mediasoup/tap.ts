// The recorder's tap: one plain transport and one UDP socket on loopback for a whole room, told apart by SSRC.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import type { TrackId } from '../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingTap, TapListener, TappedTrack } from '../../ports/tap.ts';
import { tapCapabilities } from './codecs.ts';
import { senderReports } from './sender-reports.ts';

const loopback = '127.0.0.1';
const receiveBufferBytes = 4 * 1024 * 1024;

export interface TapOptions {
  readonly router: types.Router;
  readonly producer: (trackId: TrackId) => types.Producer | undefined;
  readonly clock: Clock;
}

export class MediasoupTap implements RecordingTap {
  readonly #options: TapOptions;
  readonly #transport: types.PlainTransport;
  readonly #socket: Socket;
  readonly #listeners = new Map<number, TapListener>();
  #closed = false;

  private constructor(options: TapOptions, transport: types.PlainTransport, socket: Socket) {
    this.#options = options;
    this.#transport = transport;
    this.#socket = socket;
    socket.on('message', (message) => this.#arrived(message));
    // Loopback answers an unreachable port with an error; the worker's end is told by its own events.
    socket.on('error', () => undefined);
    transport.observer.once('close', () => this.#closeSocket());
  }

  static async open(options: TapOptions): Promise<MediasoupTap> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: receiveBufferBytes });
    try {
      socket.bind(0, loopback);
      await once(socket, 'listening');
      const transport = await options.router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: loopback, sendBufferSize: receiveBufferBytes },
        rtcpMux: true,
        comedia: false,
      });
      const tap = new MediasoupTap(options, transport, socket);
      await transport.connect({ ip: loopback, port: socket.address().port });
      return tap;
    } catch (error) {
      socket.removeAllListeners();
      socket.close();
      throw error;
    }
  }

  async attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack> {
    const producer = this.#options.producer(trackId);
    if (producer === undefined) throw new Error(`There is no track ${trackId} to record.`);
    const rtpCapabilities = tapCapabilities(this.#options.router.rtpCapabilities);
    const consumer = await this.#transport.consume({ producerId: producer.id, rtpCapabilities, paused: true, enableRtx: false });
    const ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc;
    const codec = consumer.rtpParameters.codecs[0];
    if (ssrc === undefined || codec === undefined) throw new Error(`Track ${trackId} has neither SSRC nor codec.`);

    this.#listeners.set(ssrc, listener);
    const ended = (): void => {
      if (this.#listeners.delete(ssrc)) listener.ended();
    };
    consumer.on('producerpause', () => listener.producerPaused());
    consumer.on('producerresume', () => listener.producerResumed());
    consumer.on('producerclose', ended);
    consumer.on('transportclose', ended);

    return {
      trackId,
      kind: consumer.kind,
      mimeType: codec.mimeType,
      clockRate: codec.clockRate,
      payloadType: codec.payloadType,
      ssrc,
      parameters: codec.parameters ?? {},
      producerPaused: consumer.producerPaused,
      resume: () => unlessClosed(consumer, () => consumer.resume()),
      pause: () => unlessClosed(consumer, () => consumer.pause()),
      requestKeyFrame: () => unlessClosed(consumer, () => (consumer.kind === 'video' ? consumer.requestKeyFrame() : Promise.resolve())),
      close: async () => {
        this.#listeners.delete(ssrc);
        consumer.close();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#transport.close();
  }

  #closeSocket(): void {
    this.#socket.removeAllListeners('message');
    this.#socket.close();
  }

  #arrived(message: Buffer): void {
    if (message.length < 12) return;
    const packetType = message.readUInt8(1);
    // RTCP and RTP share the socket; RFC 5761, section 4: these are the values that RTP never shows here.
    if (packetType >= 192 && packetType <= 223) {
      for (const report of senderReports(message)) this.#listeners.get(report.ssrc)?.senderReport(report);
      return;
    }
    this.#listeners.get(message.readUInt32BE(8))?.packet(message, this.#options.clock.now());
  }
}

async function unlessClosed(consumer: types.Consumer, act: () => Promise<void>): Promise<void> {
  if (consumer.closed) return;
  try {
    await act();
  } catch (error) {
    if (!consumer.closed) throw error;
  }
}
