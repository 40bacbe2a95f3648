// How full the store is: levels begin where the settings say, and do not flutter at the border.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpaceLevel } from '../../contract/recording-keeping.ts';
import { freeBytes, freeShare, isWorse, levelOf } from './levels.ts';

const shares = { tightShare: 0.15, scarceShare: 0.05, fullShare: 0.01 };
const disk = (totalBytes: number, freeBytes: number) => ({ totalBytes, freeBytes });
const level = fc.constantFrom<SpaceLevel>('ample', 'tight', 'scarce', 'full');
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('levels of space', () => {
  it('V20 a level begins below its share', () => {
    const fresh = (free: number) => levelOf(free, 'ample', shares);
    expect([0.5, 0.15, 0.149, 0.05, 0.049, 0.01, 0.009, 0].map(fresh)).toEqual([
      ...['ample', 'ample', 'tight', 'tight', 'scarce', 'scarce', 'full', 'full'],
    ]);
  });

  it('V20 a level ends only when a fifth more is free than where it began', () => {
    expect(levelOf(0.055, 'scarce', shares)).toBe('scarce');
    expect(levelOf(0.061, 'scarce', shares)).toBe('tight');
    expect(levelOf(0.17, 'tight', shares)).toBe('tight');
    expect(levelOf(0.19, 'tight', shares)).toBe('ample');
    expect(levelOf(0.5, 'full', shares)).toBe('ample');
  });

  it('V20 the same space measured again is the same level', () => {
    fc.assert(
      fc.property(share, level, (free, before) => {
        const once = levelOf(free, before, shares);
        expect(levelOf(free, once, shares)).toBe(once);
      }),
    );
  });

  it('V20 less space is never a better level', () => {
    fc.assert(
      fc.property(share, share, level, (one, other, before) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(isWorse(levelOf(more, before, shares), levelOf(less, before, shares))).toBe(false);
      }),
    );
  });

  it('a level ends also where the settings let it begin early', () => {
    expect(levelOf(1, 'tight', { tightShare: 0.9, scarceShare: 0.9, fullShare: 0 })).toBe('ample');
  });
});

describe('what is free', () => {
  it('is of the disk or of the quota, whichever ends first', () => {
    expect(freeShare({ disk: disk(1000, 400), usedBytes: 90, quotaBytes: 100 })).toBeCloseTo(0.1);
    expect(freeShare({ disk: disk(1000, 40), usedBytes: 10, quotaBytes: 100 })).toBeCloseTo(0.04);
    expect(freeShare({ disk: disk(1000, 400), usedBytes: 90, quotaBytes: null })).toBeCloseTo(0.4);
    expect(freeBytes({ disk: disk(1000, 400), usedBytes: 90, quotaBytes: 100 })).toBe(10);
  });

  it('is nothing where more is used than the quota, and where there is no disk', () => {
    expect(freeShare({ disk: disk(1000, 400), usedBytes: 120, quotaBytes: 100 })).toBe(0);
    expect(freeBytes({ disk: disk(1000, 400), usedBytes: 120, quotaBytes: 100 })).toBe(0);
    expect(freeShare({ disk: disk(0, 0), usedBytes: 0, quotaBytes: null })).toBe(0);
  });
});
