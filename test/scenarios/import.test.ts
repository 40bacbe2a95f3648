// Imports over HTTP on each database, in their own thread: upload, preview, apply, discard; keys of other systems; who may do what.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Imports, openImports } from '../../server/app-import.ts';
import type { Actor } from '../../server/audit/actor.ts';
import type { Act } from '../../server/audit/audit.service.ts';
import { ApiKeyAdded, ApiKeys } from '../../server/contract/api-keys.ts';
import { FacultyId, PersonId } from '../../server/contract/ids.ts';
import { ImportJobDetail, ImportJobs, TablePutDone } from '../../server/contract/import.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { FactBus, type TimetableFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { eachDatabase, type TestDatabase } from '../contract/databases.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { asJson, asXlsx, makeUniversity, villageSize } from '../support/full-size-university.ts';

const now = Date.parse('2026-08-20T08:00:00+05:00');
const village = makeUniversity(villageSize);
/** The thread steps back behind whatever else this machine does. */
const patienceMs = 80_000;
vi.setConfig({ testTimeout: 90_000 });

eachDatabase((_name, open) => {
  let server: ReturnType<typeof createWebServer>;
  let base = '';
  let database: TestDatabase;
  let imports: Imports;
  let dataDir = '';
  const clock = new FakeClock(now);
  const logged: string[] = [];
  const acts: { readonly actor: Actor; readonly act: Act }[] = [];
  const shutOut: string[] = [];
  const facts: TimetableFact[] = [];
  const told: string[] = [];
  const log = openLog({ level: 'debug', format: 'json' }, { write: (line) => logged.push(line) });

  const start = async () => {
    const bus = new FactBus<TimetableFact>(() => undefined);
    bus.listen('test', (fact) => facts.push(fact));
    imports = openImports({
      config: { dataDir, databaseUrl: null, timeZone: 'Asia/Almaty' },
      ...{ where: database.where, db: database.db, clock, log, bus },
      holdWriting: (work) => database.holdWriting(work),
      audit: { record: (actor, act) => Promise.resolve(void acts.push({ actor, act })) },
      planChanged: (id) => Promise.resolve(void told.push(id)),
      shutOut: (id) => Promise.resolve(void shutOut.push(id)),
    });
    await imports.begin();
    const roles = { admin: 'administrator', coordinator: 'coordinator', narrow: 'coordinator', teacher: 'teacher' } as const;
    const app = createHttp({
      peers: new Peers([], null),
      // The token is the person's own name: signing in has its own tests.
      personOfToken: (token: string) =>
        Promise.resolve(
          token in roles
            ? {
                ...{ id: PersonId.parse(token), signInName: token, displayName: token, email: null, language: null, disabled: false },
                roles: [roles[token as keyof typeof roles]],
                ...(token === 'narrow' && { roleFaculties: { coordinator: [FacultyId.parse('nowhere')] } }),
              }
            : null,
        ),
      routers: imports.routers,
      health: { database: () => Promise.resolve() },
      clientDir: null,
      log,
    });
    server = createWebServer(app);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    base = `http://127.0.0.1:${address.port}`;
  };
  const stop = async () => {
    await imports.close();
    await new Promise((closed) => server.close(closed));
  };
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'auditoria-imports-'));
    database = await open();
    await start();
  });
  afterAll(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const call = (who: string, method: string, path: string, body?: unknown) =>
    fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${who}`,
        ...(body !== undefined && !Buffer.isBuffer(body) && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  const refusal = async (answer: Promise<Response>) => Refusal.parse(await (await answer).json());
  const upload = async (bytes: Buffer, query = 'name=u.json&source=Univer', who = 'admin') =>
    ImportJobDetail.parse(await (await call(who, 'POST', `/api/imports?${query}`, bytes)).json());
  const until = async (id: string, ...states: string[]) => {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; ) {
      const job = ImportJobDetail.parse(await (await call('admin', 'GET', `/api/imports/${id}`)).json());
      if (states.includes(job.state)) return job;
      await pause(20);
    }
    throw new Error(`The import never became ${states.join(' or ')}`);
  };

  it('I13 a workbook is uploaded, looked at, applied and laid out; it is written down who did it', async () => {
    const { id, state } = await upload(await asXlsx(village), 'name=u.xlsx&source=Univer');
    expect(state).toBe('reading');
    const ready = await until(id, 'ready', 'faulty');
    expect(ready).toMatchObject({ state: 'ready', format: 'xlsx', faultTotal: 0 });
    expect(ready.clashes.list.length).toBe(Math.min(ready.clashes.total, 50));
    expect(ready.difference?.find(({ table }) => table === 'people')).toMatchObject({ new: 66, same: 0 });
    expect((await database.db.selectFrom('person').selectAll().execute()).length).toBe(0);
    expect((await call('admin', 'POST', `/api/imports/${id}/apply`, { withGone: false })).status).toBe(200);
    expect(await until(id, 'done')).toMatchObject({ state: 'done', finishedAt: now });
    expect((await database.db.selectFrom('lesson').select('id').execute()).length).toBeGreaterThan(200);
    expect(await readdir(join(dataDir, 'imports'))).toEqual([]);
    expect(acts.map(({ act }) => act.act)).toEqual(['import.uploaded', 'import.applied']);
    expect(acts[1]?.act.after).toMatchObject({ people: { added: 66, changed: 0, gone: 0 } });
    const again = await upload(asJson(village));
    const same = await until(again.id, 'ready');
    expect(same.difference?.every((one) => one.new + one.changed + one.gone === 0)).toBe(true);
    expect((await call('admin', 'DELETE', `/api/imports/${again.id}`)).status).toBe(204);
    expect((await until(again.id, 'discarded')).state).toBe('discarded');
    expect((await refusal(call('admin', 'POST', `/api/imports/${again.id}/apply`, { withGone: false }))).code).toBe('conflict');
  });

  it('I2 a wrong file is told line by line, and cannot be applied', async () => {
    const { id } = await upload(Buffer.from('id,faculty,name\nG9,F99,nine\nG10,F1,\n'), 'name=groups.csv&source=Univer');
    const faulty = await until(id, 'faulty');
    expect(faulty).toMatchObject({ faultTotal: 2, difference: null });
    expect(faulty.faults).toEqual([
      { sheet: null, line: 2, column: 'faculty', code: 'reference-unknown', value: 'F99' },
      { sheet: null, line: 3, column: 'name', code: 'value-missing', value: null },
    ]);
    expect((await refusal(call('admin', 'POST', `/api/imports/${id}/apply`, { withGone: true }))).code).toBe('conflict');
  });

  it('I14 one import at a time', async () => {
    const { id } = await upload(asJson(village));
    expect((await refusal(call('admin', 'POST', '/api/imports?name=u.json&source=Univer', asJson(village)))).code).toBe('import-running');
    await until(id, 'ready');
    const second = await upload(asJson(village));
    expect((await until(second.id, 'ready')).state).toBe('ready');
  });

  it('I15 teachers and strangers import nothing; coordinators see their own imports and touch their own faculties', async () => {
    expect((await refusal(call('teacher', 'POST', '/api/imports?name=u.json&source=X', asJson(village)))).code).toBe('not-allowed');
    expect((await refusal(call('teacher', 'GET', '/api/imports'))).code).toBe('not-allowed');
    expect((await refusal(call('nobody', 'GET', '/api/imports'))).code).toBe('not-signed-in');
    expect((await refusal(call('nobody', 'GET', '/api/imports/template.xlsx'))).code).toBe('not-signed-in');
    const { id } = await upload(Buffer.from('id,faculty,name\nG77,F1,seven\n'), 'name=groups.csv&source=Office', 'narrow');
    expect(await until(id, 'ready', 'faulty')).toMatchObject({ state: 'faulty', faults: [{ code: 'not-your-faculty' }] });
    const list = async (who: string) =>
      ImportJobs.parse(await (await call(who, 'GET', '/api/imports')).json()).imports.map((job) => job.id);
    expect(await list('narrow')).toEqual([id]);
    expect(await list('admin')).toContain(id);
    expect((await refusal(call('coordinator', 'GET', `/api/imports/${id}`))).code).toBe('not-found');
  });

  it('I16 a file of more than 64 MB is refused and kept nowhere', async () => {
    expect((await refusal(call('admin', 'POST', '/api/imports?name=u.csv&source=X', Buffer.alloc(64 * 1024 * 1024 + 1)))).code).toBe(
      'too-large',
    );
    expect((await upload(Buffer.from('garbage'), 'name=u.csv&source=X')).state).toBe('reading');
  });

  it('I17 templates have every table, and what is filled in is read', async () => {
    const xlsx = Buffer.from(await (await call('coordinator', 'GET', '/api/imports/template.xlsx')).arrayBuffer());
    const { id } = await upload(xlsx, 'name=template.xlsx&source=X');
    expect((await until(id, 'ready', 'faulty')).faults).toMatchObject([{ code: 'file-empty' }]);
    const csv = await (await call('coordinator', 'GET', '/api/imports/template/terms.csv')).text();
    expect(csv.replace('\uFEFF', '').trim()).toBe('id,year,name,startsOn,endsOn');
  });

  const key = async (rights: string[], expiresAt: number | null = null) =>
    ApiKeyAdded.parse(await (await call('admin', 'POST', '/api/api-keys', { name: 'Records', rights, expiresAt })).json());

  it('I18 another system puts rows with its key; the same call again changes nothing', async () => {
    const { secret } = await key(['timetable:write']);
    const put = async () =>
      TablePutDone.parse(
        await (await call(secret, 'PUT', '/api/timetable/places/A1', { building: 'Бас корпус', name: '100', capacity: 30 })).json(),
      );
    expect((await put()).difference).toMatchObject({ table: 'places', new: 0, changed: 1, gone: 0, same: 0 });
    expect((await put()).difference).toMatchObject({ new: 0, changed: 0, gone: 0, same: 1 });
    const table = async (items: object[], complete = false) =>
      TablePutDone.parse(await (await call(secret, 'PUT', '/api/timetable/groups', { items, complete })).json()).difference;
    expect(
      await table([
        { id: 'K1', faculty: 'F1', name: 'Бір' },
        { id: 'K2', faculty: 'F1', name: 'Екі' },
      ]),
    ).toMatchObject({ new: 2, gone: 0 });
    expect(await table([{ id: 'K1', faculty: 'F1', name: 'Бір' }], true)).toMatchObject({ new: 0, changed: 0, gone: 1, same: 1 });
    const last = acts.at(-1);
    expect(last).toMatchObject({
      actor: { kind: 'api-key', displayName: 'Records' },
      act: { act: 'timetable.put', subject: { id: 'groups' }, after: { added: 0, changed: 0, gone: 1 } },
    });
    const { keys } = ApiKeys.parse(await (await call('admin', 'GET', '/api/api-keys')).json());
    expect(keys.find(({ name }) => name === 'Records')?.lastUsedAt).toBe(clock.now());
    const faulty = await refusal(call(secret, 'PUT', '/api/timetable/groups', { items: [{ id: 'K3', faculty: 'nowhere', name: 'x' }] }));
    expect(faulty).toMatchObject({
      code: 'import-faulty',
      details: { faults: [{ line: 1, column: 'faculty', code: 'reference-unknown' }] },
    });
    expect((await refusal(call(secret, 'PUT', '/api/timetable/colours/1', {}))).code).toBe('bad-request');
    expect((await call('admin', 'PUT', '/api/timetable/places/A9', { building: 'B', name: '9' })).status).toBe(200);
  });

  it('I18 calls of other systems that come together follow one another', async () => {
    const { secret } = await key(['timetable:write']);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((one) => call(secret, 'PUT', `/api/timetable/places/M${one}`, { building: 'M', name: String(one) })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('I19 a key without the right, revoked, expired or made up is refused, and no key is ever logged or shown again', async () => {
    const timetable = await key(['timetable:write']);
    const people = await key(['people:write'], now + 1000);
    const put = (secret: string, table: string) => refusal(call(secret, 'PUT', `/api/timetable/${table}`, { items: [] }));
    expect((await put(timetable.secret, 'people')).code).toBe('not-allowed');
    expect((await put(timetable.secret, 'enrolments')).code).toBe('not-allowed');
    expect((await put(people.secret, 'groups')).code).toBe('not-allowed');
    expect((await put(people.secret, 'people')).code).toBe('import-faulty');
    expect((await put('auditoria_made-up', 'groups')).code).toBe('not-signed-in');
    expect((await put('teacher', 'groups')).code).toBe('not-allowed');
    expect((await refusal(call(timetable.secret, 'GET', '/api/imports'))).code).toBe('not-signed-in');
    expect((await call('admin', 'DELETE', `/api/api-keys/${timetable.key.id}`)).status).toBe(204);
    expect((await put(timetable.secret, 'groups')).code).toBe('not-signed-in');
    await clock.advance(1000);
    expect((await put(people.secret, 'people')).code).toBe('not-signed-in');
    expect((await refusal(call('coordinator', 'POST', '/api/api-keys', { name: 'x', rights: ['people:write'] }))).code).toBe('not-allowed');
    const list = await (await call('admin', 'GET', '/api/api-keys')).text();
    expect(ApiKeys.parse(JSON.parse(list)).keys.find(({ id }) => id === timetable.key.id)).toMatchObject({
      revokedAt: now,
      lastUsedAt: null,
    });
    const stored = JSON.stringify(await database.db.selectFrom('api_key').selectAll().execute());
    for (const { secret } of [timetable, people])
      for (const text of [list, stored, JSON.stringify(acts), logged.join()]) expect(text).not.toContain(secret);
  });

  it('I6 whoever is gone from the file is shown out', async () => {
    const { id } = await upload(asJson({ people: (village.people ?? []).slice(0, -1) }));
    await until(id, 'ready');
    await call('admin', 'POST', `/api/imports/${id}/apply`, { withGone: true });
    await until(id, 'done');
    expect(shutOut.length).toBe(1);
  });

  it('I22 open rooms are told when their groups get other people', async () => {
    await clock.advance(Date.parse('2026-09-07T07:00:00+05:00') - clock.now());
    const { secret } = await key(['people:write']);
    const join = (groups: string) => call(secret, 'PUT', '/api/timetable/people/S5000', { name: 'Жаңа Студент', roles: 'student', groups });
    told.length = 0;
    expect((await join('G2')).status).toBe(200);
    const ofGroup = await database.db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_id', 'lesson.id')
      .innerJoin('student_group', 'student_group.id', 'group_id')
      .select('lesson.id')
      .where('student_group.external_id', '=', 'G2')
      .where('starts_at', '<', clock.now() + 24 * 3_600_000)
      .where('starts_at', '>', clock.now() - 15 * 3_600_000)
      .execute();
    expect(ofGroup.length).toBeGreaterThan(0);
    expect([...new Set(told)].sort()).toEqual(ofGroup.map(({ id }) => id).sort());
    told.length = 0;
    expect((await join('G2')).status).toBe(200);
    expect(told).toEqual([]);
  });

  it('I19 wrong keys from one address are refused after a hundred, and a key that was right there before is not', async () => {
    const { secret } = await key(['timetable:write']);
    const put = (bearer: string) => call(bearer, 'PUT', '/api/timetable/places/R1', { building: 'R', name: '1' });
    expect((await put(secret)).status).toBe(200);
    const codes: string[] = [];
    for (let number = 0; codes.at(-1) !== 'too-many-requests' && number <= 100; number += 1)
      codes.push((await refusal(put(`auditoria_wrong-${number}`))).code);
    expect(codes.at(-1)).toBe('too-many-requests');
    expect(codes.length).toBeGreaterThan(90);
    expect((await refusal(put('auditoria_another'))).details).toMatchObject({ retryAfterMs: expect.any(Number) });
    expect((await put(secret)).status).toBe(200);
  });

  it('I20 what a crash interrupted has failed and can be applied again; what was being laid out is done', async () => {
    const { id } = await upload(asJson(village));
    await until(id, 'ready');
    await database.db.updateTable('import_job').set({ state: 'applying' }).where('id', '=', id).execute();
    await stop();
    await start();
    expect((await until(id, 'failed')).state).toBe('failed');
    expect((await call('admin', 'POST', `/api/imports/${id}/apply`, { withGone: true })).status).toBe(200);
    expect((await until(id, 'done')).state).toBe('done');
    await database.db.updateTable('import_job').set({ state: 'laying-out' }).where('id', '=', id).execute();
    await stop();
    await start();
    expect((await until(id, 'done')).state).toBe('done');
  });
});
