// The server's clock as the answers tell it, and whether they still come.
import { expect, test } from 'vitest';
import { aheadOf, isStale, serverTime } from './clock.ts';

const minute = 60_000;

test('W63 a clock that is late here is put right by the first answer', () => {
  expect(serverTime(1_000, aheadOf(null, 8_000, 1_000))).toBe(8_000);
});

test('W63 an unchanged answer is old, and does not set the clock back', () => {
  const fresh = aheadOf(null, 10 * minute, 10 * minute);
  const unchanged = aheadOf(fresh, 10 * minute, 14 * minute);
  expect(serverTime(14 * minute, unchanged)).toBe(14 * minute);
  expect(serverTime(14 * minute, aheadOf(null, 10 * minute, 14 * minute))).toBe(14 * minute);
});

test('W63 a clock that is far ahead here is put right', () => {
  expect(serverTime(100 * minute, aheadOf(null, 40 * minute, 100 * minute))).toBe(40 * minute);
});

test('W66 after twenty seconds without an answer the board is stale', () => {
  expect([isStale(20_000, 0), isStale(20_001, 0)]).toEqual([false, true]);
});
