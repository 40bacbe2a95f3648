// Who answers where the server listens: the server that runs, or for a moment the doctor in its place, who sees how a proxy passes on.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Peers } from '../edge/http-peer.ts';
import { type Asking, ask } from './ask.ts';
import { broken, type Finding } from './finding.ts';
import type { RunningServer } from './running-server.ts';

export interface Presence {
  /** What `/healthz` answers as `instance`. */
  readonly id: string;
  readonly url: string;
  /** Whether a socket came through, when this was answered to one from outside. */
  tookSocket(status: number): Promise<boolean>;
  /** What is wrong with what a proxy says of those behind it; null when nothing is, or it cannot be seen. */
  forwarding(): Finding | null;
  end(): Promise<void>;
}

export interface StandIn {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string | null; readonly key: string | null };
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string | null;
}

/** Null: a server holds the folder without listening, or the port cannot be had. */
export async function presence(running: RunningServer | null, place: StandIn): Promise<Presence | null> {
  if (running === null) return standIn(place).catch(() => null);
  const { instance } = running;
  if (instance === null) return null;
  return {
    id: instance.id,
    url: instance.url,
    tookSocket: async (status) => (await askForSocket(instance.url, { trusting: true })) === status,
    forwarding: () => null,
    end: () => Promise.resolve(),
  };
}

/** The status of the answer to a WebSocket's handshake (RFC 6455, 4.1: any key will do). Null: there was none. */
export async function askForSocket(url: string, asking: Asking = {}): Promise<number | null> {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'YSBkb2N0b3IncyBrZXkhIQ==',
  };
  return ask(`${url}/socket.io/?EIO=4&transport=websocket`, { ...asking, headers }).then(
    ({ status }) => status,
    () => null,
  );
}

async function standIn({ host, port, tls, trustedProxies, publicUrl }: StandIn): Promise<Presence> {
  const id = `doctor-${randomBytes(9).toString('base64url')}`;
  const peers = new Peers(trustedProxies, publicUrl);
  let hasUpgraded = false;
  let passedOn: Finding | null = null;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    passedOn ??= faultOfForwarding(request, peers, publicUrl);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, instance: id }));
  };
  const server =
    tls.cert !== null && tls.key !== null
      ? createSecureServer({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, answer)
      : createServer(answer);
  server.on('upgrade', (_request, socket) => {
    hasUpgraded = true;
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({ host, port }, done);
  });
  return {
    id,
    url: `${tls.cert === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tookSocket: () => Promise.resolve(hasUpgraded),
    forwarding: () => passedOn,
    end: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Without them everybody has the address of the proxy, and is slowed down and locked out together. */
function faultOfForwarding(request: IncomingMessage, peers: Peers, publicUrl: string | null): Finding | null {
  const near = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (request.headers['x-forwarded-for'] !== undefined && !peers.isTrusted(near))
    return broken(
      `A proxy at ${near} passes people on, and is not believed who they are`,
      `Put ${near} into trustedProxies ('loopback' for one on this machine).`,
    );
  if (peers.isTrusted(near) && publicUrl?.startsWith('https:') && !peers.of(request).secure)
    return broken(
      'The proxy does not say that people come encrypted',
      'Let it pass on X-Forwarded-Proto, as config/deploy/nginx.conf does.',
    );
  return null;
}
