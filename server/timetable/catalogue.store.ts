// Owns the tables of faculties, courses and groups.
import type { Kysely } from 'kysely';
import type { Course, Faculty, Group, NewCourse, NewGroup } from '../contract/catalogue.ts';
import { CourseId, DepartmentId, FacultyId, GroupId, ProgrammeId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchText, sortKey } from '../database/text.ts';
import { MembershipStore } from './membership.store.ts';

export interface CatalogueStores {
  readonly catalogue: CatalogueStore;
  readonly memberships: MembershipStore;
}

export class CatalogueStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All of `work` or nothing. What is done so runs one after the other, on every database: for rules that look at several rows. */
  alone<T>(work: (stores: CatalogueStores) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      // PostgreSQL keeps the row locked until the transaction ends; SQLite has one writer anyway.
      await trx
        .insertInto('server_value')
        .values({ name: 'catalogue-lock', value: '' })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
        .execute();
      return work({ catalogue: new CatalogueStore(trx), memberships: new MembershipStore(trx) });
    });
  }

  async faculties(): Promise<Faculty[]> {
    const rows = await this.#db.selectFrom('faculty').select(['id', 'name', 'external_id']).execute();
    return rows.map(({ id, name, external_id }) => ({ id: FacultyId.parse(id), name, externalId: external_id }));
  }

  async addFaculty({ id, name }: Faculty): Promise<void> {
    await this.#db
      .insertInto('faculty')
      .values({ id, name, ...listed(name) })
      .execute();
  }

  async renameFaculty(id: FacultyId, name: string): Promise<void> {
    await this.#db
      .updateTable('faculty')
      .set({ name, ...listed(name) })
      .where('id', '=', id)
      .execute();
  }

  /** In no order. */
  async courses(): Promise<Course[]> {
    const [rows, enrolled] = await Promise.all([
      this.#db
        .selectFrom('course')
        .select(['id', 'faculty_id', 'code', 'title', 'department_id', 'credits', 'planned_hours', 'external_id'])
        .execute(),
      this.#db
        .selectFrom('enrolment')
        .select(['course_id', 'role', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy(['course_id', 'role'])
        .execute(),
    ]);
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

  async addCourse({ id, facultyId, code, title }: NewCourse & { readonly id: CourseId }): Promise<void> {
    await this.#db
      .insertInto('course')
      .values({ id, faculty_id: facultyId, code, title, ...listed(code, title) })
      .execute();
  }

  async changeCourse(id: CourseId, { facultyId, code, title }: NewCourse): Promise<void> {
    await this.#db
      .updateTable('course')
      .set({ faculty_id: facultyId, code, title, ...listed(code, title) })
      .where('id', '=', id)
      .execute();
  }

  /** In no order. */
  async groups(): Promise<Group[]> {
    const [rows, members] = await Promise.all([
      this.#db.selectFrom('student_group').select(['id', 'faculty_id', 'name', 'programme_id', 'external_id']).execute(),
      this.#db
        .selectFrom('group_member')
        .select(['group_id', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy('group_id')
        .execute(),
    ]);
    const sizes = new Map(members.map((row) => [row.group_id, Number(row.count)]));
    return rows.map(({ id, faculty_id, name, programme_id, external_id }) => ({
      ...{ id: GroupId.parse(id), facultyId: FacultyId.parse(faculty_id), name, externalId: external_id },
      programmeId: programme_id === null ? null : ProgrammeId.parse(programme_id),
      size: sizes.get(id) ?? 0,
    }));
  }

  async addGroup({ id, facultyId, name }: NewGroup & { readonly id: GroupId }): Promise<void> {
    await this.#db
      .insertInto('student_group')
      .values({ id, faculty_id: facultyId, name, ...listed(name) })
      .execute();
  }

  async renameGroup(id: GroupId, name: string): Promise<void> {
    await this.#db
      .updateTable('student_group')
      .set({ name, ...listed(name) })
      .where('id', '=', id)
      .execute();
  }
}

function listed(name: string, ...more: string[]): { sort_key: string; search_text: string } {
  return { sort_key: sortKey(name), search_text: searchText(name, ...more) };
}
