// The reports of a faculty and of a term, and who is at risk: sums over very many lessons, taken in small steps.
import type { z } from 'zod';
import type { AtRisk, AtRiskQuery, FacultyReport, ReportQuery, TermReport } from '../contract/reports.ts';
import { inPieces } from '../database/pieces.ts';
import type { Asking } from '../timetable/who.ts';
import type { LessonFilter, LessonSum } from './lessons.store.ts';
import { onlyIn } from './open.ts';
import { daysOf, type Period } from './period.ts';
import type { Periods } from './periods.ts';
import type { ReportStores } from './reports.service.ts';
import type { RiskFilter } from './results.store.ts';
import type { ReportRights } from './rights.service.ts';
import { type Counts, nothing, plus, Sums, tallyOf, tenth, trendOf } from './tally.ts';
import { turns } from './turns.ts';

type Query = z.output<typeof ReportQuery>;
type RiskQuery = z.output<typeof AtRiskQuery>;

export const riskPage = 50;
const groupsAtOnce = 25;
/** Of one faculty a statement adds up so many days, of all one. */
const facultyDays = 3;

/** Lessons beside their verdicts. */
interface Held {
  readonly held: number;
  readonly notHeld: number;
  readonly unsigned: number;
  readonly delayMinutes: number;
}

export class FacultyReports {
  readonly #stores: ReportStores;
  readonly #rights: ReportRights;
  readonly #periods: Periods;

  constructor({ stores, rights, periods }: { readonly stores: ReportStores; readonly rights: ReportRights; readonly periods: Periods }) {
    this.#stores = stores;
    this.#rights = rights;
    this.#periods = periods;
  }

  /** Q7 */
  async faculty(asking: Asking, id: string, query: Query): Promise<z.input<typeof FacultyReport>> {
    const { names, results } = this.#stores;
    const faculty = await this.#rights.faculty(asking, id);
    const { period, span } = await this.#periods.find(query);
    const courseIds = onlyIn('every', query.courseId);
    const added = await this.#add({ facultyIds: new Set([id]), courseIds }, 'teacher', period, facultyDays);
    const [courses, teachers, taught] = [new Sums<string>(), new Sums<string>(), new Map<string, Held>()];
    for (const { sum } of added) {
      courses.add(sum.courseId, sum.counts);
      teachers.add(sum.teacherId, sum.counts);
      taught.set(sum.teacherId, heldOf([taught.get(sum.teacherId), sum]));
    }
    const people = await names.people(taught.keys());
    const all = heldOf(added.map(({ sum }) => sum));
    return {
      ...{ period, faculty: { id, name: faculty.name }, total: tallyOf(courses.total()) },
      ...{ heldLessons: all.held, notHeldLessons: all.notHeld, unsignedLessons: all.unsigned },
      groups: await this.#groups(id, courseIds, span),
      courses: (await names.courses([...new Set(added.map(({ sum }) => sum.courseId))])).map(({ id, name }) => {
        return { id, name, tally: tallyOf(courses.of(id)) };
      }),
      teachers: [...people.values()]
        .sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : a.id < b.id ? -1 : 1))
        .map(({ id, name }) => {
          const { held, notHeld, delayMinutes } = taught.get(id) ?? heldOf([]);
          return {
            id,
            name,
            tally: tallyOf(teachers.of(id)),
            held,
            notHeld,
            averageDelayMinutes: held === 0 ? 0 : tenth(delayMinutes / held),
          };
        }),
      trend: trendOf(added.map(({ day, sum }) => [day, sum.counts] as const)),
      atRisk: await results.countAtRisk({ open: 'every', facultyId: id, courseIds, since: span.from }),
    };
  }

  /** Q7 */
  async term(asking: Asking, query: Query): Promise<z.input<typeof TermReport>> {
    const { names, results } = this.#stores;
    const facultyIds = this.#rights.faculties(asking);
    const { period, span } = await this.#periods.find(query);
    const courseIds = onlyIn('every', query.courseId);
    const added = await this.#add({ facultyIds, courseIds }, 'faculty', period, 1);
    const seen = (await names.faculties()).filter(({ id }) => facultyIds === 'every' || facultyIds.has(id));
    const turn = turns();
    const faculties: z.input<typeof TermReport>['faculties'] = [];
    for (const { id, name } of seen) {
      const own = added.filter(({ sum }) => sum.facultyId === id).map(({ sum }) => sum);
      const { held, notHeld, unsigned } = heldOf(own);
      const atRisk = await results.countAtRisk({ open: 'every', facultyId: id, courseIds, since: span.from });
      const tally = tallyOf(total(own));
      faculties.push({ id, name, tally, heldLessons: held, notHeldLessons: notHeld, unsignedLessons: unsigned, atRisk });
      await turn();
    }
    return {
      ...{ period, total: tallyOf(total(added.map(({ sum }) => sum))), faculties },
      trend: trendOf(added.map(({ day, sum }) => [day, sum.counts] as const)),
    };
  }

  /** Q6: of the term of today. Without a page: everybody. */
  async atRisk(asking: Asking, query: Omit<RiskQuery, 'page'> & { readonly page?: number }): Promise<z.input<typeof AtRisk>> {
    const { results } = this.#stores;
    const filter = await this.#riskFilter(asking, query);
    const { page } = query;
    const { ids, total } = await results.atRisk(filter, page === undefined ? undefined : { offset: page * riskPage, limit: riskPage });
    const students: z.input<typeof AtRisk>['students'] = [];
    const turn = turns();
    for (const piece of inPieces(ids)) {
      students.push(...(await this.#named(filter, piece)));
      await turn();
    }
    return { students, total };
  }

  async #named(filter: RiskFilter, ids: readonly string[]): Promise<z.input<typeof AtRisk>['students']> {
    const { names, results } = this.#stores;
    const [people, groups, risks] = [await names.people(ids), await names.groupsOf(ids), await results.risksWithin(filter, ids)];
    return ids.map((id) => ({
      ...{ personId: id, name: people.get(id)?.name ?? '', groups: (groups.get(id) ?? []).map(({ name }) => name) },
      risks: (risks.get(id) ?? []).map(({ personId: _person, ...risk }) => risk),
    }));
  }

  /** Q2: each thing that is named limits what is shown, and must be for this person to see. */
  async #riskFilter(asking: Asking, { facultyId, groupId, courseId }: Omit<RiskQuery, 'page'>): Promise<RiskFilter> {
    const { span } = await this.#periods.find({});
    const since = span.from;
    if (facultyId !== undefined) await this.#rights.faculty(asking, facultyId);
    if (courseId !== undefined) await this.#rights.course(asking, courseId, span);
    if (groupId !== undefined) {
      const { courseIds } = await this.#rights.group(asking, groupId, span);
      return { open: 'every', facultyId, groupId, courseIds: onlyIn(courseIds, courseId), since };
    }
    const open = facultyId === undefined && courseId === undefined ? await this.#rights.lessons(asking, span) : 'every';
    return { open, facultyId, groupId, courseIds: onlyIn('every', courseId), since };
  }

  /** Q7: the groups of the faculty, in whatever course. */
  async #groups(facultyId: string, courseIds: ReturnType<typeof onlyIn>, span: { readonly from: number; readonly to: number }) {
    const { names, lessons } = this.#stores;
    const groups = await names.groupsOfFaculty(facultyId);
    const sums = new Map<string, Counts>();
    const turn = turns();
    for (const piece of inPieces(groups, groupsAtOnce)) {
      const ids = piece.map(({ id }) => id);
      for (const [id, counts] of await lessons.groupSums(ids, courseIds, span)) sums.set(id, counts);
      await turn();
    }
    return groups.flatMap(({ id, name }) => {
      const counts = sums.get(id);
      return counts === undefined ? [] : [{ id, name, tally: tallyOf(counts) }];
    });
  }

  /** Sums with the first of the days that they are of, all in one week. */
  async #add(filter: Pick<LessonFilter, 'facultyIds' | 'courseIds'>, by: 'faculty' | 'teacher', period: Period, atOnce: number) {
    const added: { readonly day: string; readonly sum: LessonSum }[] = [];
    const turn = turns();
    for (const { from, to } of stepsOf(period, atOnce)) {
      for (const sum of await this.#stores.lessons.sums(filter, by, this.#periods.spanOf({ from, to }))) added.push({ day: from, sum });
      await turn();
    }
    return added;
  }
}

/** So many days each, and none in two weeks. */
function* stepsOf(period: Period, atOnce: number): Generator<Period> {
  let from: string | null = null;
  let count = 0;
  for (const day of daysOf(period)) {
    from ??= day;
    count += 1;
    const isSunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
    if (count < atOnce && !isSunday && day !== period.to) continue;
    yield { from, to: day };
    from = null;
    count = 0;
  }
}

function heldOf(sums: readonly (Held | undefined)[]): Held {
  let [held, notHeld, unsigned, delayMinutes] = [0, 0, 0, 0];
  for (const sum of sums) {
    held += sum?.held ?? 0;
    notHeld += sum?.notHeld ?? 0;
    unsigned += sum?.unsigned ?? 0;
    delayMinutes += sum?.delayMinutes ?? 0;
  }
  return { held, notHeld, unsigned, delayMinutes };
}

function total(sums: readonly LessonSum[]): Counts {
  return sums.reduce<Counts>((all, { counts }) => plus(all, counts), nothing);
}
