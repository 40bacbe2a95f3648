// Dates and times in words, in the university's time zone, on a 24-hour clock.

import {
  kazakhDay,
  kazakhDayMonth,
  kazakhFull,
  kazakhLong,
  kazakhMonthOfYear,
  kazakhNumeric,
  kazakhRelative,
  kazakhShort,
  kazakhWeekday,
} from './kazakh-dates.ts';
import type { Language } from './languages.ts';
import { localeTags } from './locale.ts';
import { dayKey, type Instant, toDate, two, universityZone, type ZonedTime, zonedTime } from './zone.ts';

/** full: weekday, day, month, year · long: day, month, year · day: weekday, day, month · dayMonth · short · numeric */
export type DateStyle = 'full' | 'long' | 'day' | 'dayMonth' | 'short' | 'numeric';

type IntlLanguage = Exclude<Language, 'kk'>;

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayMonth: { day: 'numeric', month: 'long' },
  short: { day: 'numeric', month: 'short' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
};

const kazakh: Readonly<Record<DateStyle, (time: ZonedTime) => string>> = {
  full: kazakhFull,
  long: kazakhLong,
  day: kazakhDay,
  dayMonth: kazakhDayMonth,
  short: kazakhShort,
  numeric: kazakhNumeric,
};

export function formatDate(language: Language, instant: Instant, style: DateStyle = 'long'): string {
  if (language === 'kk') return kazakh[style](zonedTime(instant));
  return intlFormat(language, styles[style]).format(toDate(instant));
}

/** 14:05 */
export function formatTime(_language: Language, instant: Instant): string {
  const { hour, minute } = zonedTime(instant);
  return `${two(hour)}:${two(minute)}`;
}

/** 21 November, 14:05 */
export function formatDateTime(language: Language, instant: Instant): string {
  return `${formatDate(language, instant, 'dayMonth')}, ${formatTime(language, instant)}`;
}

/** 14:05–14:55 */
export function formatTimeRange(language: Language, from: Instant, to: Instant): string {
  return `${formatTime(language, from)}–${formatTime(language, to)}`;
}

export function formatWeekday(language: Language, instant: Instant, style: 'long' | 'short' = 'long'): string {
  if (language === 'kk') return kazakhWeekday(zonedTime(instant), style);
  return intlFormat(language, { weekday: style }).format(toDate(instant));
}

/** November 2026 */
export function formatMonth(language: Language, instant: Instant): string {
  if (language === 'kk') return kazakhMonthOfYear(zonedTime(instant));
  return intlFormat(language, { month: 'long', year: 'numeric' }).format(toDate(instant));
}

/** In 5 minutes, 2 hours ago, tomorrow; within half a minute it is now; beyond a week, the date. */
export function formatRelative(language: Language, instant: Instant, now: Instant = Date.now()): string {
  const differenceMs = toDate(instant).getTime() - toDate(now).getTime();
  const minutes = roundAway(differenceMs / 60_000);
  if (Math.abs(minutes) < 60) return relative(language, minutes, 'minute');
  const days = Math.round((Date.parse(dayKey(instant)) - Date.parse(dayKey(now))) / 86_400_000);
  if (days === 0) return relative(language, roundAway(differenceMs / 3_600_000), 'hour');
  if (Math.abs(days) <= 7) return relative(language, days, 'day');
  return formatDate(language, instant, zonedTime(instant).year === zonedTime(now).year ? 'dayMonth' : 'long');
}

function relative(language: Language, value: number, unit: 'minute' | 'hour' | 'day'): string {
  if (language === 'kk') return kazakhRelative(value, unit);
  const tag = localeTags[language];
  if (value === 0 && unit !== 'day') return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(0, 'second');
  return new Intl.RelativeTimeFormat(tag, { numeric: unit === 'day' ? 'auto' : 'always' }).format(value, unit);
}

/** Rounds halves away from zero and never gives -0. */
function roundAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) || 0;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function intlFormat(language: IntlLanguage, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${universityZone()}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(localeTags[language], { ...options, timeZone: universityZone() });
    formats.set(key, format);
  }
  return format;
}
