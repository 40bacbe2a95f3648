// Owns the tables of faculties, departments and programmes.
import { type Kysely, sql } from 'kysely';
import type { Department, Faculty, NewDepartment, NewProgramme, Programme } from '../contract/catalogue.ts';
import { DepartmentId, FacultyId, ProgrammeId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Asked, inOrder, listed, pageOfIds, similarNames } from './catalogue-page.store.ts';

export class CatalogueStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By name. */
  async faculties(): Promise<Faculty[]> {
    const rows = await this.#db.selectFrom('faculty').select(['id', 'name', 'external_id']).orderBy('sort_key').orderBy('id').execute();
    return rows.map(facultyOf);
  }

  async faculty(id: string): Promise<Faculty | null> {
    const row = await this.#db.selectFrom('faculty').select(['id', 'name', 'external_id']).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : facultyOf(row);
  }

  facultiesLike(name: string, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'faculty', name, { exceptId });
  }

  async addFaculty(id: FacultyId, name: string): Promise<void> {
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

  async departments(asked: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'department', asked);
    return { departments: inOrder(ids, await this.departmentsOf(ids)), ...page };
  }

  async departmentsOf(ids: readonly string[]): Promise<Department[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('department')
      .select(['id', 'faculty_id', 'name', 'external_id'])
      .where('id', 'in', ids)
      .execute();
    return rows.map((row) => ({
      ...{ id: DepartmentId.parse(row.id), facultyId: FacultyId.parse(row.faculty_id), name: row.name, externalId: row.external_id },
    }));
  }

  /** Each faculty may have one of that name. */
  departmentsLike({ name, facultyId }: NewDepartment, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'department', name, { exceptId, facultyId });
  }

  async addDepartment(id: DepartmentId, { facultyId, name }: NewDepartment): Promise<void> {
    await this.#db
      .insertInto('department')
      .values({ id, faculty_id: facultyId, name, external_id: null, ...listed(name) })
      .execute();
  }

  async changeDepartment(id: DepartmentId, { facultyId, name }: NewDepartment): Promise<void> {
    await this.#db
      .updateTable('department')
      .set({ faculty_id: facultyId, name, ...listed(name) })
      .where('id', '=', id)
      .execute();
  }

  async programmes(asked: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'programme', asked);
    return { programmes: inOrder(ids, await this.programmesOf(ids)), ...page };
  }

  async programmesOf(ids: readonly string[]): Promise<Programme[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.selectFrom('programme').selectAll().where('id', 'in', ids).execute();
    return rows.map((row) => ({
      ...{ id: ProgrammeId.parse(row.id), facultyId: FacultyId.parse(row.faculty_id), code: row.code, name: row.name, field: row.field },
      departmentId: row.department_id === null ? null : DepartmentId.parse(row.department_id),
      externalId: row.external_id,
    }));
  }

  programmesLike(code: string, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'programme', code, { column: sql.ref('code'), exceptId });
  }

  async addProgramme(id: ProgrammeId, programme: NewProgramme): Promise<void> {
    await this.#db
      .insertInto('programme')
      .values({ id, external_id: null, ...programmeColumns(programme) })
      .execute();
  }

  async changeProgramme(id: ProgrammeId, programme: NewProgramme): Promise<void> {
    await this.#db.updateTable('programme').set(programmeColumns(programme)).where('id', '=', id).execute();
  }
}

function facultyOf({
  id,
  name,
  external_id,
}: {
  readonly id: string;
  readonly name: string;
  readonly external_id: string | null;
}): Faculty {
  return { id: FacultyId.parse(id), name, externalId: external_id };
}

function programmeColumns({ facultyId, departmentId, code, name, field }: NewProgramme) {
  return { faculty_id: facultyId, department_id: departmentId, code, name, field, ...listed(code, name) };
}
