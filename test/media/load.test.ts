// B1: what a worker carries is told in units, packets and its share of a core.
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import { fewPeople, opus } from '../contract/rtp-samples.ts';
import { openRealEngine } from './real-engine.ts';
import { sendSound } from './senders.ts';
import { connected, subscribed } from './spanned-room.ts';

const microphone = TrackId.parse('microphone');

test('B1 the budget counts what flows, what is held and what is expected, and packets and the share of a core are measured', async () => {
  const engine = await openRealEngine();
  onTestFinished(() => engine.close());
  const loadOf = async () => (await engine.load())[0] ?? expect.fail('A worker lives.');
  const { limit } = (await loadOf()).budget;
  const room = await engine.openRoom(LessonId.parse('lesson'), fewPeople);
  const ofAViewer = limit / 150;
  expect((await loadOf()).budget.used).toBe(fewPeople.viewers * ofAViewer);
  const [send, receive] = [await room.openTransport('send'), await room.openTransport('receive')];
  expect((await loadOf()).budget.used).toBe(fewPeople.viewers * ofAViewer);

  await send.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused: false });
  onTestFinished(sendSound(await connected(send), 1111));
  await connected(receive);
  await (await subscribed(receive, room, microphone)).resume();
  await vi.waitFor(async () => expect((await loadOf()).packetsPerSecond).toBeGreaterThan(20), { timeout: 15_000, interval: 200 });
  const { cpuShare } = await loadOf();
  expect(cpuShare).toBeGreaterThan(0);
  expect(cpuShare).toBeLessThan(1);
  room.close();
  expect(await loadOf()).toMatchObject({ rooms: 0, transports: 0, producers: 0, consumers: 0 });
}, 30_000);

test('B2 rooms that are opened together are spread by what is expected of them', async () => {
  const engine = await openRealEngine(2, systemClock);
  onTestFinished(() => engine.close());
  const opening = [100, 10, 10, 10, 60].map((viewers, index) =>
    engine.openRoom(LessonId.parse(`lesson-${index}`), { viewers, pictures: 1 }),
  );
  const rooms = await Promise.all(opening);
  const [first, second] = rooms.map((room) => room.workers()[0]);
  expect(rooms.map((room) => room.workers())).toEqual([[first], [second], [second], [second], [second]]);
});
