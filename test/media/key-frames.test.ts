// B9: however many want a key frame, and on whichever worker, the publisher is asked once a second.
import { expect, onTestFinished, test, vi } from 'vitest';
import { TrackId } from '../../server/contract/ids.ts';
import { vp8 } from '../contract/rtp-samples.ts';
import { PictureSender } from './senders.ts';
import { arriving, connected, spannedRoom, subscribed, waiting } from './spanned-room.ts';

const camera = TrackId.parse('camera');
const stormMs = 4_000;
/** RFC 4585 (PLI) and RFC 5104 (FIR): payload-specific feedback. */
const payloadFeedback = 206;
const keyFrameRequests: readonly number[] = [1, 4];

test('B9 a hundred subscribers on two workers who resume again and again cost the publisher one request a second', async () => {
  const { room, send, near, far } = await spannedRoom();
  await send.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: vp8(2221), paused: false });
  const [sender, nearPeer, farPeer] = [await connected(send), await connected(near), await connected(far)];
  const picture = new PictureSender(sender, [{ ssrc: 2221, rid: 'r0' }]);
  onTestFinished(() => picture.stop());
  const subscriptions = await Promise.all(Array.from({ length: 100 }, (_, index) => subscribed(index % 2 ? far : near, room, camera)));
  const [first, second] = subscriptions;
  if (first === undefined || second === undefined) throw new Error('There are a hundred.');
  const [atNear, atFar] = [arriving(nearPeer, first), arriving(farPeer, second)];
  await vi.waitFor(async () => expect((await send.stats()).packetsIn).toBeGreaterThan(10), waiting);

  let asked = 0;
  sender.onRtcp((packet) => {
    if (packet.type === payloadFeedback && keyFrameRequests.includes(packet.feedback.count)) asked += 1;
  });
  const beganAt = performance.now();
  let storms = 0;
  for (; performance.now() - beganAt < stormMs; storms += 1) {
    await Promise.all(subscriptions.map((subscription) => subscription.pause()));
    await Promise.all(subscriptions.map((subscription) => subscription.resume()));
  }
  const seconds = (performance.now() - beganAt) / 1000;
  expect(storms).toBeGreaterThan(seconds);
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(Math.floor(seconds) + 1);
  const [nearBefore, farBefore] = [atNear.length, atFar.length];
  await vi.waitFor(() => expect(Math.min(atNear.length - nearBefore, atFar.length - farBefore)).toBeGreaterThan(5), waiting);
}, 40_000);
