// Kazakh dates agree with ICU's, which Node has and Chromium lacks; all dates are the university's.
import { afterEach, describe, expect, test } from 'vitest';
import {
  type DateStyle,
  formatDate,
  formatDateTime,
  formatMonth,
  formatRelative,
  formatTime,
  formatTimeRange,
  formatWeekday,
} from './dates.ts';
import { clock, formatDuration } from './duration.ts';
import { addDays, dayKey, instantAt, mondayOf, setUniversityZone, startOfDay, zonedTime } from './zone.ts';

const instant = Date.parse('2026-11-21T09:05:00Z');
const everyMonth = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 3 + month, 9));
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const options: Readonly<Record<Exclude<DateStyle, 'numeric'>, Intl.DateTimeFormatOptions>> = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayMonth: { day: 'numeric', month: 'long' },
  short: { day: 'numeric', month: 'short' },
};

function icu(wanted: Intl.DateTimeFormatOptions, at: number): string {
  return new Intl.DateTimeFormat('kk', { ...wanted, timeZone: 'Asia/Almaty' }).format(at);
}

describe('Kazakh', () => {
  test.each(['full', 'long', 'day', 'dayMonth', 'short'] as const)('%s dates read as in ICU, in every month', (style) => {
    expect(everyMonth.map((at) => formatDate('kk', at, style))).toEqual(everyMonth.map((at) => icu(options[style], at)));
  });

  test.each(['long', 'short'] as const)('%s weekdays read as in ICU', (style) => {
    const week = Array.from({ length: 7 }, (_, day) => instant + day * dayMs);
    expect(week.map((at) => formatWeekday('kk', at, style))).toEqual(week.map((at) => icu({ weekday: style }, at)));
  });

  test('months of a year read as in ICU', () => {
    expect(everyMonth.map((at) => formatMonth('kk', at))).toEqual(everyMonth.map((at) => icu({ month: 'long', year: 'numeric' }, at)));
  });

  test('times to come and past read as in ICU', () => {
    const always = new Intl.RelativeTimeFormat('kk', { numeric: 'always' });
    const auto = new Intl.RelativeTimeFormat('kk', { numeric: 'auto' });
    const now = instantAt('2026-11-21', '12:00');
    for (const minutes of [-59, -5, -1, 1, 5, 59]) {
      expect(formatRelative('kk', now + minutes * 60_000, now)).toBe(always.format(minutes, 'minute'));
    }
    for (const hours of [-3, -1, 1, 3]) expect(formatRelative('kk', now + hours * hourMs, now)).toBe(always.format(hours, 'hour'));
    for (const days of [-5, -1, 1, 2, 5]) expect(formatRelative('kk', now + days * dayMs, now)).toBe(auto.format(days, 'day'));
    expect(formatRelative('kk', now + 10_000, now)).toBe('қазір');
  });
});

test('Russian and English dates come from Intl', () => {
  expect(formatDate('ru', instant, 'day')).toBe('суббота, 21 ноября');
  expect(formatDate('en', instant, 'day')).toBe('Saturday 21 November');
  expect(formatDate('ru', instant, 'numeric')).toBe('21.11.2026');
  expect(formatDate('kk', instant, 'numeric')).toBe('21.11.2026');
});

test('times are on a 24-hour clock in every language', () => {
  expect(formatTime('en', Date.parse('2026-11-21T19:00:00Z'))).toBe('00:00');
  expect(formatTimeRange('ru', instant, instant + 50 * 60_000)).toBe('14:05–14:55');
  expect(formatDateTime('kk', instant)).toBe('21 қараша, 14:05');
});

test('a day far away is named by its date, with the year only when it differs', () => {
  expect(formatRelative('en', Date.parse('2026-12-24T09:00:00Z'), instant)).toBe('24 December');
  expect(formatRelative('en', Date.parse('2025-12-24T09:00:00Z'), instant)).toBe('24 December 2025');
});

test('tomorrow is the next calendar day, however few hours away', () => {
  const lateEvening = instantAt('2026-11-21', '23:00');
  expect(formatRelative('en', lateEvening + 2 * hourMs, lateEvening)).toBe('tomorrow');
});

describe('the university’s calendar', () => {
  afterEach(() => setUniversityZone('Asia/Almaty'));

  test('Almaty is five hours ahead of UTC', () => {
    expect(dayKey(Date.parse('2026-11-20T19:00:00Z'))).toBe('2026-11-21');
    expect(startOfDay(instant)).toBe(Date.parse('2026-11-20T19:00:00Z'));
    expect(zonedTime(instant)).toEqual({ year: 2026, month: 11, day: 21, weekday: 6, hour: 14, minute: 5, second: 0 });
  });

  test('a wall-clock time finds its instant on both sides of a change of the clock', () => {
    setUniversityZone('Europe/Berlin');
    expect(instantAt('2026-03-29', '00:30')).toBe(Date.parse('2026-03-28T23:30:00Z'));
    expect(instantAt('2026-03-29', '03:30')).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(instantAt('2026-10-25', '12:00')).toBe(Date.parse('2026-10-25T11:00:00Z'));
  });

  test('a week begins on Monday', () => {
    expect(mondayOf(instant)).toBe('2026-11-16');
    expect(mondayOf(instantAt('2026-11-22', '23:59'))).toBe('2026-11-16');
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
  });

  test('an unknown zone is refused', () => {
    expect(() => setUniversityZone('Asia/Nowhere')).toThrow(RangeError);
  });
});

test('lengths of time are short words', () => {
  expect(formatDuration('en', 45_000)).toBe('45\u00a0s');
  expect(formatDuration('ru', 80 * 60_000)).toBe('1\u00a0ч\u00a020\u00a0мин');
  expect(formatDuration('kk', 2 * hourMs)).toBe('2\u00a0сағ');
  expect(formatDuration('en', 59 * 60_000 + 59_000)).toBe('1\u00a0h');
});

test('a clock shows hours only when there are some', () => {
  expect([0, 24 * 60_000 + 10_900, hourMs + 5000, -4].map(clock)).toEqual(['00:00', '24:10', '1:00:05', '00:00']);
});
