// Counting heads.
import { describe, expect, it } from 'vitest';
import { Headcount } from './headcount.ts';

describe('a headcount', () => {
  it('is full at its limit and forgets who went', () => {
    const count = new Headcount(2);
    count.add('a');
    count.add('a');
    expect([count.isFull('a'), count.isFull('b')]).toEqual([true, false]);
    count.remove('a');
    expect(count.isFull('a')).toBe(false);
    count.remove('a');
    expect(count.size).toBe(0);
  });
});
