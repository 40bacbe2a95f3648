// How Kysely speaks to SQLite here: durable, one writer at a time across processes too.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { SqliteDriver, type Turn } from './sqlite-driver.ts';

const BUSY_TIMEOUT_MS = 5000;
const inMemory = ':memory:';

/** The driver itself keeps those who write apart; who reads need not wait for them. */
class Adapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite changes tables in transactions, whatever Kysely thinks: tables are brought up to date as a whole, or not at all. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * @param turn of a connection beside the main one. SQLite makes whoever would write wait without letting its thread do anything else; two
 * threads of one server agree beforehand instead.
 */
export function openSqlite(path: string, turn?: Turn): Opened {
  if (path !== inMemory) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const writer = open(path);
  // The driver waits instead, with the thread free.
  writer.pragma('busy_timeout = 0');
  if (turn !== undefined) {
    // A connection beside the main one writes much: with little memory, each page of an index would be read and written back for every row.
    writer.pragma('cache_size = -65536');
    writer.pragma('wal_autocheckpoint = 8000');
  }
  return opened(new SqliteDriver({ writer, reader: path === inMemory ? writer : open(path), turn }));
}

/** Of a file that another connection of this server has opened before. */
export function openSqliteToRead(path: string): Opened {
  const reader = new Sqlite(path, { readonly: true });
  reader.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // It reads widely: what one report has read serves the next.
  reader.pragma('cache_size = -65536');
  return opened(new SqliteDriver({ writer: reader, reader }));
}

interface Opened {
  readonly dialect: Dialect;
  readonly driver: SqliteDriver;
}

function opened(driver: SqliteDriver): Opened {
  return {
    driver,
    dialect: {
      createAdapter: () => new Adapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => driver,
    },
  };
}

function open(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  // NORMAL would be faster, and lose in a power failure what was already told to a class.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return database;
}
