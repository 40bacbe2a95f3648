// Reads who belongs to lessons: members of their groups, people enrolled in their courses; and what a new lesson can be made of.
import type { Kysely } from 'kysely';
import { PersonId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import type { RosterEntry } from './room-plan.ts';
import type { Ties } from './who.ts';

/** Whose choices: of these faculties, and what one has to do with oneself. */
interface Scope {
  readonly personId: string;
  readonly facultyIds: 'every' | ReadonlySet<string>;
}
const mostChoices = 200;

interface OfLesson {
  readonly id: string;
  readonly courseId: string;
  readonly teacherId: string;
}

interface Put {
  readonly id: string;
  readonly display_name: string;
  readonly sort_key?: string;
  readonly group_id?: string | null;
  readonly group_name?: string | null;
}

export class RosterStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async tiesOf(personId: string): Promise<Ties> {
    const [groups, enrolments] = await Promise.all([
      this.#db.selectFrom('group_member').select('group_id').where('person_id', '=', personId).execute(),
      this.#db.selectFrom('enrolment').select(['course_id', 'role']).where('person_id', '=', personId).execute(),
    ]);
    return {
      groupIds: new Set(groups.map((row) => row.group_id)),
      enrolments: new Map(enrolments.map((row) => [row.course_id, row.role === 'assistant' ? 'assistant' : 'student'])),
    };
  }

  /** Teacher first, then assistants, then students; by name within. Whoever is several of these is only the first. */
  async roster(lesson: OfLesson): Promise<RosterEntry[]> {
    const [teacher, enrolled, members] = await Promise.all([
      this.#db.selectFrom('person').select(['id', 'display_name']).where('id', '=', lesson.teacherId).execute(),
      this.#db
        .selectFrom('enrolment')
        .innerJoin('person', 'person.id', 'enrolment.person_id')
        .leftJoin('group_member', 'group_member.person_id', 'person.id')
        .leftJoin('student_group', 'student_group.id', 'group_member.group_id')
        .select(['person.id', 'person.display_name', 'person.sort_key', 'enrolment.role'])
        .select(['student_group.id as group_id', 'student_group.name as group_name'])
        .where('enrolment.course_id', '=', lesson.courseId)
        .execute(),
      this.#db
        .selectFrom('lesson_group')
        .innerJoin('student_group', 'student_group.id', 'lesson_group.group_id')
        .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
        .innerJoin('person', 'person.id', 'group_member.person_id')
        .select(['person.id', 'person.display_name', 'person.sort_key'])
        .select(['student_group.id as group_id', 'student_group.name as group_name'])
        .where('lesson_group.lesson_id', '=', lesson.id)
        .execute(),
    ]);
    const people = new Map<string, { entry: RosterEntry; groups: Map<string, string>; sortKey: string }>();
    const put = (row: Put, role: RosterEntry['role']) => {
      let person = people.get(row.id);
      if (person === undefined) {
        const groups = new Map<string, string>();
        person = {
          entry: { personId: PersonId.parse(row.id), name: row.display_name, groups: [], groupIds: [], role },
          groups,
          sortKey: row.sort_key ?? '',
        };
        people.set(row.id, person);
      }
      if (row.group_id && row.group_name) person.groups.set(row.group_id, row.group_name);
    };
    for (const row of teacher) put(row, 'teacher');
    for (const row of enrolled) if (row.role === 'assistant') put(row, 'assistant');
    for (const row of enrolled) if (row.role !== 'assistant') put(row, 'student');
    for (const row of members) put(row, 'student');
    const order: RosterEntry['role'][] = ['teacher', 'assistant', 'student'];
    return [...people.values()]
      .sort((a, b) => order.indexOf(a.entry.role) - order.indexOf(b.entry.role) || compare(a.sortKey, b.sortKey))
      .map(({ entry, groups }) => ({ ...entry, groups: [...groups.values()].sort(compare), groupIds: [...groups.keys()].sort(compare) }));
  }

  /** Students only, each counted once. */
  async sizes(lessonIds: readonly string[]): Promise<Map<string, number>> {
    if (lessonIds.length === 0) return new Map();
    const students = this.#db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
      .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
      .leftJoin('enrolment', (join) =>
        join.onRef('enrolment.course_id', '=', 'lesson.course_id').onRef('enrolment.person_id', '=', 'group_member.person_id'),
      )
      .select(['lesson.id', 'group_member.person_id'])
      .where('lesson.id', 'in', lessonIds)
      .whereRef('group_member.person_id', '<>', 'lesson.teacher_id')
      .where((eb) => eb.or([eb('enrolment.role', 'is', null), eb('enrolment.role', '<>', 'assistant')]))
      .union(
        this.#db
          .selectFrom('lesson')
          .innerJoin('enrolment', 'enrolment.course_id', 'lesson.course_id')
          .select(['lesson.id', 'enrolment.person_id'])
          .where('lesson.id', 'in', lessonIds)
          .whereRef('enrolment.person_id', '<>', 'lesson.teacher_id')
          .where('enrolment.role', '<>', 'assistant'),
      );
    const rows = await this.#db
      .selectFrom(students.as('student'))
      .select(['student.id', (eb) => eb.fn.countAll<number>().as('count')])
      .groupBy('student.id')
      .execute();
    return new Map(rows.map((row) => [row.id, Number(row.count)]));
  }

  /** Of the faculties, and those that the person teaches, assists or takes. */
  async courses({ personId, facultyIds }: Scope) {
    const own = this.#db
      .selectFrom('lesson')
      .select('course_id')
      .where('teacher_id', '=', personId)
      .union(this.#db.selectFrom('enrolment').select('course_id').where('person_id', '=', personId));
    const rows = await this.#db
      .selectFrom('course')
      .select(['id', 'code', 'title', 'faculty_id'])
      .$if(facultyIds !== 'every', (query) =>
        query.where((eb) =>
          eb.or([eb('id', 'in', own), ...(facultyIds !== 'every' && facultyIds.size > 0 ? [eb('faculty_id', 'in', [...facultyIds])] : [])]),
        ),
      )
      .orderBy('sort_key')
      .orderBy('code')
      .limit(mostChoices)
      .execute();
    return rows.map((row) => ({ id: row.id, code: row.code, title: row.title, facultyId: row.faculty_id }));
  }

  /** Of the faculties, and those that the person teaches. */
  async groups({ personId, facultyIds }: Scope) {
    const own = this.#db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
      .select('lesson_group.group_id')
      .where('lesson.teacher_id', '=', personId);
    const rows = await this.#db
      .selectFrom('student_group')
      .select(['id', 'name'])
      .select((eb) =>
        eb
          .selectFrom('group_member')
          .whereRef('group_member.group_id', '=', 'student_group.id')
          .select((count) => count.fn.countAll<number>().as('count'))
          .as('size'),
      )
      .$if(facultyIds !== 'every', (query) =>
        query.where((eb) =>
          eb.or([eb('id', 'in', own), ...(facultyIds !== 'every' && facultyIds.size > 0 ? [eb('faculty_id', 'in', [...facultyIds])] : [])]),
        ),
      )
      .orderBy('sort_key')
      .orderBy('name')
      .limit(mostChoices)
      .execute();
    return rows.map((row) => ({ id: row.id, name: row.name, size: Number(row.size) }));
  }

  async teachers() {
    const rows = await this.#db
      .selectFrom('person')
      .select(['id', 'display_name'])
      .where('roles', 'like', '%"teacher"%')
      .where('disabled', '=', 0)
      .orderBy('sort_key')
      .orderBy('id')
      .limit(mostChoices)
      .execute();
    return rows.map((row) => ({ id: row.id, displayName: row.display_name }));
  }

  async isTeacher(personId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('person')
      .select('id')
      .where('id', '=', personId)
      .where('roles', 'like', '%"teacher"%')
      .where('disabled', '=', 0)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Of the course; null when there is no such course. */
  async facultyOf(courseId: string): Promise<string | null> {
    const row = await this.#db.selectFrom('course').select('faculty_id').where('id', '=', courseId).executeTakeFirst();
    return row?.faculty_id ?? null;
  }

  async placeExists(id: string): Promise<boolean> {
    return (await this.#db.selectFrom('place').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  }

  async groupsExist(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const rows = await this.#db.selectFrom('student_group').select('id').where('id', 'in', ids).execute();
    return rows.length === ids.length;
  }
}

/** Sort keys are made to be compared letter by letter, alike on both databases. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
