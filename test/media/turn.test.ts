// Ways through a firewall: a real Chromium hears itself over coturn by UDP, TCP and TLS, and over ICE-TCP and IPv6 without it.
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { iceServers } from '../../server/media/ice.ts';
import { hasTurnServer, openTurnServer, type TurnServer } from '../support/turn-server.ts';
import { type LoopOptions, Loops } from './loops.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((own) => own?.address === '::1');

function openEngine(listenIps: readonly string[]): Promise<MediasoupEngine> {
  return MediasoupEngine.open({
    ...{ workers: 1, workerBin: null, listenIps, announcedAddresses: [], portBase: 0 },
    ...{ clock: systemClock, log: quiet },
  });
}

describe.skipIf(!hasTurnServer)('over a relay', () => {
  let turn: TurnServer;
  let loops: Loops;
  beforeAll(async () => {
    turn = await openTurnServer(['secret-of-before', 'secret-of-today']);
    // The certificate is one of the tests' own.
    loops = await Loops.open(await openEngine(['127.0.0.1']), ['--ignore-certificate-errors']);
  });
  afterAll(async () => {
    await loops.close();
    await turn.close();
  });

  const servers = (url: string, secret: string, now = Date.now()) =>
    iceServers({ stun: [], turn: [url], turnSecret: secret }, 'person-1', now);

  it.each(['udp', 'tcp', 'tls'] as const)('U3 sound goes both ways by TURN/%s with the example configuration', async (way) => {
    const heard = await loops.run({ iceServers: servers(turn.urls[way], 'secret-of-today'), iceTransportPolicy: 'relay' });
    expect(heard).toMatchObject({ type: 'relay', relay: way, address: '127.0.0.1' });
  });

  it('U5 while the secret changes, passwords of the old one and of the new one open the relay', async () => {
    for (const secret of turn.secrets) {
      const heard = await loops.run({ iceServers: servers(turn.urls.udp, secret), iceTransportPolicy: 'relay' });
      expect(heard).toMatchObject({ type: 'relay' });
    }
  });

  it('U4 a wrong password opens nothing, nor does one whose time is over', async () => {
    const wrong = await loops.run({ iceServers: servers(turn.urls.udp, 'guessed-secret'), iceTransportPolicy: 'relay' });
    expect(wrong).toContain('unreachable');
    const late = servers(turn.urls.udp, 'secret-of-today', Date.now() - 7 * 3_600_000);
    expect(await loops.run({ iceServers: late, iceTransportPolicy: 'relay' })).toContain('unreachable');
  });
});

describe('without a relay', () => {
  it('U2 where UDP is blocked, sound goes by TCP', async () => {
    const loops = await Loops.open(await openEngine(['127.0.0.1']));
    try {
      // Nobody listens there; below 1024 the browser would not even try.
      const candidates: LoopOptions['candidates'] = (all) => all.map((one) => (one.protocol === 'udp' ? { ...one, port: 65_000 } : one));
      expect(await loops.run({ candidates })).toMatchObject({ protocol: 'tcp' });
    } finally {
      await loops.close();
    }
  });

  it.skipIf(!hasIpv6).each(['udp', 'tcp'] as const)('U1 by IPv6 and %s, where both families are listened on', async (protocol) => {
    const loops = await Loops.open(await openEngine(['127.0.0.1', '::1']));
    try {
      const heard = await loops.run({ candidates: (all) => all.filter((one) => one.address === '::1' && one.protocol === protocol) });
      expect(heard).toMatchObject({ protocol, address: '::1' });
    } finally {
      await loops.close();
    }
  });
});
