// Lines are measured by turns, and sums never fall.

import { expect, test } from 'vitest';
import { fewPeople } from '../../test/contract/rtp-samples.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeMedia, silentStats } from '../../test/support/fake-media.ts';
import { ConnectionId, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import { ConnectionMedia } from './connection-media.ts';
import { LineWatch, type MeasuredLine } from './line-watch.ts';

const lessonId = LessonId.parse('lesson');
async function watched(people: number, isWatched: (connectionId: ConnectionId) => boolean = () => false) {
  const clock = new FakeClock(1_000_000);
  const room = await new FakeMedia().openRoom(lessonId, fewPeople);
  const connections: ConnectionMedia[] = [];
  for (let index = 0; index < people; index += 1) {
    const ref = {
      lessonId,
      personId: PersonId.parse(`p${index}`),
      participantId: ParticipantId.parse(`p${index}`),
      connectionId: ConnectionId.parse(`p${index}`),
    };
    const connection = new ConnectionMedia({
      ref,
      now: () => clock.now(),
      tell: () => undefined,
      given: () => undefined,
      failed: () => undefined,
    });
    await connection.open(room, 'send');
    connections.push(connection);
  }
  const measured: MeasuredLine[] = [];
  const watch = new LineWatch({
    clock,
    connections: () => connections,
    isWatched,
    measured: (lines) => measured.push(...lines),
    failed: (error) => expect.fail(String(error)),
  });
  const ticks = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500);
      await new Promise(setImmediate);
    }
  };
  return { connections, measured, watch, room, ticks };
}

test('everybody is measured before anybody is measured twice, and not more often than every two and a half seconds', async () => {
  const { measured, ticks } = await watched(30);
  await ticks(1500);
  expect(new Set(measured.map(({ line }) => line.participantId)).size).toBe(30);
  expect(measured).toHaveLength(30);
  await ticks(1000);
  expect(measured.length).toBeLessThanOrEqual(46);
});

test('B9 a good line over which only sound is sent is measured a third as often, until it is not good or its client says so', async () => {
  const { measured, room, ticks } = await watched(1);
  const [transport] = room.transports;
  if (transport === undefined) throw new Error('There is a transport.');
  const within = async (ms: number): Promise<number> => {
    const before = measured.length;
    await ticks(ms);
    return measured.length - before;
  };
  transport.figures = { ...silentStats, bpsIn: 40_000, bpsOut: 900_000 };
  await ticks(500);
  expect(await within(15_000)).toBe(2);
  expect(await within(2_000)).toBe(0);
  transport.strain();
  transport.strain();
  expect(await within(1_000)).toBe(1);
  expect(await within(2_000)).toBe(0);
  transport.figures = { ...silentStats, bpsIn: 40_000, lossIn: 0.2 };
  await ticks(7_500);
  expect(await within(15_000)).toBe(6);
  transport.figures = { ...silentStats, bpsIn: 1_500_000 };
  await ticks(7_500);
  expect(await within(15_000)).toBe(6);
});

test('W51 those whose tracks are watched are measured every five seconds, however many others wait', async () => {
  const { measured, room, ticks } = await watched(400, (connectionId) => /^p\d$/.test(connectionId));
  for (const transport of room.transports) transport.figures = { ...silentStats, bpsIn: 40_000 };
  await ticks(30_000);
  const before = measured.length;
  await ticks(30_000);
  const times = Map.groupBy(measured.slice(before), ({ line }) => line.participantId);
  for (let index = 0; index < 10; index += 1) expect(times.get(ParticipantId.parse(`p${index}`))?.length).toBeGreaterThanOrEqual(5);
  expect(times.size).toBe(400);
});

test('a change of class is marked once', async () => {
  const { measured, room, ticks } = await watched(1);
  const [transport] = room.transports;
  if (transport === undefined) throw new Error('There is a transport.');
  transport.figures = { ...silentStats, bpsIn: 1000, lossIn: 0.2 };
  await ticks(10_000);
  expect(measured.filter(({ changed }) => changed).map(({ line }) => line.quality)).toEqual(['bad']);
});

test('bytes of lines that ended still count', async () => {
  const { connections, room, watch, ticks } = await watched(2);
  for (const transport of room.transports) transport.figures = { ...silentStats, bytesIn: 100, bpsIn: 8 };
  await ticks(500);
  expect(watch.traffic()).toMatchObject({ bytesIn: 200, bpsIn: 16 });
  connections.pop();
  await ticks(500);
  expect(watch.traffic()).toMatchObject({ bytesIn: 200, bpsIn: 8 });
  watch.close();
});

test('who leaves while a line is measured is told of no more', async () => {
  const { connections, measured, ticks } = await watched(2);
  const ticking = ticks(500);
  const gone = connections.pop();
  await ticking;
  expect(measured.map(({ connection }) => connection)).toEqual(connections);
  expect(connections).not.toContain(gone);
});
