// Which figures need someone, which rooms come first, and how the last hour is drawn.
import { describe, expect, test } from 'vitest';
import { LessonId } from '../../../server/contract/ids.ts';
import { byTrouble, figures, levelOf, type Room, type Status } from './figures.ts';
import { linesOf, type Sample, summaryOf, withSample } from './history.ts';

const status = (over: Partial<Status> = {}): Status => ({
  now: 1_000_000,
  version: '0',
  startedAt: 0,
  people: 0,
  sockets: 0,
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
    expect(levels(status())).toMatchObject({ people: null, joinP95: null, workerCpu: null, loss: 'good', disk: 'good' });
  });

  test('is judged upwards, but free disk space downwards', () => {
    expect(levels(status({ lossShare: 0.03, diskFreeBytes: 1e9 }))).toMatchObject({ loss: 'watch', disk: 'act' });
    expect(levels(status({ diskFreeBytes: 15e9 }))).toMatchObject({ disk: 'watch' });
  });

  test('of the machine’s load is for each core', () => {
    expect(levels(status({ machineLoad: 1.5, cores: 4 }))).toMatchObject({ load: 'good' });
    expect(levels(status({ machineLoad: 7, cores: 4 }))).toMatchObject({ load: 'act' });
  });

  test('of the workers is that of the busiest', () => {
    const worker = { pid: 1, rooms: 0, transports: 0, producers: 0, consumers: 0 };
    expect(
      levels(
        status({
          workers: [
            { ...worker, cpuShare: 0.1 },
            { ...worker, cpuShare: 0.95 },
          ],
        }),
      ),
    ).toMatchObject({ workerCpu: 'act' });
  });
});

test('rooms in trouble come first, then the fullest', () => {
  const room = (id: string, over: Partial<Room>): Room => ({
    lessonId: LessonId.parse(id),
    title: id,
    courseTitle: '',
    openedAt: 0,
    participants: 10,
    dropped: 0,
    waiting: 0,
    producers: 0,
    consumers: 0,
    recording: 'off',
    worstQuality: 'good',
    ...over,
  });
  const rooms = [
    room('small', { participants: 2 }),
    room('full', { participants: 40 }),
    room('bad', { worstQuality: 'bad' }),
    room('dropping', { dropped: 5 }),
  ];
  expect(byTrouble(rooms).map(({ title }) => title)).toEqual(['dropping', 'bad', 'full', 'small']);
});

describe('the last hour', () => {
  const collect = (...statuses: readonly Status[]) => statuses.reduce<readonly Sample[]>(withSample, []);

  test('takes each answer once and forgets what is older', () => {
    const first = status({ now: 0, people: 1 });
    const history = collect(first, first, status({ now: 1000, people: 5 }), status({ now: 3_600_500, people: 3 }));
    expect(history.map(({ at }) => at)).toEqual([1000, 3_600_500]);
    expect(summaryOf(history, 'people')).toEqual({ least: 3, most: 5, mean: 4 });
  });

  test('is a line that ends now, and is broken where nothing was measured', () => {
    const joins = (p50Ms: number | null) => ({ lastMinute: 0, p50Ms, p95Ms: null });
    const times = [0, 150_000, 300_000];
    const history = collect(...times.map((now, index) => status({ now, joins: joins(index === 1 ? null : 200 / (index + 1)) })));
    expect(linesOf(history, 'joinP50')).toEqual([[{ x: 0, y: 0 }], [{ x: 1, y: 1 - 200 / 3 / 200 }]]);
    expect(linesOf(history, 'joinP95')).toEqual([]);
  });
});
