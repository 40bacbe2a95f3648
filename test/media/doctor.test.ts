// The doctor on set-ups with a real media worker and a real relay: what carries sound is well, what does not is named.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askDoctor, emptyFolder } from '../support/doctor.ts';
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
