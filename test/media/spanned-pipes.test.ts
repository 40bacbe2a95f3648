// What goes between the workers of one room, and what happens to the room when one of them dies.
import { expect, onTestFinished, test, vi } from 'vitest';
import { limitsFor } from '../../server/adapters/mediasoup/placement.ts';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import type { TapListener } from '../../server/ports/tap.ts';
import { fewPeople, opus, vp8 } from '../contract/rtp-samples.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRealEngine } from './real-engine.ts';
import { type Spanned, spannedRoom, subscribed, twoViewers, waiting, watchPipes } from './spanned-room.ts';

const microphone = TrackId.parse('microphone');
const camera = TrackId.parse('camera');
const times = <T>(count: number, act: () => T): T[] => Array.from({ length: count }, act);

const publishCamera = ({ send }: Spanned) =>
  send.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: vp8(2221, 2222, 2223), paused: false });

test('B6 a track is brought to another worker once, however many want it at the same moment', async () => {
  const pipes = watchPipes();
  const spanned = await spannedRoom();
  const { room, send, near, far } = spanned;
  await publishCamera(spanned);
  await send.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused: false });
  await subscribed(near, room, camera);
  expect(pipes.tracks).toHaveLength(0);
  await Promise.all([...times(20, () => subscribed(far, room, camera)), ...times(20, () => subscribed(far, room, microphone))]);
  expect(pipes.tracks.map(({ id }) => id).toSorted()).toEqual([camera, microphone]);
  expect(pipes.transports).toHaveLength(2);
});

test('B6 what nobody wants any more is brought no longer after a while, and is brought again when somebody does', async () => {
  const pipes = watchPipes();
  const clock = new FakeClock(1_000_000);
  const spanned = await spannedRoom({ clock });
  const { engine, room, far } = spanned;
  const published = await publishCamera(spanned);
  const pass = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 2) {
      clock.advance(2000);
      await engine.load();
    }
  };
  const subscription = await subscribed(far, room, camera);
  await pass(60);
  expect(pipes.tracks[0]?.closed).toBe(false);
  subscription.close();
  await pass(20);
  expect(pipes.tracks[0]?.closed).toBe(false);
  await pass(30);
  expect(pipes.tracks[0]?.closed).toBe(true);
  await subscribed(far, room, camera);
  expect(pipes.tracks.map(({ closed }) => closed)).toEqual([true, false]);
  published.close();
  await vi.waitFor(() => expect(pipes.tracks.every(({ closed }) => closed)).toBe(true));
  expect(await far.subscribe({ trackId: camera, rtpCapabilities: room.rtpCapabilities })).toBeNull();
});

test.each([
  ['where it began', 0],
  ['where it came to later', 1],
] as const)('B7 when the worker dies %s the room fails as a whole, once, and can be opened again', async (_, index) => {
  const spanned = await spannedRoom();
  const { engine, room, send, far } = spanned;
  await publishCamera(spanned);
  await subscribed(far, room, camera);
  const told: string[] = [];
  const silent = {
    packet: () => undefined,
    senderReport: () => undefined,
    producerPaused: () => undefined,
    producerResumed: () => undefined,
  };
  const listener: TapListener = { ...silent, ended: () => told.push('ended') };
  await (await room.openTap()).attach(camera, listener);
  room.listen({ volumes: () => undefined, failed: () => told.push('failed') });
  process.kill(room.workers()[index] ?? expect.fail(), 'SIGKILL');
  await vi.waitFor(() => expect(told.toSorted()).toEqual(['ended', 'failed']), waiting);
  expect(room.workers()).toEqual([]);
  for (const transport of [send, far]) await expect(transport.stats()).rejects.toMatchObject({ code: 'media-unavailable' });
  await expect(room.openTransport('receive')).rejects.toMatchObject({ code: 'media-unavailable' });

  await vi.waitFor(async () => expect(await engine.load()).toHaveLength(2), waiting);
  expect((await engine.load()).every(({ rooms, transports }) => rooms === 0 && transports === 0)).toBe(true);
  const again = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  await again.openTransport('receive');
  expect(told).toHaveLength(2);
});

test('B7 a worker that fails before the room has come to it takes nothing from the room', async () => {
  const engine = await openRealEngine(2, undefined, twoViewers);
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  await Promise.all(times(2, () => room.openTransport('receive')));
  room.listen({ volumes: () => undefined, failed: () => expect.fail('The room is where it was.') });
  const other = (await engine.load()).find(({ pid }) => !room.workers().includes(pid));
  process.kill(other?.pid ?? expect.fail('There are two.'), 'SIGKILL');
  await room.openTransport('receive');
  await vi.waitFor(async () => expect(await engine.load()).toHaveLength(2), waiting);
  await room.openTransport('receive');
  expect(room.workers().length).toBeGreaterThan(0);
});

test('B8 nobody is let on to workers that are full, but who teaches there may still send and hear', async () => {
  const engine = await openRealEngine(1, undefined, { ...twoViewers, most: 10 });
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  const [send, receive] = [await room.openTransport('send'), await room.openTransport('receive')];
  await Promise.all(times(3, () => room.openTransport('receive')));
  await send.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused: false });
  await Promise.all(times(9, async () => (await subscribed(receive, room, microphone)).resume()));
  await expect(room.openTransport('receive')).rejects.toMatchObject({ code: 'media-unavailable' });
  await room.openTransport('send');
  await room.openTransport('receive', 'leading');
});

test('B8 one transport carries only so many tracks', async () => {
  const limits = { ...limitsFor({ viewersPerWorker: 150 }), consumersPerTransport: 3, producersPerTransport: 1 };
  const engine = await openRealEngine(1, undefined, limits);
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  const [send, receive] = [await room.openTransport('send'), await room.openTransport('receive')];
  const publish = (ssrc: number) =>
    send.publish({ trackId: TrackId.parse(`${ssrc}`), kind: 'audio', source: 'microphone', rtpParameters: opus(ssrc), paused: false });
  await publish(1111);
  await expect(publish(2222)).rejects.toMatchObject({ code: 'too-many-requests' });
  const asked = await Promise.allSettled(times(5, () => subscribed(receive, room, TrackId.parse('1111'))));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});
