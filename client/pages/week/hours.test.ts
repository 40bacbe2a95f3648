// A day with very many lessons is read by the hour.
import { expect, test } from 'vitest';
import { byStart, isFull } from './hours.ts';

test('lessons that begin together stand together, in their order', () => {
  const at = (startsAt: number, name: string) => ({ startsAt, name });
  const hours = byStart([at(1, 'a'), at(1, 'b'), at(2, 'c')]);
  expect(hours.map(({ startsAt, lessons }) => [startsAt, lessons.map(({ name }) => name).join('')])).toEqual([
    [1, 'ab'],
    [2, 'c'],
  ]);
});

test('a week is read day by day when it holds too much, or more than the server tells at once', () => {
  expect([isFull(80, false), isFull(81, false), isFull(10, true)]).toEqual([false, true, true]);
});
