// The catalogue of the university: faculties, courses, groups and who belongs to them. For administrators and coordinators.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type {
  CatalogueQuery,
  Course,
  CourseChange,
  CoursePeople,
  CoursePeopleChange,
  Courses,
  Faculties,
  Faculty,
  Group,
  GroupMembers,
  Groups,
  NewCourse,
  NewGroup,
} from '../contract/catalogue.ts';
import { type ImportFault, type Person, SignInName } from '../contract/identity.ts';
import { CourseId, FacultyId, GroupId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { searchText, sortKey } from '../database/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { CatalogueStore } from './catalogue.store.ts';
import { isTaken, pageOf } from './catalogue.ts';
import type { MembershipStore } from './membership.store.ts';
import type { LiveRooms } from './timetable.service.ts';
import { arrangesSomewhere } from './who.ts';

type Asking = Pick<Person, 'id' | 'roles'>;
type Query = z.output<typeof CatalogueQuery>;
type Fault = z.output<typeof ImportFault>;

const textRules = { sortKey, searchText };
/** Rooms of lessons that begin outside of it are not open: the earliest door, and the longest lesson with its extension. */
const liveBeforeMs = 15 * 3_600_000;
const liveAfterMs = 24 * 3_600_000;

export class CatalogueService {
  readonly #catalogue: CatalogueStore;
  readonly #memberships: MembershipStore;
  readonly #live: Pick<LiveRooms, 'planChanged'>;
  readonly #clock: Clock;

  constructor(options: {
    readonly catalogue: CatalogueStore;
    readonly memberships: MembershipStore;
    readonly live: Pick<LiveRooms, 'planChanged'>;
    readonly clock: Clock;
  }) {
    this.#catalogue = options.catalogue;
    this.#memberships = options.memberships;
    this.#live = options.live;
    this.#clock = options.clock;
  }

  async faculties(person: Asking): Promise<z.output<typeof Faculties>> {
    check(person);
    const byName = (a: Faculty, b: Faculty) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1);
    return { faculties: (await this.#catalogue.faculties()).sort(byName) };
  }

  addFaculty(person: Asking, name: string): Promise<Faculty> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      refuseTaken(name, names(await catalogue.faculties()));
      const faculty = { id: FacultyId.parse(newId()), name, externalId: null };
      await catalogue.addFaculty(faculty);
      return faculty;
    });
  }

  renameFaculty(person: Asking, id: FacultyId, name: string): Promise<Faculty> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      const all = await catalogue.faculties();
      const { found, others } = pick(all, id);
      refuseTaken(name, names(others));
      await catalogue.renameFaculty(id, name);
      return { ...found, name };
    });
  }

  async courses(person: Asking, query: Query): Promise<z.output<typeof Courses>> {
    check(person);
    const { items, ...page } = pageOf(await this.#catalogue.courses(), ({ code, title }) => [code, title], query, textRules);
    return { courses: items, ...page };
  }

  addCourse(person: Asking, wanted: NewCourse): Promise<Course> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      pickFaculty(await catalogue.faculties(), wanted.facultyId);
      refuseTaken(wanted.code, codes(await catalogue.courses()));
      const id = CourseId.parse(newId());
      await catalogue.addCourse({ ...wanted, id });
      const { departmentId = null, credits = null, plannedHours = null } = wanted;
      return { ...wanted, id, departmentId, credits, plannedHours, externalId: null, assistants: 0, students: 0 };
    });
  }

  changeCourse(person: Asking, id: CourseId, change: z.output<typeof CourseChange>): Promise<Course> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      const { found, others } = pick(await catalogue.courses(), id);
      const { facultyId = found.facultyId, code = found.code, title = found.title } = change;
      if (facultyId !== found.facultyId) pickFaculty(await catalogue.faculties(), facultyId);
      refuseTaken(code, codes(others));
      await catalogue.changeCourse(id, { facultyId, code, title });
      return { ...found, facultyId, code, title };
    });
  }

  async groups(person: Asking, query: Query): Promise<z.output<typeof Groups>> {
    check(person);
    const { items, ...page } = pageOf(await this.#catalogue.groups(), ({ name }) => [name], query, textRules);
    return { groups: items, ...page };
  }

  addGroup(person: Asking, wanted: NewGroup): Promise<Group> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      pickFaculty(await catalogue.faculties(), wanted.facultyId);
      refuseTaken(wanted.name, names(await catalogue.groups()));
      const id = GroupId.parse(newId());
      await catalogue.addGroup({ ...wanted, id });
      return { ...wanted, id, programmeId: wanted.programmeId ?? null, externalId: null, size: 0 };
    });
  }

  renameGroup(person: Asking, id: GroupId, name: string | undefined): Promise<Group> {
    check(person);
    return this.#catalogue.alone(async ({ catalogue }) => {
      const { found, others } = pick(await catalogue.groups(), id);
      if (name === undefined) return found;
      refuseTaken(name, names(others));
      await catalogue.renameGroup(id, name);
      return { ...found, name };
    });
  }

  async members(person: Asking, id: GroupId): Promise<z.output<typeof GroupMembers>> {
    check(person);
    pick(await this.#catalogue.groups(), id);
    return { members: await this.#memberships.membersOf(id) };
  }

  /** All or nothing; throws `Refused('import-faulty')` with `details.faults`. Rooms that are open know at once. */
  async setMembers(person: Asking, id: GroupId, signInNames: readonly string[]): Promise<z.output<typeof GroupMembers>> {
    check(person);
    const members = await this.#catalogue.alone(async ({ catalogue, memberships }) => {
      pick(await catalogue.groups(), id);
      const { ids, faults } = await readNames(memberships, signInNames, null);
      refuse(faults);
      await memberships.setMembers(id, ids);
      return memberships.membersOf(id);
    });
    await this.#tellRooms(person, { groupId: id });
    return { members };
  }

  async people(person: Asking, id: CourseId): Promise<z.output<typeof CoursePeople>> {
    check(person);
    pick(await this.#catalogue.courses(), id);
    return copy(await this.#memberships.peopleOf(id));
  }

  /** As `setMembers`. Nobody is both: an assistant who is named as a student too is a fault. */
  async setPeople(person: Asking, id: CourseId, wanted: z.output<typeof CoursePeopleChange>): Promise<z.output<typeof CoursePeople>> {
    check(person);
    const people = await this.#catalogue.alone(async ({ catalogue, memberships }) => {
      pick(await catalogue.courses(), id);
      const assistants = await readNames(memberships, wanted.assistants, 'assistants');
      const students = await readNames(memberships, wanted.students, 'students', new Set(assistants.ids));
      refuse([...assistants.faults, ...students.faults]);
      await memberships.setPeople(id, { assistants: assistants.ids, students: students.ids });
      return copy(await memberships.peopleOf(id));
    });
    await this.#tellRooms(person, { courseId: id });
    return people;
  }

  async #tellRooms(person: Asking, of: Parameters<MembershipStore['lessonsOf']>[0]): Promise<void> {
    const now = this.#clock.now();
    const lessons = await this.#memberships.lessonsOf(of, now - liveBeforeMs, now + liveAfterMs);
    for (const id of lessons) await this.#live.planChanged(id, PersonId.parse(person.id));
  }
}

/** Each person once, whatever the number of times they are named. */
async function readNames(
  memberships: MembershipStore,
  texts: readonly string[],
  column: string | null,
  elsewhere: ReadonlySet<PersonId> = new Set(),
): Promise<{ ids: PersonId[]; faults: Fault[] }> {
  const lines = texts.map((text) => ({ text, name: SignInName.safeParse(text).data }));
  const known = await memberships.named([...new Set(lines.flatMap(({ name }) => name ?? []))]);
  const ids = new Set<PersonId>();
  const faults: Fault[] = [];
  for (const [index, { text, name }] of lines.entries()) {
    const id = name === undefined ? undefined : known.get(name);
    if (id !== undefined && !elsewhere.has(id)) ids.add(id);
    else faults.push({ line: index + 1, column, code: id === undefined ? 'name-unknown' : 'name-twice', value: text });
  }
  return { ids: [...ids], faults };
}

function check(person: Asking): void {
  if (!arrangesSomewhere(person)) throw new Refused('not-allowed', 'Only coordinators and administrators arrange courses and groups');
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refused('import-faulty', `${faults.length} faults; nothing was changed`, { faults: [...faults] });
}

function refuseTaken(name: string, others: readonly string[]): void {
  if (isTaken(name, others)) throw new Refused('conflict', 'There is one of this name already');
}

function pick<T extends { readonly id: string }>(all: readonly T[], id: string): { found: T; others: T[] } {
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new Refused('not-found', 'There is no such entry');
  return { found, others: all.filter((one) => one !== found) };
}

function pickFaculty(faculties: readonly Faculty[], id: FacultyId): void {
  if (!faculties.some((faculty) => faculty.id === id)) throw new Refused('bad-request', 'The faculty is not known', { field: 'facultyId' });
}

const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
const codes = (all: readonly { readonly code: string }[]) => all.map(({ code }) => code);
const copy = ({ assistants, students }: Awaited<ReturnType<MembershipStore['peopleOf']>>) => ({
  assistants: [...assistants],
  students: [...students],
});
const newId = () => randomBytes(12).toString('base64url');
