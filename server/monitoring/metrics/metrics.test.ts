// What Prometheus is told, and who may read it. Rules Y1 to Y9.
import { createServer } from 'node:http';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { LessonId, ParticipantId, PersonId, RecordingId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import { answerErrors } from '../../edge/http-errors.ts';
import { openLog } from '../../log.ts';
import type { WorkerLoad } from '../../ports/media.ts';
import { metricsHttp } from './metrics.http.ts';
import { Metrics, type Readings } from './metrics.ts';
import { nothingRead } from './testing.ts';

const token = 'a-token-for-metrics';
const lessonId = LessonId.parse('lesson');
const personId = PersonId.parse('person');
const participantId = ParticipantId.parse('participant');
const silent = openLog({ level: 'silent', format: 'json' });

/** Asks as Prometheus does, and answers the lines that are not remarks. */
async function told(metrics: Metrics, readings: Readings = nothingRead): Promise<string[]> {
  const text = await metrics.text(readings);
  return text.split('\n').filter((line) => !line.startsWith('#'));
}

async function server() {
  const metrics = new Metrics('1.2.3');
  const app = express()
    .use(metrics.http.count)
    .use(metricsHttp(metrics, () => Promise.resolve(nothingRead), token))
    .post('/api/lessons/:id/enter', () => {
      throw new Refused('room-full', 'There is no place left');
    })
    .use(answerErrors(silent));
  const http = createServer(app);
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${address.port}${path}`, init);
  return { metrics, ask };
}

const worker = (pid: number, cpuSeconds: number): { readonly load: WorkerLoad; readonly pressure: 'none' } => ({
  load: {
    ...{ pid, cpuSeconds, cpuShare: 0.5, packetsPerSecond: 1000, budget: { used: 30, limit: 60 }, rooms: 2, transports: 3, producers: 4 },
    ...{ consumers: 5, drained: false, mayDrain: true },
  },
  pressure: 'none',
});

const workers = (...all: ReturnType<typeof worker>[]): Readings => ({
  ...nothingRead,
  workers: { wanted: 2, capacity: { overall: 'low-layers', roomsPressed: 7, workers: all } },
});

test('Y1 metrics are read from this machine, and from elsewhere with the token only', async () => {
  const { ask } = await server();
  const proxied = { 'x-forwarded-for': '127.0.0.1' };
  const asked: Record<string, string>[] = [
    {},
    proxied,
    { ...proxied, authorization: 'Bearer wrong' },
    { ...proxied, authorization: `Bearer ${token}` },
    { via: '1.1 proxy' },
  ];
  const answers = await Promise.all(asked.map((headers) => ask('/metrics', { headers })));
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 200, 404]);
  expect(answers[0]?.headers.get('content-type')).toContain('text/plain');
  expect(await answers[0]?.text()).toContain('process_cpu_seconds_total');
});

test('Y2 a scanner adds no labels: paths and methods that nobody knows are one', async () => {
  const { metrics, ask } = await server();
  for (const path of ['/wp-login.php', '/.env', '/api/x']) await ask(path, { method: 'PROPFIND' });
  const lines = (await told(metrics)).filter((line) => line.startsWith('auditoria_http_requests_total'));
  expect(lines).toEqual(['auditoria_http_requests_total{method="other",route="other",status="404"} 3']);
});

test('Y4 requests are counted by route and by how they ended', async () => {
  const { metrics, ask } = await server();
  await (await ask('/metrics')).text();
  await (await ask('/api/lessons/secret-lesson/enter', { method: 'POST' })).text();
  await expect.poll(() => told(metrics)).toContain('auditoria_http_refusals_total{code="room-full"} 1');
  const lines = await told(metrics);
  expect(lines).toContain('auditoria_http_requests_total{method="GET",route="/metrics",status="200"} 1');
  expect(lines).toContain('auditoria_http_request_seconds_count{route="/api/lessons/:id/enter"} 1');
  expect(lines).toContain('auditoria_http_requests_running 0');
  expect(lines.join()).not.toContain('secret-lesson');
});

test('Y5 each step of coming in is counted, with the reason why it failed', async () => {
  const { metrics, ask } = await server();
  await (await ask('/api/lessons/x/enter', { method: 'POST' })).text();
  metrics.sockets.shown('ok');
  metrics.sockets.shown('token-expired');
  metrics.sockets.answered('room:join', 'ok', 40);
  metrics.sockets.answered('room:join', 'media-unavailable', 3);
  metrics.sockets.answered('chat:post', 'internal', 3);
  await expect.poll(() => told(metrics)).toContain('auditoria_joins_total{step="token",outcome="room-full"} 1');
  const lines = await told(metrics);
  for (const line of [
    'auditoria_joins_total{step="socket",outcome="ok"} 1',
    'auditoria_joins_total{step="socket",outcome="token-expired"} 1',
    'auditoria_joins_total{step="room",outcome="ok"} 1',
    'auditoria_joins_total{step="room",outcome="media-unavailable"} 1',
    'auditoria_joins_total{step="room",outcome="internal"} 0',
    'auditoria_join_seconds_count 1',
    'auditoria_socket_requests_total{request="chat:post",outcome="internal"} 1',
  ])
    expect(lines).toContain(line);
});

test('sockets that the server cut off are counted by why', async () => {
  const metrics = new Metrics('1');
  metrics.sockets.cut('too-slow');
  const lines = await told(metrics, { ...nothingRead, sockets: 12 });
  expect(lines).toContain('auditoria_socket_cuts_total{why="too-slow"} 1');
  expect(lines).toContain('auditoria_socket_cuts_total{why="too-much"} 0');
  expect(lines).toContain('auditoria_sockets 12');
});

test('Y6 a worker has a number, which the one after it inherits', async () => {
  const metrics = new Metrics('1');
  await told(metrics, workers(worker(4711, 10), worker(4712, 20)));
  metrics.workers.died();
  const lines = await told(metrics, workers(worker(9000, 1), worker(4712, 21)));
  for (const line of [
    'auditoria_workers_wanted 2',
    'auditoria_workers_running 2',
    'auditoria_worker_deaths_total 1',
    'auditoria_worker_cpu_seconds_total{worker="0"} 1',
    'auditoria_worker_cpu_seconds_total{worker="1"} 21',
    'auditoria_worker_fullness{worker="1"} 0.5',
    'auditoria_worker_pressure{worker="0"} 0',
    'auditoria_pressure 2',
    'auditoria_rooms_pressed 7',
  ])
    expect(lines).toContain(line);
  expect(lines.join()).not.toMatch(/4711|4712|9000/);
  expect((await told(metrics)).filter((line) => line.startsWith('auditoria_worker_cpu'))).toEqual([]);
});

test('what ended is counted by its reason', async () => {
  const metrics = new Metrics('1');
  const about = { lessonId, at: 1 };
  const { heard } = metrics.rooms;
  heard({ type: 'participant-left', ...about, personId, participantId, reason: 'connection-lost', by: null });
  heard({ type: 'recording-stopped', ...about, recordingId: RecordingId.parse('r'), by: null, reason: 'storage-full' });
  heard({ type: 'media-failed', ...about });
  const lines = await told(metrics);
  expect(lines).toContain('auditoria_endings_total{what="participant",reason="connection-lost"} 1');
  expect(lines).toContain('auditoria_endings_total{what="recording",reason="storage-full"} 1');
  expect(lines).toContain('auditoria_room_media_failures_total 1');
});

test('Y8 what waits is told while it waits, and not when it cannot be asked', async () => {
  const metrics = new Metrics('1');
  const outbox = [{ id: 'lrs', undelivered: 12, oldestSeconds: 90, dead: 1 }];
  const holding = { count: 40, isStuck: true, awaySeconds: 30 };
  const before = await told(metrics, { ...nothingRead, records: { outbox, holding, historyLost: 0 } });
  for (const line of [
    'auditoria_outbox_undelivered{destination="lrs"} 12',
    'auditoria_outbox_oldest_seconds{destination="lrs"} 90',
    'auditoria_outbox_dead{destination="lrs"} 1',
    'auditoria_held_entries 40',
    'auditoria_held_stuck 1',
    'auditoria_database_away_seconds 30',
  ])
    expect(before).toContain(line);
  const after = await told(metrics, { ...nothingRead, records: { outbox: null, holding, historyLost: 0 }, database: null });
  expect(after.filter((line) => line.startsWith('auditoria_outbox'))).toEqual([]);
});

test('the recorder tells what it writes, and what is left for it', async () => {
  const metrics = new Metrics('1');
  metrics.recorder.written(1000, 3);
  metrics.recorder.died();
  const lines = await told(metrics);
  expect(lines).toContain('auditoria_recorded_bytes_total 1000');
  expect(lines).toContain('auditoria_record_write_seconds_bucket{le="0.01"} 1');
  expect(lines).toContain('auditoria_recorder_deaths_total 1');
  expect(lines).toContain('auditoria_recording_space_level{level="ample"} 1');
  expect(lines).toContain('auditoria_recording_space_level{level="full"} 0');
});

test('a certificate is told of only where the server has one', async () => {
  const metrics = new Metrics('1');
  const ends = async (certificateEndsAt: number | null) =>
    (await told(metrics, { ...nothingRead, machine: { disk: null, certificateEndsAt } })).filter((line) => line.includes('certificate'));
  expect(await ends(null)).toEqual([]);
  expect(await ends(5_000)).toEqual(['auditoria_certificate_ends_timestamp_seconds{of="https"} 5']);
});
