// Weeks are counted as the contract of the calendar says.
import { expect, test } from 'vitest';
import { CalendarDay, Term } from '../../../server/contract/calendar.ts';
import { mondayBefore, specialDays, termWeekOf } from './calendar.ts';

const term = (id: string, startsOn: string, endsOn: string) => Term.parse({ id, yearId: 'y', name: id, startsOn, endsOn, weeks: 15 });
// A Wednesday, so that week 1 is a short one.
const autumn = term('autumn', '2026-09-02', '2026-12-16');
const winter = term('winter', '2026-12-18', '2027-01-20');
const calendar = { years: [{ id: autumn.yearId, name: '', startsOn: '', endsOn: '', terms: [autumn, winter] }] };
const week = (day: string) => {
  const found = termWeekOf(calendar, day);
  return found && `${found.term.id} ${found.number} ${found.parity}`;
};

test('week 1 is the week of the first day, and odd', () => {
  expect([week('2026-08-31'), week('2026-09-06'), week('2026-09-07')]).toEqual(['autumn 1 odd', 'autumn 1 odd', 'autumn 2 even']);
});

test('where two terms meet in a week, each day belongs to its own', () => {
  expect([week('2026-12-16'), week('2026-12-17'), week('2026-12-18')]).toEqual(['autumn 16 even', 'autumn 16 even', 'winter 1 odd']);
});

test('a day outside every term has no week', () => {
  expect(week('2026-08-30')).toBeUndefined();
});

test('a Sunday belongs to the week before it', () => {
  expect(mondayBefore('2026-11-22')).toBe('2026-11-16');
});

test('a special day of one faculty does not concern another', () => {
  const day = (facultyId: string | null) =>
    CalendarDay.parse({
      id: `d${facultyId}`,
      kind: 'holiday',
      name: 'x',
      firstOn: '2026-12-16',
      lastOn: '2026-12-17',
      taughtAs: null,
      facultyId,
    });
  const days = { days: [day(null), day('law'), day('it')] };
  expect(specialDays(days, '2026-12-17', new Set(['law'])).map(({ facultyId }) => facultyId)).toEqual([null, 'law']);
  expect(specialDays(days, '2026-12-18', new Set(['law']))).toEqual([]);
});
