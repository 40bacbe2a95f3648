// How Kysely speaks to SQLite here: durable, one writer at a time across processes too.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, type Dialect, type Driver, SqliteDialect } from 'kysely';

const BUSY_TIMEOUT_MS = 5000;

/** Resolves when a transaction may begin, with what is to be called when it is over. */
export type Turn = () => Promise<() => void>;

/**
 * @param turn of a connection beside the main one. SQLite makes whoever would write wait without letting its thread do anything else; two
 * threads of one server agree beforehand instead.
 */
export function sqliteDialect(path: string, turn?: Turn): Dialect {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  // NORMAL would be faster, and lose in a power failure what was already told to a class.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  if (turn !== undefined) {
    // A connection beside the main one writes much: with little memory, each page of an index would be read and written back for every row.
    database.pragma('cache_size = -65536');
    database.pragma('wal_autocheckpoint = 8000');
  }
  const dialect = new SqliteDialect({ database });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver();
      // A plain BEGIN takes the write lock with its first write, and then fails at once instead of waiting when another process holds it.
      driver.beginTransaction = async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      };
      return turn === undefined ? driver : inTurn(driver, turn);
    },
  };
}

/** The driver has one connection, so there is one transaction at a time. */
function inTurn(driver: Driver, turn: Turn): Driver {
  const begin = driver.beginTransaction.bind(driver);
  const commit = driver.commitTransaction.bind(driver);
  const rollback = driver.rollbackTransaction.bind(driver);
  let over: () => void = () => undefined;
  const ending =
    (step: typeof commit): typeof commit =>
    async (connection) => {
      try {
        await step(connection);
      } finally {
        over();
      }
    };
  driver.beginTransaction = async (connection, settings) => {
    over = await turn();
    try {
      await begin(connection, settings);
    } catch (error) {
      over();
      throw error;
    }
  };
  driver.commitTransaction = ending(commit);
  driver.rollbackTransaction = ending(rollback);
  return driver;
}
