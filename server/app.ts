// Builds everything that runs, and says who hears which fact. Used by main and by the tests.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import { systemClock } from './adapters/system-clock.ts';
import { type Classroom, openClassroom } from './app-classroom.ts';
import { openFeeds } from './app-feeds.ts';
import { openIdentity } from './app-identity.ts';
import { mailOf } from './app-mail.ts';
import { pushOf } from './app-notification.ts';
import { openPrivacy } from './app-privacy.ts';
import { openTracing } from './app-tracing.ts';
import { AuditService } from './audit/audit.service.ts';
import { AuditStore } from './audit/audit.store.ts';
import { routes } from './contract/http.ts';
import type { RoomCloseReason } from './contract/reasons.ts';
import { openDatabase } from './database/open.ts';
import { createHttp, createWebServer } from './edge/http.ts';
import { Connections } from './edge/http-connections.ts';
import type { HttpLimits } from './edge/http-limits.ts';
import { Peers } from './edge/http-peer.ts';
import { openApiHttp } from './edge/openapi.ts';
import type { OtherLimits } from './edge/socket-limits.ts';
import { FolderLock } from './instance/folder-lock.ts';
import { newInstanceId, removeInstance, writeInstance } from './instance/instance.ts';
import { type Log, openLog } from './log.ts';
import { Metrics } from './monitoring/metrics/metrics.ts';
import type { Clock } from './ports/clock.ts';
import type { MailPort } from './ports/mail.ts';
import type { MediaEngine } from './ports/media.ts';
import type { PushPort } from './ports/push.ts';
import { alsoTraced, traceHttp } from './tracing/requests.ts';

const root = join(import.meta.dirname, '..');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const DAY_MS = 24 * 3_600_000;
/** Connections that the system takes before we do: thousands come back at the same moment. Linux allows 4096. */
const mostUnaccepted = 4096;

export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
  /** Instead of mediasoup. Closed with the app. */
  readonly media?: MediaEngine;
  /** Instead of the mail server and the push services of the configuration. Closed with the app. */
  readonly mail?: MailPort;
  readonly push?: PushPort;
  /** Folder of the built client; null serves none. */
  readonly clientDir?: string | null;
  readonly demoPassword?: string;
  /** Of what one client may use, where they are others than usual. */
  readonly limits?: { readonly http?: Partial<HttpLimits>; readonly sockets?: OtherLimits };
}

export interface App {
  /** Where it listens, like http://127.0.0.1:3000. */
  readonly url: string;
  /** What the link of the first run ends in; null when there are people already. */
  readonly firstRunCode: string | null;
  /** Safe twice. */
  close(reason: RoomCloseReason): Promise<void>;
}

/** Throws `FolderTaken` when another server runs on the same data folder (H28). */
export async function openApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const lock = await FolderLock.take(config.dataDir);
  try {
    return await openServer(config, overrides, lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function openServer(config: Config, overrides: Overrides, lock: FolderLock): Promise<App> {
  const log = overrides.log ?? openLog({ level: config.logLevel, format: config.logFormat });
  const clock = overrides.clock ?? systemClock;
  const metrics = new Metrics(version);
  const tracing = await openTracing(config.tracing, version, log);
  const database = await openDatabase(
    config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite'),
    (error) => log.warn({ error }, 'A connection to the database broke'),
    undefined,
    tracing === null ? metrics.database.heard : alsoTraced(tracing, metrics.database.heard),
  );
  const { db } = database;
  const instance = newInstanceId();
  const peers = new Peers(config.trustedProxies, config.publicUrl);
  const audit = new AuditService({ store: new AuditStore(db), clock });
  const demoMade = () => classroom.judgePast();
  const identity = openIdentity({ config, db, clock, log, audit, demoPassword: overrides.demoPassword, demoMade });

  const { cert, key } = config.tls;
  const tls = cert !== null && key !== null ? { cert: readFileSync(cert), key: readFileSync(key) } : null;
  // The sockets share the server, and must find this listener there; it calls what is built further down.
  const listener: RequestListener = (request, response) => void http(request, response);
  const server = createWebServer(listener, { tls, peers, ...(overrides.limits?.http && { limits: overrides.limits.http }) });
  const connections = new Connections(server);
  let url = '';
  const classroom: Classroom = await openClassroom({
    ...{ config, db, database, metrics, tracing, clock, log, peers, server, identity, audit, media: overrides.media, version },
    certificateEndsAt: tls && Date.parse(new X509Certificate(tls.cert).validTo),
    limits: overrides.limits?.sockets,
    ...{ mail: overrides.mail ?? mailOf(config), push: overrides.push ?? pushOf(config), origin: () => config.publicUrl ?? url },
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const privacy = openPrivacy({
    config,
    db,
    clock,
    log,
    audit,
    gone: (id) => classroom.seats.disabled(id),
    checkComplete: () => classroom.checkComplete(),
  });
  const feeds = openFeeds({ config, db, clock, peers, identity, audit });
  const http = createHttp({
    peers,
    log,
    ...(overrides.limits?.http && { limits: overrides.limits.http }),
    personOfToken: (token) => identity.service.personOfToken(token),
    routers: [
      ...identity.routers(config.session.maxDays * DAY_MS),
      ...classroom.routers,
      ...feeds,
      ...privacy.routers,
      openApiHttp([routes], version),
    ],
    watchers: [...(tracing === null ? [] : [traceHttp(tracing, peers)]), metrics.http.count],
    health: { database: () => sql`select 1`.execute(db), media: () => classroom.checkMedia() },
    instance,
    clientDir: overrides.clientDir === undefined ? join(root, 'dist', 'client') : overrides.clientDir,
  });
  identity.attach(classroom.seats);
  const firstRunCode = await identity.firstRun.begin();
  const address = await listen(server, config);
  log.info({ version, host: address.address, port: address.port, database: database.dialect }, 'The server listens');

  url = `${tls ? 'https' : 'http'}://${hostOf(address)}:${address.port}`;
  writeInstance(config.dataDir, { pid: process.pid, id: instance, url, version });
  await classroom.startNotifying();

  let closing: Promise<void> | undefined;
  const close = async () => {
    connections.stopListening();
    await classroom.close();
    await privacy.close();
    await connections.end();
    identity.close();
    await database.close();
    await tracing?.close();
    removeInstance(config.dataDir);
    lock.close();
  };
  return {
    url,
    firstRunCode,
    close(reason) {
      if (!closing) log.info({ reason }, 'The server stops');
      closing ??= close();
      return closing;
    },
  };
}

function listen(server: ReturnType<typeof createWebServer>, { host, port }: Config): Promise<AddressInfo> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ port, host, backlog: mostUnaccepted }, () => {
      server.off('error', fail);
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The web server has no port');
      done(address);
    });
  });
}

function hostOf({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
