// When the store will be full.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullAt, type Outlook, perDayBytes } from './forecast.ts';

const DAY = 24 * 3_600_000;
const now = Date.parse('2026-11-22T03:00:00+05:00');
const outlook = (change: Partial<Outlook> = {}): Outlook => ({
  now,
  firstAt: now - 100 * DAY,
  inflows: [{ bytes: 1400, freedAfterDays: null }],
  releases: [],
  freeBytes: 1000,
  ...change,
});

describe('the forecast of space', () => {
  it('V26 divides what is free by what came in each day of the last 14', () => {
    expect(perDayBytes(outlook())).toBe(100);
    expect(fullAt(outlook())).toBe(now + 10 * DAY);
  });

  it('V26 counts only the days since the first recording, and says nothing of fewer than three', () => {
    expect(perDayBytes(outlook({ firstAt: now - 7 * DAY }))).toBe(200);
    expect(fullAt(outlook({ firstAt: now - 7 * DAY }))).toBe(now + 5 * DAY);
    expect(fullAt(outlook({ firstAt: now - 2 * DAY }))).toBeNull();
    expect(fullAt(outlook({ firstAt: null, inflows: [] }))).toBeNull();
    expect(perDayBytes(outlook({ firstAt: now - 3_600_000 }))).toBe(1400);
  });

  it('V26 adds what the rules and the trash will free until then', () => {
    expect(fullAt(outlook({ releases: [{ at: now + 5 * DAY, bytes: 300 }] }))).toBe(now + 13 * DAY);
    expect(fullAt(outlook({ releases: [{ at: now + 15 * DAY, bytes: 300 }] }))).toBe(now + 10 * DAY);
    expect(fullAt(outlook({ releases: [{ at: now - DAY, bytes: 300 }] }))).toBe(now + 13 * DAY);
  });

  it('V26 is never full where as much goes as comes', () => {
    expect(fullAt(outlook({ inflows: [{ bytes: 1400, freedAfterDays: 9 }] }))).toBeNull();
    expect(fullAt(outlook({ inflows: [{ bytes: 1400, freedAfterDays: 11 }] }))).toBe(now + 10 * DAY);
  });

  it('V26 looks no further than five years', () => {
    expect(fullAt(outlook({ freeBytes: 100 * 366 * 6 }))).toBeNull();
    expect(fullAt(outlook({ freeBytes: 0 }))).toBe(now);
  });

  it('V26 more space is never full earlier', () => {
    const free = fc.integer({ min: 0, max: 100_000 });
    const releases = fc.array(fc.record({ at: fc.integer({ min: now, max: now + 400 * DAY }), bytes: fc.nat(5000) }), { maxLength: 5 });
    fc.assert(
      fc.property(free, free, releases, (some, more, freed) => {
        const first = fullAt(outlook({ freeBytes: some, releases: freed }));
        const second = fullAt(outlook({ freeBytes: some + more, releases: freed }));
        if (second !== null) expect(first).not.toBeNull();
        if (first !== null && second !== null) expect(second).toBeGreaterThanOrEqual(first);
      }),
    );
  });
});
