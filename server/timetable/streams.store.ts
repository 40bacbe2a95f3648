// Owns the tables of streams: groups that are taught together.
import type { Kysely } from 'kysely';
import type { NewStream, Stream } from '../contract/catalogue.ts';
import { FacultyId, GroupId, StreamId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Asked, inOrder, listed, pageOfIds, similarNames } from './catalogue-page.store.ts';

export class StreamStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async page(asked: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'stream', asked);
    return { streams: inOrder(ids, await this.#of(ids)), ...page };
  }

  async find(id: string): Promise<Stream | null> {
    return (await this.#of([id]))[0] ?? null;
  }

  /** Each faculty may have one of that name. */
  like({ name, facultyId }: NewStream, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'stream', name, { exceptId, facultyId });
  }

  async add(id: StreamId, { facultyId, name, groupIds }: NewStream): Promise<void> {
    await this.#db
      .insertInto('stream')
      .values({ id, faculty_id: facultyId, name, external_id: null, ...listed(name) })
      .execute();
    await this.#setGroups(id, groupIds);
  }

  async change(id: StreamId, { facultyId, name, groupIds }: NewStream): Promise<void> {
    await this.#db
      .updateTable('stream')
      .set({ faculty_id: facultyId, name, ...listed(name) })
      .where('id', '=', id)
      .execute();
    await this.#db.deleteFrom('stream_group').where('stream_id', '=', id).execute();
    await this.#setGroups(id, groupIds);
  }

  /** Weekly patterns that were removed may still name it, and do not need it. */
  async isUsed(id: StreamId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('series_stream')
      .innerJoin('series', 'series.id', 'series_stream.series_id')
      .select('series.id')
      .where('series_stream.stream_id', '=', id)
      .where('series.removed_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  async remove(id: StreamId): Promise<void> {
    await this.#db.deleteFrom('series_stream').where('stream_id', '=', id).execute();
    await this.#db.deleteFrom('stream').where('id', '=', id).execute();
  }

  async #of(ids: readonly string[]): Promise<Stream[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.selectFrom('stream').select(['id', 'faculty_id', 'name', 'external_id']).where('id', 'in', ids).execute();
    const groups = await this.#db
      .selectFrom('stream_group')
      .innerJoin('student_group', 'student_group.id', 'stream_group.group_id')
      .select(['stream_group.stream_id', 'student_group.id', 'student_group.name'])
      .where('stream_group.stream_id', 'in', ids)
      .orderBy('student_group.sort_key')
      .orderBy('student_group.id')
      .execute();
    return rows.map((row) => ({
      ...{ id: StreamId.parse(row.id), facultyId: FacultyId.parse(row.faculty_id), name: row.name, externalId: row.external_id },
      groups: groups.flatMap(({ stream_id, id, name }) => (stream_id === row.id ? [{ id: GroupId.parse(id), name }] : [])),
    }));
  }

  async #setGroups(id: StreamId, groupIds: readonly GroupId[]): Promise<void> {
    const rows = groupIds.map((groupId) => ({ stream_id: id, group_id: groupId }));
    await this.#db.insertInto('stream_group').values(rows).execute();
  }
}
