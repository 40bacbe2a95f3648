// Lessons by students: a table of verdicts with its sums, as the page and the files show it.
import type { z } from 'zod';
import { Verdict } from '../contract/attendance.ts';
import type { LocalDate } from '../contract/ids.ts';
import type { Matrix } from '../contract/reports.ts';
import { LessonKind } from '../contract/timetable.ts';
import type { JudgedLesson } from './lessons.store.ts';
import type { Named, NamedPerson } from './names.store.ts';
import type { Period } from './period.ts';
import type { Result, RiskOf } from './results.store.ts';
import { countLesson, countOf, nothing, plus, tallyOf, trendOf } from './tally.ts';

export interface MatrixParts {
  readonly period: Period;
  readonly title: string;
  readonly lessons: readonly JudgedLesson[];
  /** By lesson. */
  readonly results: ReadonlyMap<string, readonly Result[]>;
  readonly people: readonly NamedPerson[];
  readonly groups: ReadonlyMap<string, readonly Named[]>;
  readonly risks: ReadonlyMap<string, readonly RiskOf[]>;
  readonly dayOf: (at: number) => LocalDate;
}

/** Q3: sums are those of the cells that are shown. */
export function matrixOf({ period, title, lessons, results, people, groups, risks, dayOf }: MatrixParts): z.input<typeof Matrix> {
  const columns = lessons.map((lesson) => {
    const own = results.get(lesson.id) ?? [];
    return { lesson, byPerson: new Map(own.map((result) => [result.personId, result])), counts: countLesson(own, lesson.held) };
  });
  const rows = [...people].sort(byName).map(({ id, name }) => {
    const found = columns.map(({ byPerson }) => byPerson.get(id));
    return {
      ...{ personId: id, name, groups: (groups.get(id) ?? []).map((group) => group.name) },
      cells: found.map((result) => (result ? { verdict: Verdict.parse(result.verdict), corrected: result.corrected } : null)),
      tally: tallyOf(found.reduce((sum, result) => (result ? plus(sum, countOf(result)) : sum), nothing)),
      risks: (risks.get(id) ?? []).map(({ personId: _person, ...risk }) => risk),
    };
  });
  return {
    ...{ period, title },
    lessons: columns.map(({ lesson, counts }) => ({ ...headOf(lesson), held: lesson.held, signed: lesson.signed, tally: tallyOf(counts) })),
    students: rows,
    total: tallyOf(columns.reduce((sum, { counts }) => plus(sum, counts), nothing)),
    trend: trendOf(columns.map(({ lesson, counts }) => [dayOf(lesson.startsAt), counts] as const)),
  };
}

/** What each report says of a lesson; one without a title of its own is called as its course. */
export function headOf({ id, title, courseId, courseTitle, kind, startsAt }: JudgedLesson) {
  return { id, title: title || courseTitle, courseId, courseTitle, kind: LessonKind.parse(kind), startsAt };
}

export function byName(a: { readonly sortKey: string; readonly id: string }, b: { readonly sortKey: string; readonly id: string }): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
