// A term as the shares see it: everything that is added up from its lessons, ready to be asked by course, programme or student.
import {
  type CourseFigures,
  courseShare,
  hoursFor,
  mostHours,
  type ShareFigures,
  type ShareRule,
  sharedOver,
  type Taught,
} from './shares.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Listed extends Named {
  readonly detail: string;
  readonly sortKey: string;
  readonly searchText: string;
  readonly facultyId: string;
}
export type ListedCourse = Listed & CourseFigures;
export type ListedProgramme = Listed & { readonly field: string };
export interface ListedGroup extends Named {
  readonly facultyId: string;
  readonly programmeId: string | null;
}
export interface ListedStudent extends Named {
  readonly sortKey: string;
  readonly searchText: string;
  readonly groupIds: readonly string[];
  /** Courses taken beside the groups. */
  readonly courseIds: readonly string[];
}

export interface Row extends ShareFigures, Omit<Listed, 'facultyId'> {
  readonly facultyId: string | null;
  readonly programmeIds: ReadonlySet<string>;
  readonly courses: number;
  readonly coursesUnknown: number;
}

export class TermPicture {
  readonly #courses: ReadonlyMap<string, ListedCourse>;
  readonly #programmes: ReadonlyMap<string, ListedProgramme>;
  readonly #groups: ReadonlyMap<string, ListedGroup>;
  readonly #rule: ShareRule;
  readonly #taughtBy = new Map<string, Taught[]>();
  readonly #coursesOf = new Map<string, Set<string>>();

  constructor(of: {
    readonly courses: readonly ListedCourse[];
    readonly programmes: readonly ListedProgramme[];
    readonly groups: readonly ListedGroup[];
    readonly taught: readonly Taught[];
    readonly rule: ShareRule;
  }) {
    this.#courses = new Map(of.courses.map((course) => [course.id, course]));
    this.#programmes = new Map(of.programmes.map((programme) => [programme.id, programme]));
    this.#groups = new Map(of.groups.map((group) => [group.id, group]));
    this.#rule = of.rule;
    for (const taught of of.taught) {
      put(this.#taughtBy, taught.courseId, () => []).push(taught);
      for (const groupId of taught.groupIds) put(this.#coursesOf, groupId, () => new Set<string>()).add(taught.courseId);
    }
  }

  /** Courses that are taught in the term. */
  byCourse(): Row[] {
    return [...this.#taughtBy.keys()].flatMap((id) => {
      const course = this.#courses.get(id);
      return course === undefined ? [] : [this.#courseRow(course)];
    });
  }

  /** Programmes whose groups are taught in the term. */
  byProgramme(): Row[] {
    const groupsOf = new Map<string, string[]>();
    for (const { id, programmeId } of this.#groups.values()) if (programmeId !== null) put(groupsOf, programmeId, () => []).push(id);
    return [...groupsOf].flatMap(([id, groupIds]) => {
      const programme = this.#programmes.get(id);
      const courses = this.#coursesTaken(groupIds, []).map((course) => ({ course, hours: mostHours(this.#taught(course.id), groupIds) }));
      if (programme === undefined || courses.length === 0) return [];
      const { field, ...listed } = programme;
      return [{ ...listed, ...sharedOver(courses, [field], this.#rule), programmeIds: new Set([id]), ...counted(courses) }];
    });
  }

  /** Null for who is taught nothing in the term. */
  ofStudent(student: ListedStudent): Row | null {
    const groups = student.groupIds.flatMap((id) => this.#groups.get(id) ?? []);
    const own = new Set(student.groupIds);
    const enrolled = new Set(student.courseIds);
    const courses = this.#coursesTaken(student.groupIds, student.courseIds).map((course) => {
      const taught = this.#taught(course.id);
      return { course, hours: enrolled.has(course.id) ? mostHours(taught, groupsIn(taught)) : hoursFor(taught, (id) => own.has(id)) };
    });
    if (courses.length === 0) return null;
    const programmeIds = new Set(groups.flatMap(({ programmeId }) => programmeId ?? []));
    const { id, name, sortKey, searchText } = student;
    return {
      ...{ id, name, sortKey, searchText, detail: groups.map((group) => group.name).join(', '), facultyId: groups[0]?.facultyId ?? null },
      ...sharedOver(courses, this.#fields(programmeIds), this.#rule),
      ...{ programmeIds, ...counted(courses) },
    };
  }

  #courseRow(course: ListedCourse): Row {
    const taught = this.#taught(course.id);
    const groupIds = groupsIn(taught);
    const programmeIds = new Set(groupIds.flatMap((id) => this.#groups.get(id)?.programmeId ?? []));
    const { id, name, detail, sortKey, searchText, facultyId } = course;
    const share = courseShare(course, mostHours(taught, groupIds), this.#fields(programmeIds), this.#rule);
    const known = { courses: 1, coursesUnknown: share.plannedHours === null ? 1 : 0 };
    return { id, name, detail, sortKey, searchText, facultyId, ...share, programmeIds, ...known };
  }

  #taught(courseId: string): readonly Taught[] {
    return this.#taughtBy.get(courseId) ?? [];
  }

  #coursesTaken(groupIds: readonly string[], courseIds: readonly string[]): ListedCourse[] {
    const ids = new Set([...groupIds.flatMap((id) => [...(this.#coursesOf.get(id) ?? [])]), ...courseIds]);
    return [...ids].flatMap((id) => (this.#taughtBy.has(id) ? (this.#courses.get(id) ?? []) : []));
  }

  #fields(programmeIds: ReadonlySet<string>): string[] {
    return [...programmeIds].flatMap((id) => this.#programmes.get(id)?.field ?? []);
  }
}

function groupsIn(taught: readonly Taught[]): string[] {
  return [...new Set(taught.flatMap(({ groupIds }) => groupIds))];
}

function counted(courses: readonly { readonly course: CourseFigures }[]) {
  return { courses: courses.length, coursesUnknown: courses.filter(({ course }) => !course.plannedHours).length };
}

function put<T>(map: Map<string, T>, key: string, make: () => T): T {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}
