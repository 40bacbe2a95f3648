// Owns the table of courses.
import { type Kysely, sql } from 'kysely';
import type { Course } from '../contract/catalogue.ts';
import { CourseId, DepartmentId, FacultyId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Asked, inOrder, listed, pageOfIds, similarNames } from './catalogue-page.store.ts';

/** What is written of a course; the rest is counted. */
export type StoredCourse = Pick<Course, 'facultyId' | 'code' | 'title' | 'departmentId' | 'credits' | 'plannedHours'>;

export class CourseStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async page(asked: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'course', asked);
    return { courses: inOrder(ids, await this.#of(ids)), ...page };
  }

  async find(id: string): Promise<Course | null> {
    return (await this.#of([id]))[0] ?? null;
  }

  like(code: string, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'course', code, { column: sql.ref('code'), exceptId });
  }

  async add(id: CourseId, course: StoredCourse): Promise<void> {
    await this.#db
      .insertInto('course')
      .values({ id, ...columnsOf(course) })
      .execute();
  }

  async change(id: CourseId, course: StoredCourse): Promise<void> {
    await this.#db.updateTable('course').set(columnsOf(course)).where('id', '=', id).execute();
  }

  async #of(ids: readonly string[]): Promise<Course[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('course')
      .select(['id', 'faculty_id', 'code', 'title', 'department_id', 'credits', 'planned_hours', 'external_id'])
      .where('id', 'in', ids)
      .execute();
    const enrolled = await this.#db
      .selectFrom('enrolment')
      .select(['course_id', 'role', (eb) => eb.fn.countAll<number>().as('count')])
      .where('course_id', 'in', ids)
      .groupBy(['course_id', 'role'])
      .execute();
    const counts = new Map(enrolled.map((row) => [`${row.role} ${row.course_id}`, Number(row.count)]));
    return rows.map(({ id, faculty_id, code, title, department_id, credits, planned_hours, external_id }) => ({
      ...{ id: CourseId.parse(id), facultyId: FacultyId.parse(faculty_id), code, title, credits },
      departmentId: department_id === null ? null : DepartmentId.parse(department_id),
      plannedHours: planned_hours,
      externalId: external_id,
      assistants: counts.get(`assistant ${id}`) ?? 0,
      students: counts.get(`student ${id}`) ?? 0,
    }));
  }
}

function columnsOf({ facultyId, code, title, departmentId, credits, plannedHours }: StoredCourse) {
  const own = { code, title, credits, ...listed(code, title) };
  return { ...own, faculty_id: facultyId, department_id: departmentId, planned_hours: plannedHours };
}
