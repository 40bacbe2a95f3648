// Rooms and people go where the least is carried and expected, and nowhere once a worker is full.
import { describe, expect, test } from 'vitest';
import {
  type Burden,
  type Candidate,
  consumerUnits,
  limitsFor,
  outstanding,
  placePublisher,
  placeRoom,
  placeViewer,
  shareOf,
  usedOf,
  viewerUnits,
} from './placement.ts';

const limits = limitsFor({ viewersPerWorker: 150 });
const idle: Burden = { flowing: 0, reserved: 0, expected: 0, packetsPerSecond: 0, cpuShare: null, transports: 0 };
const burden = (part: Partial<Burden>): Burden => ({ ...idle, ...part });
const own = (part: Partial<Burden>): Candidate => ({ carries: true, burden: burden(part) });
const other = (part: Partial<Burden>): Candidate => ({ carries: false, burden: burden(part) });
const viewer = viewerUnits({ pictures: 1 });

describe('B1 a worker’s budget', () => {
  test('is 150 viewers with sound and one large picture', () => {
    expect(limits.planned / viewer).toBe(150);
  });

  test('weighs sound least, and a large picture in layers more than one without and than a small one', () => {
    const [sound, single] = [consumerUnits('audio', null), consumerUnits('video', null)];
    const [small, large] = [consumerUnits('video', 0), consumerUnits('video', 2)];
    expect([sound, small].every((units) => units < single)).toBe(true);
    expect(large).toBeGreaterThan(single);
  });

  test('is used by whatever is worst: what is counted, packets, or the processor', () => {
    expect(usedOf(burden({ flowing: 100 }))).toBe(100);
    expect(usedOf(burden({ flowing: 100, packetsPerSecond: 10_000 }))).toBe(200);
    expect(usedOf(burden({ flowing: 100, packetsPerSecond: 10_000, cpuShare: 0.6 }))).toBe(limits.planned);
    expect(usedOf(burden({ flowing: 100, reserved: 10, expected: 1 }))).toBe(111);
  });
});

describe('B2 a room', () => {
  test.each<[string, readonly Burden[], number]>([
    ['the one that carries least', [burden({ flowing: 20 }), burden({ flowing: 10 })], 1],
    ['not where rooms still fill', [burden({ expected: 150 }), burden({ flowing: 100 })], 1],
    ['not where the processor is busy with something else', [burden({ cpuShare: 0.5 }), burden({ flowing: 100 })], 1],
    ['of equal ones the one with fewer transports', [burden({ transports: 2 }), idle], 1],
    ['else the first', [idle, idle], 0],
    ['nowhere when no worker lives', [], -1],
  ])('goes to %s', (_, workers, chosen) => {
    expect(placeRoom(workers)).toBe(chosen);
  });

  test('is expected to fill for a quarter of an hour', () => {
    const expected = { viewers: 30, pictures: 1 };
    expect(outstanding(expected, 0, 0)).toBe(30 * viewer);
    expect(outstanding(expected, 20 * viewer, 60_000)).toBe(10 * viewer);
    expect(outstanding(expected, 40 * viewer, 60_000)).toBe(0);
    expect(outstanding(expected, 0, 15 * 60_000)).toBe(0);
  });

  test('that one worker cannot hold is expected on the others too', () => {
    const lecture = outstanding({ viewers: 350, pictures: 1 }, 0, 0);
    const on = (isFirst: boolean): number => shareOf(lecture, { isFirst, carriedByFirst: 0, workers: 3 }, limits);
    expect([on(true), on(false)]).toEqual([limits.planned, 100 * viewer]);
  });
});

describe('B3 who comes to receive', () => {
  const full = { flowing: limits.planned };
  test.each<[string, readonly Candidate[], number]>([
    ['the worker of the room, though another is idle', [own({ flowing: 700 }), other({})], 0],
    ['the first of the room’s with room left', [own(full), own({ flowing: 300 }), other({})], 1],
    ['the worker of the room when that is full and the others nearly', [own(full), other({ flowing: 740 })], 0],
    ['another when the room’s are full', [own(full), other({ flowing: 300 }), other({ flowing: 200 })], 2],
    ['one of the room’s when all are full', [own({ flowing: 800 }), other({ flowing: 790 })], 0],
    ['another when all are full and it has much less', [own({ flowing: 1000 }), other({ flowing: 790 })], 1],
    ['none when all carry twice of what is planned', [own({ flowing: 1500 }), other({ flowing: 1499 })], -1],
    [
      'one whose processor is full of joins, or where more are expected, when there is no other',
      [own({ cpuShare: 1, expected: 900, flowing: 400 })],
      0,
    ],
    [
      'where most is still to come, rather than nowhere',
      [own({ reserved: 2000, flowing: 100 }), other({ reserved: 1800, expected: 500 })],
      0,
    ],
    ['none with too many transports', [own({ transports: limits.transportsPerWorker })], -1],
  ])('goes to %s', (_, candidates, chosen) => {
    expect(placeViewer(candidates, viewer, limits)).toBe(chosen);
  });
});

describe('B4 who sends', () => {
  test.each<[string, readonly Candidate[], number]>([
    ['where the room began, also when that is full', [own({ flowing: 800 }), own({}), other({})], 0],
    ['another of the room’s when nothing more goes there', [own({ flowing: 1500 }), own({ flowing: 100 }), other({})], 1],
    ['the least bad of the room’s when all are beyond bearing', [own({ flowing: 1600 }), own({ flowing: 1550 })], 1],
    ['another worker when the room’s take no more transports', [own({ transports: 3000 }), other({})], 1],
  ])('goes to %s', (_, candidates, chosen) => {
    expect(placePublisher(candidates, limits)).toBe(chosen);
  });
});
