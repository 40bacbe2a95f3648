// Keeps two servers on one data folder apart: the second would write into files that the first holds in memory. Rule H28.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { readInstance } from './instance.ts';

/** One that was told to stop, and has not ended yet, is waited for: whoever watches files or exchanges versions starts the next at once. */
const patienceMs = 3_000;
const lookAgainMs = 100;

export class FolderTaken extends Error {
  constructor(dataDir: string, pid: number | undefined) {
    const who = pid === undefined ? 'Another server' : `Another server (process ${pid})`;
    super(
      `${who} runs on the data folder ${dataDir}: stop it, or give this one a folder of its own (AUDITORIA_DATA_DIR) and ports of its own.`,
    );
    this.name = 'FolderTaken';
  }
}

function openFile(dataDir: string): Sqlite.Database {
  try {
    return new Sqlite(join(dataDir, 'server.lock'), { timeout: 0 });
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be written by this user: npm run doctor says what to mend.`, { cause: error });
  }
}

/**
 * Held by the system for as long as the process lives, and not a moment longer: a file with the number of a process in it would outlive a
 * killed server, and mean another process after a restart of the machine or in another container. SQLite knows how to ask the system for it.
 */
export class FolderLock {
  readonly #database: Sqlite.Database;

  private constructor(database: Sqlite.Database) {
    this.#database = database;
  }

  /** Throws `FolderTaken` when another server has it for longer than one takes to stop. */
  static async take(dataDir: string, patience = patienceMs): Promise<FolderLock> {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const until = performance.now() + patience;
    for (;;) {
      const lock = FolderLock.tryTake(dataDir);
      if (lock !== null) return lock;
      if (performance.now() >= until) throw new FolderTaken(dataDir, readInstance(dataDir)?.pid);
      await wait(lookAgainMs);
    }
  }

  /** Null: a server has it. */
  static tryTake(dataDir: string): FolderLock | null {
    const database = openFile(dataDir);
    try {
      // Never committed: it is the lock that counts, and nothing is written.
      database.exec('begin exclusive');
      return new FolderLock(database);
    } catch (error) {
      database.close();
      if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null;
      throw error;
    }
  }

  /** Safe twice. */
  close(): void {
    this.#database.close();
  }
}
