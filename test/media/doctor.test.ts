// The doctor on set-ups with a real media worker and a real relay: what carries sound is well, what does not is named.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../server/app.ts';
import { openLog } from '../../server/log.ts';
import { askDoctor, emptyFolder, freePort } from '../support/doctor.ts';
import { openTurnServer } from '../support/turn-server.ts';

test('X11 the worker of the set-up carries sound, and a program that is none is named', async () => {
  const good = await askDoctor({}, ['workers']);
  expect(good.broken).toEqual([]);
  expect(good.findings[0]?.found).toMatch(/makes a handshake and carries sound$/);
  const other = join(await emptyFolder(), 'mediasoup-worker');
  await writeFile(other, '#!/bin/sh\nexit 41\n');
  await chmod(other, 0o755);
  const wrong = await askDoctor({ AUDITORIA_MEDIA_WORKER_BIN: other }, ['workers']);
  expect(wrong.broken).toEqual([expect.stringMatching(/^workers: The media worker .* is no good: /)]);
});

test('X5 X11 the ports and the workers of a server that runs are its own', async () => {
  const [dataDir, port, mediaPort] = [await emptyFolder(), await freePort(), await freePort()];
  const settings = {
    ...{ AUDITORIA_DATA_DIR: dataDir, AUDITORIA_PORT: String(port), AUDITORIA_MEDIA_PORT_BASE: String(mediaPort) },
    AUDITORIA_MEDIA_WORKERS: '1',
  };
  const log = openLog({ level: 'silent', format: 'json' });
  const app = await openApp(loadConfig({ ...settings, MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN }, dataDir), {
    log,
    clientDir: null,
  });
  onTestFinished(() => app.close('server-stopped'));
  const { broken, findings } = await askDoctor(settings, ['ports', 'workers']);
  expect(broken).toEqual([]);
  const found = findings.map((each) => each.found).join('\n');
  expect(found).toContain(`Sound and picture (${mediaPort} to ${mediaPort}, UDP and TCP): the server that runs listens`);
  expect(found).toMatch(/1 media workers run, at nice|The media workers do not run at raised priority/);
});

test('X8 a relay is asked by UDP and TCP as browsers ask it, and a wrong secret is named', async () => {
  const relay = await openTurnServer(['the-right-secret']);
  onTestFinished(() => relay.close());
  const turn = { AUDITORIA_ICE_TURN: `${relay.urls.udp},${relay.urls.tcp}` };
  const right = await askDoctor({ ...turn, AUDITORIA_ICE_TURN_SECRET: 'the-right-secret' }, ['relay']);
  expect(right.broken).toEqual([]);
  expect(right.findings.map(({ found }) => found)).toEqual([
    expect.stringMatching(/udp relays \(from 127\.0\.0\.1/),
    expect.stringMatching(/tcp relays \(from 127\.0\.0\.1/),
  ]);
  const wrong = await askDoctor({ ...turn, AUDITORIA_ICE_TURN_SECRET: 'another secret' }, ['relay']);
  expect(wrong.broken).toEqual([
    expect.stringMatching(/udp does not take our password$/),
    expect.stringMatching(/tcp does not take our password$/),
  ]);
});

test('X8 a relay that lets nobody through to the media ports, or whose certificate no browser trusts, is named', async () => {
  const relay = await openTurnServer();
  onTestFinished(() => relay.close());
  const [secret = ''] = relay.secrets;
  const ice = { AUDITORIA_ICE_TURN: relay.urls.udp, AUDITORIA_ICE_TURN_SECRET: secret };
  const shut = await askDoctor({ ...ice, AUDITORIA_ANNOUNCED_IP: '203.0.113.7' }, ['relay']);
  expect(shut.broken).toEqual([expect.stringMatching(/lets nobody through to the media ports at 203\.0\.113\.7/)]);
  const untrusted = await askDoctor({ ...ice, AUDITORIA_ICE_TURN: relay.urls.tls }, ['relay']);
  expect(untrusted.broken).toEqual([expect.stringMatching(/^relay: The certificate of turns:localhost:\d+\?transport=tcp is not trusted/)]);
});
