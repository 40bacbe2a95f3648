// A whole server with providers to sign in by, and people put into its database beforehand.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../server/app.ts';
import type { Person } from '../../server/contract/identity.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/tables.ts';
import { openLog } from '../../server/log.ts';
import { FakeMedia } from './fake-media.ts';

export const label = { kk: 'Университет', ru: 'Университет', en: 'University' };

export interface Known {
  readonly id: string;
  readonly roles?: Person['roles'];
  readonly externalId?: string;
  readonly email?: string;
  readonly disabled?: boolean;
  readonly passwordHash?: string;
}

export interface SignInServer {
  readonly url: string;
  readonly db: Kysely<Database>;
  /** Lines of its log, as JSON. */
  readonly log: string[];
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param providers made when the server's own address is known */
export async function openSignInServer(
  providers: (url: string) => readonly object[],
  people: readonly Known[] = [],
): Promise<SignInServer> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-sign-in-'));
  const url = `http://localhost:${await freePort()}`;
  const env = {
    AUDITORIA_HOST: 'localhost',
    AUDITORIA_PORT: new URL(url).port,
    AUDITORIA_PUBLIC_URL: url,
    AUDITORIA_SIGN_IN_PROVIDERS: JSON.stringify(providers(url)),
  };
  const config = loadConfig(env, folder);
  const database = await openDatabase(join(config.dataDir, 'auditoria.sqlite'));
  await fill(database.db, people);
  const lines: string[] = [];
  const log = openLog({ level: 'debug', format: 'json' }, { write: (line) => lines.push(line) });
  const start = (): Promise<App> => openApp(config, { log, clientDir: null, media: new FakeMedia() });
  let app = await start();
  return {
    url,
    db: database.db,
    log: lines,
    async restart() {
      await app.close('server-stopped');
      app = await start();
    },
    async stop() {
      await app.close('server-stopped');
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fill(db: Kysely<Database>, people: readonly Known[]): Promise<void> {
  const chief: Known = { id: 'chief', roles: ['administrator'] };
  for (const { id, roles = ['student'], externalId = null, email = null, disabled = false, passwordHash = null } of [chief, ...people])
    await db
      .insertInto('person')
      .values({
        ...{ id, sign_in_name: id, display_name: `Name of ${id}`, sort_key: id, search_text: id, email, language: null },
        ...{
          roles: JSON.stringify(roles),
          password_hash: passwordHash,
          disabled: disabled ? 1 : 0,
          created_at: 1,
          external_id: externalId,
        },
        second_factor_exempt: 1,
      })
      .execute();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
