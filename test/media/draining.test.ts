// A real worker is drained: what runs on it goes on, whoever comes later is elsewhere and misses nothing.
import { expect, onTestFinished, test, vi } from 'vitest';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import { fewPeople, opus } from '../contract/rtp-samples.ts';
import { openRealEngine } from './real-engine.ts';
import { sendSound } from './senders.ts';
import { arriving, connected, subscribed, waiting } from './spanned-room.ts';

const microphone = TrackId.parse('microphone');

test('B22 whoever comes to a room on a drained worker is put on another and hears it; who was there goes on hearing', async () => {
  const engine = await openRealEngine(2);
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  const [drained] = room.workers();
  const send = await room.openTransport('send');
  await send.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused: false });
  onTestFinished(sendSound(await connected(send), 1111));
  const early = await room.openTransport('receive');
  const earlyPeer = await connected(early);
  const before = await subscribed(early, room, microphone);
  const heardBefore = arriving(earlyPeer, before);
  await before.resume();
  await vi.waitFor(() => expect(heardBefore.length).toBeGreaterThan(10), waiting);

  engine.drain(drained ?? 0, true);
  const late = await room.openTransport('receive');
  const latePeer = await connected(late);
  const after = await subscribed(late, room, microphone);
  const heardAfter = arriving(latePeer, after);
  await after.resume();
  await vi.waitFor(() => expect(heardAfter.length).toBeGreaterThan(10), waiting);
  const goesOn = heardBefore.length;
  await vi.waitFor(() => expect(heardBefore.length).toBeGreaterThan(goesOn + 10), waiting);
  expect(room.workers()).toHaveLength(2);
  const loads = await engine.load();
  const on = (isDrained: boolean) => loads.find((load) => load.drained === isDrained);
  expect(on(true)).toMatchObject({ pid: drained, rooms: 1, transports: 2, producers: 1, consumers: 1 });
  expect(on(false)).toMatchObject({ rooms: 1, transports: 1, producers: 0, consumers: 1, mayDrain: false });

  // Who sends goes where the room began, also now.
  await room.openTransport('send');
  expect((await engine.load()).find(({ pid }) => pid === drained)?.transports).toBe(3);
  expect((await engine.openRoom(LessonId.parse('later'), fewPeople)).workers()).toEqual([on(false)?.pid]);
}, 40_000);

test('B24 what replaces a drained worker is fresh, and a drained one takes what is new when it is alone', async () => {
  const engine = await openRealEngine(2);
  onTestFinished(() => engine.close());
  const [first, second] = (await engine.load()).map(({ pid }) => pid);
  engine.drain(first ?? 0, true);
  process.kill(first ?? 0, 'SIGKILL');
  await vi.waitFor(async () => {
    const loads = await engine.load();
    expect(loads.map(({ drained }) => drained)).toEqual([false, false]);
    expect(loads.map(({ pid }) => pid)).not.toContain(first);
  }, waiting);
  const [fresh] = (await engine.load()).map(({ pid }) => pid).filter((pid) => pid !== second);
  engine.drain(fresh ?? 0, true);
  process.kill(second ?? 0, 'SIGKILL');
  // In the moment before the other one is replaced, or after it: a class is always opened.
  const room = await vi.waitFor(() => engine.openRoom(LessonId.parse('lecture'), fewPeople), waiting);
  await room.openTransport('receive');
}, 40_000);
