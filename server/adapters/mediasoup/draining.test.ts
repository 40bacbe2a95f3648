// Which workers take what is new while some are drained.
import { expect, test } from 'vitest';
import { Draining } from './draining.ts';

const [first, second, third] = [{ pid: 1 }, { pid: 2 }, { pid: 3 }];

test('B22 a drained worker takes nothing new, until it is taken back', () => {
  const draining = new Draining<object>();
  expect(draining.set(first, true, [first, second])).toBe(true);
  expect([draining.has(first), draining.open([first, second])]).toEqual([true, [second]]);
  expect(draining.set(first, true, [first, second])).toBe(false);
  expect(draining.set(first, false, [first, second])).toBe(true);
  expect(draining.open([first, second])).toEqual([first, second]);
  expect(draining.set(first, false, [first, second])).toBe(false);
});

test('B23 the last worker that is not drained cannot be drained', () => {
  const draining = new Draining<object>();
  expect(draining.mayDrain(first, [first])).toBe(false);
  draining.set(first, true, [first, second, third]);
  draining.set(second, true, [first, second, third]);
  expect(draining.mayDrain(third, [first, second, third])).toBe(false);
  expect(() => draining.set(third, true, [first, second, third])).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(draining.has(third)).toBe(false);
});

test('B24 when the others have died, a drained one takes what is new; what replaces a worker is fresh', () => {
  const draining = new Draining<object>();
  draining.set(first, true, [first, second]);
  expect(draining.open([first])).toEqual([first]);
  expect(draining.open([first, third])).toEqual([third]);
  expect(draining.open([])).toEqual([]);
});
