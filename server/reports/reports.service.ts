// The reports of a group, a course, a student and a teacher, and what one may open at all.
import type { z } from 'zod';
import { Verdict } from '../contract/attendance.ts';

import type { Matrix, ReportQuery, ReportScopes, StudentReport, TeacherReport } from '../contract/reports.ts';
import { type Asking, facultiesSeen } from '../timetable/who.ts';
import type { JudgedLesson, LessonsStore } from './lessons.store.ts';
import { headOf, matrixOf } from './matrix.ts';
import type { NamesStore } from './names.store.ts';
import { onlyIn } from './open.ts';
import type { Period, Span } from './period.ts';
import type { Periods } from './periods.ts';
import type { Result, ResultsStore } from './results.store.ts';
import type { ReportRights } from './rights.service.ts';
import { countOf, nothing, plus, Sums, tallyOf, tenth, trendOf } from './tally.ts';
import { turns } from './turns.ts';

type Query = z.output<typeof ReportQuery>;

/** As many results as a statement may bring: on SQLite no other report has a turn meanwhile. */
const resultsAtOnce = 1500;
const lessonsAtOnce = 40;
/** A lesson that began so late was begun late. */
const lateMinutes = 5;

export interface ReportStores {
  readonly names: NamesStore;
  readonly lessons: LessonsStore;
  readonly results: ResultsStore;
}

export class ReportsService {
  readonly #stores: ReportStores;
  readonly #rights: ReportRights;
  readonly #periods: Periods;

  constructor({ stores, rights, periods }: { readonly stores: ReportStores; readonly rights: ReportRights; readonly periods: Periods }) {
    this.#stores = stores;
    this.#rights = rights;
    this.#periods = periods;
  }

  async scopes(asking: Asking): Promise<z.input<typeof ReportScopes>> {
    const { names } = this.#stores;
    const { span } = await this.#periods.find({});
    const seen = facultiesSeen(asking);
    const isStudent = asking.roles.includes('student') || (await names.groupsOf([asking.id])).size > 0;
    return {
      own: { student: isStudent, teacher: asking.roles.includes('teacher') },
      faculties: seen !== 'every' && seen.size === 0 ? [] : (await names.faculties()).filter(({ id }) => seen === 'every' || seen.has(id)),
      ...(await this.#rights.taught(asking, span)),
      terms: (await names.terms()).map(({ name, from, to }) => ({ name, from, to })).reverse(),
    };
  }

  async group(asking: Asking, id: string, query: Query): Promise<z.input<typeof Matrix>> {
    const { period, span } = await this.#periods.find(query);
    const { group, courseIds } = await this.#rights.group(asking, id, span);
    const lessons = await this.#stores.lessons.ofGroup(id, onlyIn(courseIds, query.courseId), span);
    const personIds = await this.#stores.names.membersOf(id);
    return this.#matrix({ period, span, title: group.name, lessons, groupId: id, personIds });
  }

  async course(asking: Asking, id: string, query: Query): Promise<z.input<typeof Matrix>> {
    const { period, span } = await this.#periods.find(query);
    const course = await this.#rights.course(asking, id, span);
    const lessons = await this.#stores.lessons.find({ courseIds: onlyIn(new Set([id]), query.courseId) }, span);
    return this.#matrix({ period, span, title: course.name, lessons });
  }

  async student(asking: Asking, id: string, query: Query): Promise<z.input<typeof StudentReport>> {
    const { names, results: store } = this.#stores;
    const { period, span } = await this.#periods.find(query);
    const { person, courseIds } = await this.#rights.student(asking, id, span);
    const [results, groups, missed] = [
      await store.ofPerson(id, onlyIn(courseIds, query.courseId), span),
      await names.groupsOf([id]),
      await store.missedBy(id),
    ];
    const lessons = await this.#lessonsOf(results);
    const courses = new Sums<string>();
    for (const { result, lesson } of lessons) courses.add(lesson.courseId, countOf(result));
    const named = await names.courses(courses.entries().map(([courseId]) => courseId));
    return {
      ...{ period, person: { id, name: person.name, groups: (groups.get(id) ?? []).map(({ name }) => name) } },
      total: tallyOf(courses.total()),
      courses: named.map((course) => ({
        ...{ courseId: course.id, title: course.name, tally: tallyOf(courses.of(course.id)), missedInRow: missed.get(course.id) ?? 0 },
      })),
      lessons: lessons.map(({ lesson, result }) => ({
        ...headOf(lesson),
        ...{ verdict: Verdict.parse(result.verdict), corrected: result.corrected },
        ...{ minutes: tenth(result.minutes), share: Math.min(1, Math.max(0, result.share)) },
      })),
      trend: trendOf(lessons.map(({ lesson, result }) => [this.#periods.dayOf(lesson.startsAt), countOf(result)] as const)),
    };
  }

  async teacher(asking: Asking, id: string, query: Query): Promise<z.input<typeof TeacherReport>> {
    const { period, span } = await this.#periods.find(query);
    const { person, facultyIds } = await this.#rights.teacher(asking, id, span);
    const courseIds = onlyIn('every', query.courseId);
    const lessons = await this.#stores.lessons.find({ teacherId: id, facultyIds, courseIds }, span);
    const held = lessons.filter((lesson) => lesson.held);
    const delay = held.reduce((sum, { delayMinutes }) => sum + Math.max(0, delayMinutes), 0);
    return {
      ...{ period, person: { id, name: person.name } },
      lessons: lessons.map((lesson) => ({
        ...headOf(lesson),
        ...{ held: lesson.held, signed: lesson.signed, delayMinutes: tenth(lesson.delayMinutes) },
        ...{ taughtMinutes: tenth(lesson.taughtMinutes), plannedMinutes: tenth(lesson.plannedMinutes), tally: tallyOf(lesson.counts) },
      })),
      ...{ held: held.length, notHeld: lessons.length - held.length },
      unsigned: held.filter(({ signed }) => !signed).length,
      late: held.filter(({ delayMinutes }) => delayMinutes >= lateMinutes).length,
      averageDelayMinutes: held.length === 0 ? 0 : tenth(delay / held.length),
      total: tallyOf(lessons.reduce((sum, { counts }) => plus(sum, counts), nothing)),
      trend: trendOf(lessons.map(({ startsAt, counts }) => [this.#periods.dayOf(startsAt), counts] as const)),
    };
  }

  /** @param groupId only its members */
  async #matrix(of: {
    readonly period: Period;
    readonly span: Span;
    readonly title: string;
    readonly lessons: readonly JudgedLesson[];
    readonly groupId?: string;
    readonly personIds?: readonly string[];
  }): Promise<z.input<typeof Matrix>> {
    const { names, results: store } = this.#stores;
    const { period, span, title, lessons, groupId } = of;
    const results = new Map<string, Result[]>();
    const turn = turns();
    for (const piece of piecesOf(lessons, groupId !== undefined)) {
      for (const result of await store.ofLessons(piece, groupId)) {
        const known = results.get(result.lessonId);
        if (known) known.push(result);
        else results.set(result.lessonId, [result]);
      }
      await turn();
    }
    const ids = of.personIds ?? [...new Set([...results.values()].flatMap((some) => some.map(({ personId }) => personId)))];
    const courseIds = [...new Set(lessons.map(({ courseId }) => courseId))];
    const people = [...(await names.people(ids)).values()];
    await turn();
    const groups = await names.groupsOf(ids);
    await turn();
    const risks = await store.risksOf(ids, courseIds, span.from);
    await turn();
    return matrixOf({ period, title, lessons, results, people, groups, risks, dayOf: (at) => this.#periods.dayOf(at) });
  }

  async #lessonsOf(results: readonly Result[]): Promise<{ lesson: JudgedLesson; result: Result }[]> {
    const lessons = new Map(
      (await this.#stores.lessons.byId(results.map(({ lessonId }) => lessonId))).map((lesson) => [lesson.id, lesson]),
    );
    return results.flatMap((result) => {
      const lesson = lessons.get(result.lessonId);
      return lesson === undefined ? [] : [{ lesson, result }];
    });
  }
}

/** Lessons whose results come in one statement. Of a group each lesson brings a few only. */
function* piecesOf(lessons: readonly JudgedLesson[], isGroup: boolean): Generator<string[]> {
  let piece: string[] = [];
  let size = 0;
  for (const { id, counts } of lessons) {
    const { present, late, leftEarly, absent, excused, asynchronous } = counts;
    piece.push(id);
    size += isGroup ? 0 : present + late + leftEarly + absent + excused + asynchronous;
    if (size < resultsAtOnce && piece.length < lessonsAtOnce) continue;
    yield piece;
    piece = [];
    size = 0;
  }
  if (piece.length > 0) yield piece;
}
