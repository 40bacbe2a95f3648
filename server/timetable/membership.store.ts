// Owns the tables of who is in a group, and who helps in or takes a course beside its groups.
import type { Kysely } from 'kysely';
import type { Member } from '../contract/catalogue.ts';
import { type CourseId, type GroupId, type Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

export interface CourseMembers {
  readonly assistants: readonly Member[];
  readonly students: readonly Member[];
}

export class MembershipStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By sign-in name; who is missing does not exist. */
  async named(signInNames: readonly string[]): Promise<Map<string, PersonId>> {
    if (signInNames.length === 0) return new Map();
    const rows = await this.#db.selectFrom('person').select(['id', 'sign_in_name']).where('sign_in_name', 'in', signInNames).execute();
    return new Map(rows.map((row) => [row.sign_in_name, PersonId.parse(row.id)]));
  }

  /** By name. */
  async membersOf(groupId: GroupId): Promise<Member[]> {
    const rows = await this.#db
      .selectFrom('group_member')
      .innerJoin('person', 'person.id', 'group_member.person_id')
      .select(['person.id', 'person.sign_in_name', 'person.display_name'])
      .where('group_member.group_id', '=', groupId)
      .orderBy('person.sort_key')
      .orderBy('person.id')
      .execute();
    return rows.map(memberOf);
  }

  /** Inside `alone`. */
  async setMembers(groupId: GroupId, personIds: readonly PersonId[]): Promise<void> {
    await this.#db.deleteFrom('group_member').where('group_id', '=', groupId).execute();
    if (personIds.length === 0) return;
    const rows = personIds.map((personId) => ({ group_id: groupId, person_id: personId }));
    await this.#db.insertInto('group_member').values(rows).execute();
  }

  /** Each by name. */
  async peopleOf(courseId: CourseId): Promise<CourseMembers> {
    const rows = await this.#db
      .selectFrom('enrolment')
      .innerJoin('person', 'person.id', 'enrolment.person_id')
      .select(['person.id', 'person.sign_in_name', 'person.display_name', 'enrolment.role'])
      .where('enrolment.course_id', '=', courseId)
      .orderBy('person.sort_key')
      .orderBy('person.id')
      .execute();
    const those = (assistants: boolean) => rows.filter((row) => (row.role === 'assistant') === assistants).map(memberOf);
    return { assistants: those(true), students: those(false) };
  }

  /** Inside `alone`. */
  async setPeople(courseId: CourseId, people: { readonly assistants: readonly PersonId[]; readonly students: readonly PersonId[] }) {
    await this.#db.deleteFrom('enrolment').where('course_id', '=', courseId).execute();
    const rows = [
      ...people.assistants.map((personId) => ({ course_id: courseId, person_id: personId, role: 'assistant' })),
      ...people.students.map((personId) => ({ course_id: courseId, person_id: personId, role: 'student' })),
    ];
    if (rows.length > 0) await this.#db.insertInto('enrolment').values(rows).execute();
  }

  /** Lessons that began within the span, of the group or the course: their rooms may be open. */
  async lessonsOf(of: { readonly groupId: GroupId } | { readonly courseId: CourseId }, from: Instant, to: Instant): Promise<LessonId[]> {
    let lessons = this.#db.selectFrom('lesson').select('lesson.id').where('starts_at', '>', from).where('starts_at', '<', to);
    lessons =
      'courseId' in of
        ? lessons.where('course_id', '=', of.courseId)
        : lessons.where('id', 'in', this.#db.selectFrom('lesson_group').select('lesson_id').where('group_id', '=', of.groupId));
    return (await lessons.execute()).map((row) => LessonId.parse(row.id));
  }
}

function memberOf(row: { readonly id: string; readonly sign_in_name: string; readonly display_name: string }): Member {
  return { id: PersonId.parse(row.id), signInName: row.sign_in_name, displayName: row.display_name };
}
