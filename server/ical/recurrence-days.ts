// Which days of a year, month or week a recurrence rule means. Days are counted from 1970-01-01.
import { DAY_MS } from './moment.ts';
import type { Rule } from './recurrence-rule.ts';

export type DayNumber = number;

export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly monthDay: number;
}

export function civilDay(day: DayNumber): CivilDay {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, monthDay: date.getUTCDate() };
}

/** `month` may lie outside 1 to 12. */
export function dayNumber(year: number, month: number, monthDay: number): DayNumber {
  return Date.UTC(year, month - 1, monthDay) / DAY_MS;
}

/** 1 is Monday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function startOfWeek(day: DayNumber, weekStart: number): DayNumber {
  return day - ((weekdayOf(day) - weekStart + 7) % 7);
}

/** The first day of the week number 1: the first week with at least four days in the year. */
function firstWeek(year: number, weekStart: number): DayNumber {
  return startOfWeek(dayNumber(year, 1, 4), weekStart);
}

/** Those that the rule's weeks hold, also where they reach into the neighbouring years. */
export function daysOfWeeks(rule: Rule, year: number): DayNumber[] {
  const first = firstWeek(year, rule.weekStart);
  const weeks = (firstWeek(year + 1, rule.weekStart) - first) / 7;
  const numbers = rule.byWeekNo
    .map((number) => (number < 0 ? weeks + 1 + number : number))
    .filter((number) => number > 0 && number <= weeks);
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .flatMap((number) => Array.from({ length: 7 }, (_, index) => first + (number - 1) * 7 + index));
}

/** Whether the parts of the rule that name days leave this one. */
export function isRuleDay(rule: Rule, day: DayNumber): boolean {
  const { year, month, monthDay } = civilDay(day);
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return false;
  if (rule.byMonthDay.length > 0) {
    const length = dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
    if (!rule.byMonthDay.includes(monthDay) && !rule.byMonthDay.includes(monthDay - length - 1)) return false;
  }
  if (rule.byYearDay.length > 0) {
    const yearDay = day - dayNumber(year, 1, 1) + 1;
    const length = dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1);
    if (!rule.byYearDay.includes(yearDay) && !rule.byYearDay.includes(yearDay - length - 1)) return false;
  }
  return rule.byDay.length === 0 || isNamedWeekday(rule, day, year, month);
}

function isNamedWeekday(rule: Rule, day: DayNumber, year: number, month: number): boolean {
  const weekday = weekdayOf(day);
  // "First Monday" is of the month in monthly rules, and in yearly ones that name months; else of the year.
  const ofMonth = rule.frequency === 'MONTHLY' || rule.byMonth.length > 0;
  return rule.byDay.some((named) => {
    if (named.weekday !== weekday) return false;
    if (named.nth === 0) return true;
    const first = ofMonth ? dayNumber(year, month, 1) : dayNumber(year, 1, 1);
    const next = ofMonth ? dayNumber(year, month + 1, 1) : dayNumber(year + 1, 1, 1);
    return named.nth > 0 ? Math.floor((day - first) / 7) + 1 === named.nth : Math.floor((next - 1 - day) / 7) + 1 === -named.nth;
  });
}
