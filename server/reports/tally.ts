// Adds verdicts up: of a student, a lesson, a week, a faculty.
import type { z } from 'zod';
import { dateOf, dayNumber, mondayOf } from '../calendar/dates.ts';
import type { LocalDate } from '../contract/ids.ts';
import type { Tally, Trend } from '../contract/reports.ts';

/** What a sum needs of many lessons or many students. */
export interface Counts {
  /** Held and judged, each once. */
  readonly lessons: number;
  readonly present: number;
  readonly late: number;
  readonly leftEarly: number;
  readonly absent: number;
  readonly excused: number;
  readonly asynchronous: number;
  readonly minutes: number;
}

export const nothing: Counts = { lessons: 0, present: 0, late: 0, leftEarly: 0, absent: 0, excused: 0, asynchronous: 0, minutes: 0 };

export function plus(a: Counts, b: Counts): Counts {
  return {
    lessons: a.lessons + b.lessons,
    present: a.present + b.present,
    late: a.late + b.late,
    leftEarly: a.leftEarly + b.leftEarly,
    absent: a.absent + b.absent,
    excused: a.excused + b.excused,
    asynchronous: a.asynchronous + b.asynchronous,
    minutes: a.minutes + b.minutes,
  };
}

/** Q3: attended of all but the excused. */
export function tallyOf(counts: Counts): Tally {
  const { present, late, leftEarly, absent, asynchronous } = counts;
  const attended = present + late + leftEarly + asynchronous;
  const owed = attended + absent;
  return { ...counts, minutes: tenth(counts.minutes), share: owed === 0 ? null : attended / owed };
}

const fieldOf: Readonly<Record<string, keyof Counts>> = {
  ...{ present: 'present', late: 'late', 'left-early': 'leftEarly' },
  ...{ absent: 'absent', excused: 'excused', asynchronous: 'asynchronous' },
};

/** Of one student in one lesson; nothing where nobody is judged. */
export function countOf({ verdict, minutes }: { readonly verdict: string; readonly minutes: number }): Counts {
  const field = fieldOf[verdict];
  return field === undefined ? nothing : { ...nothing, lessons: 1, minutes, [field]: 1 };
}

/** Of many students in one lesson. */
export function countLesson(results: Iterable<{ readonly verdict: string; readonly minutes: number }>, held: boolean): Counts {
  let counts = nothing;
  for (const result of results) counts = plus(counts, countOf(result));
  return { ...counts, lessons: held ? 1 : 0 };
}

/** Sums by key, in the order in which the keys came. */
export class Sums<K> {
  readonly #sums = new Map<K, Counts>();

  add(key: K, counts: Counts): void {
    this.#sums.set(key, plus(this.#sums.get(key) ?? nothing, counts));
  }

  of(key: K): Counts {
    return this.#sums.get(key) ?? nothing;
  }

  entries(): [K, Counts][] {
    return [...this.#sums];
  }

  total(): Counts {
    return [...this.#sums.values()].reduce(plus, nothing);
  }
}

/** Q5: by the Monday of each day; weeks without lessons are left out. */
export function trendOf(byDay: readonly (readonly [LocalDate, Counts])[]): z.input<typeof Trend> {
  const weeks = new Sums<LocalDate>();
  for (const [day, counts] of byDay) weeks.add(dateOf(mondayOf(dayNumber(day))), counts);
  return weeks
    .entries()
    .filter(([, counts]) => counts.lessons > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([week, counts]) => ({ week, tally: tallyOf(counts) }));
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
