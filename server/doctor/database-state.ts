// Looks at the database without writing to it: reached, which version's tables, sound, and how fast it answers.
import { existsSync, statSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { migrations, openDatabase } from '../database/open.ts';
import type { Database } from '../database/tables.ts';
import type { DatabaseState } from './checks/database.ts';

type Fault = Extract<DatabaseState, { as: 'reached' }>['faults'][number];

const questions = 7;
/** Reading through a larger one takes minutes, in which this program does nothing else. */
const mostRead = 2 * 1024 ** 3;

export async function databaseState(where: string): Promise<DatabaseState> {
  const isFile = !where.startsWith('postgres');
  if (isFile && !existsSync(where)) return { as: 'new', kind: `SQLite (${where})` };
  try {
    const { db, close } = await openDatabase(where, undefined, { isReadOnly: true });
    try {
      return await stateOf(db, isFile ? where : null);
    } finally {
      await close();
    }
  } catch (error) {
    return { as: 'unreachable', error };
  }
}

/** What time it is at a PostgreSQL, which may be on another machine. */
export async function databaseTime(url: string): Promise<number | null> {
  const { db, close } = await openDatabase(url, undefined, { isReadOnly: true });
  try {
    const { rows } = await sql<{ now: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as now`.execute(db);
    return rows[0]?.now ?? null;
  } finally {
    await close();
  }
}

async function stateOf(db: Kysely<Database>, file: string | null): Promise<DatabaseState> {
  const { kind, faults } = file === null ? await lookAtPostgres(db) : await lookAtFile(db, file);
  const made = await madeSteps(db);
  const known = Object.keys(migrations);
  return {
    as: 'reached',
    ...{ kind, faults },
    missing: known.filter((name) => !made.includes(name)),
    unknown: made.filter((name) => !known.includes(name)),
    answersInMs: await answerTime(db),
  };
}

/** Before the first start there is no such table. */
async function madeSteps(db: Kysely<Database>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

async function answerTime(db: Kysely<Database>): Promise<number> {
  const took: number[] = [];
  for (let each = 0; each < questions; each++) {
    const beganAt = performance.now();
    await sql`select 1`.execute(db);
    took.push(performance.now() - beganAt);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(questions / 2)] ?? 0;
}

async function lookAtFile(db: Kysely<Database>, file: string): Promise<{ readonly kind: string; readonly faults: readonly Fault[] }> {
  const { size } = statSync(file);
  const kind = `SQLite (${file}, ${Math.ceil(size / 1024 ** 2)} MB)`;
  if (size > mostRead) return { kind: `${kind}, too large to be read through here`, faults: [] };
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const said = rows[0]?.quick_check ?? 'ok';
  if (said === 'ok') return { kind, faults: [] };
  const todo = 'Stop the server and bring back the newest copy of the data folder; keep the broken one for whoever looks after Auditoria.';
  return { kind, faults: [{ found: `The file of the database is broken: ${said}`, todo, isBroken: true }] };
}

interface Postgres {
  readonly version: string;
  readonly encoding: string;
  readonly standby: boolean;
  readonly may: boolean | null;
}

async function lookAtPostgres(db: Kysely<Database>): Promise<{ readonly kind: string; readonly faults: readonly Fault[] }> {
  const { rows } = await sql<Postgres>`select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as standby, has_schema_privilege(current_schema(), 'CREATE') as may`.execute(db);
  const [found] = rows;
  const faults: Fault[] = [];
  if (found?.standby)
    faults.push({
      found: 'PostgreSQL is a standby that takes no writes',
      todo: 'Let databaseUrl lead to the primary one.',
      isBroken: true,
    });
  if (found !== undefined && found.encoding !== 'UTF8')
    faults.push({
      found: `The database holds text as ${found.encoding}`,
      todo: 'Make it anew with createdb --encoding=UTF8: names would be lost.',
      isBroken: true,
    });
  if (found !== undefined && found.may !== true)
    faults.push({
      found: 'Our user may make no tables there',
      todo: 'GRANT CREATE ON SCHEMA public TO that user, or let it own the database.',
      isBroken: true,
    });
  return { kind: `PostgreSQL ${found?.version.split(' ')[0] ?? ''}`, faults };
}
