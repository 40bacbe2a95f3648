// Whose last hour is kept, and of what.
import { expect, test } from 'vitest';
import { LessonId } from '../contract/ids.ts';
import { LoadFigure, type Status } from '../contract/monitoring.ts';
import { LoadHistories } from './load-history.ts';

const now = 1_800_000_000_000;
const [optics, algebra] = [LessonId.parse('optics'), LessonId.parse('algebra')];
const line = { inBps: 1e6, outBps: 4e6, lossShare: 0.01 };
const worker = { pid: 1, drained: false, mayDrain: true, cpuShare: 0.25, plannedShare: 0.5, rooms: 1, transports: 4, ...line };
const room = {
  ...{ title: '', courseTitle: '', openedAt: 0, dropped: 0, waiting: 0, recording: 'off' as const, worstQuality: 'good' as const },
  ...{ lessonId: optics, participants: 12, producers: 2, consumers: 20, workers: [1], ...line },
};
const status: Status = {
  ...{ now, version: '0', startedAt: 0, people: 12, sockets: 13, producers: 2, consumers: 20, cores: 4, machineLoad: 2, ...line },
  ...{ processCpuShare: 0.1, memoryBytes: 5e8, diskFreeBytes: null, eventLoopDelayMs: 21, joins: { lastMinute: 1, p50Ms: 30, p95Ms: 40 } },
  workers: [
    { ...worker, producers: 2, consumers: 20 },
    { ...worker, pid: 2, cpuShare: 0.75, producers: 0, consumers: 0 },
  ],
  rooms: [room],
};

test('B21 of the server every figure is kept, its busiest worker among them', () => {
  const histories = new LoadHistories();
  histories.add(status);
  const { series } = histories.server(now);
  expect(Object.keys(series)).toEqual(LoadFigure.options);
  expect(series).toMatchObject({
    people: [12],
    rooms: [1],
    workerCpuShare: [0.75],
    machineLoad: [0.5],
    diskFreeBytes: [null],
    outBps: [4e6],
  });
});

test('B21 each worker and each room has its own, as long as there is one', () => {
  const histories = new LoadHistories();
  histories.add(status);
  expect(histories.worker(2, now)?.series).toMatchObject({ workerCpuShare: [0.75], consumers: [0] });
  expect(histories.room(optics, now)?.series).toMatchObject({ people: [12], consumers: [20], inBps: [1e6] });
  expect([histories.worker(3, now), histories.room(algebra, now)]).toEqual([null, null]);
  histories.add({
    ...status,
    now: now + 15_000,
    workers: [worker].map((one) => ({ ...one, producers: 2, consumers: 20 })),
    rooms: [{ ...room, lessonId: algebra }],
  });
  expect([histories.worker(2, now), histories.room(optics, now)]).toEqual([null, null]);
  expect(histories.worker(1, now + 15_000)?.at).toHaveLength(2);
  expect(histories.room(algebra, now + 15_000)?.at).toHaveLength(1);
});
