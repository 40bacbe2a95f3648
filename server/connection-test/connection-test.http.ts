// The connection test over HTTP: its media, a transfer of bytes each way, and the reports.

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { TestId } from '../contract/connection-test.ts';
import { routes } from '../contract/http.ts';
import { bind, callerOf, parse } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { ReportService } from './report.service.ts';
import type { TestRuns } from './test-runs.ts';

const portionBytes = 64 * 1024;
/** One request up; the browser sends several. */
const mostUpBytes = 256 * 1024;

const reportsPerPerson = { times: 10, perSeconds: 3600 } as const;

const Params = z.object({ id: TestId });
/** Said beforehand: what comes in chunks may have no end. */
const Length = z.object({ 'content-length': z.coerce.number().int().min(0).max(mostUpBytes) });
const Bytes = z.object({ bytes: z.coerce.number().int().min(1).max(6_000_000) });

export function connectionTestHttp(runs: TestRuns, reports: ReportService): Router {
  const router = Router();
  const sent = new RateLimit(reportsPerPerson.times, reportsPerPerson.perSeconds);
  bind(router, routes.beginConnectionTest, ({ peer }) => runs.begin(peer.address));
  bind(router, routes.endConnectionTest, ({ params }) => {
    runs.end(params.id);
    return {};
  });
  bind(router, routes.openTestTransport, ({ params, body }) => runs.get(params.id).openTransport(body.direction));
  bind(router, routes.connectTestTransport, async ({ params, body }) => {
    await runs.get(params.id).connect(params.transportId, body.dtlsParameters);
    return {};
  });
  bind(router, routes.publishTestTrack, async ({ params, body }) => ({
    trackId: await runs.get(params.id).publish(body.transportId, body.kind, body.rtpParameters),
  }));
  bind(router, routes.subscribeTestTrack, ({ params, body }) =>
    runs.get(params.id).subscribe(body.transportId, body.trackId, body.rtpCapabilities),
  );
  router.get('/api/connection-tests/:id/bytes', async (request, response) => {
    const { id } = parse(Params, request.params, 'path');
    const { bytes } = parse(Bytes, request.query, 'query');
    runs.get(id).take('down', bytes);
    await pour(response, bytes);
  });
  const body = express.raw({ type: 'application/octet-stream', limit: mostUpBytes, inflate: false });
  router.post('/api/connection-tests/:id/bytes', allowed(runs), body, (_request, response) => void response.status(204).end());
  bind(router, routes.sendConnectionReport, async ({ actor, body, request }) => {
    await sent.take(actor.id);
    await reports.send(actor, body, request.get('user-agent') ?? '');
    return {};
  });
  bind(router, routes.connectionReports, ({ query }) => reports.page(query));
  return router;
}

/** Nobody's bytes are read but those of a test that runs, and no more of them than it may send. */
function allowed(runs: TestRuns) {
  return (request: Request, _response: Response, next: () => void) => {
    callerOf(request);
    const run = runs.get(parse(Params, request.params, 'path').id);
    run.take('up', parse(Length, request.headers, 'headers')['content-length']);
    next();
  };
}

/** Noise, so that nothing on the way can make it smaller; a slow reader sets the pace. */
async function pour(response: Response, bytes: number): Promise<void> {
  const portion = randomBytes(portionBytes);
  response.type('application/octet-stream').set({ 'Content-Length': String(bytes), 'Cache-Control': 'no-store, no-transform' });
  const portions = Array.from({ length: Math.ceil(bytes / portionBytes) }, (_, place) => portion.subarray(0, bytes - place * portionBytes));
  // Whoever has measured enough goes before the end.
  await pipeline(Readable.from(portions), response).catch(() => undefined);
}
