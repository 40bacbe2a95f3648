// What the load page is told of now.
import { expect, onTestFinished, test } from 'vitest';
import { fewPeople } from '../../test/contract/rtp-samples.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeMedia } from '../../test/support/fake-media.ts';
import { LessonId } from '../contract/ids.ts';
import { Status } from '../contract/monitoring.ts';
import { percentile, RecentJoins } from '../monitoring/joins.ts';
import { StatusService } from './status.service.ts';

const lessonId = LessonId.parse('lesson');
async function server() {
  const clock = new FakeClock(1_000_000);
  const engine = new FakeMedia();
  await engine.openRoom(lessonId, fewPeople);
  const figures = new StatusService({
    ...{ version: '1.2.3', clock, dataDir: '.', engine, sockets: () => 7 },
    rooms: {
      figures: () => [{ lessonId, title: 'Functions', courseTitle: 'Calculus', openedAt: 5, participants: 4, dropped: 1, waiting: 2 }],
    },
    media: {
      figures: () => ({ producers: 3, consumers: 9 }),
      workersOf: () => [1],
      flows: () => ({
        all: { bpsIn: 44, bpsOut: 55, lossShare: 0.5 },
        rooms: new Map([[lessonId, { bpsIn: 40, bpsOut: 50, lossShare: 0.25, worst: 'fair' as const }]]),
        workers: new Map([[1, { bpsIn: 41, bpsOut: 51, lossShare: 0.75 }]]),
      }),
    },
    recording: { view: () => ({ state: 'recording' as const, recordingId: null, startedAt: null, withoutCameras: false }) },
  });
  onTestFinished(() => figures.close());
  return { figures, clock };
}

test('the status shows rooms, joins and workers as the contract names them', async () => {
  const { figures, clock } = await server();
  for (const duration of [10, 20, 30, 400]) figures.answered('room:join', 'ok', duration);
  figures.answered('room:join', 'room-full', 5);
  const status = Status.parse(await figures.status());
  expect(status).toMatchObject({
    version: '1.2.3',
    people: 4,
    sockets: 7,
    inBps: 44,
    outBps: 55,
    producers: 3,
    consumers: 9,
    lossShare: 0.5,
    joins: { lastMinute: 4, p50Ms: 20, p95Ms: 400 },
  });
  const room = { title: 'Functions', producers: 3, consumers: 9, recording: 'recording', worstQuality: 'fair' };
  expect(status.rooms).toMatchObject([{ ...room, workers: [1], inBps: 40, outBps: 50, lossShare: 0.25 }]);
  const worker = { pid: 1, rooms: 1, drained: false, mayDrain: false, cpuShare: 0, plannedShare: 0 };
  expect(status.workers).toMatchObject([{ ...worker, inBps: 41, outBps: 51, lossShare: 0.75 }]);
  clock.advance(60_000);
  expect((await figures.status()).joins).toEqual({ lastMinute: 0, p50Ms: null, p95Ms: null });
});

test('percentiles take the nearest rank', () => {
  expect([percentile([], 0.5), percentile([1], 0.95), percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.95)]).toEqual([
    null,
    1,
    2,
    4,
  ]);
  const joins = new RecentJoins();
  joins.add(0, 5);
  expect(joins.figures(59_999).lastMinute).toBe(1);
});
