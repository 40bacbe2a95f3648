// The web server's frame: safety headers, sessions, the modules' routers, the client's files, and one form for every error.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Log } from '../log.ts';
import { Crowd } from './http-crowd.ts';
import { answerErrors, unknownPath } from './http-errors.ts';
import { type HealthChecks, health } from './http-health.ts';
import { type HttpLimits, usualHttpLimits } from './http-limits.ts';
import { paceAddresses, paceCallers } from './http-pace.ts';
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
  /** See every request before anybody else does, also those that are refused at once. */
  readonly watchers?: readonly RequestHandler[];
  readonly health: HealthChecks;
  /** Named by `/healthz`. */
  readonly instance?: string;
  /** Folder of the built client; null serves none. */
  readonly clientDir: string | null;
  readonly log: Log;
  /** Where they are others than usual. */
  readonly limits?: Partial<HttpLimits>;
}

export function createHttp(parts: HttpParts): Express {
  const limits = { ...usualHttpLimits, ...parts.limits };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', (address: string) => parts.peers.isTrusted(address));
  app.set('query parser', 'simple');
  for (const watcher of parts.watchers ?? []) app.use(watcher);
  app.use(safetyHeaders(parts.peers), paceAddresses(parts.peers, limits));
  app.use(health(parts.health, parts.instance ?? ''));
  app.use(compression());
  app.use(['/api', '/metrics'], refuseForeignOrigin(parts.peers), recogniseCaller(parts.peers, parts.personOfToken), paceCallers(limits));
  for (const router of parts.routers) app.use(router);
  app.use('/api', unknownPath);
  if (parts.clientDir !== null) app.use(clientFiles(parts.clientDir));
  app.use(unknownPath);
  app.use(answerErrors(parts.log));
  return app;
}

export interface WebServerOptions {
  /** HTTPS when given certificate and key, both PEM. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly peers?: Pick<Peers, 'isTrusted'>;
  /** Where they are others than usual. */
  readonly limits?: Partial<HttpLimits>;
}

const untrusting = { isTrusted: () => false };
/** Node looks so often for those whose time is over. */
const lookEveryMs = 2000;

/** Slow senders and those who say nothing are cut off. */
export function createWebServer(
  listener: RequestListener,
  { tls = null, peers = untrusting, limits: others }: WebServerOptions = {},
): Server {
  const limits = { ...usualHttpLimits, ...others };
  const options = {
    requestTimeout: limits.requestWithinMs,
    headersTimeout: limits.headWithinMs,
    connectionsCheckingInterval: lookEveryMs,
    maxHeaderSize: limits.headBytes,
  };
  const server = tls
    ? createSecureServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.secureWithinMs }, listener)
    : createServer(options, listener);
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  server.timeout = limits.idleMs;
  new Crowd(server, peers, limits);
  return server;
}
