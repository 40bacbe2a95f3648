// What a person is told after a presence check.
import { describe, expect, test } from 'vitest';
import type { CheckView } from '../../../server/contract/presence-check.ts';
import { type CheckSeen, checkAfter, seenNext } from './check-after.ts';

const asked: CheckView = { id: 'check-0001', startedAt: 0, closesAt: 60_000, own: 'asked' };
const answered: CheckView = { ...asked, own: 'answered' };
const notAsked: CheckView = { ...asked, own: 'not-asked' };
const seen: CheckSeen = { check: asked, lost: false };

describe('after a presence check', () => {
  test('who answered is thanked, on every device', () => {
    expect(checkAfter(seen, answered, 9_000)).toBe('thanks');
  });

  test('who had the time and did not answer is told so', () => {
    expect(checkAfter(seen, null, 62_000)).toBe('missed');
  });

  test('who is asked still is told nothing yet, also when asked anew', () => {
    expect(checkAfter(seen, asked, 59_000)).toBeNull();
    expect(checkAfter({ ...seen, lost: true }, { ...asked, closesAt: 90_000 }, 61_000)).toBeNull();
  });

  test('who lost the line and came back too late is told that it does not count', () => {
    const lost = seenNext(seen, asked, true);
    expect(checkAfter(lost, notAsked, 70_000)).toBe('excused');
    expect(checkAfter(lost, null, 70_000)).toBe('excused');
  });

  test('a check that was taken back counts for nobody', () => {
    expect(checkAfter(seen, null, 20_000)).toBe('ended');
  });

  test('who was not asked, or has answered before, is told nothing', () => {
    expect(checkAfter({ check: notAsked, lost: false }, null, 70_000)).toBeNull();
    expect(checkAfter({ check: answered, lost: false }, null, 70_000)).toBeNull();
    expect(checkAfter({ check: null, lost: false }, asked, 0)).toBeNull();
  });

  test('a line that was lost in one check is forgotten with it', () => {
    const lost = seenNext(seen, asked, true);
    expect(seenNext(lost, { ...asked, id: 'check-0002' }, false).lost).toBe(false);
    expect(seenNext(lost, asked, false).lost).toBe(true);
  });
});
