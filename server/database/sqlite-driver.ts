// Kysely's driver for SQLite here: one connection that writes, one that reads meanwhile, and statements that are prepared once.
import { setTimeout as wait } from 'node:timers/promises';
import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SelectQueryNode } from 'kysely';
import type { PoolFigures } from './figures.ts';

/** Asked for before each transaction; resolves when it may begin, with what is to be called when it is over. */
export type Turn = () => Promise<() => void>;

/** How long a write waits for another process that writes; the thread does other things meanwhile. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 25;

const MOST_STATEMENTS = 400;
/** Longer ones are inserts of many rows, hardly ever alike. */
const LONGEST_KEPT = 6000;

/** Prepares each statement once: of what a short query costs, preparing it is the larger part. */
class Statements {
  readonly #database: Sqlite;
  readonly #kept = new Map<string, Statement>();

  constructor(database: Sqlite) {
    this.#database = database;
  }

  run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(sql);
    // The rows are what the query's type says; Kysely's own driver trusts it as well.
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
  }

  #prepare(sql: string): Statement {
    const kept = this.#kept.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#database.prepare(sql);
    if (sql.length > LONGEST_KEPT) return statement;
    const [oldest] = this.#kept.size >= MOST_STATEMENTS ? this.#kept.keys() : [];
    if (oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(sql, statement);
    return statement;
  }
}

/** One after the other. */
class Lock {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isTaken = false;

  get waiting(): number {
    return this.#waiting;
  }

  get isTaken(): boolean {
    return this.#isTaken;
  }

  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    this.#waiting += 1;
    await before;
    this.#waiting -= 1;
    this.#isTaken = true;
    return () => {
      this.#isTaken = false;
      resolve();
    };
  }
}

/** Selects outside a transaction read what was committed last, and wait for nobody; all else writes, one at a time. */
class Connection implements DatabaseConnection {
  readonly #driver: SqliteDriver;
  /** Ends the transaction that runs on it. */
  over: (() => void) | null = null;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { writing, reading, lock } = this.#driver;
    if (this.over !== null) return writing.run(query);
    if (SelectQueryNode.is(query.query)) return reading.run(query);
    const release = await lock.take();
    try {
      return await this.#driver.patiently(() => writing.run<R>(query));
    } finally {
      release();
    }
  }

  // Kysely wants the method; nothing here streams, and PostgreSQL would need a library more for it.
  // biome-ignore lint/correctness/useYield: it gives nothing
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed');
  }
}

export class SqliteDriver implements Driver {
  readonly writing: Statements;
  readonly reading: Statements;
  readonly lock = new Lock();
  readonly #databases: readonly Sqlite[];
  readonly #turn: Turn | undefined;
  /** Another process writes. */
  #busySince: number | null = null;

  /** @param reader the same one where there can be no second, as in memory */
  constructor({ writer, reader, turn }: { readonly writer: Sqlite; readonly reader: Sqlite; readonly turn?: Turn | undefined }) {
    this.writing = new Statements(writer);
    this.reading = reader === writer ? this.writing : new Statements(reader);
    this.#databases = [writer, reader];
    this.#turn = turn;
  }

  get pool(): PoolFigures {
    const { waiting, isTaken } = this.lock;
    return { open: this.#databases.length, idle: this.#databases.length - (isTaken ? 1 : 0), most: this.#databases.length, waiting };
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<Connection> {
    return Promise.resolve(new Connection(this));
  }

  /** A plain BEGIN takes the write lock with its first write, and then fails at once instead of waiting when another process holds it. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const own = known(connection);
    const release = await this.lock.take();
    const turnOver = await this.#turn?.();
    const over = () => {
      own.over = null;
      turnOver?.();
      release();
    };
    try {
      await this.patiently(() => this.writing.run(CompiledQuery.raw('begin immediate')));
      own.over = over;
    } catch (error) {
      over();
      throw error;
    }
  }

  /** SQLite itself would wait with the whole thread: no class would hear a thing meanwhile. Those who come after one who waited in vain do not wait again. */
  async patiently<T>(write: () => T): Promise<T> {
    for (;;) {
      try {
        const result = write();
        this.#busySince = null;
        return result;
      } catch (error) {
        const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
        if (!isBusy) throw error;
        this.#busySince ??= performance.now();
        if (performance.now() - this.#busySince > PATIENCE_MS) throw error;
      }
      await wait(LOOK_AGAIN_MS);
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#end(connection, 'commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#end(connection, 'rollback');
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to "${name}"`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release "${name}"`));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    for (const database of this.#databases) database.close();
  }

  /** Nothing of this process is written while `work` runs; what is read meanwhile is what was committed last. */
  async holdWriting<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.lock.take();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** A commit that fails leaves the transaction open: Kysely rolls it back then. */
  #end(connection: DatabaseConnection, how: 'commit' | 'rollback'): void {
    const own = known(connection);
    try {
      this.writing.run(CompiledQuery.raw(how));
    } catch (error) {
      if (how === 'rollback') own.over?.();
      throw error;
    }
    own.over?.();
  }
}

function known(connection: DatabaseConnection): Connection {
  if (!(connection instanceof Connection)) throw new Error('A connection of another driver');
  return connection;
}
