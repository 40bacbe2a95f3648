// Times as people type them.
import { expect, test } from 'vitest';
import { readTime } from './read-time.ts';

test.each([
  ['9', '09:00'],
  ['14', '14:00'],
  ['930', '09:30'],
  ['1455', '14:55'],
  ['9.30', '09:30'],
  ['9 05', '09:05'],
  [' 08:00 ', '08:00'],
])('%j is understood', (typed, time) => {
  expect(readTime(typed)).toBe(time);
});

test.each(['', '24:00', '9:60', '9:5', 'noon', '123456'])('%j is no time', (typed) => {
  expect(readTime(typed)).toBeUndefined();
});
