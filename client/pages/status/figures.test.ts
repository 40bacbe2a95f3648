// Which figures need someone.
import { describe, expect, test } from 'vitest';
import { figures, levelOf, type Status, workerLevel } from './figures.ts';

const status = (over: Partial<Status> = {}): Status => ({
  now: 1_000_000,
  version: '0',
  startedAt: 0,
  people: 0,
  sockets: 0,
  producers: 0,
  consumers: 0,
  processCpuShare: 0,
  machineLoad: 0,
  cores: 2,
  memoryBytes: 0,
  eventLoopDelayMs: 0,
  inBps: 0,
  outBps: 0,
  lossShare: 0,
  joins: { lastMinute: 0, p50Ms: null, p95Ms: null },
  diskFreeBytes: 1e12,
  workers: [],
  rooms: [],
  ...over,
});
const levels = (of: Status) => Object.fromEntries(figures.map((figure) => [figure.id, levelOf(figure, figure.of(of))]));

describe('a figure', () => {
  test('that has no limit or no value is neither good nor bad', () => {
    expect(levels(status())).toMatchObject({
      people: null,
      joinP95Ms: null,
      workerCpuShare: null,
      lossShare: 'good',
      diskFreeBytes: 'good',
    });
  });

  test('is judged upwards, but free disk space downwards', () => {
    expect(levels(status({ lossShare: 0.03, diskFreeBytes: 1e9 }))).toMatchObject({ lossShare: 'watch', diskFreeBytes: 'act' });
    expect(levels(status({ diskFreeBytes: 15e9 }))).toMatchObject({ diskFreeBytes: 'watch' });
  });

  test('of the machine’s load is for each core', () => {
    expect(levels(status({ machineLoad: 1.5, cores: 4 }))).toMatchObject({ machineLoad: 'good' });
    expect(levels(status({ machineLoad: 7, cores: 4 }))).toMatchObject({ machineLoad: 'act' });
  });

  test('of the workers is that of the busiest', () => {
    const line = { inBps: 0, outBps: 0, lossShare: 0 };
    const worker = {
      pid: 1,
      drained: false,
      mayDrain: true,
      plannedShare: 0,
      rooms: 0,
      transports: 0,
      producers: 0,
      consumers: 0,
      ...line,
    };
    expect(
      levels(
        status({
          workers: [
            { ...worker, cpuShare: 0.1 },
            { ...worker, cpuShare: 0.95 },
          ],
        }),
      ),
    ).toMatchObject({ workerCpuShare: 'act' });
  });
});

test('a worker needs someone for its processor or for what is lost on it, whatever is worse', () => {
  expect(workerLevel({ cpuShare: 0.2, lossShare: 0 })).toBe('good');
  expect(workerLevel({ cpuShare: 0.75, lossShare: 0 })).toBe('watch');
  expect(workerLevel({ cpuShare: 0.75, lossShare: 0.06 })).toBe('act');
});
