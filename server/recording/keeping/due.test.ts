// When the rules archive or delete a recording.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Afterwards, type KeepingRule, type Kept, nextOf, purgeAt, ruleOf } from './due.ts';

const DAY = 24 * 3_600_000;
const ended = Date.parse('2026-09-07T12:00:00+05:00');
const rule = (kind: KeepingRule['kind'], days: number | null, afterwards: Afterwards): KeepingRule => ({ kind, days, afterwards });
const rules = [rule('lecture', 1825, 'archive'), rule('examination', null, 'delete'), rule(null, 365, 'delete')];
const due = (days: number, afterwards: Afterwards) => ({ at: ended + days * DAY, afterwards });
const kept = (change: Partial<Kept> = {}): Kept => ({
  ...{ kind: 'seminar', endedAt: ended, restoredAt: null, trashedAt: null, archivedAt: null, isHeld: false },
  ...change,
});

describe('the rules of keeping', () => {
  it('V21 the first rule that names the kind, or none, holds', () => {
    expect(nextOf(kept({ kind: 'lecture' }), rules)).toEqual(due(1825, 'archive'));
    expect(nextOf(kept(), rules)).toEqual(due(365, 'delete'));
    expect(nextOf(kept({ kind: 'examination' }), rules)).toBeNull();
  });

  it('V21 without a rule for its kind a recording is kept for ever', () => {
    expect(ruleOf('seminar', [rule('lecture', 1, 'delete')]).days).toBeNull();
    expect(nextOf(kept(), [])).toBeNull();
  });

  it('V21 nothing is due of what runs, lies in the trash, or is archived already', () => {
    expect(nextOf(kept({ endedAt: null }), rules)).toBeNull();
    expect(nextOf(kept({ trashedAt: ended }), rules)).toBeNull();
    expect(nextOf(kept({ kind: 'lecture', archivedAt: ended }), rules)).toBeNull();
  });

  it('V22 nothing is ever due of what is held', () => {
    const instant = fc.option(fc.integer({ min: 0, max: ended * 2 }), { nil: null });
    fc.assert(
      fc.property(
        instant,
        instant,
        instant,
        fc.constantFrom('lecture' as const, 'seminar' as const),
        (endedAt, restoredAt, archivedAt, kind) => {
          expect(nextOf(kept({ endedAt, restoredAt, archivedAt, kind, isHeld: true }), rules)).toBeNull();
        },
      ),
    );
  });

  it('V24 the days begin anew for what was taken out of the trash', () => {
    expect(nextOf(kept({ restoredAt: ended + 400 * DAY }), rules)?.at).toBe(ended + 765 * DAY);
  });

  it('V23 the trash loses it after its days', () => {
    expect(purgeAt(ended, 30)).toBe(ended + 30 * DAY);
  });
});
