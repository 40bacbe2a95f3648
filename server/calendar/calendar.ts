// What the academic calendar makes of a date, and on which dates and at which times a weekly pattern is held.
import type { BellSchedule, CalendarDay, Term } from '../contract/calendar.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { PatternTime, PatternWeeks } from '../contract/planning.ts';
import { dateOf, dayNumber, localInstants, mondayOf, weekdayOf } from './dates.ts';

type TermSpan = Pick<Term, 'startsOn' | 'endsOn'>;

export interface CalendarPlan {
  readonly terms: readonly (TermSpan & { readonly id: string })[];
  readonly schedules: readonly Pick<BellSchedule, 'id' | 'bells'>[];
  readonly days: readonly CalendarDay[];
}

/** What decides when the lessons of a series are. */
export interface Pattern {
  readonly termId: string;
  /** Of its course: some days differ in one faculty only. */
  readonly facultyId: string;
  readonly weekday: number;
  readonly weeks: PatternWeeks;
  readonly time: PatternTime;
  readonly fromOn: LocalDate | null;
  readonly untilOn: LocalDate | null;
}

export interface Occurrence {
  /** The day on which the plan has it. */
  readonly occurrence: LocalDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** A day of a term on which weekly lessons are held. */
interface TaughtDay {
  readonly date: LocalDate;
  /** Whose lessons: its own weekday's, unless it is taught as another (T4). */
  readonly weekday: number;
  readonly week: number;
  readonly parity: 'odd' | 'even';
}

/** T1: week 1 is the week, Monday to Sunday, of the first day; before it the numbers are 0 and below. */
export function weekOf(term: TermSpan, date: LocalDate): number {
  return (mondayOf(dayNumber(date)) - mondayOf(dayNumber(term.startsOn))) / 7 + 1;
}

/** How many weeks the term touches. */
export function weeksOf(term: TermSpan): number {
  return weekOf(term, term.endsOn);
}

/** T2: odd weeks are 1, 3, 5 … of the term. */
export function parityOf(week: number): 'odd' | 'even' {
  return week % 2 === 0 ? 'even' : 'odd';
}

const order: readonly CalendarDay['kind'][] = ['holiday', 'examinations', 'practice', 'moved'];

/** T5: what differs on the date in the faculty; null when the day is as usual. */
export function differing(days: readonly CalendarDay[], date: LocalDate, facultyId: string): CalendarDay | null {
  const [first = null] = days
    .filter((day) => day.firstOn <= date && date <= day.lastOn && (day.facultyId === null || day.facultyId === facultyId))
    .sort(
      (a, b) =>
        Number(a.facultyId === null) - Number(b.facultyId === null) ||
        lengthOf(a) - lengthOf(b) ||
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        (a.id < b.id ? -1 : 1),
    );
  return first;
}

function lengthOf(day: CalendarDay): number {
  return dayNumber(day.lastOn) - dayNumber(day.firstOn);
}

/** Works out occurrences, and remembers what patterns have in common, so that a whole university is worked out in a moment. */
export class Planner {
  readonly #terms: ReadonlyMap<string, TermSpan>;
  readonly #bells: ReadonlyMap<string, ReadonlyMap<number, { readonly startsAt: string; readonly endsAt: string }>>;
  readonly #days: readonly CalendarDay[];
  readonly #instantOf: ReturnType<typeof localInstants>;
  readonly #taught = new Map<string, readonly TaughtDay[]>();

  constructor({ terms, schedules, days }: CalendarPlan, timeZone: string) {
    this.#terms = new Map(terms.map((term) => [term.id, term]));
    this.#bells = new Map(schedules.map(({ id, bells }) => [id, new Map(bells.map((bell) => [bell.number, bell]))]));
    this.#days = days;
    this.#instantOf = localInstants(timeZone);
  }

  /** By date. Empty when its term or its bells are not known. */
  occurrences(pattern: Pattern): Occurrence[] {
    const times = this.timesOf(pattern.time);
    if (times === null) return [];
    return this.#taughtDays(pattern.termId, pattern.facultyId)
      .filter((day) => day.weekday === pattern.weekday && isInWeeks(pattern.weeks, day) && isWithin(pattern, day.date))
      .map(({ date }) => this.#at(date, times));
  }

  /** What the bells say now; null when there are no such bells. */
  timesOf(time: PatternTime): { readonly startsAt: string; readonly endsAt: string } | null {
    if (time.by === 'clock') return time;
    const bells = this.#bells.get(time.scheduleId);
    const startsAt = bells?.get(time.first)?.startsAt;
    const endsAt = bells?.get(time.last)?.endsAt;
    return startsAt === undefined || endsAt === undefined ? null : { startsAt, endsAt };
  }

  /** Whether the pattern reaches the date at all, be it a holiday or not. */
  reaches(pattern: Pick<Pattern, 'termId' | 'fromOn' | 'untilOn'>, date: LocalDate): boolean {
    const term = this.#terms.get(pattern.termId);
    return term !== undefined && term.startsOn <= date && date <= term.endsOn && isWithin(pattern, date);
  }

  #at(date: LocalDate, times: { readonly startsAt: string; readonly endsAt: string }): Occurrence {
    const startsAt = this.#instantOf(date, times.startsAt);
    const endsAt = this.#instantOf(date, times.endsAt);
    // T6: where a change of the clocks would let a lesson end before it starts, it lasts as long as it is written.
    return { occurrence: date, startsAt, endsAt: endsAt > startsAt ? endsAt : startsAt + minutesBetween(times) * 60_000 };
  }

  #taughtDays(termId: string, facultyId: string): readonly TaughtDay[] {
    const key = `${termId} ${facultyId}`;
    let taught = this.#taught.get(key);
    if (taught === undefined) {
      const term = this.#terms.get(termId);
      taught = term === undefined ? [] : taughtDays(term, this.#days, facultyId);
      this.#taught.set(key, taught);
    }
    return taught;
  }
}

function taughtDays(term: TermSpan, days: readonly CalendarDay[], facultyId: string): TaughtDay[] {
  const near = days.filter((day) => day.firstOn <= term.endsOn && day.lastOn >= term.startsOn);
  const first = dayNumber(term.startsOn);
  const dates = Array.from({ length: dayNumber(term.endsOn) - first + 1 }, (_, index) => first + index);
  return dates.flatMap((day) => {
    const date = dateOf(day);
    const week = weekOf(term, date);
    const own = { date, weekday: weekdayOf(day), week, parity: parityOf(week) };
    const differs = differing(near, date, facultyId);
    if (differs === null) return own;
    // T3
    if (differs.kind !== 'moved' || differs.taughtAs === null) return [];
    const { weekday, week: parity } = differs.taughtAs;
    return { ...own, weekday, parity: parity === 'own' ? own.parity : parity };
  });
}

function isInWeeks(weeks: PatternWeeks, day: TaughtDay): boolean {
  if (weeks === 'every') return true;
  return typeof weeks === 'string' ? weeks === day.parity : weeks.includes(day.week);
}

function isWithin({ fromOn, untilOn }: Pick<Pattern, 'fromOn' | 'untilOn'>, date: LocalDate): boolean {
  return (fromOn === null || fromOn <= date) && (untilOn === null || date <= untilOn);
}

function minutesBetween({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }): number {
  return minutesOf(endsAt) - minutesOf(startsAt);
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
