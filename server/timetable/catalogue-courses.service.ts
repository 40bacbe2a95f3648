// Courses, and who helps in them and takes them beside the groups of their lessons.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Course, CourseChange, CoursePeople, CoursePeopleChange, Courses, NewCourse } from '../contract/catalogue.ts';
import { CourseId } from '../contract/ids.ts';
import { asked, type CatalogueParts, type CatalogueStores, hasDepartment, next, type Query } from './catalogue.service.ts';
import { checkArranges, checkArrangesSomewhere, found, known, refuseTaken } from './catalogue.ts';
import { type OpenRooms, readNames, refuseFaults } from './catalogue-people.service.ts';
import type { CourseMembers } from './membership.store.ts';
import type { Asking } from './who.ts';

type Parts = CatalogueParts & {
  readonly rooms: OpenRooms;
  /** Lets lessons follow; resolves when they do. */
  readonly layOut: () => Promise<unknown>;
};

export class CourseService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(person: Asking, query: Query): Promise<z.input<typeof Courses>> {
    const { last, ...page } = await this.#parts.stores.courses.page(asked(person, query));
    return { ...page, next: next(last) };
  }

  async add(actor: Actor, wanted: NewCourse): Promise<Course> {
    checkArranges(actor, wanted.facultyId);
    const { departmentId = null, credits = null, plannedHours = null } = wanted;
    const course = { id: CourseId.parse(this.#parts.newId()), ...wanted, departmentId, credits, plannedHours };
    await this.#parts.alone(async (stores) => {
      await refuseUnfit(stores, course);
      refuseTaken(course.code, await stores.courses.like(course.code));
      await stores.courses.add(course.id, course);
    });
    await this.#parts.audit.record(actor, { act: 'course.added', subject: subjectOf(course), after: course });
    return { ...course, externalId: null, assistants: 0, students: 0 };
  }

  async change(actor: Actor, id: CourseId, change: z.output<typeof CourseChange>): Promise<Course> {
    const { before, after } = await this.#parts.alone(async (stores) => {
      const course = await find(actor, stores, id);
      const { facultyId = course.facultyId, code = course.code, title = course.title } = change;
      const { departmentId = course.departmentId, credits = course.credits, plannedHours = course.plannedHours } = change;
      const changed = { ...course, facultyId, code, title, departmentId, credits, plannedHours };
      checkArranges(actor, facultyId);
      await refuseUnfit(stores, changed);
      refuseTaken(code, await stores.courses.like(code, id));
      await stores.courses.change(id, changed);
      if (facultyId !== course.facultyId) await stores.series.markCourse(id);
      return { before: course, after: changed };
    });
    await this.#parts.audit.record(actor, { act: 'course.changed', subject: subjectOf(after), before, after });
    if (before.facultyId !== after.facultyId) await this.#parts.layOut();
    return after;
  }

  async people(person: Asking, id: CourseId): Promise<z.input<typeof CoursePeople>> {
    await find(person, this.#parts.stores, id);
    return copy(await this.#parts.stores.memberships.peopleOf(id));
  }

  /**
   * All or nothing; throws `Refused('import-faulty')` with `details.faults`. Nobody is both: an assistant who is named as a student too is a
   * fault. Rooms that are open know at once.
   */
  async setPeople(actor: Actor, id: CourseId, wanted: z.output<typeof CoursePeopleChange>): Promise<z.input<typeof CoursePeople>> {
    const { course, before, after } = await this.#parts.alone(async (stores) => {
      const { memberships } = stores;
      const changed = await find(actor, stores, id);
      const assistants = await readNames(memberships, wanted.assistants, 'assistants');
      const students = await readNames(memberships, wanted.students, 'students', new Set(assistants.ids));
      refuseFaults([...assistants.faults, ...students.faults]);
      const were = await memberships.peopleOf(id);
      await memberships.setPeople(id, { assistants: assistants.ids, students: students.ids });
      return { course: changed, before: were, after: await memberships.peopleOf(id) };
    });
    await this.#parts.audit.record(actor, {
      ...{ act: 'course.people-set', subject: subjectOf(course), before: namesOf(before), after: namesOf(after) },
    });
    await this.#parts.rooms.tell(actor, { courseId: id });
    return copy(after);
  }
}

async function find(person: Asking, { courses }: CatalogueStores, id: CourseId): Promise<Course> {
  checkArrangesSomewhere(person);
  const course = found(await courses.find(id));
  checkArranges(person, course.facultyId);
  return course;
}

async function refuseUnfit({ catalogue }: CatalogueStores, course: Pick<Course, 'facultyId' | 'departmentId'>): Promise<void> {
  known((await catalogue.faculty(course.facultyId)) !== null, 'facultyId');
  known(await hasDepartment(catalogue, course.departmentId, course.facultyId), 'departmentId');
}

const subjectOf = ({ id, code, title }: Pick<Course, 'id' | 'code' | 'title'>) => ({ kind: 'course', id, name: `${code} ${title}` });
const namesOf = ({ assistants, students }: CourseMembers) => ({
  assistants: assistants.map(({ signInName }) => signInName),
  students: students.map(({ signInName }) => signInName),
});
const copy = ({ assistants, students }: CourseMembers) => ({ assistants: [...assistants], students: [...students] });
