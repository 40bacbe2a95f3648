// Takes a few seconds of a picture's smallest and largest layer, and says what their frames weigh: nothing is decoded.
import type { types } from 'mediasoup';
import type { Clock } from '../../ports/clock.ts';
import type { LayerWeight, PictureWeight } from '../../ports/media.ts';
import type { VideoDepacketiser } from '../../recording/capture/codec.ts';
import { H264Depacketiser } from '../../recording/capture/depacketise-h264.ts';
import { vp8Depacketiser } from '../../recording/capture/depacketise-vp8.ts';
import { parseRtp } from '../../recording/capture/rtp.ts';
import { tapCapabilities } from './codecs.ts';

/** A publisher is asked for key frames once a second at most, and its answer takes a round trip. */
const keyFrameWithinMs = 3_000;
const framesForMs = 3_000;

interface Weighed {
  readonly router: types.Router;
  readonly producer: types.Producer;
  readonly clock: Pick<Clock, 'after'>;
}

/** Null when the picture is paused or gone, or of a codec that is not known here. */
export async function weigh({ router, producer, clock }: Weighed): Promise<PictureWeight | null> {
  const { codecs, encodings } = producer.rtpParameters;
  const newDepacketiser = depacketiserOf(codecs[0]?.mimeType ?? '');
  if (newDepacketiser === null || producer.paused || producer.closed) return null;
  const highest = producer.type === 'simulcast' ? (encodings?.length ?? 1) - 1 : 0;
  let transport: types.DirectTransport | null = null;
  try {
    transport = await router.createDirectTransport();
    const from = transport;
    const layer = async (spatialLayer: number): Promise<Sample> => {
      const rtpCapabilities = tapCapabilities(router.rtpCapabilities);
      const options = { producerId: producer.id, rtpCapabilities, enableRtx: false, preferredLayers: { spatialLayer } };
      return new Sample(await from.consume(options), newDepacketiser());
    };
    const smallest = await layer(0);
    const largest = highest === 0 ? smallest : await layer(highest);
    await Promise.race([Promise.all([smallest.begun, largest.begun]), after(clock, keyFrameWithinMs)]);
    if (smallest.weight !== null || largest.weight !== null) await after(clock, framesForMs);
    return producer.closed || producer.paused ? null : { smallest: smallest.weight, largest: largest.weight };
  } catch (error) {
    if (producer.closed || router.closed) return null;
    throw error;
  } finally {
    transport?.close();
  }
}

class Sample {
  readonly begun: Promise<void>;
  #weight: (LayerWeight & { readonly frames: number[] }) | null = null;

  constructor(consumer: types.Consumer, depacketiser: VideoDepacketiser) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    consumer.on('rtp', (bytes) => {
      const packet = parseRtp(bytes);
      const frame = packet && depacketiser.push(packet);
      if (frame === undefined) return;
      const { data, config } = frame;
      // A larger layer may come a moment later than the one that stood in for it.
      const isOther = config !== undefined && config.width !== this.#weight?.width;
      if (!isOther) return void this.#weight?.frames.push(data.length);
      this.#weight = { keyFrame: data.length, width: config.width, height: config.height, frames: [] };
      resolve();
    });
  }

  get weight(): LayerWeight | null {
    return this.#weight;
  }
}

const after = (clock: Weighed['clock'], ms: number): Promise<void> => new Promise((done) => void clock.after(ms, done));

function depacketiserOf(mimeType: string): (() => VideoDepacketiser) | null {
  switch (mimeType.toLowerCase()) {
    case 'video/h264':
      return () => new H264Depacketiser();
    case 'video/vp8':
      return vp8Depacketiser;
    default:
      return null;
  }
}
