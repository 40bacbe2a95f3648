// The doctor beside a server that runs, and before it: whether the public address leads to this very server.
import { createServer, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../server/app.ts';
import { openLog } from '../../server/log.ts';
import { askDoctor, emptyFolder, freePort, listening } from '../support/doctor.ts';
import { FakeMedia } from '../support/fake-media.ts';

/** A proxy before the server, as it is often set up: pages go through, and the rest was forgotten. */
async function proxy(to: number, headers: Readonly<Record<string, string>>): Promise<number> {
  const server = createServer((coming, response) => {
    const { upgrade: _upgrade, connection: _connection, ...passed } = coming.headers;
    const going = request({ host: '127.0.0.1', port: to, path: coming.url, headers: { ...passed, ...headers } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json' });
      answer.pipe(response);
    });
    going.on('error', () => response.writeHead(502).end());
    going.end();
  });
  // Whoever wants a socket is given a page.
  server.on('upgrade', (coming, socket) =>
    socket.end(`HTTP/1.1 400 Bad Request\r\nConnection: close\r\nX-Path: ${coming.url ?? ''}\r\n\r\n`),
  );
  return listening(server);
}

test('X16 a public address that leads elsewhere, and one that leads here, are told apart', async () => {
  const elsewhere = await listening(createServer((_request, response) => response.end('{"ok":true,"instance":"another"}')));
  const { broken } = await askDoctor({ AUDITORIA_PUBLIC_URL: `http://127.0.0.1:${elsewhere}` }, ['address']);
  expect(broken).toEqual([
    expect.stringMatching(/^address: http:\/\/127.0.0.1:\d+ leads elsewhere: what answers there \(200\) is not this server/),
  ]);
  const port = String(await freePort());
  const here = await askDoctor({ AUDITORIA_PORT: port, AUDITORIA_PUBLIC_URL: `http://127.0.0.1:${port}` }, ['address']);
  expect(here).toMatchObject({ code: 0, findings: [{ found: expect.stringContaining('leads here, pages and sockets') }] });
});

test('X4 X5 a server that runs is asked, and its ports are its own', async () => {
  const [dataDir, port] = [await emptyFolder(), await freePort()];
  const publicUrl = `http://127.0.0.1:${port}`;
  const settings = { AUDITORIA_DATA_DIR: dataDir, AUDITORIA_PORT: String(port), AUDITORIA_PUBLIC_URL: publicUrl };
  const app = await openApp(loadConfig(settings, dataDir), {
    ...{ log: openLog({ level: 'silent', format: 'json' }), media: new FakeMedia(), clientDir: null },
  });
  onTestFinished(() => app.close('server-stopped'));
  const { code, broken, findings } = await askDoctor(settings, ['server', 'ports', 'database', 'held', 'disk', 'secrets', 'address']);
  expect({ code, broken }).toEqual({ code: 0, broken: [] });
  const found = findings.map((each) => each.found).join('\n');
  for (const part of [
    `(process ${process.pid})`,
    'The web server: the server that runs listens',
    `${publicUrl} leads here, pages and sockets`,
  ])
    expect(found).toContain(part);
});

test('X16 a proxy that does not reach the server, passes on no sockets, or is not believed, is named', async () => {
  const port = await freePort();
  const look = async (near: number, trusted: string) => {
    const settings = { AUDITORIA_PORT: String(port), AUDITORIA_PUBLIC_URL: `http://127.0.0.1:${near}`, AUDITORIA_TRUSTED_PROXIES: trusted };
    return (await askDoctor(settings, ['address'])).broken;
  };
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  expect(await look(await proxy(await freePort(), forwarded), 'loopback')).toEqual([
    expect.stringMatching(/does not reach this server \(502\)/),
  ]);
  const through = await proxy(port, forwarded);
  expect(await look(through, 'loopback')).toEqual([expect.stringMatching(/the proxy before it does not pass on sockets/)]);
  expect(await look(through, '')).toEqual(['address: A proxy at 127.0.0.1 passes people on, and is not believed who they are']);
});
