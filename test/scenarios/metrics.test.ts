// A whole server that is watched: a class comes and goes, and Prometheus and a collector of traces are told of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Config } from '../../config/schema.ts';
import { openApp } from '../../server/app.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openLog } from '../../server/log.ts';
import { fillCampus, lessonId, startsAt, studentId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';
import { Visitor } from '../support/people.ts';

const password = 'four unrelated words';

/** Keeps the names of the spans that it is sent. */
async function collector() {
  const spans: { readonly name: string; readonly traceId: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const found = Buffer.concat(chunks)
        .toString()
        .matchAll(/"traceId":"(\w+)".*?"name":"([^"]+)"/g);
      for (const [, traceId = '', name = ''] of found) spans.push({ name, traceId });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The collector has no port');
  return { spans, url: `http://127.0.0.1:${address.port}/v1/traces` };
}

async function start(url: string | null) {
  const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-metrics-'));
  const config = Config.parse({ dataDir, port: 0, tracing: { url, share: 1 } });
  const clock = new FakeClock(startsAt);
  const app = await openApp(config, { clock, log: openLog({ level: 'silent', format: 'json' }), media: new FakeMedia(), clientDir: null });
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  onTestFinished(async () => {
    await close();
    await app.close('server-stopped');
    await rm(dataDir, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, token: string | null, body?: object) => {
    const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
    return fetch(app.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  const tokenOf = async (answer: Response) => z.object({ token: z.string() }).parse(await answer.json()).token;
  const person = { signInName: 'admin', displayName: 'Admin', password };
  const admin = await tokenOf(await ask('POST', '/api/first-run', null, { choice: 'administrator', code: app.firstRunCode, person }));
  await fillCampus(db);
  await ask('PATCH', `/api/people/${studentId(1)}`, admin, { password });
  const student = await tokenOf(await ask('POST', '/api/session', null, { name: studentId(1), password }));
  const metrics = async () => (await (await ask('GET', '/metrics', null)).text()).split('\n');
  return { app, clock, ask, student, metrics };
}

async function comesIn({ app, ask, student }: Awaited<ReturnType<typeof start>>): Promise<Visitor> {
  const { roomToken } = LessonEntered.parse(await (await ask('POST', `/api/lessons/${lessonId}/enter`, student, {})).json());
  const visitor = new Visitor(
    () => app.url,
    () => roomToken,
  );
  await visitor.connect();
  await visitor.join();
  return visitor;
}

it('Y4 Y5 Y7 a class is told to Prometheus: who came in and how, what was asked of server and database, and how it goes', async () => {
  const server = await start(null);
  const visitor = await comesIn(server);
  await server.ask('POST', '/api/lessons/there-is-none/enter', server.student, {});
  const during = await server.metrics();
  for (const line of [
    'auditoria_joins_total{step="token",outcome="ok"} 1',
    'auditoria_joins_total{step="token",outcome="not-found"} 1',
    'auditoria_joins_total{step="socket",outcome="ok"} 1',
    'auditoria_joins_total{step="room",outcome="ok"} 1',
    'auditoria_participants{state="here"} 1',
    'auditoria_rooms 1',
    'auditoria_workers_running 1',
    'auditoria_database_errors_total{kind="insert",outcome="away"} 0',
    'auditoria_held_entries 0',
  ])
    expect(during).toContain(line);
  expect(during.find((line) => line.startsWith('auditoria_database_query_seconds_count{kind="insert"}'))).toMatch(/ [1-9]\d*$/);
  await visitor.ask('room:leave', {});
  let minutes = 0;
  const later = () => {
    // The board reads the timetable from time to time; in the end the lesson would be over.
    if (minutes++ < 20) server.clock.advance(60_000);
    return server.metrics();
  };
  await expect.poll(later, { timeout: 20_000, interval: 250 }).toContain('auditoria_lesson_troubles{kind="teacher-absent"} 1');
  await expect.poll(server.metrics).toContain('auditoria_endings_total{what="participant",reason="left"} 1');
});

it('Y2 nothing in the metrics names people, lessons or addresses, whatever is asked for', async () => {
  const server = await start(null);
  const visitor = await comesIn(server);
  for (const path of ['/api/people/ivan', '/wp-admin', '/api/lessons/x/y/z', '/media/recordings/secret'])
    await server.ask('GET', path, server.student);
  visitor.socket.emit('made-up:request', {}, () => undefined);
  await expect.poll(server.metrics).toContain('auditoria_socket_requests_total{request="unknown",outcome="bad-request"} 1');
  const lines = await server.metrics();
  const values = lines.flatMap((line) => [...line.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value));
  expect(values).not.toContain(lessonId);
  for (const word of [studentId(1), 'ivan', 'wp-admin', 'secret', 'made-up', '127.0.0.1']) expect(values.join('\n')).not.toContain(word);
  expect(lines.length).toBeLessThan(2_000);
});

it('Y14 a collector is told what a request did, down to its queries and the media', async () => {
  const { spans, url } = await collector();
  const server = await start(url);
  const visitor = await comesIn(server);
  await visitor.ask('media:open', { direction: 'send' });
  await server.app.close('server-stopped');
  const tracesOf = (name: string) => new Set(spans.filter((span) => span.name === name).map(({ traceId }) => traceId));
  const [join] = tracesOf('socket room:join');
  const [open] = tracesOf('socket media:open');
  const namesIn = (trace: string | undefined) => spans.filter(({ traceId }) => traceId === trace).map(({ name }) => name);
  expect(tracesOf('POST /api/lessons/:id/enter').size).toBe(1);
  expect(namesIn(join)).toContain('db insert');
  expect(namesIn(open)).toContain('media openTransport');
});
