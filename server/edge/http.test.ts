// The frame of the web server: files of the client, errors, proxies, health, encryption.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cert, key } from '../../test/support/localhost-certificate.ts';
import type { Route } from '../contract/http.ts';
import { openLog } from '../log.ts';
import { bind, callerOf, createHttp, createWebServer, type HttpParts } from './http.ts';
import { pathOf } from './http-errors.ts';
import { Peers } from './http-peer.ts';

const written: string[] = [];
const log = openLog({ level: 'info', format: 'json' }, { write: (line) => written.push(line) });

const broken = {
  method: 'GET',
  path: '/api/broken',
  summary: '',
  access: 'anyone',
  params: z.object({}),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({ id: z.string() }),
} as const satisfies Route;
const leaky = { ...broken, path: '/api/leaky' } as const;

const scratch = mkdtempSync(join(tmpdir(), 'auditoria-http-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function clientFolder(): string {
  const folder = mkdtempSync(join(scratch, 'client-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Auditoria</title>');
  writeFileSync(join(folder, 'assets', 'app-abc123.js'), '// '.padEnd(5000, 'x'));
  return folder;
}

function parts(changes: Partial<HttpParts> = {}): HttpParts {
  const router = Router();
  bind(router, broken, () => {
    throw new Error('the secret inside');
  });
  const row = { id: 'p', password_hash: 'h' };
  bind(router, leaky, () => row);
  router.get('/api/peer', (request, response) => {
    const { peer, origin } = callerOf(request);
    response.json({ ...peer, origin });
  });
  return {
    peers: new Peers([], null),
    personOfToken: () => Promise.resolve(null),
    routers: [router],
    health: {},
    clientDir: clientFolder(),
    log,
    ...changes,
  };
}

async function listening(changes?: Partial<HttpParts>, tls: { cert: Buffer; key: Buffer } | null = null) {
  const server = createWebServer(createHttp(parts(changes)), { tls }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

describe('the web server', () => {
  let at: Awaited<ReturnType<typeof listening>>;
  beforeAll(async () => {
    at = await listening();
  });
  afterAll(() => void at.server.close());

  it('begins every path of the client with the same page, asked for anew each time', async () => {
    for (const path of ['/', '/lesson/7/register', '/first-run']) {
      const response = await fetch(at.url + path, { headers: { accept: 'text/html' } });
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<title>Auditoria');
    }
  });

  it('lets hashed files be kept for ever, and packs them', async () => {
    const response = await fetch(`${at.url}/assets/app-abc123.js`, { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
  });

  it('has no page in place of a missing file or call', async () => {
    for (const path of ['/assets/gone.js', '/api/gone']) {
      const response = await fetch(at.url + path, { headers: { accept: '*/*' } });
      expect(response.status, path).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'not-found' });
    }
    expect((await fetch(`${at.url}/assets/..%2f..%2f..%2fetc%2fpasswd`, { headers: { accept: '*/*' } })).status).toBe(400);
  });

  it('V49 keeps tickets and links out of the log, which open something by themselves', () => {
    expect(pathOf('/media/recordings/e30.e30.x/p0001.mp4?a=1')).toBe('/media/recordings/…/p0001.mp4');
    expect(pathOf('/api/shared-recordings/secret')).toBe('/api/shared-recordings/…');
    expect(pathOf('/api/recordings/one/files/p0001.mp4')).toBe('/api/recordings/one/files/p0001.mp4');
  });

  it('tells a caller nothing of what broke inside, and the log everything', async () => {
    const response = await fetch(`${at.url}/api/broken?token=abc`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"code":"internal","message":"Something went wrong here"}');
    expect(written.at(-1)).toContain('the secret inside');
    expect(written.at(-1)).not.toContain('token=abc');
  });

  it('answers only what the contract names', async () => {
    expect(await (await fetch(`${at.url}/api/leaky`)).json()).toEqual({ id: 'p' });
  });
});

describe('proxies', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9, 10.1.2.3', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'class.example.edu' };

  it('are believed when they are trusted, up to the first stranger', async () => {
    const at = await listening({ peers: new Peers(['loopback', '10.0.0.0/8'], null) });
    expect(await (await fetch(`${at.url}/api/peer`, { headers })).json()).toEqual({
      address: '203.0.113.9',
      secure: true,
      host: 'class.example.edu',
      origin: 'https://class.example.edu',
    });
    const invented = { ...headers, 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.1.2.3' };
    expect(await (await fetch(`${at.url}/api/peer`, { headers: invented })).json()).toMatchObject({ address: '203.0.113.9' });
    at.server.close();
  });

  it('are not believed otherwise', async () => {
    const at = await listening();
    expect(await (await fetch(`${at.url}/api/peer`, { headers })).json()).toEqual({
      address: '127.0.0.1',
      secure: false,
      host: `127.0.0.1:${at.port}`,
      origin: at.url,
    });
    at.server.close();
  });
});

describe('health', () => {
  it('is bad when a part does not work, and says which', async () => {
    const at = await listening({ health: { database: () => Promise.resolve(), media: () => Promise.reject(new Error('dead')) } });
    const response = await fetch(`${at.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ok: false, parts: { database: true, media: false } });
    expect((await fetch(`${at.url}/healthz`)).status).toBe(200);
    at.server.close();
  });
});

describe('encryption', () => {
  it('is spoken by the server itself when it has a certificate', async () => {
    const tls = { cert: Buffer.from(cert), key: Buffer.from(key) };
    const at = await listening({}, tls);
    const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
    httpsRequest({ host: '127.0.0.1', port: at.port, path: '/healthz', ca: tls.cert, servername: 'localhost' }, (response) => {
      response.resume();
      resolve(response.headers['strict-transport-security']);
    })
      .on('error', reject)
      .end();
    expect(await promise).toMatch(/^max-age=/);
    at.server.close();
  });
});
