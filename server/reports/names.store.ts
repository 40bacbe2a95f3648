// Reads what reports are about by name: terms, faculties, groups, courses, people and who is in which group.
import type { Kysely } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { NamedTerm } from './period.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}
export type OfFaculty = Named & { readonly facultyId: string };
export interface NamedPerson extends Named {
  readonly sortKey: string;
  readonly externalId: string | null;
}

export class NamesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By their first day. */
  terms(): Promise<NamedTerm[]> {
    return this.#db.selectFrom('term').select(['name', 'starts_on as from', 'ends_on as to']).orderBy('starts_on').orderBy('id').execute();
  }

  faculties(): Promise<Named[]> {
    return this.#db.selectFrom('faculty').select(['id', 'name']).orderBy('sort_key').orderBy('id').execute();
  }

  async group(id: string): Promise<OfFaculty | null> {
    const row = await this.#db
      .selectFrom('student_group')
      .select(['id', 'name', 'faculty_id as facultyId'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  groupsOfFaculty(facultyId: string): Promise<Named[]> {
    return this.#db
      .selectFrom('student_group')
      .select(['id', 'name'])
      .where('faculty_id', '=', facultyId)
      .orderBy('sort_key')
      .orderBy('id')
      .execute();
  }

  async groups(ids: readonly string[]): Promise<Named[]> {
    if (ids.length === 0) return [];
    return this.#db.selectFrom('student_group').select(['id', 'name']).where('id', 'in', ids).orderBy('sort_key').orderBy('id').execute();
  }

  async course(id: string): Promise<OfFaculty | null> {
    const row = await this.#db
      .selectFrom('course')
      .select(['id', 'title as name', 'faculty_id as facultyId'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  /** By title. */
  async courses(ids: readonly string[]): Promise<Named[]> {
    const rows: (Named & { sort_key: string })[] = [];
    for (const piece of inPieces(ids))
      rows.push(...(await this.#db.selectFrom('course').select(['id', 'title as name', 'sort_key']).where('id', 'in', piece).execute()));
    return rows.sort(inOrder).map(({ id, name }) => ({ id, name }));
  }

  /** By id; who is missing is not known. */
  async people(ids: Iterable<string>): Promise<Map<string, NamedPerson>> {
    const people = new Map<string, NamedPerson>();
    for (const piece of inPieces([...new Set(ids)])) {
      const rows = await this.#db
        .selectFrom('person')
        .select(['id', 'display_name', 'sort_key', 'external_id'])
        .where('id', 'in', piece)
        .execute();
      for (const { id, display_name, sort_key, external_id } of rows)
        people.set(id, { id, name: display_name, sortKey: sort_key, externalId: external_id });
    }
    return people;
  }

  async membersOf(groupId: string): Promise<string[]> {
    const rows = await this.#db.selectFrom('group_member').select('person_id').where('group_id', '=', groupId).execute();
    return rows.map((row) => row.person_id);
  }

  /** By person, each by name. */
  async groupsOf(personIds: readonly string[]): Promise<Map<string, Named[]>> {
    const groups = new Map<string, Named[]>();
    for (const piece of inPieces(personIds)) {
      const rows = await this.#db
        .selectFrom('group_member')
        .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
        .select(['group_member.person_id', 'student_group.id', 'student_group.name'])
        .where('group_member.person_id', 'in', piece)
        .orderBy('student_group.sort_key')
        .orderBy('student_group.id')
        .execute();
      for (const { person_id, id, name } of rows) groups.set(person_id, [...(groups.get(person_id) ?? []), { id, name }]);
    }
    return groups;
  }
}

function inOrder(a: { readonly sort_key: string; readonly id: string }, b: { readonly sort_key: string; readonly id: string }): number {
  if (a.sort_key !== b.sort_key) return a.sort_key < b.sort_key ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
