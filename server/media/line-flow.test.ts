// What lines carry is added up over the server, the rooms and the workers, by the time between two measurements.
import { describe, expect, test } from 'vitest';
import { silentStats } from '../../test/support/fake-media.ts';
import { LessonId } from '../contract/ids.ts';
import { addUp, flowOf } from './line-flow.ts';

const [optics, algebra] = [LessonId.parse('optics'), LessonId.parse('algebra')];
const flow = (over: Partial<ReturnType<typeof flowOf>> = {}) => ({ worker: 1, bpsIn: 0, bpsOut: 0, loss: 0, ...over });
const line = (lessonId: LessonId, ...flows: ReturnType<typeof flow>[]) => ({ lessonId, quality: 'good' as const, flows });

describe('a rate', () => {
  const before = { ...silentStats, bytesIn: 1_000, bytesOut: 2_000 };
  const now = { ...silentStats, bytesIn: 2_000, bytesOut: 7_000, bpsIn: 1, bpsOut: 2, lossIn: 0.1, lossOut: 0.2 };

  test('is that of the time since the measurement before', () => {
    expect(flowOf(before, now, 4_000)).toEqual(flow({ bpsIn: 2_000, bpsOut: 10_000, loss: 0.2 }));
  });

  test.each([
    ['of a first measurement', null, 4_000],
    ['of a transport that began anew', { ...before, bytesIn: 3_000 }, 4_000],
    ['of a transport on another worker', { ...before, worker: 2 }, 4_000],
    ['after hardly any time', before, 999],
  ])('%s is the engine’s own', (_, earlier, elapsedMs) => {
    expect(flowOf(earlier, now, elapsedMs)).toMatchObject({ bpsIn: 1, bpsOut: 2 });
  });
});

test('B21 rooms, workers and the whole are sums of the same lines; only what flows has a loss', () => {
  const { all, rooms, workers } = addUp([
    line(optics, flow({ bpsIn: 100, loss: 0.2 }), flow({ worker: 2, bpsOut: 300 })),
    { ...line(optics, flow({ bpsOut: 50 })), quality: 'bad' },
    line(algebra, flow({ worker: 2, bpsIn: 10, loss: 0.4 }), flow({ worker: 2, loss: 1 })),
  ]);
  expect(all).toEqual({ bpsIn: 110, bpsOut: 350, lossShare: expect.closeTo(0.15, 9) });
  expect(rooms.get(optics)).toEqual({ bpsIn: 100, bpsOut: 350, lossShare: expect.closeTo(0.2 / 3, 9), worst: 'bad' });
  expect(rooms.get(algebra)).toEqual({ bpsIn: 10, bpsOut: 0, lossShare: 0.4, worst: 'good' });
  expect([...workers]).toEqual([
    [1, { bpsIn: 100, bpsOut: 50, lossShare: 0.1 }],
    [2, { bpsIn: 10, bpsOut: 300, lossShare: 0.2 }],
  ]);
  expect(addUp([]).all).toEqual({ bpsIn: 0, bpsOut: 0, lossShare: 0 });
});
