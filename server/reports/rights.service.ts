// Whose attendance one may read: all of it, only of some courses, or nothing.
import { Refused } from '../contract/reply.ts';
import { type Asking, facultiesSeen } from '../timetable/who.ts';
import type { Named, NamedPerson, NamesStore, OfFaculty } from './names.store.ts';
import type { Ids, Open } from './open.ts';
import type { Span } from './period.ts';
import type { RightsStore } from './rights.store.ts';

export class ReportRights {
  readonly #store: RightsStore;
  readonly #names: NamesStore;

  constructor({ store, names }: { readonly store: RightsStore; readonly names: NamesStore }) {
    this.#store = store;
    this.#names = names;
  }

  /** Q1, Q2: the courses of which one sees the group's lessons. */
  async group(asking: Asking, id: string, span: Span): Promise<{ group: OfFaculty; courseIds: Ids }> {
    const seen = facultiesSeen(asking);
    const group = known(await this.#names.group(id), seen);
    if (seen === 'every' || seen.has(group.facultyId)) return { group, courseIds: 'every' };
    const courseIds = await this.#store.coursesOfGroup(id, tied(asking, seen), span);
    if (courseIds.size === 0) throw refusal();
    return { group, courseIds };
  }

  /** Q1: all lessons of the course, whoever holds them. */
  async course(asking: Asking, id: string, span: Span): Promise<OfFaculty> {
    const seen = facultiesSeen(asking);
    const course = known(await this.#names.course(id), seen);
    if (seen === 'every' || seen.has(course.facultyId)) return course;
    if (!(await this.#store.coursesOf(asking.id, span)).has(id)) throw refusal();
    return course;
  }

  /** Q1, Q2: the courses of which one sees the student's lessons. */
  async student(asking: Asking, id: string, span: Span): Promise<{ person: NamedPerson; courseIds: Ids }> {
    const seen = facultiesSeen(asking);
    const person = known((await this.#names.people([id])).get(id) ?? null, asking.id === id ? 'every' : seen);
    if (asking.id === id || seen === 'every') return { person, courseIds: 'every' };
    for (const facultyId of await this.#store.facultiesOfStudent(id)) if (seen.has(facultyId)) return { person, courseIds: 'every' };
    const courseIds = await this.#store.coursesOfStudent(id, tied(asking, seen), span);
    if (courseIds.size === 0) throw refusal();
    return { person, courseIds };
  }

  /** Q1: the faculties of which one sees the teacher's lessons. */
  async teacher(asking: Asking, id: string, span: Span): Promise<{ person: NamedPerson; facultyIds: Ids }> {
    const seen = asking.id === id ? 'every' : facultiesSeen(asking);
    const person = known((await this.#names.people([id])).get(id) ?? null, seen);
    if (seen === 'every') return { person, facultyIds: 'every' };
    const taughtIn = await this.#store.facultiesTaughtIn(id, span);
    if (![...taughtIn].some((facultyId) => seen.has(facultyId))) throw refusal();
    return { person, facultyIds: seen };
  }

  async faculty(asking: Asking, id: string): Promise<Named> {
    const seen = facultiesSeen(asking);
    const faculty = known((await this.#names.faculties()).find((one) => one.id === id) ?? null, seen);
    if (seen !== 'every' && !seen.has(id)) throw refusal();
    return faculty;
  }

  /** For those who watch over faculties. */
  faculties(asking: Asking): Ids {
    const seen = facultiesSeen(asking);
    if (seen !== 'every' && seen.size === 0) throw refusal();
    return seen;
  }

  /** Q2: all that one sees of the lessons of the span. */
  async lessons(asking: Asking, span: Span): Promise<Open> {
    const facultyIds = facultiesSeen(asking);
    if (facultyIds === 'every') return 'every';
    const courseIds = await this.#store.coursesOf(asking.id, span);
    if (facultyIds.size + courseIds.size === 0) throw refusal();
    return { facultyIds, courseIds };
  }

  /** For the choice of what to open. */
  async taught(asking: Asking, span: Span): Promise<{ courses: Named[]; groups: Named[] }> {
    return {
      courses: await this.#names.courses([...(await this.#store.coursesOf(asking.id, span))]),
      groups: await this.#names.groups(await this.#store.groupsTaughtBy(asking.id, span)),
    };
  }
}

function tied(asking: Asking, seen: ReadonlySet<string>) {
  return { personId: asking.id, facultyIds: seen };
}

/** Only who sees everything learns that there is no such thing. */
function known<T>(found: T | null, seen: Ids): T {
  if (found !== null) return found;
  throw seen === 'every' ? new Refused('not-found', 'There is no such thing to report on') : refusal();
}

function refusal(): Refused {
  return new Refused('not-allowed', 'This attendance is not for you to see');
}
