// On which days and at which times weekly lessons are held: weeks, holidays, moved days, changes of the clocks.
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { CalendarDay } from '../contract/calendar.ts';
import { BellScheduleId, CalendarDayId, FacultyId } from '../contract/ids.ts';
import { differing, type Pattern, Planner, parityOf, weekOf, weeksOf } from './calendar.ts';
import { dateOf, dayNumber, mondayOf, weekdayOf } from './dates.ts';

const almaty = 'Asia/Almaty';
const autumn = { id: 'autumn', startsOn: '2026-09-01', endsOn: '2026-12-13' };
const scheduleId = BellScheduleId.parse('bells');
const schedules = [
  {
    id: scheduleId,
    bells: [
      { number: 1, startsAt: '08:00', endsAt: '08:50' },
      { number: 2, startsAt: '09:00', endsAt: '09:50' },
      { number: 3, startsAt: '10:00', endsAt: '10:50' },
    ],
  },
];
const day = (
  kind: CalendarDay['kind'],
  firstOn: string,
  lastOn = firstOn,
  more: Partial<Pick<CalendarDay, 'taughtAs' | 'facultyId'>> = {},
): CalendarDay => ({
  ...{ id: CalendarDayId.parse(`${kind}-${firstOn}-${more.facultyId ?? 'all'}`), kind, name: kind, firstOn, lastOn },
  ...{ taughtAs: null, facultyId: null, ...more },
});
const taught = (date: string, weekday: number, week: 'own' | 'odd' | 'even' = 'own') =>
  day('moved', date, date, { taughtAs: { weekday, week } });
const monday: Pattern = {
  ...{ termId: 'autumn', facultyId: 'physics', weekday: 1, weeks: 'every' },
  ...{ time: { by: 'bell', scheduleId, first: 1, last: 2 }, fromOn: null, untilOn: null },
};
function datesOf(pattern: Partial<Pattern>, days: readonly CalendarDay[] = [], term = autumn, zone = almaty): string[] {
  return new Planner({ terms: [term], schedules, days }, zone)
    .occurrences({ ...monday, ...pattern, termId: term.id })
    .map(({ occurrence }) => occurrence);
}

describe('days', () => {
  it('know their weekday and their Monday, before 1970 and on a leap day too', () => {
    for (const date of ['1969-12-28', '1970-01-01', '2024-02-29', '2026-11-22', '2027-01-01']) {
      const luxon = DateTime.fromISO(date, { zone: 'utc' });
      expect(weekdayOf(dayNumber(date)), date).toBe(luxon.weekday);
      expect(dateOf(mondayOf(dayNumber(date))), date).toBe(luxon.startOf('week').toISODate());
    }
  });
});

describe('T1 weeks of a term', () => {
  it('begin on Mondays, and the first is the one of the first day, be it a Tuesday', () => {
    expect(weekOf(autumn, '2026-09-01')).toBe(1);
    expect(weekOf(autumn, '2026-09-06')).toBe(1);
    expect(weekOf(autumn, '2026-09-07')).toBe(2);
    expect(weeksOf(autumn)).toBe(15);
  });

  it('T2 are odd and even by their number in the term, also across the new year', () => {
    const winter = { id: 'winter', startsOn: '2026-12-14', endsOn: '2027-01-24' };
    expect([1, 2, 3].map(parityOf)).toEqual(['odd', 'even', 'odd']);
    expect(datesOf({ weekday: 5, weeks: 'odd' }, [], winter)).toEqual(['2026-12-18', '2027-01-01', '2027-01-15']);
    expect(datesOf({ weekday: 5, weeks: 'even' }, [], winter)).toEqual(['2026-12-25', '2027-01-08', '2027-01-22']);
  });

  it('can be named by numbers, and weeks that the term does not have hold nothing', () => {
    expect(datesOf({ weeks: [2, 10, 15, 40] })).toEqual(['2026-09-07', '2026-11-02', '2026-12-07']);
  });
});

describe('a weekly pattern', () => {
  it('is held every week of its term, from the first bell to the last', () => {
    const [first, ...others] = new Planner({ terms: [autumn], schedules, days: [] }, almaty).occurrences(monday);
    expect(first).toEqual({
      occurrence: '2026-09-07',
      startsAt: Date.parse('2026-09-07T08:00:00+05:00'),
      endsAt: Date.parse('2026-09-07T09:50:00+05:00'),
    });
    expect(others).toHaveLength(13);
  });

  it('stays within its own first and last day, and both days of the term belong to it', () => {
    expect(datesOf({ fromOn: '2026-11-30', untilOn: '2026-12-07' })).toEqual(['2026-11-30', '2026-12-07']);
    expect(datesOf({ weekday: 2 })[0]).toBe('2026-09-01');
    expect(datesOf({ weekday: 7 }).at(-1)).toBe('2026-12-13');
  });

  it('is held on a leap day', () => {
    expect(datesOf({ weekday: 2 }, [], { id: 'leap', startsOn: '2028-02-28', endsOn: '2028-03-05' })).toEqual(['2028-02-29']);
  });

  it('holds nothing without its term or its bells', () => {
    const planner = new Planner({ terms: [autumn], schedules, days: [] }, almaty);
    expect(planner.occurrences({ ...monday, termId: 'gone' })).toEqual([]);
    expect(planner.occurrences({ ...monday, time: { by: 'bell', scheduleId, first: 1, last: 9 } })).toEqual([]);
  });
});

describe('T3 holidays, examination sessions and practice', () => {
  it.each(['holiday', 'examinations', 'practice'] as const)('on %s no weekly lesson is held', (kind) => {
    const dates = datesOf({}, [day(kind, '2026-10-19', '2026-11-01')]);
    expect(dates).toHaveLength(12);
    expect(dates).not.toContain('2026-10-19');
    expect(dates).not.toContain('2026-10-26');
    expect(dates).toContain('2026-11-02');
  });

  it('can be of one faculty only', () => {
    const days = [day('practice', '2026-10-01', '2026-10-31', { facultyId: FacultyId.parse('medicine') })];
    expect(datesOf({ facultyId: 'medicine' }, days)).toHaveLength(10);
    expect(datesOf({ facultyId: 'physics' }, days)).toHaveLength(14);
  });
});

describe('T4 a moved day', () => {
  it('has the lessons of the other weekday and not its own', () => {
    const days = [taught('2026-10-31', 1)];
    expect(datesOf({ weekday: 1 }, days)).toContain('2026-10-31');
    expect(datesOf({ weekday: 6 }, days)).not.toContain('2026-10-31');
    expect(datesOf({ weekday: 1 }, days)).toContain('2026-10-26');
  });

  it('goes by the parity of its own week, or the one that is named', () => {
    expect(weekOf(autumn, '2026-10-31')).toBe(9);
    expect(datesOf({ weeks: 'odd' }, [taught('2026-10-31', 1)])).toContain('2026-10-31');
    expect(datesOf({ weeks: 'even' }, [taught('2026-10-31', 1)])).not.toContain('2026-10-31');
    expect(datesOf({ weeks: 'even' }, [taught('2026-10-31', 1, 'even')])).toContain('2026-10-31');
    expect(datesOf({ weeks: 'odd' }, [taught('2026-10-31', 1, 'even')])).not.toContain('2026-10-31');
    expect(datesOf({ weeks: [9] }, [taught('2026-10-31', 1, 'even')])).toEqual(['2026-10-26', '2026-10-31']);
  });
});

describe('T5 where several things are said of a day', () => {
  const own = (kind: CalendarDay['kind'], firstOn: string, lastOn = firstOn) =>
    day(kind, firstOn, lastOn, { facultyId: FacultyId.parse('physics') });

  it.each([
    [
      'what the faculty says goes before what the university says',
      [day('holiday', '2026-10-26'), own('practice', '2026-10-01', '2026-10-31')],
      'practice',
    ],
    ['what is said of fewer days goes before', [day('examinations', '2026-10-01', '2026-10-31'), taught('2026-10-26', 3)], 'moved'],
    ['a holiday goes before another of as many days', [taught('2026-10-26', 3), day('holiday', '2026-10-26')], 'holiday'],
    ['another faculty does not matter', [day('holiday', '2026-10-26', '2026-10-26', { facultyId: FacultyId.parse('law') })], undefined],
  ] as const)('%s', (_rule, days, kind) => {
    expect(differing(days, '2026-10-26', 'physics')?.kind).toBe(kind);
    expect(differing(days.toReversed(), '2026-10-26', 'physics')?.kind).toBe(kind);
  });
});

describe('T6 times are those of the clock on the wall', () => {
  const berlin = 'Europe/Berlin';
  const term = { id: 'autumn', startsOn: '2026-10-19', endsOn: '2026-11-01' };
  const times = (weekday: number, startsAt: string, endsAt: string, zone: string, over = term) =>
    new Planner({ terms: [over], schedules, days: [] }, zone).occurrences({ ...monday, weekday, time: { by: 'clock', startsAt, endsAt } });

  it('before and after the clocks change', () => {
    const [before, after] = times(1, '08:00', '08:50', berlin);
    expect(before?.startsAt).toBe(Date.parse('2026-10-19T08:00:00+02:00'));
    expect(after?.startsAt).toBe(Date.parse('2026-10-26T08:00:00+01:00'));
  });

  it('and a lesson in the hour that is skipped lasts as long as it is written', () => {
    const spring = { id: 'autumn', startsOn: '2026-03-23', endsOn: '2026-03-29' };
    const [lesson] = times(7, '02:10', '03:00', berlin, spring);
    expect(lesson).toMatchObject({ startsAt: Date.parse('2026-03-29T01:10:00Z'), endsAt: Date.parse('2026-03-29T02:00:00Z') });
  });

  it('and in Almaty, where they changed for good in 2024, by what held on the day', () => {
    const spring = { id: 'autumn', startsOn: '2024-02-26', endsOn: '2024-03-10' };
    const [before, after] = times(4, '08:00', '08:50', almaty, spring);
    expect(before?.startsAt).toBe(Date.parse('2024-02-29T08:00:00+06:00'));
    expect(after?.startsAt).toBe(Date.parse('2024-03-07T08:00:00+05:00'));
  });
});
