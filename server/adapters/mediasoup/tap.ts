// The media engine's half of the recorder's tap: one plain transport for a whole room, whose packets go to a UDP port on loopback.
import type { types } from 'mediasoup';
import type { TrackId } from '../../contract/ids.ts';
import type { TapEvents, TappedTrack, TapSteering } from '../../ports/tap.ts';
import { tapCapabilities } from './codecs.ts';
import type { RoomTrack } from './room-track.ts';

const loopback = '127.0.0.1';

export interface TapOptions {
  readonly router: types.Router;
  readonly listenInfo: types.TransportListenInfo;
  /** As this router has it; undefined when there is no such track (any more). */
  track(trackId: TrackId): Promise<Pick<RoomTrack, 'producer'> | undefined>;
  consumed(trackId: TrackId, consumer: types.Consumer): void;
  /** Where somebody listens already. */
  readonly port: number;
}

export class MediasoupTap implements TapSteering {
  readonly #options: TapOptions;
  readonly #transport: types.PlainTransport;

  private constructor(options: TapOptions, transport: types.PlainTransport) {
    this.#options = options;
    this.#transport = transport;
  }

  static async open(options: TapOptions): Promise<MediasoupTap> {
    const transport = await options.router.createPlainTransport({
      listenInfo: options.listenInfo,
      rtcpMux: true,
      comedia: false,
    });
    try {
      await transport.connect({ ip: loopback, port: options.port });
      return new MediasoupTap(options, transport);
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  async attach(trackId: TrackId, events: TapEvents): Promise<TappedTrack> {
    const track = await this.#options.track(trackId);
    if (track === undefined) throw new Error(`There is no track ${trackId} to record.`);
    const rtpCapabilities = tapCapabilities(this.#options.router.rtpCapabilities);
    const consumer = await this.#transport.consume({ producerId: track.producer.id, rtpCapabilities, paused: true, enableRtx: false });
    this.#options.consumed(trackId, consumer);
    const ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc;
    const codec = consumer.rtpParameters.codecs[0];
    if (ssrc === undefined || codec === undefined) throw new Error(`Track ${trackId} has neither SSRC nor codec.`);

    let isOver = false;
    const ended = (): void => {
      if (isOver) return;
      isOver = true;
      events.ended();
    };
    consumer.on('producerpause', () => events.producerPaused());
    consumer.on('producerresume', () => events.producerResumed());
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
        isOver = true;
        consumer.close();
      },
    };
  }

  async close(): Promise<void> {
    this.#transport.close();
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
