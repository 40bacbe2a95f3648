// Reads what single students were judged to be, and who has missed many lessons in a row.
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { type Risk, riskFrom } from '../contract/reports.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { within } from './lessons.store.ts';
import type { Ids, Open } from './open.ts';
import type { Span } from './period.ts';

export interface Result {
  readonly lessonId: string;
  readonly personId: string;
  readonly verdict: string;
  readonly corrected: boolean;
  readonly minutes: number;
  readonly share: number;
}

export interface RiskFilter {
  readonly open: Open;
  readonly facultyId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly courseIds?: Ids | undefined;
  /** Only those whose last lesson was not before. */
  readonly since: number;
}

/** Q6 */
export type RiskOf = z.input<typeof Risk> & { readonly personId: string };

export class ResultsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Of a few lessons; with a group, of its members only. */
  async ofLessons(lessonIds: readonly string[], groupId?: string): Promise<Result[]> {
    if (lessonIds.length === 0) return [];
    let results = this.#results().where('lesson_id', 'in', lessonIds);
    if (groupId !== undefined)
      results = results.where('person_id', 'in', this.#db.selectFrom('group_member').select('person_id').where('group_id', '=', groupId));
    return (await results.execute()).map(resultOf);
  }

  async ofPerson(personId: string, courseIds: Ids, { from, to }: Span): Promise<Result[]> {
    const rows = await this.#results()
      .where('person_id', '=', personId)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .where(within('course_id', courseIds))
      .orderBy('starts_at')
      .orderBy('lesson_id')
      .execute();
    return rows.map(resultOf);
  }

  /** By person: of these courses only. */
  async risksOf(personIds: readonly string[], courseIds: readonly string[], since: number): Promise<Map<string, RiskOf[]>> {
    const risks = new Map<string, RiskOf[]>();
    if (courseIds.length === 0) return risks;
    const wanted = new Set(courseIds);
    for (const piece of inPieces(personIds)) {
      const rows = await this.#risks()
        .where('streak.person_id', 'in', piece)
        .where('streak.missed', '>=', riskFrom)
        .where('streak.last_at', '>=', since)
        .execute();
      for (const risk of rows.map(riskOf).filter(({ courseId }) => wanted.has(courseId)))
        risks.set(risk.personId, [...(risks.get(risk.personId) ?? []), risk]);
    }
    return risks;
  }

  /** By course: how many the person has missed in a row, up to now. */
  async missedBy(personId: string): Promise<Map<string, number>> {
    const rows = await this.#db.selectFrom('attendance_streak').select(['course_id', 'missed']).where('person_id', '=', personId).execute();
    return new Map(rows.map((row) => [row.course_id, row.missed]));
  }

  /** People, those who miss longest first, and how many there are in all: counted on the way, for to find them is what takes long. */
  async atRisk(
    filter: RiskFilter,
    page?: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly ids: string[]; readonly total: number }> {
    let found = this.#streaks(filter)
      .innerJoin('person', 'person.id', 'streak.person_id')
      .select(['streak.person_id', sql<number>`count(*) over ()`.as('total')])
      .where('person.disabled', '=', 0)
      .groupBy(['streak.person_id', 'person.sort_key'])
      .orderBy((eb) => eb.fn.max('streak.missed'), 'desc')
      .orderBy('person.sort_key')
      .orderBy('streak.person_id');
    if (page !== undefined) found = found.limit(page.limit).offset(page.offset);
    const rows = await found.execute();
    // Behind the last page there is no row to say it.
    const total = rows[0]?.total ?? (page === undefined || page.offset === 0 ? 0 : await this.countAtRisk(filter));
    return { ids: rows.map((row) => row.person_id), total };
  }

  async countAtRisk(filter: RiskFilter): Promise<number> {
    const row = await this.#streaks(filter)
      .innerJoin('person', 'person.id', 'streak.person_id')
      .select((eb) => eb.fn.count<number>('streak.person_id').distinct().as('people'))
      .where('person.disabled', '=', 0)
      .executeTakeFirstOrThrow();
    return row.people;
  }

  /** Those of the filter, of these people. */
  async risksWithin(filter: RiskFilter, personIds: readonly string[]): Promise<Map<string, RiskOf[]>> {
    const risks = new Map<string, RiskOf[]>();
    for (const piece of inPieces(personIds)) {
      const rows = await this.#risks()
        .where('streak.missed', '>=', riskFrom)
        .where('streak.last_at', '>=', filter.since)
        .where(isOpen(filter))
        .where('streak.person_id', 'in', piece)
        .execute();
      for (const risk of rows.map(riskOf)) risks.set(risk.personId, [...(risks.get(risk.personId) ?? []), risk]);
    }
    return risks;
  }

  #results() {
    return this.#db.selectFrom('attendance_result').select(['lesson_id', 'person_id', 'verdict', 'computed', 'minutes', 'share']);
  }

  #risks() {
    return this.#db
      .selectFrom('attendance_streak as streak')
      .innerJoin('course', 'course.id', 'streak.course_id')
      .select(['streak.person_id', 'streak.course_id', 'course.title', 'streak.missed', 'streak.since', 'streak.last_at'])
      .orderBy('streak.missed', 'desc')
      .orderBy('course.sort_key')
      .orderBy('streak.course_id');
  }

  #streaks(filter: RiskFilter) {
    return this.#db
      .selectFrom('attendance_streak as streak')
      .where('streak.missed', '>=', riskFrom)
      .where('streak.last_at', '>=', filter.since)
      .where(isOpen(filter));
  }
}

function isOpen({ open, facultyId, groupId, courseIds }: RiskFilter): Expression<SqlBool> {
  const all = [within('streak.course_id', courseIds)];
  const ofFaculties = (ids: Ids) => sql<SqlBool>`streak.course_id in (select id from course where ${within('faculty_id', ids)})`;
  if (facultyId !== undefined) all.push(ofFaculties(new Set([facultyId])));
  if (groupId !== undefined) all.push(sql<SqlBool>`streak.person_id in (select person_id from group_member where group_id = ${groupId})`);
  if (open !== 'every') all.push(sql<SqlBool>`(${within('streak.course_id', open.courseIds)} or ${ofFaculties(open.facultyIds)})`);
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

function resultOf(row: {
  readonly lesson_id: string;
  readonly person_id: string;
  readonly verdict: string;
  readonly computed: string;
  readonly minutes: number;
  readonly share: number;
}): Result {
  const { lesson_id, person_id, verdict, computed, minutes, share } = row;
  return { lessonId: lesson_id, personId: person_id, verdict, corrected: verdict !== computed, minutes, share };
}

function riskOf(row: {
  readonly person_id: string;
  readonly course_id: string;
  readonly title: string;
  readonly missed: number;
  readonly since: number | null;
  readonly last_at: number;
}): RiskOf {
  const { person_id, course_id, title, missed, since, last_at } = row;
  return { personId: person_id, courseId: course_id, courseTitle: title, missedInRow: missed, since: since ?? last_at };
}
