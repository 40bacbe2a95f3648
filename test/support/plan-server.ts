// The plan of a university over HTTP on a given database: calendar, catalogue, weekly patterns, lessons; the token is the person's own id.
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { openPlan } from '../../server/app-plan.ts';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import type { RoleFaculties } from '../../server/contract/identity.ts';
import { type LessonId, PersonId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { FactBus, type TimetableFact } from '../../server/facts.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { timetableHttp } from '../../server/timetable/timetable.http.ts';
import { FakeClock } from './fake-clock.ts';
import { lessonServices, timeZone } from './lessons.ts';

type Role = 'administrator' | 'coordinator' | 'teacher' | 'student' | 'observer';

export interface PlanServer {
  readonly db: Kysely<Database>;
  readonly clock: FakeClock;
  /** Rooms that were told of a new plan. */
  readonly told: string[];
  readonly facts: TimetableFact[];
  ask(method: string, path: string, body?: unknown, token?: string | null): Promise<{ status: number; json: unknown }>;
  /** Throws unless the answer is 200 and fits. */
  get<S extends z.ZodType>(schema: S, path: string, token?: string): Promise<z.output<S>>;
  make<S extends z.ZodType>(schema: S, path: string, body: unknown, token?: string): Promise<z.output<S>>;
  person(id: string, role: Role, roleFaculties?: RoleFaculties): Promise<PersonId>;
  /** What the audit log holds, oldest first. */
  acts(): Promise<{ act: string; by: string; before: unknown; after: unknown }[]>;
  close(): Promise<void>;
}

export async function openPlanServer(db: Kysely<Database>, now: number): Promise<PlanServer> {
  const clock = new FakeClock(now);
  const log = openLog({ level: 'silent', format: 'json' });
  const people = new PersonStore(db);
  const told: string[] = [];
  const facts: TimetableFact[] = [];
  const bus = new FactBus<TimetableFact>((_listener, _fact, error) => {
    throw error;
  });
  bus.listen('test', (fact) => void facts.push(fact));
  const live = { here: () => 0, planChanged: (id: LessonId) => Promise.resolve(void told.push(id)) };
  const audit = new AuditService({ store: new AuditStore(db), clock });
  const plan = openPlan({ ...{ db, timeZone, clock, log, audit, bus, live }, fields: { teaching: 20, other: 50 } });
  const lessons = lessonServices(db, { clock, live, tokens: new Tokens({ key: randomBytes(32), clock }) });
  const app = createHttp({
    peers: new Peers([], null),
    personOfToken: (token: string) => people.byId(PersonId.parse(token)),
    routers: [...plan.routers, timetableHttp(lessons)],
    health: { database: () => Promise.resolve() },
    clientDir: null,
    log,
  });
  const server = createWebServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const base = `http://127.0.0.1:${address.port}`;

  const ask: PlanServer['ask'] = async (method, path, body, token = 'admin') => {
    const answer = await fetch(base + path, {
      method,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json: unknown = text === '' ? null : JSON.parse(text);
    return { status: answer.status, json };
  };
  const fitting = <S extends z.ZodType>(schema: S, { status, json }: { status: number; json: unknown }) => {
    if (status !== 200) throw new Error(`Answered ${status}: ${JSON.stringify(json)}`);
    return schema.parse(json);
  };
  const person: PlanServer['person'] = async (id, role, roleFaculties) => {
    const personId = PersonId.parse(id);
    await people.add([
      {
        ...{ id: personId, signInName: id, displayName: `Name of ${id}`, email: null, language: null },
        ...{ roles: [role], passwordHash: null, createdAt: now, ...(roleFaculties && { roleFaculties }) },
      },
    ]);
    return personId;
  };
  await person('admin', 'administrator');
  await person('coordinator', 'coordinator');
  for (const id of ['teacher', 'other-teacher']) await person(id, 'teacher');
  for (const id of ['student1', 'student2', 'student3']) await person(id, 'student');
  return {
    ...{ db, clock, told, facts, ask, person },
    get: async (schema, path, token) => fitting(schema, await ask('GET', path, undefined, token)),
    make: async (schema, path, body, token) => fitting(schema, await ask('POST', path, body, token)),
    async acts() {
      const rows = await db.selectFrom('audit_entry').select(['act', 'actor_id', 'before', 'after']).orderBy('seq').execute();
      const read = (text: string | null): unknown => text && JSON.parse(text);
      return rows.map((row) => ({ act: row.act, by: row.actor_id, before: read(row.before), after: read(row.after) }));
    },
    async close() {
      await plan.close();
      await new Promise((done) => server.close(done));
    },
  };
}
