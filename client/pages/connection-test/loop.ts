// Sends sound and picture to the server and gets them back, as in a class, and reads from the browser how the line did.
import type { types } from 'mediasoup-client';
import { TrackId } from '../../../server/contract/ids.ts';
import { connectionTestRoutes } from '../../../server/contract/routes-connection-test.ts';
import { api } from '../../app/api.ts';
import { capabilitiesToWire, fromWire, toWire } from '../../media/shapes.ts';
import { type LoopFigures, lineOf } from './line-figures.ts';
import type { TestSources } from './test-sources.ts';
import { openTestTransport, type TestOf, type TestTransport } from './test-transport.ts';

/** Browsers need some seconds until they dare to send the whole picture, and reports of losses come every few. */
const lastsMs = 8_000;
const pictureBps = 900_000;

/** Rejects when the media cannot be set up at all. */
export async function runLoop(test: TestOf, sources: TestSources): Promise<LoopFigures> {
  const [send, receive] = await Promise.all([openTestTransport(test, 'send'), openTestTransport(test, 'receive')]);
  try {
    publishBy(test, send);
    const producers = [await send.transport.produce({ track: sources.sound.clone() })];
    const picture = test.device.canProduce('video') ? sources.picture() : null;
    if (picture) producers.push(await send.transport.produce({ track: picture, encodings: [{ maxBitrate: pictureBps }] }));
    for (const producer of producers) await hear(test, receive, TrackId.parse(producer.id));
    await pause(lastsMs, test.signal);
    const [sent, received] = await Promise.all([send.transport.getStats(), receive.transport.getStats()]);
    return lineOf([...sent.values()], [...received.values()]);
  } finally {
    // Stops what was sent as well.
    send.transport.close();
    receive.transport.close();
  }
}

function publishBy({ begun, signal }: TestOf, { transport, parameters }: TestTransport): void {
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    const body = { transportId: parameters.id, kind, rtpParameters: toWire(rtpParameters) };
    api(connectionTestRoutes.publishTestTrack, { params: { id: begun.id }, body, signal }).then(
      ({ trackId }) => done({ id: trackId }),
      failed,
    );
  });
}

async function hear(
  { begun, device, signal }: TestOf,
  { transport, parameters }: TestTransport,
  trackId: TrackId,
): Promise<types.Consumer> {
  const body = { transportId: parameters.id, trackId, rtpCapabilities: capabilitiesToWire(device.recvRtpCapabilities) };
  const { consumerId, kind, rtpParameters } = await api(connectionTestRoutes.subscribeTestTrack, {
    params: { id: begun.id },
    body,
    signal,
  });
  return transport.consume({ id: consumerId, producerId: trackId, kind, rtpParameters: fromWire(rtpParameters) });
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
