// The web server's frame: safety headers, sessions, the modules' routers, the client's files, and one form for every error.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Log } from '../log.ts';
import { answerErrors, unknownPath } from './http-errors.ts';
import { type HealthChecks, health } from './http-health.ts';
import type { Peers } from './http-peer.ts';
import { safetyHeaders } from './http-safety.ts';
import { type FindPerson, recogniseCaller, refuseForeignOrigin } from './http-session.ts';
import { clientFiles } from './static.ts';

export { bind, parse } from './http-bind.ts';
export { type Caller, callerOf, requirePerson } from './http-caller.ts';

export interface HttpParts {
  readonly peers: Peers;
  readonly personOfToken: FindPerson;
  readonly routers: readonly Router[];
  /** Sees every request before the routers do. */
  readonly countRequests?: RequestHandler;
  readonly health: HealthChecks;
  /** Folder of the built client; null serves none. */
  readonly clientDir: string | null;
  readonly log: Log;
}

export function createHttp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', (address: string) => parts.peers.isTrusted(address));
  app.set('query parser', 'simple');
  app.use(safetyHeaders(parts.peers));
  app.use(health(parts.health));
  app.use(compression());
  if (parts.countRequests) app.use(parts.countRequests);
  app.use(['/api', '/metrics'], refuseForeignOrigin(parts.peers), recogniseCaller(parts.peers, parts.personOfToken));
  for (const router of parts.routers) app.use(router);
  app.use('/api', unknownPath);
  if (parts.clientDir !== null) app.use(clientFiles(parts.clientDir));
  app.use(unknownPath);
  app.use(answerErrors(parts.log));
  return app;
}

/** HTTPS when given certificate and key, both PEM. Slow senders are cut off. */
export function createWebServer(listener: RequestListener, tls: { readonly cert: Buffer; readonly key: Buffer } | null): Server {
  const server = tls ? createSecureServer({ ...tls, minVersion: 'TLSv1.2' }, listener) : createServer(listener);
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  return server;
}
