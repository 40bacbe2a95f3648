// A whole server: people come to a class over real sockets, an LRS and a webhook are told, and administrators see how far.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Config } from '../../config/schema.ts';
import { openApp } from '../../server/app.ts';
import { AuditPage } from '../../server/contract/audit.ts';
import { DeadLetters, Destination, Destinations } from '../../server/contract/outbox.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openLog } from '../../server/log.ts';
import { fillCampus, lessonId, startsAt, studentId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';
import { LrsServer } from '../support/lrs-server.ts';
import { Visitor } from '../support/people.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const password = 'four unrelated words';

it('O3 a class is told to an LRS that is down at first and to a webhook, over a restart, and administrators see how far', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-outbox-'));
  const clock = new FakeClock(startsAt);
  const lrs = await LrsServer.open();
  const hook = await WebhookReceiver.open();
  const records = {
    ...{ lrsUrl: lrs.url, lrsUser: lrs.user, lrsPassword: lrs.password },
    webhooks: [{ id: 'journal', url: hook.url, secret: hook.secret, kinds: ['participant-joined', 'participant-left'] }],
  };
  const config = Config.parse({ dataDir, port: 0, publicUrl: 'https://class.university.test', records });
  const start = () =>
    openApp(config, { clock, log: openLog({ level: 'silent', format: 'json' }), media: new FakeMedia(), clientDir: null });
  let app = await start();
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  onTestFinished(async () => {
    await close();
    await app.close('server-stopped');
    await lrs.close();
    await hook.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, token: string | null, body?: object) => {
    const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
    return fetch(app.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  const tokenOf = async (answer: Response) => z.object({ token: z.string() }).parse(await answer.json()).token;
  const person = { signInName: 'admin', displayName: 'Admin', password };
  const first = { choice: 'administrator', code: app.firstRunCode, person };
  const admin = await tokenOf(await ask('POST', '/api/first-run', null, first));
  await fillCampus(db);
  await ask('PATCH', `/api/people/${studentId(1)}`, admin, { password });
  const student = await tokenOf(await ask('POST', '/api/session', null, { name: studentId(1), password }));
  const destination = async (id: string) =>
    Destinations.parse(await (await ask('GET', '/api/outbox', admin)).json()).destinations.find((one) => one.id === id);
  const due = async (ms: number) => {
    clock.advance(ms);
    await new Promise((turn) => setImmediate(turn));
  };

  lrs.server.always = { status: 503, body: 'maintenance' };
  const { roomToken } = LessonEntered.parse(await (await ask('POST', `/api/lessons/${lessonId}/enter`, student, {})).json());
  const visitor = new Visitor(
    () => app.url,
    () => roomToken,
  );
  await visitor.connect();
  await visitor.join();
  await visitor.ask('room:raise-hand', { raised: true });
  await visitor.ask('room:leave', {});
  const told = async () => {
    await due(5000);
    return hook.events.map((event) => `${event.person?.id} ${event.type}`);
  };
  await expect.poll(told).toEqual(['student1 participant-joined', 'student1 participant-left']);
  await expect.poll(async () => (await destination('lrs'))?.failing?.error).toBe('HTTP 503 maintenance');
  expect(await destination('lrs')).toMatchObject({ position: 0, state: 'waiting', url: lrs.url });

  await app.close('server-stopped');
  app = await start();
  lrs.server.always = 'take';
  const verbs = async () => {
    await due(60_000);
    return [...lrs.stored.values()].map(({ actor, verb }) => `${actor.account.name} ${verb.id.split('/').at(-1)}`);
  };
  await expect.poll(verbs, { timeout: 5000 }).toContain('student1 leave');
  expect(await verbs()).toEqual(expect.arrayContaining(['auditoria:server initialized', 'student1 join', 'student1 reacted']));
  expect([lrs.repeated, hook.repeated, hook.faults]).toEqual([0, 0, []]);
  await expect.poll(async () => (await destination('lrs'))?.state).toBe('idle');

  for (const [method, path] of [
    ['GET', '/api/outbox'],
    ['POST', '/api/outbox/lrs/pause'],
    ['GET', '/api/outbox/lrs/dead'],
  ] as const) {
    expect((await ask(method, path, student)).status).toBe(403);
    expect((await ask(method, path, null)).status).toBe(401);
  }
  expect((await ask('POST', '/api/outbox/nobody/pause', admin)).status).toBe(404);
  const acted = async (path: string, body?: object) =>
    Destination.parse(await (await ask('POST', `/api/outbox/lrs/${path}`, admin, body)).json());
  expect((await acted('pause')).state).toBe('paused');
  expect(await acted('replay', { fromSeq: 2 })).toMatchObject({ state: 'paused', position: 1 });
  expect((await acted('resume')).state).not.toBe('paused');
  await expect.poll(async () => (await destination('lrs'))?.state).toBe('idle');
  expect(lrs.repeated).toBeGreaterThan(1);
  expect(await acted('dead/retry')).toMatchObject({ dead: 0 });
  expect(DeadLetters.parse(await (await ask('GET', '/api/outbox/lrs/dead', admin)).json())).toEqual({ letters: [], total: 0 });
  const { entries } = AuditPage.parse(await (await ask('GET', '/api/audit?limit=4', admin)).json());
  expect(entries.map(({ act, subject }) => `${act} ${subject.id} ${subject.name}`)).toEqual(
    ['retried', 'resumed', 'replayed', 'paused'].map((act) => `outbox.${act} lrs ${lrs.url}`),
  );
  expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('auditoria_outbox_undelivered{destination="journal"} 0');
}, 30_000);
