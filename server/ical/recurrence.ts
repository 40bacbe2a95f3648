// The times that a recurrence rule gives (RFC 5545, sections 3.3.10 and 3.8.5.3), always within bounds: of time, of work, of results.
import { DAY_MS, type Wall } from './moment.ts';
import { civilDay, type DayNumber, dayNumber, daysOfWeeks, isRuleDay, startOfWeek, weekdayOf } from './recurrence-days.ts';
import type { Rule } from './recurrence-rule.ts';

/** Shared by all rules of a file. Both count down; a rule that would bring one below zero ends. */
export interface Budget {
  steps: number;
  times: number;
}

export interface ExpandOptions {
  /** Both included. */
  readonly from: Wall;
  readonly to: Wall;
  readonly budget: Budget;
  /** False for wall-clock times that a clock set forward leaves out: they do not count. */
  readonly exists?: (wall: Wall) => boolean;
  /** True for times beyond the UNTIL of the rule. */
  readonly isOver?: (wall: Wall) => boolean;
  /** True when the start is a time of the rule only where the rule gives it: for rules of what is left out. */
  readonly onlyByRule?: boolean;
}

const mostStepsPerRule = 200_000;
const mostTimesPerRule = 20_000;
const unitMs = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 } as const;

/** In order. The start itself is the first, also where the rule would not give it. `complete` is false when the budget ended first. */
export function expand(rule: Rule, start: Wall, options: ExpandOptions): { readonly times: Wall[]; readonly complete: boolean } {
  const { from, to, budget, exists = () => true, isOver = () => false, onlyByRule = false } = options;
  const times: Wall[] = [];
  if (isOver(start)) return { times, complete: true };
  const own = { steps: Math.min(budget.steps, mostStepsPerRule), times: Math.min(budget.times, mostTimesPerRule) };
  if (own.steps <= 0 || own.times <= 0) return { times, complete: false };
  const given = { ...own };
  if (!onlyByRule && start >= from && start <= to) times.push(start);
  let counted = onlyByRule ? 0 : 1;
  let complete = true;
  // Only a rule that counts must be followed from its beginning.
  for (const wall of candidates(rule, start, rule.count === null ? from : start, to, own)) {
    if (wall === 'spent' || own.times <= times.length) {
      complete = false;
      break;
    }
    if (wall > to || (rule.count !== null && counted >= rule.count) || isOver(wall)) break;
    if (wall < start || (wall === start && !onlyByRule) || !exists(wall)) continue;
    counted += 1;
    if (wall >= from) times.push(wall);
  }
  budget.steps -= given.steps - Math.max(own.steps, 0);
  budget.times -= times.length;
  return { times, complete };
}

/** Rising, also before the start; begins with a period that holds or precedes `from`. Ends with 'spent' when there are no steps left. */
function* candidates(written: Rule, start: Wall, from: Wall, to: Wall, budget: Budget): Generator<Wall | 'spent'> {
  const rule = filledIn(written, start);
  const offsets = offsetsOf(rule, start);
  budget.steps -= offsets.length;
  const { frequency } = rule;
  const periods =
    frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY'
      ? shortPeriods(rule, unitMs[frequency], start, from, to)
      : dayPeriods(rule, start, from, to);
  for (const { bases, cost } of periods) {
    budget.steps -= cost;
    const size = bases.length * offsets.length;
    const positions = rule.bySetPos.length === 0 ? null : chosen(rule.bySetPos, size);
    for (let index = 0; index < (positions?.length ?? size); index++) {
      if (budget.steps-- <= 0) break;
      const position = positions?.[index] ?? index;
      yield (bases[Math.floor(position / offsets.length)] ?? 0) + (offsets[position % offsets.length] ?? 0);
    }
    if (budget.steps <= 0) return yield 'spent';
  }
}

interface Period {
  /** Rising; the offsets are added to each. */
  readonly bases: readonly Wall[];
  readonly cost: number;
}

/** What the rule does not say, the start does. */
function filledIn(rule: Rule, start: Wall): Rule {
  const day = Math.floor(start / DAY_MS);
  const { month, monthDay } = civilDay(day);
  if (rule.frequency === 'WEEKLY' && rule.byDay.length === 0) return { ...rule, byDay: [{ weekday: weekdayOf(day), nth: 0 }] };
  if (rule.byDay.length > 0 || rule.byMonthDay.length > 0 || rule.byYearDay.length > 0) return rule;
  if (rule.frequency === 'MONTHLY') return { ...rule, byMonthDay: [monthDay] };
  if (rule.frequency !== 'YEARLY') return rule;
  if (rule.byWeekNo.length > 0) return { ...rule, byDay: [{ weekday: weekdayOf(day), nth: 0 }] };
  return { ...rule, byMonthDay: [monthDay], byMonth: rule.byMonth.length > 0 ? rule.byMonth : [month] };
}

/** The times within a period's day, hour or minute, from its beginning; a second for rules by the second. */
function offsetsOf(rule: Rule, start: Wall): readonly number[] {
  const date = new Date(start);
  const or = (list: readonly number[], own: number) => (list.length > 0 ? list : [own]);
  const seconds = rule.frequency === 'SECONDLY' ? [0] : or(rule.bySecond, date.getUTCSeconds()).filter((second) => second < 60);
  if (rule.frequency === 'SECONDLY' || rule.frequency === 'MINUTELY') return seconds.map((second) => second * 1000);
  const minutes = or(rule.byMinute, date.getUTCMinutes()).flatMap((minute) => seconds.map((second) => minute * 60_000 + second * 1000));
  if (rule.frequency === 'HOURLY') return minutes;
  return or(rule.byHour, date.getUTCHours()).flatMap((hour) => minutes.map((offset) => hour * 3_600_000 + offset));
}

function* dayPeriods(rule: Rule, start: Wall, from: Wall, to: Wall): Generator<Period> {
  const startDay = Math.floor(start / DAY_MS);
  const { year, month } = civilDay(startDay);
  const aim = civilDay(Math.floor(Math.max(from, start) / DAY_MS));
  const { interval } = rule;
  /** Its first day, and the days to look at. */
  let span: (index: number) => { readonly first: DayNumber; readonly days: readonly DayNumber[] };
  let passed: number;
  switch (rule.frequency) {
    case 'YEARLY':
      passed = aim.year - year;
      span = (index) => daysOfYear(rule, year + index * interval);
      break;
    case 'MONTHLY':
      passed = (aim.year - year) * 12 + aim.month - month;
      span = (index) => daysOfMonth(year, month + index * interval);
      break;
    case 'WEEKLY':
      passed = Math.floor((Math.max(from, start) / DAY_MS - startOfWeek(startDay, rule.weekStart)) / 7);
      span = (index) => daysFrom(startOfWeek(startDay, rule.weekStart) + index * interval * 7, 7);
      break;
    default:
      passed = Math.floor(Math.max(from, start) / DAY_MS) - startDay;
      span = (index) => daysFrom(startDay + index * interval, 1);
  }
  // One earlier: a week of one year may reach into the next.
  for (let index = Math.max(0, Math.floor(passed / interval) - 1); ; index++) {
    const { first, days } = span(index);
    // Week 1 may begin three days before its year does.
    if (Number.isNaN(first) || (first - 7) * DAY_MS > to) return;
    yield { bases: days.filter((day) => isRuleDay(rule, day)).map((day) => day * DAY_MS), cost: days.length + 1 };
  }
}

function daysFrom(first: DayNumber, length: number) {
  return { first, days: Number.isNaN(first) ? [] : Array.from({ length }, (_, index) => first + index) };
}

function daysOfMonth(year: number, month: number) {
  const first = dayNumber(year, month, 1);
  return daysFrom(first, dayNumber(year, month + 1, 1) - first);
}

function daysOfYear(rule: Rule, year: number) {
  const first = dayNumber(year, 1, 1);
  if (Number.isNaN(first)) return { first, days: [] };
  if (rule.byWeekNo.length > 0) return { first, days: daysOfWeeks(rule, year) };
  if (rule.byMonth.length > 0) return { first, days: rule.byMonth.flatMap((month) => daysOfMonth(year, month).days) };
  return daysFrom(first, dayNumber(year + 1, 1, 1) - first);
}

/** Hours, minutes, seconds. What a day, an hour or a minute rules out is leapt over as one. */
function* shortPeriods(rule: Rule, unit: number, start: Wall, from: Wall, to: Wall): Generator<Period> {
  const first = Math.floor(start / unit) * unit;
  const step = rule.interval * unit;
  const indexAt = (wall: Wall) => Math.max(0, Math.ceil((wall - first) / step));
  const allows = (list: readonly number[], value: number) => list.length === 0 || list.includes(value);
  for (let index = Math.max(0, indexAt(from) - 1); ; ) {
    const wall = first + index * step;
    if (!(wall <= to)) return;
    const leap = leapOver(wall);
    if (leap === 0) yield { bases: [wall], cost: 1 };
    else yield { bases: [], cost: 1 };
    index = leap === 0 ? index + 1 : Math.max(index + 1, indexAt((Math.floor(wall / leap) + 1) * leap));
  }

  function leapOver(wall: Wall): number {
    if (!isRuleDay(rule, Math.floor(wall / DAY_MS))) return DAY_MS;
    const date = new Date(wall);
    if (!allows(rule.byHour, date.getUTCHours())) return unitMs.HOURLY;
    if (unit < unitMs.HOURLY && !allows(rule.byMinute, date.getUTCMinutes())) return unitMs.MINUTELY;
    return unit < unitMs.MINUTELY && !allows(rule.bySecond, date.getUTCSeconds()) ? unitMs.SECONDLY : 0;
  }
}

/** Places in a set of this size, rising; negative ones count from its end. */
function chosen(positions: readonly number[], size: number): readonly number[] {
  const places = positions.map((position) => (position > 0 ? position - 1 : size + position)).filter((place) => place >= 0 && place < size);
  return [...new Set(places)].sort((a, b) => a - b);
}
