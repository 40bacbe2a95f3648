// The connection test over HTTP: open to everybody, within narrow limits, in a room of its own; and the reports that only administrators read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Config } from '../../config/schema.ts';
import { openApp } from '../../server/app.ts';
import { ConnectionReports, TestBegun, type TestResult } from '../../server/contract/connection-test.ts';
import { TransportParameters } from '../../server/contract/media.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openLog } from '../../server/log.ts';
import { fillCampus, startsAt, studentId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';

const password = 'four unrelated words';
const result: TestResult = {
  ways: [
    { kind: 'udp', relay: null, state: 'fails', ms: null },
    { kind: 'tcp', relay: null, state: 'works', ms: 300 },
  ],
  line: { downBps: 200_000, upBps: 100_000, lossDown: 0, lossUp: null, roundTripMs: 80, jitterMs: 9 },
  webSocket: true,
  devices: { microphone: 'works', camera: 'denied' },
  lacks: [],
};

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-connection-'));
  const clock = new FakeClock(startsAt);
  const media = new FakeMedia();
  const ice = { turn: ['turn:turn.test:3478'], turnSecret: 'a shared secret' };
  const config = Config.parse({ dataDir, port: 0, announcedIp: ['203.0.113.10', '2001:db8::10'], media: { workers: 2 }, ice });
  const app = await openApp(config, { clock, media, log: openLog({ level: 'silent', format: 'json' }), clientDir: null });
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  onTestFinished(async () => {
    await close();
    await app.close('server-stopped');
    await rm(dataDir, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, token: string | null = null, body?: object) => {
    const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
    return fetch(app.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  const begin = async () => TestBegun.parse(await (await ask('POST', '/api/connection-tests')).json());
  return { app, db, clock, media, ask, begin };
}

async function tokenOf(answer: Response): Promise<string> {
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}

it('U7 a stranger is given a room of its own, what the network needs, and a relay password for minutes', async () => {
  const { ask, begin, media, clock } = await open();
  const begun = await begin();
  expect(begun.needs).toEqual({ addresses: ['203.0.113.10', '2001:db8::10'], ports: [20_000, 20_001], relays: ['turn:turn.test:3478'] });
  const [relay] = begun.iceServers;
  const validUntil = Number(relay?.username?.split(':')[0]) * 1000;
  expect(validUntil - clock.now()).toBeLessThanOrEqual(3 * 60_000);
  expect(relay?.username).not.toContain(begun.id);
  expect(media.rooms.size).toBe(1);
  const opened = await ask('POST', `/api/connection-tests/${begun.id}/transports`, null, { direction: 'send' });
  expect(TransportParameters.parse(await opened.json()).iceCandidates).toBeDefined();
  expect((await ask('DELETE', `/api/connection-tests/${begun.id}`)).status).toBe(204);
  expect(media.rooms.size).toBe(0);
  expect((await ask('POST', `/api/connection-tests/${begun.id}/transports`, null, { direction: 'send' })).status).toBe(404);
});

it('U8 a test ends by itself, and gives no more transports and bytes than one needs', async () => {
  const { app, ask, begin, media, clock } = await open();
  const { id, mostBytes } = await begin();
  const path = `/api/connection-tests/${id}`;
  const statuses: number[] = [];
  for (let each = 0; each < 26; each++) statuses.push((await ask('POST', `${path}/transports`, null, { direction: 'send' })).status);
  expect(statuses.slice(0, 24)).toEqual(Array.from({ length: 24 }, () => 200));
  expect(statuses.slice(24)).toEqual([413, 413]);
  const poured = await ask('GET', `${path}/bytes?bytes=${mostBytes.down}`);
  expect((await poured.arrayBuffer()).byteLength).toBe(mostBytes.down);
  expect((await ask('GET', `${path}/bytes?bytes=1`)).status).toBe(413);
  const headers = { 'content-type': 'application/octet-stream' };
  const pour = (body: NonNullable<Parameters<typeof fetch>[1]>['body']) =>
    fetch(`${app.url}${path}/bytes`, { method: 'POST', body: body ?? null, duplex: 'half', headers }).then(({ status }) => status);
  const most = new Uint8Array(256 * 1024);
  expect([await pour(new Blob([most]).stream()), await pour(new Uint8Array(256 * 1024 + 1))]).toEqual([400, 400]);
  const sent: number[] = [];
  for (let bytes = 0; bytes <= mostBytes.up; bytes += most.byteLength) sent.push(await pour(most));
  expect([sent.at(0), sent.at(-1)]).toEqual([204, 413]);
  clock.advance(92_000);
  await expect.poll(() => media.rooms.size).toBe(0);
  expect((await ask('GET', `${path}/bytes?bytes=1`)).status).toBe(404);
});

it('U8 a few run at a time from one address; who is too many is told when to ask again', async () => {
  const { ask, begin } = await open();
  const begun = [];
  for (let each = 0; each < 6; each++) begun.push(await begin());
  const refused = await ask('POST', '/api/connection-tests');
  expect([refused.status, await refused.json()]).toMatchObject([429, { details: { retryAfterMs: 10_000, busy: true } }]);
  await ask('DELETE', `/api/connection-tests/${begun[0]?.id}`);
  expect((await ask('POST', '/api/connection-tests')).status).toBe(200);
});

it('U9 a result is sent by whoever is signed in, and found by administrators by name, words, verdict and day', async () => {
  const { app, ask, db, clock } = await open();
  const admin = await tokenOf(
    await ask('POST', '/api/first-run', null, {
      ...{ choice: 'administrator', code: app.firstRunCode },
      person: { signInName: 'admin', displayName: 'Admin', password },
    }),
  );
  await fillCampus(db);
  await ask('PATCH', `/api/people/${studentId(1)}`, admin, { password });
  const student = await tokenOf(await ask('POST', '/api/session', null, { name: studentId(1), password }));
  expect((await ask('POST', '/api/connection-reports', null, { result, note: '' })).status).toBe(401);
  expect((await ask('POST', '/api/connection-reports', student, { result, note: 'Жатақхана 3' })).status).toBe(204);
  clock.advance(60_000);
  expect((await ask('POST', '/api/connection-reports', admin, { result: { ...result, ways: [] }, note: '' })).status).toBe(204);
  expect((await ask('GET', '/api/connection-reports', student)).status).toBe(403);
  const find = async (query: string) => ConnectionReports.parse(await (await ask('GET', `/api/connection-reports?${query}`, admin)).json());
  const all = await find('limit=1');
  expect([all.total, all.reports.map(({ person }) => person.name)]).toEqual([2, ['Admin']]);
  const next = await find(`limit=1&before=${all.next}`);
  expect(next).toMatchObject({ next: null, reports: [{ note: 'Жатақхана 3', verdict: 'sound', person: { id: studentId(1) }, result }] });
  expect((await find('search=жатакхана')).total).toBe(1);
  expect((await find('search=admin')).total).toBe(1);
  expect((await find(`from=${startsAt}&to=${startsAt + 30_000}`)).total).toBe(1);
  expect((await find('verdict=video')).total).toBe(0);
});
