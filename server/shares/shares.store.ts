// Adds up in the database how much of each course is taught by distance, and to which groups, a few courses at a time.
import { type Kysely, sql } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

/** Examinations, consultations and meetings are no hours of the curriculum. */
const teachingKinds = ['lecture', 'seminar', 'laboratory', 'guided-study'];

export interface TaughtRow {
  readonly courseId: string;
  readonly groupIds: readonly string[];
  /** By distance only; both are 0 where all is taught on site. */
  readonly held: { readonly lessons: number; readonly minutes: number };
  readonly coming: { readonly lessons: number; readonly minutes: number };
}

export interface StudentRow {
  readonly id: string;
  readonly name: string;
  readonly sortKey: string;
  readonly searchText: string;
  readonly groupIds: readonly string[];
}

export class SharesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By their first day. */
  terms() {
    return this.#db.selectFrom('term').select(['id', 'name', 'starts_on', 'ends_on']).orderBy('starts_on').orderBy('id').execute();
  }

  faculties() {
    return this.#db.selectFrom('faculty').select(['id', 'name']).execute();
  }

  courses() {
    return this.#courses().execute();
  }

  async course(id: string) {
    return (await this.#courses().where('id', '=', id).executeTakeFirst()) ?? null;
  }

  programmes() {
    return this.#db.selectFrom('programme').select(['id', 'code', 'name', 'field', 'faculty_id', 'sort_key', 'search_text']).execute();
  }

  groups() {
    return this.#db.selectFrom('student_group').select(['id', 'name', 'faculty_id', 'programme_id']).execute();
  }

  /** People who take a course beside the groups of its lessons. */
  enrolled() {
    return this.#db.selectFrom('enrolment').select(['person_id', 'course_id']).where('role', '=', 'student').execute();
  }

  /** Members of groups in the order of their ids, after the one named. */
  async students(after: string, limit: number): Promise<StudentRow[]> {
    const { rows } = await sql<{ id: string; display_name: string; sort_key: string; search_text: string; groups: string }>`
      select person.id, person.display_name, person.sort_key, person.search_text, member.groups
      from (
        select person_id, string_agg(group_id, ',') as groups from group_member
        where person_id > ${after} group by person_id order by person_id limit ${sql.lit(limit)}
      ) as member
      join person on person.id = member.person_id order by person.id`.execute(this.#db);
    return rows.map(({ id, display_name, sort_key, search_text, groups }) => {
      return { id, name: display_name, sortKey: sort_key, searchText: search_text, groupIds: groups.split(',') };
    });
  }

  /** Null for unknown people. */
  async student(id: string): Promise<(StudentRow & { readonly courseIds: readonly string[] }) | null> {
    const person = await this.#db
      .selectFrom('person')
      .select(['display_name', 'sort_key', 'search_text'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (person === undefined) return null;
    const groups = await this.#db.selectFrom('group_member').select('group_id').where('person_id', '=', id).orderBy('group_id').execute();
    const courses = await this.#db
      .selectFrom('enrolment')
      .select('course_id')
      .where('person_id', '=', id)
      .where('role', '=', 'student')
      .execute();
    return {
      ...{ id, name: person.display_name, sortKey: person.sort_key, searchText: person.search_text },
      ...{ groupIds: groups.map((row) => row.group_id), courseIds: courses.map((row) => row.course_id) },
    };
  }

  /** Of which the groups have lessons in the span, with those named. */
  async coursesFor(
    groupIds: readonly string[],
    courseIds: readonly string[],
    { from, to }: { readonly from: Instant; readonly to: Instant },
  ) {
    const ofGroups = this.#db
      .selectFrom('lesson_group')
      .innerJoin('lesson', 'lesson.id', 'lesson_group.lesson_id')
      .select('lesson.course_id')
      .distinct()
      .where('lesson_group.group_id', 'in', groupIds)
      .where('lesson.starts_at', '>=', from)
      .where('lesson.starts_at', '<', to);
    const taken = groupIds.length === 0 ? [] : await ofGroups.execute();
    const ids = [...new Set([...courseIds, ...taken.map((row) => row.course_id)])];
    return ids.length === 0 ? [] : this.#courses().where('id', 'in', ids).execute();
  }

  /** Of lessons that begin within the span and were not cancelled; over or not is judged at `now`. */
  async taught(
    courseIds: readonly string[],
    {
      from,
      to,
      now,
      exceptSeriesId,
    }: { readonly from: Instant; readonly to: Instant; readonly now: Instant; readonly exceptSeriesId?: string | undefined },
  ): Promise<TaughtRow[]> {
    if (courseIds.length === 0) return [];
    const except = exceptSeriesId === undefined ? sql`1 = 1` : sql`(series_id is null or series_id <> ${exceptSeriesId})`;
    const figure = (isHeld: boolean, value: ReturnType<typeof sql>) => {
      const when = isHeld ? sql`ends_at <= ${now}` : sql`ends_at > ${now}`;
      return sql`cast(sum(case when mode <> 'on-site' and ${when} then ${value} else 0 end) as bigint)`;
    };
    const { rows } = await sql<Record<'held' | 'held_ms' | 'coming' | 'coming_ms', number> & { course_id: string; groups: string | null }>`
      select course_id, groups,
        ${figure(true, sql`1`)} as held, ${figure(true, sql`ends_at - starts_at`)} as held_ms,
        ${figure(false, sql`1`)} as coming, ${figure(false, sql`ends_at - starts_at`)} as coming_ms
      from (
        select course_id, starts_at, ends_at, mode,
          (select string_agg(group_id, ',' order by group_id) from lesson_group where lesson_id = lesson.id) as groups
        from lesson
        where course_id in (${sql.join(courseIds)}) and starts_at >= ${from} and starts_at < ${to} and cancelled = 0
          and kind in (${sql.join(teachingKinds)}) and ${except}
      ) as taught
      group by course_id, groups`.execute(this.#db);
    return rows.map((row) => ({
      courseId: row.course_id,
      groupIds: row.groups === null ? [] : row.groups.split(','),
      held: { lessons: Number(row.held), minutes: Number(row.held_ms) / 60_000 },
      coming: { lessons: Number(row.coming), minutes: Number(row.coming_ms) / 60_000 },
    }));
  }

  #courses() {
    return this.#db
      .selectFrom('course')
      .select(['id', 'code', 'title', 'faculty_id', 'credits', 'planned_hours', 'sort_key', 'search_text']);
  }
}

/** Whether a lesson of the kind is an hour of the curriculum. */
export function isTeaching(kind: string): boolean {
  return teachingKinds.includes(kind);
}
