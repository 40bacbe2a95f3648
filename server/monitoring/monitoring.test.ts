// Who may read the metrics, and what they and the status say.

import { createServer } from 'node:http';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { fewPeople } from '../../test/contract/rtp-samples.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeMedia } from '../../test/support/fake-media.ts';
import { LessonId } from '../contract/ids.ts';
import { Status } from '../contract/monitoring.ts';
import { percentile, RecentJoins } from './joins.ts';
import { monitoringHttp } from './monitoring.http.ts';
import { MonitoringService } from './monitoring.service.ts';

const lessonId = LessonId.parse('lesson');
const token = 'a-token-for-metrics';

async function server() {
  const clock = new FakeClock(1_000_000);
  const engine = new FakeMedia();
  await engine.openRoom(lessonId, fewPeople);
  const monitoring = new MonitoringService({
    ...{ version: '1.2.3', clock, dataDir: '.', engine, sockets: () => 7 },
    outbox: { figures: () => Promise.resolve([{ id: 'lrs', undelivered: 12, oldestSeconds: 90, dead: 1 }]) },
    rooms: {
      figures: () => [{ lessonId, title: 'Functions', courseTitle: 'Calculus', openedAt: 5, participants: 4, dropped: 1, waiting: 2 }],
    },
    media: {
      figures: () => ({ producers: 3, consumers: 9 }),
      worstQuality: () => 'fair' as const,
      traffic: () => ({ bytesIn: 11, bytesOut: 22, packetsIn: 33, packetsLostIn: 1, bpsIn: 44, bpsOut: 55, lossShare: 0.5 }),
    },
    recording: { view: () => ({ state: 'recording' as const, recordingId: null, startedAt: null, withoutCameras: false }) },
  });
  onTestFinished(() => monitoring.close());
  const app = express().use(monitoring.metrics.countHttp).use(monitoringHttp(monitoring, token));
  const http = createServer(app);
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void http.close());
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const metrics = (headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${address.port}/metrics`, { headers });
  return { monitoring, clock, metrics };
}

test('metrics are read from this machine', async () => {
  const { metrics, monitoring } = await server();
  monitoring.answered('room:join', 'ok', 40);
  monitoring.metrics.written(1000, 3);
  const response = await metrics();
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  for (const line of [
    'auditoria_sockets 7',
    'auditoria_outbox_undelivered{destination="lrs"} 12',
    'auditoria_outbox_oldest_seconds{destination="lrs"} 90',
    'auditoria_outbox_dead{destination="lrs"} 1',
    'auditoria_rooms 1',
    'auditoria_participants{state="here"} 3',
    'auditoria_participants{state="waiting"} 2',
    'auditoria_rtp_sent_bytes_total 22',
    'auditoria_rtp_received_packets_total 33',
    'auditoria_worker_cpu_seconds_total{pid="1"} 0',
    'auditoria_socket_requests_total{request="room:join",outcome="ok"} 1',
    'auditoria_join_seconds_count 1',
    'auditoria_recorded_bytes_total 1000',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toContain('process_cpu_seconds_total');
});

test('who comes through a proxy needs the token, and a wrong one is worth nothing', async () => {
  const { metrics } = await server();
  const proxied = { 'x-forwarded-for': '127.0.0.1' };
  const asked: Record<string, string>[] = [
    proxied,
    { ...proxied, authorization: 'Bearer wrong' },
    { ...proxied, authorization: `Bearer ${token}` },
    { via: '1.1 proxy' },
  ];
  const statuses = asked.map(async (headers) => (await metrics(headers)).status);
  expect(await Promise.all(statuses)).toEqual([404, 404, 200, 404]);
});

test('requests are counted by route', async () => {
  const { metrics } = await server();
  await (await metrics()).text();
  expect(await (await metrics()).text()).toContain('auditoria_http_request_seconds_count{method="GET",route="/metrics",status="200"} 1');
});

test('the status shows rooms, joins and workers as the contract names them', async () => {
  const { monitoring, clock } = await server();
  for (const duration of [10, 20, 30, 400]) monitoring.answered('room:join', 'ok', duration);
  monitoring.answered('room:join', 'room-full', 5);
  const status = Status.parse(await monitoring.status());
  expect(status).toMatchObject({
    version: '1.2.3',
    people: 4,
    sockets: 7,
    inBps: 44,
    lossShare: 0.5,
    joins: { lastMinute: 4, p50Ms: 20, p95Ms: 400 },
  });
  expect(status.rooms).toMatchObject([{ title: 'Functions', producers: 3, consumers: 9, recording: 'recording', worstQuality: 'fair' }]);
  expect(status.workers).toMatchObject([{ pid: 1, rooms: 1 }]);
  clock.advance(60_000);
  expect((await monitoring.status()).joins).toEqual({ lastMinute: 0, p50Ms: null, p95Ms: null });
});

test('percentiles take the nearest rank', () => {
  expect([percentile([], 0.5), percentile([1], 0.95), percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.95)]).toEqual([
    null,
    1,
    2,
    4,
  ]);
  const joins = new RecentJoins();
  joins.add(0, 5);
  expect(joins.figures(59_999).lastMinute).toBe(1);
});
