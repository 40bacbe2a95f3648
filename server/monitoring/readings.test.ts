// What is read for the metrics when parts of the server do not answer.
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { LessonId } from '../contract/ids.ts';
import { readAll, type Sources } from './readings.ts';

const lessonId = LessonId.parse('lesson');
const never = new Promise<never>(() => undefined);
const clock = new FakeClock(1_000_000);

const sources: Sources = {
  ...{ clock, dataDir: import.meta.dirname, certificateEndsAt: null, workersWanted: 2, sockets: () => 7 },
  rooms: {
    figures: () => [{ lessonId, title: 'Functions', courseTitle: 'Calculus', openedAt: 5, participants: 4, dropped: 1, waiting: 2 }],
  },
  media: { traffic: () => ({ bytesIn: 11, bytesOut: 22, packetsIn: 33, packetsLostIn: 1, bpsIn: 44, bpsOut: 55, lossShare: 0.5 }) },
  capacity: { overall: 'none', workers: [], roomsPressed: 0 },
  recording: { view: () => ({ state: 'recording' }) },
  space: { now: () => ({ level: 'ample', freeBytes: 1, totalBytes: 2 }) },
  outbox: { figures: () => Promise.resolve([{ id: 'lrs', undelivered: 1, oldestSeconds: 2, dead: 0 }]) },
  holding: { figures: () => ({ count: 3, isStuck: false, awaySeconds: 4 }) },
  database: { figures: () => Promise.resolve({ pool: { open: 2, idle: 1, most: 10, waiting: 0 }, bytes: 5 }) },
  history: { lost: () => 6 },
  board: { figures: () => ({ states: { running: 1 }, troubles: {} }) },
};

test('all parts of the server are read', async () => {
  expect(await readAll(sources)).toMatchObject({
    sockets: 7,
    rooms: { rooms: 1, participants: { here: 3, dropped: 1, waiting: 2 } },
    workers: { wanted: 2 },
    recorder: { recording: 1, paused: 0 },
    records: { outbox: [{ id: 'lrs' }], historyLost: 6, holding: { count: 3 } },
    database: { bytes: 5 },
    machine: { disk: { freeBytes: expect.any(Number) } },
    board: { states: { running: 1 } },
  });
});

test('Y3 a database that hangs is left out after a second and a half, and one that is away at once', async () => {
  const reading = readAll({ ...sources, outbox: { figures: () => Promise.reject(new Error('away')) }, database: { figures: () => never } });
  clock.advance(1_500);
  expect(await reading).toMatchObject({ sockets: 7, records: { outbox: null, holding: { count: 3 } }, database: null });
});

test('Y3 a disk that cannot be asked is left out', async () => {
  expect((await readAll({ ...sources, dataDir: '/nowhere/at/all' })).machine.disk).toBeNull();
});
