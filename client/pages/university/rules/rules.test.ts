// What is typed becomes a rule or is refused, and of one scope the latest rule that has begun holds.
import { describe, expect, test } from 'vitest';
import { RegisterRule } from '../../../../server/contract/attendance.ts';
import { draftOf, holdingsOf, placeOf, ruleOf } from './rules.ts';

const rule = { lateAfterMinutes: 10, presentFromShare: 0.7 };
const stored = (validFrom: string, scope: object, name = '') =>
  RegisterRule.parse({ id: `${name}${validFrom}`, scope, name, validFrom, rule, changedAt: 0, changedBy: 'A. Serik' });
const university = { of: 'university' };

describe('the form of a rule', () => {
  test('gives back the rule that it was opened with', () => {
    const asynchronous = stored('2026-09-01', { of: 'course', courseId: 'c1' }, 'Algebra');
    const whole = { ...asynchronous.rule, viewing: { counts: 'asynchronous' as const, withinDays: 7, fromShare: 0.8 }, missedChecks: 2 };
    expect(ruleOf(draftOf(whole, placeOf(asynchronous), '2026-09-01'))).toEqual({
      scope: asynchronous.scope,
      validFrom: '2026-09-01',
      rule: whole,
    });
  });

  test('takes a comma for a point and a sign of per cent as it is', () => {
    const draft = draftOf(stored('2026-09-01', university).rule, placeOf(stored('2026-09-01', university)), '2026-09-01');
    expect(ruleOf({ ...draft, share: '66,5 %' })?.rule.presentFromShare).toBe(0.665);
  });

  test('refuses what is empty, no number, or out of bounds, and a course that was not chosen', () => {
    const draft = draftOf(stored('2026-09-01', university).rule, placeOf(stored('2026-09-01', university)), '2026-09-01');
    for (const wrong of [{ late: '' }, { late: 'ten' }, { late: '2.5' }, { share: '101' }, { validFrom: '' }, { of: 'course' as const }]) {
      expect(ruleOf({ ...draft, ...wrong }), JSON.stringify(wrong)).toBeUndefined();
    }
  });
});

describe('what holds where', () => {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

  test('of one scope the latest that has begun holds; later ones are coming, earlier ones past', () => {
    const rules = ['2026-09-01', '2026-11-22', '2027-01-01', '2026-10-01', '2027-02-01'].map((day) => stored(day, university));
    const [holding] = holdingsOf(rules, '2026-11-22', compare);
    expect(holding?.now?.validFrom).toBe('2026-11-22');
    expect(holding?.coming.map(({ validFrom }) => validFrom)).toEqual(['2027-01-01', '2027-02-01']);
    expect(holding?.past.map(({ validFrom }) => validFrom)).toEqual(['2026-10-01', '2026-09-01']);
  });

  test('the widest scope is listed first, courses by name', () => {
    const day = '2026-09-01';
    const rules = [
      stored(day, { of: 'course', courseId: 'c2' }, 'Physics'),
      stored(day, { of: 'kind', kind: 'lecture' }),
      stored(day, { of: 'course', courseId: 'c1' }, 'Algebra'),
      stored(day, university),
    ];
    expect(holdingsOf(rules, day, compare).map(({ key }) => key)).toEqual(['university', 'kind lecture', 'course c1', 'course c2']);
  });
});
