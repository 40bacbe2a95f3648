// A PostgreSQL server of its own for tests: in a temporary folder, reached by a socket in it, gone when the tests are.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openDatabase } from '../../server/database/open.ts';

/** A database with all tables and nothing in them: to copy it is faster than to make them again. */
export const emptyDatabase = 'empty';

export interface TestPostgres {
  /** The address of a database on this server. */
  url(database: string): string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const VERSIONS = '/usr/lib/postgresql';
const PATIENCE_MS = 20_000;

export function programs(): string {
  const folders = existsSync(VERSIONS) ? readdirSync(VERSIONS).map((version) => join(VERSIONS, version, 'bin')) : [];
  const newest = folders.filter((folder) => existsSync(join(folder, 'initdb'))).at(-1);
  if (newest === undefined) throw new Error('The store is tested on PostgreSQL too, and it is not installed: apt-get install postgresql');
  return newest;
}

/** With `emptyDatabase` to copy. */
export async function startPostgresWithTables(): Promise<TestPostgres> {
  const postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`create database ${emptyDatabase}`);
  await client.end();
  await (await openDatabase(postgres.url(emptyDatabase))).close();
  return postgres;
}

/** PostgreSQL refuses to run as root. */
export function runner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function startPostgres(): Promise<TestPostgres> {
  const bin = programs();
  const user = runner();
  const folder = mkdtempSync(join(tmpdir(), 'auditoria-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  // The shell outlives a killed test run just long enough to end the server and sweep up: its input ends when we do.
  const script = '"$0" "$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$FOLDER"';
  const options = [
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'fsync=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=200',
  ];
  const shell = spawn('/bin/sh', ['-c', script, join(bin, 'postgres'), ...options], {
    ...user,
    cwd: '/',
    env: { ...process.env, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((done) => shell.once('exit', () => done()));
  shell.unref();
  const url = (database: string) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  await untilItAnswers(url('postgres'));
  return {
    url,
    async stop() {
      shell.stdin.end();
      await ended;
    },
  };
}

export async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error('PostgreSQL did not start', { cause: error });
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
