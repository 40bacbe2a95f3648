// Which ways are tried, and that each is tried alone.
import { expect, test } from 'vitest';
import { narrowed, waysOf } from './ways.ts';

const candidate = (protocol: 'udp' | 'tcp', address: string) => ({
  ...{ foundation: 'f', priority: 1, ip: address, address, protocol, port: 20_000, type: 'host' as const },
});
const candidates = [candidate('udp', '203.0.113.10'), candidate('tcp', '203.0.113.10'), candidate('udp', '2001:db8::10')];
const relays = ['turn:turn.test:3478', 'turn:turn.test:3478?transport=tcp', 'turns:turn.test:443?transport=tcp'];
const servers = [{ urls: ['stun:stun.test'] }, { urls: relays, username: 'u', credential: 'c' }];

test('U6 every way that the server offers is tried, and no other', () => {
  expect(waysOf(candidates, servers)).toEqual([
    { kind: 'udp', relay: null },
    { kind: 'tcp', relay: null },
    { kind: 'udp-ipv6', relay: null },
    { kind: 'relay-udp', relay: relays[0] },
    { kind: 'relay-tcp', relay: relays[1] },
    { kind: 'relay-tls', relay: relays[2] },
  ]);
  expect(waysOf([candidate('udp', 'media.test')], [])).toEqual([{ kind: 'udp', relay: null }]);
});

test('U6 each is tried alone: one protocol and family, or one relay', () => {
  expect(narrowed({ kind: 'tcp', relay: null }, candidates, servers)).toEqual({
    ...{ iceCandidates: [candidates[1]], iceServers: [], iceTransportPolicy: 'all' },
  });
  const tls = 'turns:turn.test:443?transport=tcp';
  expect(narrowed({ kind: 'relay-tls', relay: tls }, candidates, servers)).toEqual({
    ...{ iceCandidates: candidates, iceServers: [{ urls: [tls], username: 'u', credential: 'c' }], iceTransportPolicy: 'relay' },
  });
});
