// Faculties, departments and programmes: found, added and changed by those who arrange them.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type {
  CatalogueQuery,
  Department,
  Departments,
  Faculties,
  Faculty,
  NewDepartment,
  NewProgramme,
  Programme,
  Programmes,
} from '../contract/catalogue.ts';
import { DepartmentId, FacultyId, ProgrammeId } from '../contract/ids.ts';
import type { CatalogueStore } from './catalogue.store.ts';
import {
  checkArranges,
  checkArrangesSomewhere,
  cursorOf,
  found,
  known,
  ListPlace,
  placeOf,
  refuseTaken,
  shownFaculties,
} from './catalogue.ts';
import type { CourseStore } from './catalogue-courses.store.ts';
import type { GroupStore } from './catalogue-groups.store.ts';
import type { MembershipStore } from './membership.store.ts';
import type { PlaceStore } from './places.store.ts';
import type { SeriesStore } from './series.store.ts';
import type { StreamStore } from './streams.store.ts';
import type { Asking } from './who.ts';

export type Query = z.output<typeof CatalogueQuery>;

export interface CatalogueStores {
  readonly catalogue: CatalogueStore;
  readonly courses: CourseStore;
  readonly groups: GroupStore;
  readonly streams: StreamStore;
  readonly places: PlaceStore;
  readonly memberships: MembershipStore;
  readonly series: SeriesStore;
}

/** What every service of the catalogue works with. */
export interface CatalogueParts {
  readonly stores: CatalogueStores;
  /** All of `work` or nothing, while nothing else changes the plan. */
  readonly alone: <T>(work: (stores: CatalogueStores) => Promise<T>) => Promise<T>;
  readonly audit: Audit;
  readonly newId: () => string;
}

/** What a store is asked for a page by. */
export function asked(person: Asking, { search, facultyId, after, limit }: Query) {
  checkArrangesSomewhere(person);
  return { search, facultyId, limit, facultyIds: shownFaculties(person), after: after === undefined ? null : placeOf(after, ListPlace) };
}

export const next = (last: ListPlace | null) => (last === null ? null : cursorOf(last));

export class CatalogueService {
  readonly #parts: CatalogueParts;
  readonly #fields: z.input<typeof Programmes>['fields'];

  /** @param fields how many percent of each field of study may be taught at a distance */
  constructor(parts: CatalogueParts, fields: Readonly<Record<string, number>>) {
    this.#parts = parts;
    this.#fields = Object.entries(fields).map(([field, percent]) => ({ field, percent }));
  }

  /** All of them, for everybody who arranges any: they are named in much that one may see. */
  async faculties(person: Asking): Promise<z.input<typeof Faculties>> {
    checkArrangesSomewhere(person);
    return { faculties: await this.#parts.stores.catalogue.faculties() };
  }

  async addFaculty(actor: Actor, name: string): Promise<Faculty> {
    checkArranges(actor, null);
    const faculty = { id: FacultyId.parse(this.#parts.newId()), name, externalId: null };
    await this.#parts.alone(async ({ catalogue }) => {
      refuseTaken(name, await catalogue.facultiesLike(name));
      await catalogue.addFaculty(faculty.id, name);
    });
    await this.#parts.audit.record(actor, { act: 'faculty.added', subject: { kind: 'faculty', ...faculty }, after: { name } });
    return faculty;
  }

  async renameFaculty(actor: Actor, id: FacultyId, name: string): Promise<Faculty> {
    checkArrangesSomewhere(actor);
    const before = await this.#parts.alone(async ({ catalogue }) => {
      const faculty = found(await catalogue.faculty(id));
      checkArranges(actor, id);
      refuseTaken(name, await catalogue.facultiesLike(name, id));
      await catalogue.renameFaculty(id, name);
      return faculty;
    });
    const after = { ...before, name };
    await this.#parts.audit.record(actor, { act: 'faculty.changed', subject: { kind: 'faculty', ...after }, before, after });
    return after;
  }

  async departments(person: Asking, query: Query): Promise<z.input<typeof Departments>> {
    const { last, ...page } = await this.#parts.stores.catalogue.departments(asked(person, query));
    return { ...page, next: next(last) };
  }

  async addDepartment(actor: Actor, wanted: NewDepartment): Promise<Department> {
    checkArranges(actor, wanted.facultyId);
    const department = { id: DepartmentId.parse(this.#parts.newId()), ...wanted, externalId: null };
    await this.#parts.alone(async ({ catalogue }) => {
      known((await catalogue.faculty(wanted.facultyId)) !== null, 'facultyId');
      refuseTaken(wanted.name, await catalogue.departmentsLike(wanted));
      await catalogue.addDepartment(department.id, wanted);
    });
    const subject = { kind: 'department', id: department.id, name: wanted.name };
    await this.#parts.audit.record(actor, { act: 'department.added', subject, after: wanted });
    return department;
  }

  async changeDepartment(actor: Actor, id: DepartmentId, wanted: NewDepartment): Promise<Department> {
    checkArrangesSomewhere(actor);
    const before = await this.#parts.alone(async ({ catalogue }) => {
      const [department] = await catalogue.departmentsOf([id]);
      for (const { facultyId } of [found(department), wanted]) checkArranges(actor, facultyId);
      known((await catalogue.faculty(wanted.facultyId)) !== null, 'facultyId');
      refuseTaken(wanted.name, await catalogue.departmentsLike(wanted, id));
      await catalogue.changeDepartment(id, wanted);
      return found(department);
    });
    const after = { ...before, ...wanted };
    await this.#parts.audit.record(actor, {
      ...{ act: 'department.changed', subject: { kind: 'department', id, name: after.name }, before, after },
    });
    return after;
  }

  async programmes(person: Asking, query: Query): Promise<z.input<typeof Programmes>> {
    const { last, ...page } = await this.#parts.stores.catalogue.programmes(asked(person, query));
    return { ...page, next: next(last), fields: this.#fields };
  }

  async addProgramme(actor: Actor, wanted: NewProgramme): Promise<Programme> {
    checkArranges(actor, wanted.facultyId);
    const programme = { id: ProgrammeId.parse(this.#parts.newId()), ...wanted, externalId: null };
    await this.#parts.alone(async ({ catalogue }) => {
      await this.#checkProgramme(catalogue, wanted);
      refuseTaken(wanted.code, await catalogue.programmesLike(wanted.code));
      await catalogue.addProgramme(programme.id, wanted);
    });
    const subject = { kind: 'programme', id: programme.id, name: `${wanted.code} ${wanted.name}` };
    await this.#parts.audit.record(actor, { act: 'programme.added', subject, after: wanted });
    return programme;
  }

  async changeProgramme(actor: Actor, id: ProgrammeId, wanted: NewProgramme): Promise<Programme> {
    checkArrangesSomewhere(actor);
    const before = await this.#parts.alone(async ({ catalogue }) => {
      const [programme] = await catalogue.programmesOf([id]);
      for (const { facultyId } of [found(programme), wanted]) checkArranges(actor, facultyId);
      await this.#checkProgramme(catalogue, wanted);
      refuseTaken(wanted.code, await catalogue.programmesLike(wanted.code, id));
      await catalogue.changeProgramme(id, wanted);
      return found(programme);
    });
    const after = { ...before, ...wanted };
    const subject = { kind: 'programme', id, name: `${after.code} ${after.name}` };
    await this.#parts.audit.record(actor, { act: 'programme.changed', subject, before, after });
    return after;
  }

  async #checkProgramme(catalogue: CatalogueStore, { facultyId, departmentId, field }: NewProgramme): Promise<void> {
    known((await catalogue.faculty(facultyId)) !== null, 'facultyId');
    known(await hasDepartment(catalogue, departmentId, facultyId), 'departmentId');
    known(
      this.#fields.some((one) => one.field === field),
      'field',
    );
  }
}

/** None is always there; one must be of the faculty. */
export async function hasDepartment(catalogue: CatalogueStore, id: DepartmentId | null, facultyId: FacultyId): Promise<boolean> {
  if (id === null) return true;
  const [department] = await catalogue.departmentsOf([id]);
  return department?.facultyId === facultyId;
}
