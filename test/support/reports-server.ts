// The reports of a judged term over HTTP on a given database; the token is the person's own id, or a key of another system.
import type { Kysely } from 'kysely';
import { openReports } from '../../server/app-reports.ts';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import type { ApiRight } from '../../server/contract/api-keys.ts';
import { PersonId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { SignInLimits } from '../../server/identity/sign-in-limits.ts';
import { ApiKeyService } from '../../server/import/api-key.service.ts';
import { ApiKeyStore } from '../../server/import/api-key.store.ts';
import { openLog } from '../../server/log.ts';
import { FakeClock } from './fake-clock.ts';
import { inTerm } from './judged-term.ts';
import { actor, person, timeZone } from './lessons.ts';

export interface ReportsServer {
  readonly clock: FakeClock;
  get(path: string, token?: string | null, headers?: Record<string, string>): Promise<Response>;
  /** Answers the secret. */
  addKey(name: string, rights: ApiRight[]): Promise<string>;
  /** What was taken out, oldest first. */
  exported(): Promise<{ by: string; id: string; name: string; after: unknown }[]>;
  close(): Promise<void>;
}

/** @param where as openDatabase takes it: then reports are read on their thread; null: in place */
export async function openReportsServer(db: Kysely<Database>, where: string | null = null): Promise<ReportsServer> {
  const clock = new FakeClock(inTerm);
  const people = new PersonStore(db);
  const audit = new AuditService({ store: new AuditStore(db), clock });
  const tries = new SignInLimits({ perNameAndAddress: 100, perName: 100, perAddress: 100 });
  const keys = new ApiKeyService({ store: new ApiKeyStore(db), tries, clock, audit });
  const reports = openReports({ config: { timeZone }, db, where, clock, audit, keys });
  const app = createHttp({
    peers: new Peers([], null),
    personOfToken: (token: string) => {
      const id = PersonId.safeParse(token).data;
      return id === undefined ? Promise.resolve(null) : people.byId(id);
    },
    ...{ routers: reports.routers, clientDir: null, log: openLog({ level: 'silent', format: 'json' }) },
    health: { database: () => Promise.resolve() },
  });
  const server = createWebServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    clock,
    get: (path, token = 'admin', headers = {}) =>
      fetch(`http://127.0.0.1:${address.port}${path}`, {
        headers: { ...headers, ...(token !== null && { authorization: `Bearer ${token}` }) },
      }),
    async addKey(name, rights) {
      const { secret } = await keys.add(actor(person('admin', 'administrator')), { name, rights, expiresAt: null });
      return secret;
    },
    async exported() {
      const rows = await db
        .selectFrom('audit_entry')
        .select(['actor_name', 'subject_id', 'subject_name', 'after'])
        .where('act', '=', 'report.exported')
        .orderBy('seq')
        .execute();
      const read = (text: string | null): unknown => text && JSON.parse(text);
      return rows.map((row) => ({ by: row.actor_name, id: row.subject_id, name: row.subject_name, after: read(row.after) }));
    },
    async close() {
      await reports.close();
      await new Promise((done) => void server.close(done));
    },
  };
}
