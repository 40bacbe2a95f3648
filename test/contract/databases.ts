// Runs the tests of a store on each database that the product supports, every `open` a fresh and empty one.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import { emptyDatabase, startPostgresWithTables, type TestPostgres } from './postgres.ts';

const startingMs = 60_000;

/** Closed and removed by itself when the tests of the block are over. */
export type Open = () => Promise<TestDatabase>;

export interface TestDatabase extends OpenDatabase {
  /** As openDatabase takes it, for a second connection. */
  readonly where: string;
}

interface Fresh extends TestDatabase {
  remove(): Promise<void>;
}

export function eachDatabase(define: (name: 'SQLite' | 'PostgreSQL', open: Open) => void): void {
  const kinds = [
    ['SQLite', () => Promise.resolve(), freshSqlite, () => Promise.resolve()],
    ['PostgreSQL', () => urlOf(emptyDatabase), freshPostgres, stopOwnPostgres],
  ] as const;
  for (const [name, start, fresh, stop] of kinds) {
    describe(name, () => {
      const opened: Fresh[] = [];
      // Before the tests, none of which has the time for it.
      beforeAll(async () => void (await start()), startingMs);
      define(name, async () => {
        const database = await fresh();
        opened.push(database);
        return database;
      });
      afterAll(async () => {
        for (const database of opened) await database.remove();
        await stop();
      });
    });
  }
}

async function freshSqlite(): Promise<Fresh> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-db-'));
  const where = join(folder, 'test.sqlite');
  const opened = await openDatabase(where);
  return {
    ...opened,
    where,
    async remove() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let own: Promise<TestPostgres> | undefined;

async function urlOf(database: string): Promise<string> {
  const shared = process.env.TEST_POSTGRES_URL;
  if (shared) return shared.replace('DATABASE', database);
  own ??= startPostgresWithTables();
  return (await own).url(database);
}

async function stopOwnPostgres(): Promise<void> {
  const started = own;
  own = undefined;
  if (started) await (await started).stop();
}

async function freshPostgres(): Promise<Fresh> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template ${emptyDatabase}`);
  const where = await urlOf(name);
  const opened = await openDatabase(where);
  return {
    ...opened,
    where,
    async remove() {
      await opened.close();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: await urlOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
