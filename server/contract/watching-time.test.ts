// Watching time leaves out the pauses, and comes back to class time without loss.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined, watchingTimeOf } from './watching-time.ts';

const hour = 3_600_000;
const timelineOf = (durationMs: number, pauses: readonly { fromMs: number; toMs: number }[]) =>
  watchingTimeOf({ durationMs, pauses, cuts: [], gaps: [], tracks: [] });
const twoPauses = timelineOf(100_000, [
  { fromMs: 20_000, toMs: 30_000 },
  { fromMs: 60_000, toMs: 65_000 },
]);

describe('the timeline', () => {
  test('is as long as the class without its pauses', () => {
    expect(twoPauses.lengthMs).toBe(85_000);
    expect(timelineOf(5000, []).lengthMs).toBe(5000);
  });

  test('goes on after a pause where it was before', () => {
    expect(twoPauses.toClass(19_999)).toBe(19_999);
    expect(twoPauses.toClass(20_000)).toBe(30_000);
    expect(twoPauses.toClass(50_000)).toBe(65_000);
    expect(twoPauses.toWatching(25_000)).toBe(20_000);
  });

  test('leads out of a pause, and leaves every other moment alone', () => {
    expect(twoPauses.afterSkipped(20_000)).toBe(30_000);
    expect(twoPauses.afterSkipped(29_999)).toBe(30_000);
    expect(twoPauses.afterSkipped(30_000)).toBe(30_000);
    expect(twoPauses.afterSkipped(5)).toBe(5);
  });

  test('ends where the recording ends, also when that was in a pause', () => {
    const { lengthMs, toWatching } = timelineOf(50_000, [{ fromMs: 40_000, toMs: 50_000 }]);
    expect(lengthMs).toBe(40_000);
    expect(toWatching(50_000)).toBe(40_000);
  });

  test('never leads into a pause, and comes back to the same moment', () => {
    const pause = fc.tuple(fc.nat(hour), fc.nat(hour)).map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 6 }), fc.nat(hour), (pauses, at) => {
        const { lengthMs, toClass, toWatching, afterSkipped } = timelineOf(hour, pauses);
        const watching = Math.min(at, lengthMs);
        expect(toWatching(toClass(watching))).toBe(watching);
        if (watching < lengthMs) expect(afterSkipped(toClass(watching))).toBe(toClass(watching));
      }),
    );
  });
});

test('cuts are skipped whole, and a gap only where no track has anything', () => {
  const watching = watchingTimeOf({
    durationMs: 100_000,
    pauses: [],
    cuts: [{ fromMs: 0, toMs: 10_000 }],
    gaps: [{ fromMs: 40_000, toMs: 60_000 }],
    tracks: [{ parts: [{ startMs: 0, endMs: 45_000 }] }, { parts: [{ startMs: 55_000, endMs: 100_000 }] }],
  });
  expect(watching.skipped).toEqual([
    { fromMs: 0, toMs: 10_000 },
    { fromMs: 45_000, toMs: 55_000 },
  ]);
  expect(watching.lengthMs).toBe(80_000);
});

test('spans that nearly touch are one, and empty ones are none', () => {
  const spans = [
    { fromMs: 50, toMs: 60 },
    { fromMs: 0, toMs: 10 },
    { fromMs: 12, toMs: 20 },
    { fromMs: 30, toMs: 30 },
  ];
  expect(joined(spans, 2)).toEqual([
    { fromMs: 0, toMs: 20 },
    { fromMs: 50, toMs: 60 },
  ]);
});
