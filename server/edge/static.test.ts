// The built client as browsers get it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFiles } from './static.ts';

const folder = mkdtempSync(join(tmpdir(), 'auditoria-static-'));
const code = 'export const answer = 42;';
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'page-abc.js'), code);
  writeFileSync(join(folder, 'assets', 'page-abc.js.br'), brotliCompressSync(code));
  server = createServer(express().use(clientFiles(folder)));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function fetched(path: string, encoding: string): Promise<{ readonly answer: IncomingMessage; readonly body: Buffer }> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    get({ port: address.port, host: '127.0.0.1', path, headers: { 'accept-encoding': encoding } }, done).on('error', fail);
  });
  return { answer, body: Buffer.concat(await answer.toArray()) };
}

describe('a file of the built client', () => {
  it('comes compressed as it was built to browsers that take it', async () => {
    const { answer, body } = await fetched('/assets/page-abc.js', 'gzip, br');
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(brotliDecompressSync(body).toString()).toBe(code);
  });

  it('comes as it is to all others', async () => {
    const { answer, body } = await fetched('/assets/page-abc.js', 'gzip');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(body.toString()).toBe(code);
  });
});
