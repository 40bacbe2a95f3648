// Watching time leaves out the pauses, and comes back to class time without loss.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined, timelineOf } from './timeline.ts';

const hour = 3_600_000;
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
    expect(twoPauses.afterPause(20_000)).toBe(30_000);
    expect(twoPauses.afterPause(29_999)).toBe(30_000);
    expect(twoPauses.afterPause(30_000)).toBe(30_000);
    expect(twoPauses.afterPause(5)).toBe(5);
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
        const { lengthMs, toClass, toWatching, afterPause } = timelineOf(hour, pauses);
        const watching = Math.min(at, lengthMs);
        expect(toWatching(toClass(watching))).toBe(watching);
        if (watching < lengthMs) expect(afterPause(toClass(watching))).toBe(toClass(watching));
      }),
    );
  });
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
