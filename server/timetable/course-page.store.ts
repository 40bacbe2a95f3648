// Reads what the page of a course shows: the course, who teaches it, which groups take it, how many lessons there are.
import type { Kysely } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

const mostNamed = 100;
/** The longest lesson with its extension. */
const reachBackMs = 24 * 3_600_000;

/** A course that all first-years take has hundreds of lessons in a week: what is one's own is looked up as such. */
export interface Lessons {
  readonly courseId: string;
  /** Only those that the person teaches, or has with a group; null: all. */
  readonly ownOf: string | null;
}

export class CoursePageStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async course(id: string) {
    const row = await this.#db
      .selectFrom('course')
      .innerJoin('faculty', 'faculty.id', 'course.faculty_id')
      .leftJoin('department', 'department.id', 'course.department_id')
      .select(['course.id', 'course.code', 'course.title', 'course.credits', 'course.faculty_id', 'faculty.name as faculty'])
      .select(['course.department_id', 'department.name as department'])
      .where('course.id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { code, title, credits, faculty_id, faculty, department_id, department } = row;
    return {
      ...{ id: row.id, code, title, credits, faculty: { id: faculty_id, name: faculty } },
      department: department_id === null ? null : { id: department_id, name: department ?? '' },
    };
  }

  /** Of lessons since then, by name. */
  async teachers(courseId: string, since: Instant): Promise<{ id: string; displayName: string }[]> {
    const teaching = this.#lessons(courseId).where('starts_at', '>=', since).select('teacher_id');
    const rows = await this.#db
      .selectFrom('person')
      .select(['id', 'display_name as displayName'])
      .where('id', 'in', teaching)
      .orderBy('sort_key')
      .orderBy('id')
      .limit(mostNamed)
      .execute();
    return rows;
  }

  async groups(courseId: string, since: Instant): Promise<{ id: string; name: string }[]> {
    const lessons = this.#lessons(courseId).where('starts_at', '>=', since).select('id');
    const rows = await this.#db
      .selectFrom('student_group')
      .select(['id', 'name'])
      .where('id', 'in', this.#db.selectFrom('lesson_group').select('group_id').where('lesson_id', 'in', lessons))
      .orderBy('sort_key')
      .orderBy('id')
      .limit(mostNamed)
      .execute();
    return rows;
  }

  async counts(courseId: string, now: Instant): Promise<{ past: number; coming: number }> {
    const count = async (isPast: boolean) => {
      const row = await this.#lessons(courseId)
        .where('ends_at', isPast ? '<=' : '>', now)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    };
    return { past: await count(true), coming: await count(false) };
  }

  /** When the latest lesson before then began; null without one. */
  async latest(courseId: string, before: Instant): Promise<Instant | null> {
    const row = await this.#lessons(courseId)
      .where('starts_at', '<', before)
      .select('starts_at')
      .orderBy('starts_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.starts_at ?? null;
  }

  /** Over at that time, newest first; with recordings only, those that have one which is not thrown away. */
  async past({ courseId, ownOf }: Lessons, now: Instant, limit: number, only: 'all' | 'recorded'): Promise<string[]> {
    const rows = await this.#lessons(courseId, ownOf)
      .where('starts_at', '<', now)
      .$if(only === 'recorded', (query) =>
        query.where('id', 'in', this.#db.selectFrom('recording').select('lesson_id').where('trashed_at', 'is', null)),
      )
      .select('id')
      .orderBy('starts_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Those that are not over at that time, by start. */
  async coming({ courseId, ownOf }: Lessons, since: Instant, limit: number): Promise<string[]> {
    const rows = await this.#lessons(courseId, ownOf)
      .where('starts_at', '>', since - reachBackMs)
      .where('ended_at', 'is', null)
      .where((eb) => eb(eb.fn.coalesce('extended_to', 'ends_at'), '>', since))
      .select('id')
      .orderBy('starts_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.id);
  }

  #lessons(courseId: string, ownOf: string | null = null) {
    const lessons = this.#db.selectFrom('lesson').where('course_id', '=', courseId).where('cancelled', '=', 0);
    if (ownOf === null) return lessons;
    const ofGroups = this.#db
      .selectFrom('group_member')
      .innerJoin('lesson_group', 'lesson_group.group_id', 'group_member.group_id')
      .select('lesson_group.lesson_id')
      .where('group_member.person_id', '=', ownOf);
    return lessons.where((eb) => eb.or([eb('teacher_id', '=', ownOf), eb('id', 'in', ofGroups)]));
  }
}
