// What the server asks for on a short line reaches the encoders, and goes again.
import { expect, test } from 'vitest';
import type { SendLimits } from '../../server/contract/ladder.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import { applyLimits, noLimits } from './send-limits.ts';

/** As far as an encoder is asked here: it keeps what it is told. */
class Encoder {
  encodings: RTCRtpEncodingParameters[];
  constructor(encodings: RTCRtpEncodingParameters[]) {
    this.encodings = encodings;
  }
  getParameters = () => ({ transactionId: '1', codecs: [], headerExtensions: [], rtcp: {}, encodings: structuredClone(this.encodings) });
  setParameters = async ({ encodings }: { encodings: RTCRtpEncodingParameters[] }) => {
    this.encodings = encodings;
  };
}

const short: SendLimits = { soundBps: 16_000, camera: { layers: 1, fps: 12 }, screen: { maxBps: 400_000, fps: 5 } };

async function limited(source: TrackSource, encodings: RTCRtpEncodingParameters[], limits = short) {
  const encoder = new Encoder(encodings);
  await applyLimits(encoder, source, noLimits);
  const before = encoder.encodings;
  await applyLimits(encoder, source, limits);
  const during = encoder.encodings;
  await applyLimits(encoder, source, noLimits);
  expect(encoder.encodings).toEqual(before);
  return during;
}

test('L8 sound goes before all else, and is quieter while asked for', async () => {
  expect(await limited('microphone', [{ active: true }])).toEqual([
    { active: true, priority: 'high', networkPriority: 'high', maxBitrate: 16_000 },
  ]);
});

test('L8 a camera sends fewer sizes and pictures a second', async () => {
  const sizes = [120_000, 400_000, 1_200_000].map((maxBitrate) => ({ active: true, maxBitrate }));
  const during = await limited('camera', sizes);
  expect(during.map(({ active }) => active)).toEqual([true, false, false]);
  expect(during[0]).toMatchObject({ maxFramerate: 12, maxBitrate: 120_000 });
});

test('L8 a screen is slow and small; what is smaller already stays as it is', async () => {
  const during = await limited('screen', [
    { active: true, maxBitrate: 150_000, maxFramerate: 4 },
    { active: true, maxBitrate: 2_500_000, maxFramerate: 15 },
  ]);
  expect(during).toMatchObject([
    { active: true, maxBitrate: 150_000, maxFramerate: 4 },
    { active: false, maxBitrate: 400_000, maxFramerate: 5 },
  ]);
  const wide = { ...short, screen: { maxBps: 1_200_000, fps: 10 } };
  expect(await limited('screen', [{ active: true, maxBitrate: 2_500_000, maxFramerate: 15 }], wide)).toMatchObject([
    { active: true, maxBitrate: 1_200_000, maxFramerate: 10 },
  ]);
});

test('B13 a camera that nobody is shown sends nothing', async () => {
  const during = await limited('camera', [{ active: true }, { active: true }], { ...noLimits, camera: 'unseen' });
  expect(during.map(({ active }) => active)).toEqual([false, false]);
});
