// B5: a room that two media workers carry is one room for everybody in it.
import { expect, onTestFinished, test, vi } from 'vitest';
import { TrackId } from '../../server/contract/ids.ts';
import type { MediaTransport, Volume } from '../../server/ports/media.ts';
import { opus, vp8 } from '../contract/rtp-samples.ts';
import { PictureSender, sendSound } from './senders.ts';
import { arriving, connected, spannedRoom, subscribed, twoViewers, waiting } from './spanned-room.ts';

const microphone = TrackId.parse('microphone');
const other = TrackId.parse('other-microphone');
const camera = TrackId.parse('camera');

const speak = (send: MediaTransport, trackId: TrackId, ssrc: number, paused: boolean) =>
  send.publish({ trackId, kind: 'audio', source: 'microphone', rtpParameters: opus(ssrc), paused });

test('B5 sound reaches both workers, and a mute holds on both', async () => {
  const { room, send, near, far } = await spannedRoom();
  const published = await speak(send, microphone, 1111, true);
  const [sender, nearPeer, farPeer] = [await connected(send), await connected(near), await connected(far)];
  const subscriptions = [await subscribed(near, room, microphone), await subscribed(far, room, microphone)] as const;
  const [atNear, atFar] = [arriving(nearPeer, subscriptions[0]), arriving(farPeer, subscriptions[1])];
  onTestFinished(sendSound(sender, 1111));
  for (const subscription of subscriptions) await subscription.resume();
  const carried = async (): Promise<void> => {
    const before = (await send.stats()).bytesIn;
    await vi.waitFor(async () => expect((await send.stats()).bytesIn).toBeGreaterThan(before + 2000), waiting);
  };
  await carried();
  expect([atNear.length, atFar.length]).toEqual([0, 0]);

  await published.resume();
  await vi.waitFor(() => expect(Math.min(atNear.length, atFar.length)).toBeGreaterThan(20), waiting);
  await published.pause();
  await carried();
  const muted = [atNear.length, atFar.length];
  await carried();
  expect([atNear.length, atFar.length]).toEqual(muted);
  await published.resume();
  await vi.waitFor(() => expect(atFar.length).toBeGreaterThan((muted[1] ?? 0) + 10), waiting);
  expect(await far.stats()).toMatchObject({ availableBps: null });
}, 40_000);

test('B5 who is on another worker gets the layer that fills the own tile', async () => {
  const { room, send, near, far } = await spannedRoom();
  await send.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: vp8(2221, 2222, 2223), paused: false });
  const [sender, nearPeer, farPeer] = [await connected(send), await connected(near), await connected(far)];
  const picture = new PictureSender(sender, [
    { ssrc: 2221, rid: 'r0' },
    { ssrc: 2222, rid: 'r1' },
    { ssrc: 2223, rid: 'r2' },
  ]);
  onTestFinished(() => picture.stop());
  const subscriptions = [await subscribed(near, room, camera), await subscribed(far, room, camera)] as const;
  expect(subscriptions.map(({ layers }) => layers)).toEqual([3, 3]);
  const [atNear, atFar] = [arriving(nearPeer, subscriptions[0]), arriving(farPeer, subscriptions[1])];
  const shows = (sizes: readonly number[], bytes: number): Promise<void> =>
    vi.waitFor(() => expect(sizes.filter((size) => size >= 200).slice(-10)).toEqual(Array.from({ length: 10 }, () => bytes)), waiting);
  await subscriptions[0].setLayer(0);
  await subscriptions[1].setLayer(2);
  for (const subscription of subscriptions) await subscription.resume();

  await shows(atFar, 600);
  await shows(atNear, 200);
  await subscriptions[1].setLayer(1);
  await shows(atFar, 400);
  picture.active = new Set(['r0']);
  await shows(atFar, 200);
  picture.active = new Set(['r0', 'r1', 'r2']);
  await shows(atFar, 400);
  await subscriptions[1].pause();
  const paused = atFar.length;
  await subscriptions[1].resume();
  await vi.waitFor(() => expect(atFar.length).toBeGreaterThan(paused + 10), waiting);
  expect((await far.stats()).availableBps).toBeGreaterThan(0);
}, 50_000);

test('B5 who speaks on either worker is heard, measured and recorded together', async () => {
  const { engine, room, send, near, far } = await spannedRoom({ limits: { ...twoViewers, most: 5 } });
  await speak(send, microphone, 1111, false);
  // With that the first worker carries as much as it may: who sends next is put on the other.
  for (let listener = 0; listener < 4; listener += 1) await (await subscribed(near, room, microphone)).resume();
  const elsewhere = await room.openTransport('send');
  await speak(elsewhere, other, 2222, false);
  expect((await engine.load()).map(({ producers }) => producers)).toEqual([1, 1]);
  const peers = {
    first: await connected(send),
    second: await connected(elsewhere),
    near: await connected(near),
    far: await connected(far),
  };
  onTestFinished(sendSound(peers.first, 1111, -40));
  onTestFinished(sendSound(peers.second, 2222, -20));
  let told: readonly Volume[] = [];
  room.listen({
    volumes: (volumes) => {
      told = volumes;
    },
    failed: () => undefined,
  });
  await vi.waitFor(() => expect(told.map(({ trackId }) => trackId)).toEqual([other, microphone]), waiting);

  const subscriptions = [await subscribed(near, room, other), await subscribed(far, room, microphone)] as const;
  const [atNear, atFar] = [arriving(peers.near, subscriptions[0]), arriving(peers.far, subscriptions[1])];
  for (const subscription of subscriptions) await subscription.resume();
  const tap = await room.openTap();
  const recorded = new Map<TrackId, number>();
  for (const trackId of [microphone, other]) {
    const ignore = (): void => undefined;
    const count = (): void => void recorded.set(trackId, (recorded.get(trackId) ?? 0) + 1);
    const listener = { packet: count, senderReport: ignore, producerPaused: ignore, producerResumed: ignore, ended: ignore };
    await (await tap.attach(trackId, listener)).resume();
  }
  await vi.waitFor(() => expect(Math.min(atNear.length, atFar.length)).toBeGreaterThan(10), waiting);
  await vi.waitFor(() => expect(Math.min(recorded.get(microphone) ?? 0, recorded.get(other) ?? 0)).toBeGreaterThan(10), waiting);
  await tap.close();
}, 40_000);
