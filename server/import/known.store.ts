// Reads what the database has of each table of an import, to compare a file with. Other modules own these tables: reading them row by row
// through their services would take minutes where this takes a second.
import type { ImportTable } from '../contract/import.ts';
import { catalogue } from './known-catalogue.store.ts';
import { enrolments, people } from './known-people.store.ts';
import { isReferred, readRefs } from './known-refs.store.ts';
import type { Asked, Db, Loader, RefOf } from './known-rows.store.ts';
import { bells, lessons, series, terms } from './known-timetable.store.ts';
import { type Known, type Refs, targetsOf, type World } from './world.ts';

const loaders: { readonly [T in ImportTable]: Loader<T> } = { ...catalogue, people, enrolments, terms, bells, series, lessons };

export class KnownStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async world(asked: Asked & { readonly tables: readonly ImportTable[] }): Promise<World> {
    const wanted = new Set(asked.tables.flatMap((table) => [table, ...targetsOf(table).map(([, target]) => target)]));
    // What a course or a group belongs to decides who may change what hangs on it.
    if (wanted.has('enrolments') || wanted.has('series') || wanted.has('lessons')) wanted.add('faculties');
    const refs: { [T in ImportTable]?: Refs } = {};
    for (const table of wanted) if (isReferred(table)) refs[table] = await readRefs(this.#db, table);
    const refOf: RefOf = (table, id) => (id === null ? null : (refs[table]?.refOf.get(id) ?? null));
    const rows: { [T in ImportTable]?: ReadonlyMap<string, Known<T>> } = {};
    const load = async <T extends ImportTable>(table: T) => {
      const map: ReadonlyMap<string, Known<T>> = await loaders[table](this.#db, refOf, asked);
      Object.assign(rows, { [table]: map });
    };
    for (const table of asked.tables) await load(table);
    const names = asked.tables.includes('people') ? await this.#db.selectFrom('person').select(['id', 'sign_in_name']).execute() : [];
    return { refs, rows, signInNames: new Map(names.map((row) => [row.sign_in_name, row.id])) };
  }
}
