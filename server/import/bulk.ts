// Writes many rows with few statements: a statement of each length is put together once, not for every thousand rows.
import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** PostgreSQL takes 65,535 values in one statement, SQLite 32,766. Longer statements gain nothing. */
const MOST_VALUES = 6000;

export class Bulk {
  readonly #db: Kysely<Database>;
  readonly #mark: (place: number) => string;
  readonly #written: (rows: number) => void;

  /** @param written told of each batch */
  constructor(db: Kysely<Database>, dialect: 'sqlite' | 'postgres', written: (rows: number) => void = () => undefined) {
    this.#db = db;
    this.#mark = dialect === 'postgres' ? (place) => `$${place}` : () => '?';
    this.#written = written;
  }

  /** All rows have the columns of the first. Names are our own, never a file's. */
  async insert(table: keyof Database, rows: readonly Row[], onConflict: '' | 'do nothing' = ''): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    const columns = Object.keys(first);
    const most = Math.floor(MOST_VALUES / columns.length);
    let [length, text] = [0, ''];
    for (let from = 0; from < rows.length; from += most) {
      const some = rows.slice(from, from + most);
      if (some.length !== length) {
        length = some.length;
        const tuple = (_row: Row, index: number) =>
          `(${columns.map((_column, place) => this.#mark(index * columns.length + place + 1)).join(',')})`;
        text = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(',')}) values ${some.map(tuple).join(',')}`;
        if (onConflict !== '') text += ` on conflict ${onConflict}`;
      }
      const values = some.flatMap((row) => columns.map((column) => row[column] ?? null));
      await this.#db.executeQuery(CompiledQuery.raw(text, values));
      this.#written(some.length);
    }
  }

  /** Sets the columns of each row but `id`, in the row of that id. */
  async update(table: keyof Database, rows: readonly Row[]): Promise<void> {
    for (const { id, ...row } of rows) {
      const columns = Object.keys(row);
      if (columns.length === 0 || id === undefined) continue;
      const sets = columns.map((column, index) => `"${column}" = ${this.#mark(index + 1)}`).join(', ');
      const text = `update "${table}" set ${sets} where "id" = ${this.#mark(columns.length + 1)}`;
      await this.#db.executeQuery(CompiledQuery.raw(text, [...Object.values(row), id]));
      this.#written(1);
    }
  }
}
