// What a teacher sees of the class's lines.
import { expect, test } from 'vitest';
import { stepCounts, weakCount } from './step-counts.ts';

const lines = [{ step: 'floor' }, { step: 'all' }, { step: 'all' }, { step: 'stills' }, { step: 'floor' }] as const;

test('people are counted by what they are sent, most first', () => {
  expect(stepCounts(lines)).toEqual([
    { step: 'all', people: 2 },
    { step: 'stills', people: 1 },
    { step: 'floor', people: 2 },
  ]);
  expect(weakCount(lines)).toBe(3);
  expect(stepCounts([])).toEqual([]);
});
