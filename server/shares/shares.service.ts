// The report of distance shares for those who watch over faculties, and what a plan that is not saved yet would make of a course's share.
import type { z } from 'zod';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { NewSeries } from '../contract/planning.ts';
import { Refused } from '../contract/reply.ts';
import type { OwnShare, Share, ShareRow, Shares, SharesPreview, SharesPreviewRequest, SharesQuery } from '../contract/shares.ts';
import { searchText } from '../database/text.ts';
import type { Clock } from '../ports/clock.ts';
import { type Asking, facultiesSeen, mayPlanFor } from '../timetable/who.ts';
import { isTeaching, type SharesStore, type TaughtRow } from './shares.store.ts';
import { academicHours, type ShareRule, type Taught } from './shares.ts';
import { type ListedCourse, type Row, TermPicture } from './term-picture.ts';

export type Query = z.output<typeof SharesQuery>;

/** Whole terms are added up; a report need not be newer than this. */
const freshMs = 5 * 60_000;
const coursesAtOnce = 100;
const studentsAtOnce = 1000;

interface Term {
  readonly id: string;
  readonly name: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** One term, added up at one time; programmes and students only when somebody asks. */
interface Added {
  readonly at: Instant;
  readonly rows: { [By in Query['by']]?: Promise<Row[]> };
  readonly picture: Promise<TermPicture>;
}

export interface SharesOptions {
  readonly store: SharesStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly rule: ShareRule & { readonly hourMinutes: number; readonly breakMinutes: number };
  /** When a day begins in the university's time zone; `plus` days later. */
  readonly dayStart: (date: LocalDate, plus: number) => Instant;
  /** When a weekly pattern would be held, and its groups with those of its streams. */
  readonly occurrences: (
    series: NewSeries,
    facultyId: string,
  ) => Promise<readonly { readonly startsAt: Instant; readonly endsAt: Instant }[]>;
  readonly groupsOf: (series: NewSeries) => Promise<readonly string[]>;
}

export class SharesService {
  readonly #options: SharesOptions;
  readonly #added = new Map<string, Added>();

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  async report(asking: Asking, query: Query): Promise<z.input<typeof Shares>> {
    const { rule, clock } = this.#options;
    const { term, terms, rows, states, at } = await this.find(asking, query);
    const first = Number(query.after ?? 0) || 0;
    const page = rows.slice(first, first + query.limit);
    const end = first + page.length;
    return {
      ...{ term, terms, asOf: at ?? clock.now(), hourMinutes: rule.hourMinutes, warnAtPercent: rule.warnAtPercent },
      ...{ rows: page, next: end < rows.length ? String(end) : null, total: rows.length, states },
    };
  }

  /** All rows that the query finds, in its order, whatever its page. */
  async find(asking: Asking, query: Query) {
    const seen = facultiesSeen(asking);
    if (seen !== 'every' && seen.size === 0) throw new Refused('not-allowed', 'Only those who watch over a faculty see its shares');
    const all = await this.#terms();
    const term = this.#termFor(all, query.termId);
    const terms = all.map(({ id, name }) => ({ id, name }));
    if (term === null) return { term: null, terms, rows: [], states: countStates([]), at: null };
    const added = this.#addUp(term);
    const names = new Map((await this.#options.store.faculties()).map(({ id, name }) => [id, name]));
    const found = (await this.#rows(term, added, query.by)).filter(fits(query, seen));
    const rows = found.filter(({ state }) => query.state === undefined || state === query.state).sort(order(query.sort));
    return {
      term: { id: term.id, name: term.name },
      ...{ terms, rows: rows.map((row) => viewOf(row, names)), states: countStates(found), at: added.at },
    };
  }

  /** D4, of the courses of one student only: fresh, and without adding up a whole term for it. */
  async own(asking: Pick<Asking, 'id'>): Promise<z.input<typeof OwnShare>> {
    const { store, clock } = this.#options;
    const term = this.#termFor(await this.#terms(), undefined);
    const student = await store.student(asking.id);
    if (term === null || student === null) return { term: null, share: null };
    const courses = (await store.coursesFor(student.groupIds, student.courseIds, term)).map(courseOf);
    const ids = courses.map(({ id }) => id);
    const taught = this.#hours(await store.taught(ids, { ...term, now: clock.now() }));
    const share = (await this.#picture(courses, taught)).ofStudent(student);
    return { term: { id: term.id, name: term.name }, share };
  }

  /** D6: before it is saved. Nothing is kept of earlier sums: this is about a single course. */
  async preview(asking: Asking, request: z.output<typeof SharesPreviewRequest>): Promise<z.input<typeof SharesPreview>> {
    const { store, clock } = this.#options;
    const { courseId } = request.of === 'series' ? request.series : request.lesson;
    const course = await store.course(courseId);
    if (course === null) throw new Refused('bad-request', 'The course is not known', { field: 'courseId' });
    if (mayPlanFor(asking, course.faculty_id) === 'nobody')
      throw new Refused('not-allowed', 'Only those who plan its lessons see what becomes of a course');
    const all = await this.#terms();
    const term = request.of === 'series' ? this.#termFor(all, request.series.termId) : (all.find(holds(request.lesson.startsAt)) ?? null);
    if (term === null) return { before: null, after: null };
    const span = { ...term, now: clock.now() };
    const seriesId = request.of === 'series' ? request.seriesId : undefined;
    const [now, without] = [await store.taught([courseId], span), await store.taught([courseId], { ...span, exceptSeriesId: seriesId })];
    const picture = async (rows: readonly Taught[]) => share(await this.#picture([courseOf(course)], rows));
    return {
      before: await picture(this.#hours(now)),
      after: await picture([...this.#hours(without), ...(await this.#wanted(request, course.faculty_id, span.now))]),
    };
  }

  async #wanted(request: z.output<typeof SharesPreviewRequest>, facultyId: string, now: Instant): Promise<Taught[]> {
    const { occurrences, groupsOf, rule } = this.#options;
    const wish = request.of === 'series' ? request.series : request.lesson;
    if (!isTeaching(wish.kind)) return [];
    const times = request.of === 'series' ? await occurrences(request.series, facultyId) : [request.lesson];
    const groupIds = request.of === 'series' ? await groupsOf(request.series) : request.lesson.groupIds;
    const hours = (isHeld: boolean) => {
      const some = wish.mode === 'on-site' ? [] : times.filter(({ endsAt }) => endsAt <= now === isHeld);
      const minutes = some.reduce((sum, { startsAt, endsAt }) => sum + (endsAt - startsAt) / 60_000, 0);
      return academicHours(some.length, minutes, rule);
    };
    return [{ courseId: wish.courseId, groupIds, held: hours(true), coming: hours(false) }];
  }

  #addUp(term: Term): Added {
    const { clock } = this.#options;
    const before = this.#added.get(term.id);
    if (before !== undefined && clock.now() - before.at < freshMs) return before;
    const at = clock.now();
    const picture = this.#addUpCourses(term, at);
    const added: Added = { at, rows: {}, picture };
    this.#added.set(term.id, added);
    picture.catch(() => this.#added.delete(term.id));
    return added;
  }

  async #addUpCourses(term: Term, now: Instant): Promise<TermPicture> {
    const { store } = this.#options;
    const courses = (await store.courses()).map(courseOf);
    const taught: Taught[] = [];
    for (let first = 0; first < courses.length; first += coursesAtOnce) {
      const ids = courses.slice(first, first + coursesAtOnce).map(({ id }) => id);
      taught.push(...this.#hours(await store.taught(ids, { ...term, now })));
      // SQLite answers without ever waiting: running classes get their turn here.
      await nextTurn();
    }
    return this.#picture(courses, taught);
  }

  async #picture(courses: readonly ListedCourse[], taught: readonly Taught[]): Promise<TermPicture> {
    const { store, rule } = this.#options;
    const [programmes, groups] = [await store.programmes(), await store.groups()];
    return new TermPicture({
      ...{ courses, taught, rule },
      programmes: programmes.map(({ id, code, name, field, faculty_id, sort_key, search_text }) => {
        return { id, name, field, detail: code, sortKey: sort_key, searchText: search_text, facultyId: faculty_id };
      }),
      groups: groups.map(({ id, name, faculty_id, programme_id }) => ({ id, name, facultyId: faculty_id, programmeId: programme_id })),
    });
  }

  #rows(term: Term, added: Added, by: Query['by']): Promise<Row[]> {
    const there = added.rows[by];
    if (there !== undefined) return there;
    const rows = this.#rowsOf(added, by);
    added.rows[by] = rows;
    rows.catch(() => this.#added.delete(term.id));
    return rows;
  }

  async #rowsOf(added: Added, by: Query['by']): Promise<Row[]> {
    const picture = await added.picture;
    if (by === 'course') return picture.byCourse();
    if (by === 'programme') return picture.byProgramme();
    return this.#students(picture);
  }

  async #students(picture: TermPicture): Promise<Row[]> {
    const { store } = this.#options;
    const courseIds = new Map<string, string[]>();
    for (const { person_id, course_id } of await store.enrolled())
      courseIds.set(person_id, [...(courseIds.get(person_id) ?? []), course_id]);
    const rows: Row[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const students = await store.students(after, studentsAtOnce);
      rows.push(...students.flatMap((student) => picture.ofStudent({ ...student, courseIds: courseIds.get(student.id) ?? [] }) ?? []));
      after = students.length < studentsAtOnce ? undefined : students.at(-1)?.id;
      await nextTurn();
    }
    return rows;
  }

  #hours(rows: readonly TaughtRow[]): Taught[] {
    const { rule } = this.#options;
    return rows.map(({ courseId, groupIds, held, coming }) => ({
      ...{ courseId, groupIds },
      held: academicHours(held.lessons, held.minutes, rule),
      coming: academicHours(coming.lessons, coming.minutes, rule),
    }));
  }

  async #terms(): Promise<Term[]> {
    const { store, dayStart } = this.#options;
    const terms = await store.terms();
    return terms.map(({ id, name, starts_on, ends_on }) => ({ id, name, from: dayStart(starts_on, 0), to: dayStart(ends_on, 1) }));
  }

  /** The one named, else the one that runs, else the next, else the last; null when there is none. */
  #termFor(terms: readonly Term[], id: string | undefined): Term | null {
    if (id !== undefined) {
      const named = terms.find((term) => term.id === id);
      if (named === undefined) throw new Refused('bad-request', 'The term is not known', { field: 'termId' });
      return named;
    }
    const now = this.#options.clock.now();
    return terms.find(holds(now)) ?? terms.find(({ from }) => from > now) ?? terms.at(-1) ?? null;
  }
}

const holds = (at: Instant) => (term: Term) => term.from <= at && at < term.to;

const nextTurn = () => new Promise((next) => setImmediate(next));

function courseOf(row: NonNullable<Awaited<ReturnType<SharesStore['course']>>>): ListedCourse {
  const { id, code, title, faculty_id, credits, planned_hours, sort_key, search_text } = row;
  return {
    id,
    name: title,
    detail: code,
    facultyId: faculty_id,
    credits,
    plannedHours: planned_hours,
    sortKey: sort_key,
    searchText: search_text,
  };
}

function share(picture: TermPicture): z.input<typeof Share> | null {
  const [row] = picture.byCourse();
  return row ?? null;
}

function fits({ facultyId, programmeId, search = '' }: Query, seen: 'every' | ReadonlySet<string>) {
  const words = searchText(search).split(' ').filter(Boolean);
  return (row: Row): boolean =>
    (seen === 'every' || (row.facultyId !== null && seen.has(row.facultyId))) &&
    (facultyId === undefined || row.facultyId === facultyId) &&
    (programmeId === undefined || row.programmeIds.has(programmeId)) &&
    words.every((word) => row.searchText.includes(word));
}

function order(sort: Query['sort']) {
  const byName = (a: Row, b: Row) => compare(a.sortKey, b.sortKey) || compare(a.id, b.id);
  return sort === 'name' ? byName : (a: Row, b: Row) => (b.percent ?? -1) - (a.percent ?? -1) || byName(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function viewOf(row: Row, faculties: ReadonlyMap<string, string>): z.input<typeof ShareRow> {
  const { sortKey: _sort, searchText: _search, facultyId, programmeIds: _programmes, ...view } = row;
  return { ...view, faculty: facultyId === null ? null : { id: facultyId, name: faculties.get(facultyId) ?? '' } };
}

function countStates(rows: readonly Row[]): z.input<typeof Shares>['states'] {
  const states = { ok: 0, near: 0, over: 0, unknown: 0 };
  for (const { state } of rows) states[state] += 1;
  return states;
}
