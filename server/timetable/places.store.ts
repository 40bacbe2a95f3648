// Owns the table of physical rooms.
import { type Kysely, sql } from 'kysely';
import type { NewPlace, Place } from '../contract/catalogue.ts';
import { PlaceId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Asked, inOrder, listed, pageOfIds, similarNames } from './catalogue-page.store.ts';

export class PlaceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async page({ search, after, limit }: Asked) {
    const { ids, ...page } = await pageOfIds(this.#db, 'place', { search, after, limit });
    return { places: inOrder(ids, await this.#of(ids)), ...page };
  }

  async find(id: string): Promise<Place | null> {
    return (await this.#of([id]))[0] ?? null;
  }

  /** Building and name with a blank between. */
  like(place: NewPlace, exceptId?: string): Promise<string[]> {
    return similarNames(this.#db, 'place', fullName(place), { column: sql`building || ' ' || name`, exceptId });
  }

  async add(id: PlaceId, place: NewPlace): Promise<void> {
    await this.#db
      .insertInto('place')
      .values({ id, external_id: null, ...place, ...listed(fullName(place)) })
      .execute();
  }

  async change(id: PlaceId, place: NewPlace): Promise<void> {
    await this.#db
      .updateTable('place')
      .set({ ...place, ...listed(fullName(place)) })
      .where('id', '=', id)
      .execute();
  }

  async #of(ids: readonly string[]): Promise<Place[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.selectFrom('place').selectAll().where('id', 'in', ids).execute();
    return rows.map(({ id, building, name, capacity, external_id }) => ({
      ...{ id: PlaceId.parse(id), building, name, capacity, externalId: external_id },
    }));
  }
}

function fullName({ building, name }: NewPlace): string {
  return `${building} ${name}`;
}
