// Finds entries of any list of the catalogue in the database: searched, in the order of the Kazakh alphabet, a page at a time.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { searchPatterns, searchText, sortKey } from '../database/text.ts';
import type { ListPlace } from './catalogue.ts';

type Table = 'faculty' | 'department' | 'programme' | 'course' | 'student_group' | 'stream' | 'place';

export interface Asked {
  readonly search?: string | undefined;
  readonly facultyId?: string | undefined;
  /** Missing: all. Like `facultyId`, of no use where the table knows no faculties. */
  readonly facultyIds?: readonly string[] | undefined;
  readonly after: ListPlace | null;
  readonly limit: number;
}

export interface IdPage {
  /** In order. */
  readonly ids: readonly string[];
  /** Null on the last page. */
  readonly last: ListPlace | null;
  /** Of all pages. */
  readonly total: number;
}

export async function pageOfIds(
  db: Kysely<Database>,
  table: Table,
  { search, facultyId, facultyIds, after, limit }: Asked,
): Promise<IdPage> {
  const conditions: RawBuilder<unknown>[] = searchPatterns(search ?? '').map((pattern) => sql`search_text like ${pattern} escape '\\'`);
  if (facultyId !== undefined) conditions.push(sql`faculty_id = ${facultyId}`);
  if (facultyIds !== undefined) conditions.push(facultyIds.length === 0 ? sql`1 = 0` : sql`faculty_id in (${sql.join(facultyIds)})`);
  const matching = sql`from ${sql.table(table)} where ${sql.join([sql`1 = 1`, ...conditions], sql` and `)}`;
  const further = after === null ? sql`` : sql`and (sort_key, id) > (${after[0]}, ${after[1]})`;
  const { rows } = await sql<{ id: string; sort_key: string }>`
    select id, sort_key ${matching} ${further} order by sort_key, id limit ${limit + 1}`.execute(db);
  const counted = await sql<{ total: number }>`select count(*) as total ${matching}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    ids: shown.map(({ id }) => id),
    last: last === undefined ? null : [last.sort_key, last.id],
    total: Number(counted.rows[0]?.total ?? 0),
  };
}

/** Names of other entries that may be the same but for capitals. */
export async function similarNames(
  db: Kysely<Database>,
  table: Table,
  name: string,
  { column = sql.ref('name'), exceptId, facultyId }: { column?: RawBuilder<unknown>; exceptId?: string | undefined; facultyId?: string },
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select ${column} as name from ${sql.table(table)} where sort_key = ${sortKey(name)}
    ${exceptId === undefined ? sql`` : sql`and id <> ${exceptId}`} ${facultyId === undefined ? sql`` : sql`and faculty_id = ${facultyId}`}`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** The first text also gives the order. */
export function listed(first: string, ...more: readonly string[]): { sort_key: string; search_text: string } {
  return { sort_key: sortKey(first), search_text: searchText(first, ...more) };
}

/** As the ids have them. */
export function inOrder<T extends { readonly id: string }>(ids: readonly string[], entries: readonly T[]): T[] {
  const byId = new Map(entries.map((entry) => [entry.id as string, entry]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
