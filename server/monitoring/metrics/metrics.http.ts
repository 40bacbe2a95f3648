// /metrics for Prometheus: for programs on this host, and for those that show the token. Rule Y1.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { Router } from 'express';
import type { Metrics, Readings } from './metrics.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

export function metricsHttp(metrics: Metrics, read: () => Promise<Readings>, token: string | null): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    // 404 as for any path that does not exist: a stranger need not know what is here.
    if (!isLocal(request) && !showsToken(request, token))
      return void response.status(404).json({ code: 'not-found', message: 'There is nothing here.' });
    const text = await metrics.text(await read());
    response.type(metrics.contentType).setHeader('Cache-Control', 'no-store').send(text);
  });
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
