// The end of a server, whoever still holds on to it.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../server/app.ts';
import { openLog } from '../../server/log.ts';
import { FakeMedia } from '../support/fake-media.ts';

const quiet = openLog({ level: 'silent', format: 'json' });
const upgrade =
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

it.each([
  ['sends nothing', ''],
  ['sends half a request', 'GET /api/me HTTP/1.1\r\n'],
  ['has a websocket and does not answer its farewell', upgrade],
])('a server stops in seconds although a connection %s', async (_what, sent) => {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-stop-'));
  const app = await openApp(loadConfig({ AUDITORIA_PORT: '0' }, folder), { log: quiet, clientDir: null, media: new FakeMedia() });
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (sent !== '') socket.write(sent);
  if (sent === upgrade) expect(String((await once(socket, 'data'))[0])).toContain('101 Switching Protocols');
  const gone = new Promise((done) => socket.once('close', done));
  socket.resume();
  const began = performance.now();
  await app.close('server-stopped');
  expect(performance.now() - began).toBeLessThan(5000);
  await gone;
  await rm(folder, { recursive: true, force: true });
});
