// Reads a recurrence rule as it is written, and refuses what RFC 5545 (section 3.3.10) does not allow.
import { type Moment, parseMoment } from './moment.ts';

const frequencies = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof frequencies)[number];

export interface RuleDay {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Which one of the month or year, negative from its end; 0: every. */
  readonly nth: number;
}

/** Empty lists restrict nothing. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: Moment | null;
  readonly bySecond: readonly number[];
  readonly byMinute: readonly number[];
  readonly byHour: readonly number[];
  readonly byDay: readonly RuleDay[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly weekStart: number;
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Name, smallest and largest value; `signed` ones count from the end when negative, and are never 0. */
const lists = {
  BYSECOND: { least: 0, most: 60, signed: false },
  BYMINUTE: { least: 0, most: 59, signed: false },
  BYHOUR: { least: 0, most: 23, signed: false },
  BYMONTHDAY: { least: 1, most: 31, signed: true },
  BYYEARDAY: { least: 1, most: 366, signed: true },
  BYWEEKNO: { least: 1, most: 53, signed: true },
  BYMONTH: { least: 1, most: 12, signed: false },
  BYSETPOS: { least: 1, most: 366, signed: true },
} as const;
const known = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'RSCALE', 'SKIP', ...Object.keys(lists)]);

/** Null when it is no rule. */
export function parseRule(text: string): Rule | null {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    if (part === '') continue;
    const [name = '', value = '', ...rest] = part.split('=');
    if (rest.length > 0 || value === '' || parts.has(name) || !known.has(name)) return null;
    parts.set(name, value);
  }
  const frequency = frequencies.find((name) => name === parts.get('FREQ'));
  const interval = positive(parts.get('INTERVAL'), 1);
  const count = positive(parts.get('COUNT'), null);
  const untilText = parts.get('UNTIL');
  const until = untilText === undefined ? null : parseMoment(untilText);
  const byDay = daysOf(parts.get('BYDAY'));
  const weekStart = weekdays.indexOf(parts.get('WKST') ?? 'MO') + 1;
  if (!frequency || interval === undefined || interval === null || count === undefined || byDay === null || weekStart === 0) return null;
  if (until === undefined || (until !== null && count !== null)) return null;
  // RFC 7529: another calendar, or other days instead of those that do not exist.
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN' || (parts.get('SKIP') ?? 'OMIT') !== 'OMIT') return null;
  const list = (name: keyof typeof lists) => numbersOf(parts.get(name), lists[name]);
  const [bySecond, byMinute, byHour] = [list('BYSECOND'), list('BYMINUTE'), list('BYHOUR')];
  const [byMonthDay, byYearDay, byWeekNo] = [list('BYMONTHDAY'), list('BYYEARDAY'), list('BYWEEKNO')];
  const [byMonth, bySetPos] = [list('BYMONTH'), list('BYSETPOS')];
  if (!bySecond || !byMinute || !byHour || !byMonthDay || !byYearDay || !byWeekNo || !byMonth || !bySetPos) return null;
  const rule = { frequency, interval, count, until, bySecond, byMinute, byHour, byDay, byMonthDay, byYearDay, byWeekNo, byMonth, bySetPos };
  return isAllowed(rule) ? { ...rule, weekStart } : null;
}

function isAllowed(rule: Omit<Rule, 'weekStart'>): boolean {
  const { frequency, byDay, byWeekNo, byYearDay, byMonthDay, bySetPos } = rule;
  if (byDay.some((day) => day.nth !== 0) && !(frequency === 'MONTHLY' || (frequency === 'YEARLY' && byWeekNo.length === 0))) return false;
  if (byWeekNo.length > 0 && frequency !== 'YEARLY') return false;
  if (byYearDay.length > 0 && ['MONTHLY', 'WEEKLY', 'DAILY'].includes(frequency)) return false;
  if (byMonthDay.length > 0 && frequency === 'WEEKLY') return false;
  const others = [rule.bySecond, rule.byMinute, rule.byHour, byDay, byMonthDay, byYearDay, byWeekNo, rule.byMonth];
  return bySetPos.length === 0 || others.some((list) => list.length > 0);
}

/** Undefined when it is none. */
function positive<T>(text: string | undefined, missing: T): number | T | undefined {
  if (text === undefined) return missing;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return value > 0 ? value : undefined;
}

function numbersOf(
  text: string | undefined,
  { least, most, signed }: { readonly least: number; readonly most: number; readonly signed: boolean },
): readonly number[] | null {
  if (text === undefined) return [];
  const values = new Set<number>();
  for (const item of text.split(',')) {
    if (!/^[+-]?\d{1,3}$/.test(item)) return null;
    const value = Number(item);
    const size = signed ? Math.abs(value) : value;
    if (size < least || size > most) return null;
    values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function daysOf(text: string | undefined): readonly RuleDay[] | null {
  if (text === undefined) return [];
  const days: RuleDay[] = [];
  for (const item of text.split(',')) {
    const [, nth, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(item) ?? [];
    const weekday = weekdays.indexOf(name) + 1;
    const number = Number(nth ?? 0);
    if (weekday === 0 || Math.abs(number) > 53 || (nth !== undefined && number === 0)) return null;
    days.push({ weekday, nth: number });
  }
  return days;
}
