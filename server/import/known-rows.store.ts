// Turns rows of the database into rows of an import, by the ids of the other system.
import type { Kysely } from 'kysely';
import type { ImportTable } from '../contract/import.ts';
import type { Database } from '../database/tables.ts';
import type { Known } from './world.ts';

export type Db = Kysely<Database>;
/** What the other system calls the row of ours. */
export type RefOf = (table: ImportTable, id: string | null) => string | null;
/** One loader reads all that the database has of a table. */
export type Loader<T extends ImportTable> = (db: Db, refOf: RefOf, asked: Asked) => Promise<Map<string, Known<T>>>;

export interface Asked {
  /** Whose single lessons are looked at: their ids mean something within a source only. */
  readonly source: string;
  readonly timeZone: string;
  readonly now: number;
}

export const named = ['id', 'external_id as externalId', 'name'] as const;
export const ofFaculty = [...named, 'faculty_id as facultyId'] as const;

interface Row {
  readonly id: string;
  readonly externalId: string | null;
  readonly source: string | null;
}

/** Only what has an id of the other system can be found again by it. */
export function mapOf<R extends Row, T extends ImportTable>(
  rows: readonly R[],
  valuesOf: (row: R, externalId: string) => Known<T>['values'],
  more: (row: R) => Partial<Known<T>> = () => ({}),
): Map<string, Known<T>> {
  const known = new Map<string, Known<T>>();
  for (const row of rows) {
    if (row.externalId === null) continue;
    known.set(row.externalId, { id: row.id, source: row.source, values: valuesOf(row, row.externalId), ...more(row) });
  }
  return known;
}

export function listsBy(
  rows: readonly { readonly owner: string; readonly id: string }[],
  refOf: (id: string) => string | null,
): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { owner, id } of rows) {
    const ref = refOf(id);
    if (ref === null) continue;
    const refs = lists.get(owner);
    if (refs === undefined) lists.set(owner, [ref]);
    else refs.push(ref);
  }
  for (const refs of lists.values()) refs.sort();
  return lists;
}

export async function bellsOf(db: Db): Promise<Map<string, { number: number; startsAt: string; endsAt: string }[]>> {
  const rows = await db.selectFrom('bell').select(['schedule_id', 'number', 'starts_at', 'ends_at']).orderBy('number').execute();
  const bells = new Map<string, { number: number; startsAt: string; endsAt: string }[]>();
  for (const { schedule_id, number, starts_at, ends_at } of rows)
    bells.set(schedule_id, [...(bells.get(schedule_id) ?? []), { number, startsAt: starts_at, endsAt: ends_at }]);
  return bells;
}
