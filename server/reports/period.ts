// Which days a report is about, and the single days in it as spans of time.
import { dateOf, dayNumber } from '../calendar/dates.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';

/** Both days belong to it. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface Span {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

export interface NamedTerm extends Period {
  readonly name: string;
}

/** A year with its last week, and a little. */
const mostDays = 400;
const halfYearDays = 182;

/** Q4: the term of today; else the one that ended last, else the one that comes first, else the half year up to today. */
export function usualPeriod(terms: readonly NamedTerm[], today: LocalDate): Period {
  const running = terms.findLast(({ from, to }) => from <= today && today <= to);
  const over = terms.filter(({ to }) => to < today).reduce<NamedTerm | undefined>((a, b) => (a && a.to >= b.to ? a : b), undefined);
  const { from, to } = running ?? over ?? terms[0] ?? { from: daysFrom(today, -halfYearDays), to: today };
  return { from, to };
}

/** Throws `Refused('bad-request')` for days in the wrong order or too many. */
export function periodOf(wanted: { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined }, usual: Period): Period {
  const period = filled(wanted, usual);
  const days = dayNumber(period.to) - dayNumber(period.from) + 1;
  if (days < 1) throw new Refused('bad-request', 'The last day comes before the first', { field: 'to' });
  if (days > mostDays) throw new Refused('bad-request', `A report reaches over ${mostDays} days at most`, { field: 'from' });
  return period;
}

function filled({ from, to }: { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined }, usual: Period): Period {
  if (from !== undefined && to !== undefined) return { from, to };
  if (from !== undefined) return { from, to: from <= usual.to ? usual.to : daysFrom(from, halfYearDays) };
  if (to !== undefined) return { from: usual.from <= to ? usual.from : daysFrom(to, -halfYearDays), to };
  return usual;
}

export function spanOf({ from, to }: Period, instantOf: (date: LocalDate, time: string) => Instant): Span {
  return { from: instantOf(from, '00:00'), to: instantOf(daysFrom(to, 1), '00:00') };
}

export function daysOf({ from, to }: Period): LocalDate[] {
  const first = dayNumber(from);
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, index) => dateOf(first + index));
}

export function daysFrom(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}
