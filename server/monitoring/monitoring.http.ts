// The figures over HTTP: /metrics for machines on this host or with a token, the status page's figures for administrators.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http-bind.ts';
import type { MonitoringService } from './monitoring.service.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

export function monitoringHttp(monitoring: MonitoringService, metricsToken: string | null): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    // 404 as for any path that does not exist: a stranger need not know what is here.
    if (!isLocal(request) && !showsToken(request, metricsToken))
      return void response.status(404).json({ code: 'not-found', message: 'There is nothing here.' });
    response
      .type(monitoring.metrics.contentType)
      .setHeader('Cache-Control', 'no-store')
      .send(await monitoring.metrics.text());
  });
  bind(router, routes.status, () => monitoring.status());
  return router;
}

/** A proxy on this host makes everybody look local, but it says that it is one. */
export function isLocal(request: IncomingMessage): boolean {
  if (proxyHeaders.some((name) => request.headers[name] !== undefined)) return false;
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return address !== '' && loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function showsToken(request: IncomingMessage, token: string | null): boolean {
  const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === null || shown === undefined) return false;
  // Hashes are of one length, and comparing them tells nothing by its time.
  return timingSafeEqual(digest(shown), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
