// H10 to H13: what callers of the web server may use, over a real server.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Router } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { Person } from '../contract/identity.ts';
import { Refusal } from '../contract/reply.ts';
import { openLog } from '../log.ts';
import { createHttp, createWebServer } from './http.ts';
import type { HttpLimits } from './http-limits.ts';
import { Peers } from './http-peer.ts';

let server: Server;
let sockets: Socket[] = [];
/** Calls of /api/slow that wait to be let go. */
let waiting: (() => void)[] = [];
const person = (id: string) =>
  Person.parse({ id, signInName: id, displayName: id, email: null, language: null, roles: ['student'], disabled: false });

async function open(limits: Partial<HttpLimits>, trusted: readonly string[] = ['loopback']): Promise<string> {
  const router = Router();
  router.get('/api/quick', (_request, response) => void response.json({}));
  router.get('/api/slow', (_request, response) => void waiting.push(() => response.json({})));
  const peers = new Peers(trusted, null);
  const log = openLog({ level: 'silent', format: 'json' });
  const parts = { peers, log, routers: [router], health: {}, clientDir: null, limits };
  const app = createHttp({ ...parts, personOfToken: (token) => Promise.resolve(token.startsWith('p') ? person(token.slice(0, 2)) : null) });
  server = createWebServer(app, { peers, limits }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${port()}`;
}

const port = () => {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const go of waiting) go();
  sockets = [];
  waiting = [];
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const call = (url: string, path: string, token?: string, from = '198.51.100.7') =>
  fetch(url + path, { headers: { 'x-forwarded-for': from, ...(token && { authorization: `Bearer ${token}` }) } });
const statuses = async (calls: readonly Promise<Response>[]) => (await Promise.all(calls)).map(({ status }) => status);

/** Says nothing, or the beginning of something. */
async function silent(words = ''): Promise<Socket> {
  const socket = connect(port(), '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  if (words !== '') socket.write(words);
  return socket;
}

const slow = { burst: 3, perSecond: 0.001 };

describe('H10 requests', () => {
  it('for the files of the client are not held to the pace of the others: a page without one of them does not work', async () => {
    const url = await open({ perAddress: slow });
    const files = Array.from({ length: 6 }, (_, each) => call(url, `/assets/${each}.js`));
    expect(new Set(await statuses(files))).toEqual(new Set([404]));
    expect(await statuses([1, 2, 3, 4].map(() => call(url, '/api/quick')))).toEqual([200, 200, 200, 429]);
  });

  it('of one person are bounded over all their sessions, and the answer says when to come again', async () => {
    const url = await open({ perPerson: slow });
    expect(await statuses(['p1a', 'p1b', 'p1c', 'p1d', 'p2a'].map((token) => call(url, '/api/quick', token)))).toEqual([
      ...[200, 200, 200],
      ...[429, 200],
    ]);
    const refused = await call(url, '/api/quick', 'p1e', '203.0.113.9');
    const { code, details } = Refusal.parse(await refused.json());
    expect([code, Number(details?.retryAfterMs) > 0, Number(refused.headers.get('retry-after')) > 0]).toEqual([
      'too-many-requests',
      true,
      true,
    ]);
  });

  it('of strangers are bounded by address, also with tokens that are none', async () => {
    const url = await open({ strangersPerAddress: slow });
    expect(await statuses([undefined, 'x', 'y', 'z'].map((token) => call(url, '/api/quick', token)))).toEqual([200, 200, 200, 429]);
    expect(await statuses([call(url, '/api/quick', undefined, '203.0.113.9'), call(url, '/api/quick', 'p1')])).toEqual([200, 200]);
  });

  it('of one address are bounded whatever they ask for', async () => {
    const url = await open({ perAddress: slow });
    expect(await statuses(['/healthz', '/api/quick', '/nothing', '/healthz'].map((path) => call(url, path)))).toEqual([200, 200, 404, 429]);
  });
});

describe('H11 what is not answered yet', () => {
  it('is bounded for each person, and free again when it is answered or given up', async () => {
    const url = await open({ unansweredPerPerson: 2 });
    const first = [call(url, '/api/slow', 'p1a'), call(url, '/api/slow', 'p1b')];
    await expect.poll(() => waiting.length).toBe(2);
    expect(await statuses([call(url, '/api/quick', 'p1c'), call(url, '/api/quick', 'p2')])).toEqual([429, 200]);
    for (const go of waiting.splice(0)) go();
    await Promise.all(first);
    await expect.poll(async () => (await call(url, '/api/quick', 'p1c')).status).toBe(200);
    const leaving = new AbortController();
    const headers = { authorization: 'Bearer p1' };
    const left = [1, 2].map(() => fetch(`${url}/api/slow`, { headers, signal: leaving.signal }).catch(() => 'left'));
    await expect.poll(() => waiting.length).toBe(2);
    leaving.abort();
    await Promise.all(left);
    await expect.poll(async () => (await call(url, '/api/quick', 'p1c')).status).toBe(200);
  });
});

describe('H12, H13 connections', () => {
  it('that say nothing give way to newer ones, and do not keep others from being served', async () => {
    const url = await open({ silentPerAddress: 20 }, []);
    const crowd: Socket[] = [];
    for (let count = 0; count < 60; count += 1) crowd.push(await silent(count % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nHost: x\r\n'));
    await expect.poll(() => crowd.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(20);
    expect(crowd.slice(-10).every(({ destroyed }) => !destroyed)).toBe(true);
    expect((await call(url, '/api/quick')).status).toBe(200);
  });

  it('are bounded for each address, but not of trusted proxies', async () => {
    await open({ connectionsPerAddress: 3 }, []);
    const four = [await silent(), await silent(), await silent(), await silent()];
    await expect.poll(() => four.map(({ destroyed }) => destroyed)).toEqual([false, false, false, true]);
    for (const socket of four) socket.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await open({ connectionsPerAddress: 3 });
    const more = [await silent(), await silent(), await silent(), await silent()];
    const answers = more.map((socket) => {
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      return once(socket, 'data');
    });
    expect((await Promise.all(answers)).map(([data]) => String(data).slice(9, 12))).toEqual(['200', '200', '200', '200']);
  });

  it('that do not say what they want in time are closed', async () => {
    await open({ headWithinMs: 100, requestWithinMs: 200 });
    const [nothing, half, body] = [
      await silent(),
      await silent('GET / HTTP/1.1\r\nX-'),
      await silent('POST /api/quick HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1'),
    ];
    await Promise.all([nothing, half, body].map((socket) => (socket.destroyed ? null : once(socket.resume(), 'close'))));
  });

  it('on which nothing moves for too long are closed', async () => {
    const url = await open({ idleMs: 100 });
    await expect(call(url, '/api/slow')).rejects.toThrow();
  });

  it('whose head is too long are refused', async () => {
    await open({ headBytes: 2000, headers: 20 });
    const long = await silent(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(3000)}\r\n\r\n`);
    expect(String((await once(long, 'data'))[0])).toContain(' 431 ');
  });
});
