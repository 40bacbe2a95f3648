// What the status page is told.
import { expect, onTestFinished, test } from 'vitest';
import { fewPeople } from '../../test/contract/rtp-samples.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeMedia } from '../../test/support/fake-media.ts';
import { LessonId } from '../contract/ids.ts';
import { Status } from '../contract/monitoring.ts';
import { percentile, RecentJoins } from './joins.ts';
import { MonitoringService } from './monitoring.service.ts';

const lessonId = LessonId.parse('lesson');
async function server() {
  const clock = new FakeClock(1_000_000);
  const engine = new FakeMedia();
  await engine.openRoom(lessonId, fewPeople);
  const monitoring = new MonitoringService({
    ...{ version: '1.2.3', clock, dataDir: '.', engine, sockets: () => 7 },
    rooms: {
      figures: () => [{ lessonId, title: 'Functions', courseTitle: 'Calculus', openedAt: 5, participants: 4, dropped: 1, waiting: 2 }],
    },
    media: {
      figures: () => ({ producers: 3, consumers: 9 }),
      worstQuality: () => 'fair' as const,
      traffic: () => ({ bytesIn: 11, bytesOut: 22, packetsIn: 33, packetsLostIn: 1, bpsIn: 44, bpsOut: 55, lossShare: 0.5 }),
    },
    recording: { view: () => ({ state: 'recording' as const, recordingId: null, startedAt: null, withoutCameras: false }) },
  });
  onTestFinished(() => monitoring.close());
  return { monitoring, clock };
}

test('the status shows rooms, joins and workers as the contract names them', async () => {
  const { monitoring, clock } = await server();
  for (const duration of [10, 20, 30, 400]) monitoring.answered('room:join', 'ok', duration);
  monitoring.answered('room:join', 'room-full', 5);
  const status = Status.parse(await monitoring.status());
  expect(status).toMatchObject({
    version: '1.2.3',
    people: 4,
    sockets: 7,
    inBps: 44,
    lossShare: 0.5,
    joins: { lastMinute: 4, p50Ms: 20, p95Ms: 400 },
  });
  expect(status.rooms).toMatchObject([{ title: 'Functions', producers: 3, consumers: 9, recording: 'recording', worstQuality: 'fair' }]);
  expect(status.workers).toMatchObject([{ pid: 1, rooms: 1 }]);
  clock.advance(60_000);
  expect((await monitoring.status()).joins).toEqual({ lastMinute: 0, p50Ms: null, p95Ms: null });
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
