// Owns the table of academic groups.
import type { Kysely } from 'kysely';
import type { Group } from '../contract/catalogue.ts';
import { FacultyId, GroupId, ProgrammeId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Asked, inOrder, listed, pageOfIds, similarNames } from './catalogue-page.store.ts';

export class GroupStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async page(asked: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'student_group', asked);
    return { groups: inOrder(ids, await this.of(ids)), ...page };
  }

  async find(id: string): Promise<Group | null> {
    return (await this.of([id]))[0] ?? null;
  }

  /** Those that exist, in no order. */
  async of(ids: readonly string[]): Promise<Group[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('student_group')
      .select(['id', 'faculty_id', 'name', 'programme_id', 'external_id'])
      .where('id', 'in', ids)
      .execute();
    const members = await this.#db
      .selectFrom('group_member')
      .select(['group_id', (eb) => eb.fn.countAll<number>().as('count')])
      .where('group_id', 'in', ids)
      .groupBy('group_id')
      .execute();
    const sizes = new Map(members.map((row) => [row.group_id, Number(row.count)]));
    return rows.map(({ id, faculty_id, name, programme_id, external_id }) => ({
      ...{ id: GroupId.parse(id), facultyId: FacultyId.parse(faculty_id), name, externalId: external_id },
      programmeId: programme_id === null ? null : ProgrammeId.parse(programme_id),
      size: sizes.get(id) ?? 0,
    }));
  }

  like(name: string, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'student_group', name, { exceptId });
  }

  async add({ id, facultyId, name, programmeId }: Pick<Group, 'id' | 'facultyId' | 'name' | 'programmeId'>): Promise<void> {
    await this.#db
      .insertInto('student_group')
      .values({ id, faculty_id: facultyId, name, programme_id: programmeId, ...listed(name) })
      .execute();
  }

  async change({ id, name, programmeId }: Pick<Group, 'id' | 'name' | 'programmeId'>): Promise<void> {
    await this.#db
      .updateTable('student_group')
      .set({ name, programme_id: programmeId, ...listed(name) })
      .where('id', '=', id)
      .execute();
  }
}
