// Takes a few seconds of a picture's smallest layer, and says what its frames weigh: nothing is decoded.
import type { types } from 'mediasoup';
import type { Clock } from '../../ports/clock.ts';
import type { PictureWeight } from '../../ports/media.ts';
import type { VideoDepacketiser } from '../../recording/capture/codec.ts';
import { H264Depacketiser } from '../../recording/capture/depacketise-h264.ts';
import { vp8Depacketiser } from '../../recording/capture/depacketise-vp8.ts';
import { parseRtp } from '../../recording/capture/rtp.ts';
import { tapCapabilities } from './codecs.ts';

/** A publisher is asked for key frames once a second at most, and its answer takes a round trip. */
const keyFrameWithinMs = 3_000;
/** Encoders need about a second to make a standing picture as sharp as it can be; what comes after that tells whether it stands. */
const framesForMs = 3_000;

interface Weighed {
  readonly router: types.Router;
  readonly producer: types.Producer;
  readonly clock: Pick<Clock, 'after'>;
}

/** Null when the picture is gone, or of a codec that is not known here. */
export async function weigh({ router, producer, clock }: Weighed): Promise<PictureWeight | null> {
  const depacketiser = depacketiserOf(producer);
  if (depacketiser === null || producer.paused) return null;
  let transport: types.DirectTransport | null = null;
  try {
    transport = await router.createDirectTransport();
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: tapCapabilities(router.rtpCapabilities),
      enableRtx: false,
      // The smallest is always sent, and takes the least to look at.
      preferredLayers: { spatialLayer: 0 },
    });
    const weight = await framesOf(consumer, depacketiser, clock);
    return producer.closed || producer.paused ? null : weight;
  } catch (error) {
    if (producer.closed || router.closed) return null;
    throw error;
  } finally {
    transport?.close();
  }
}

function framesOf(consumer: types.Consumer, depacketiser: VideoDepacketiser, clock: Weighed['clock']): Promise<PictureWeight> {
  const { promise, resolve } = Promise.withResolvers<PictureWeight>();
  let keyFrame: PictureWeight['keyFrame'] = null;
  const frames: number[] = [];
  const finish = (): void => resolve({ keyFrame, frames });
  let timer = clock.after(keyFrameWithinMs, finish);
  consumer.observer.once('close', finish);
  consumer.on('rtp', (bytes) => {
    const packet = parseRtp(bytes);
    const frame = packet && depacketiser.push(packet);
    if (frame === undefined) return;
    if (frame.config === undefined || keyFrame !== null) return void frames.push(frame.data.length);
    keyFrame = { bytes: frame.data.length, width: frame.config.width, height: frame.config.height };
    timer.cancel();
    timer = clock.after(framesForMs, finish);
  });
  return promise.finally(() => timer.cancel());
}

function depacketiserOf(producer: types.Producer): VideoDepacketiser | null {
  switch (producer.rtpParameters.codecs[0]?.mimeType.toLowerCase()) {
    case 'video/h264':
      return new H264Depacketiser();
    case 'video/vp8':
      return vp8Depacketiser();
    default:
      return null;
  }
}
