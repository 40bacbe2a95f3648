// Opens the database, SQLite in a file or PostgreSQL by its address, and brings its tables up to date.
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Engine } from './engine.ts';
import { type DatabaseFigures, fileBytes } from './figures.ts';
import { type HearQuery, hearing } from './heard.ts';
import * as first from './migrations/0001-first.ts';
import * as timetable from './migrations/0002-timetable.ts';
import * as signIn from './migrations/0003-sign-in.ts';
import * as accounts from './migrations/0004-accounts.ts';
import * as notification from './migrations/0005-notification.ts';
import * as importSource from './migrations/0006-import-source.ts';
import * as records from './migrations/0007-records.ts';
import * as recordings from './migrations/0008-recordings.ts';
import * as connectionTests from './migrations/0009-connection-tests.ts';
import * as qualityHistory from './migrations/0010-quality-history.ts';
import * as situation from './migrations/0011-situation.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite, openSqliteToRead } from './sqlite.ts';
import type { Turn } from './sqlite-driver.ts';
import type { Database } from './tables.ts';

/** In the order in which they run. Never edited once released, only added to. */
export const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-timetable': timetable,
  '0003-sign-in': signIn,
  '0004-accounts': accounts,
  '0005-notification': notification,
  '0006-import-source': importSource,
  '0007-records': records,
  '0008-recordings': recordings,
  '0009-connection-tests': connectionTests,
  '0010-quality-history': qualityHistory,
  '0011-situation': situation,
};

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly dialect: 'sqlite' | 'postgres';
  /** On SQLite nothing of this process is written while `work` runs, so that another thread can write; PostgreSQL needs no such thing. */
  holdWriting<T>(work: () => Promise<T>): Promise<T>;
  /** Never rejects. */
  figures(): Promise<DatabaseFigures>;
  /** Safe twice. */
  close(): Promise<void>;
}

export type SecondConnection =
  /** Asked for before each transaction; resolves when it may begin, with what is called when it is over. Only SQLite asks: it has one writer. */
  | { readonly turn: Turn }
  /** Nothing can be written by it, and it waits for nobody who writes. */
  | { readonly isReadOnly: true };

/**
 * What a resolved transaction wrote survives a power loss, on both.
 * @param where `postgres://…`, or the path of a SQLite file, made when missing
 * @param onIdleError told when a resting connection to PostgreSQL breaks; the pool replaces it
 * @param second of a thread beside the one that opened the database first: the tables are taken as they are
 * @param hear told of each query when it has ended
 */
export async function openDatabase(
  where: string,
  onIdleError: (error: Error) => void = () => undefined,
  second?: SecondConnection,
  hear?: HearQuery,
): Promise<OpenDatabase> {
  const isReadOnly = second !== undefined && 'isReadOnly' in second;
  const engine = isPostgres(where) ? openPostgres(where, onIdleError, isReadOnly) : openFile(where, second);
  const db = new Kysely<Database>({ dialect: engine.dialect, ...(hear && { log: hearing(hear) }) });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= db.destroy();
    return closing;
  };
  try {
    if (second === undefined) await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    db,
    dialect: engine.name,
    holdWriting: (work) => engine.holdWriting(work),
    figures: async () => ({ pool: engine.pool(), bytes: await engine.bytes(db).catch(() => null) }),
    close,
  };
}

function openFile(path: string, second: SecondConnection | undefined): Engine {
  const { dialect, driver } = second && 'isReadOnly' in second ? openSqliteToRead(path) : openSqlite(path, second?.turn);
  return {
    ...{ name: 'sqlite', dialect },
    holdWriting: (work) => driver.holdWriting(work),
    pool: () => driver.pool,
    bytes: () => fileBytes(path),
  };
}

function isPostgres(where: string): boolean {
  return /^postgres(ql)?:\/\//.test(where);
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The tables could not be brought up to date', { cause: error });
}
