// Where workers listen and what clients are told: one address or several, of one family or both.
import { expect, test } from 'vitest';
import { announcedAddresses, listenInfos, withAllAnnounced } from './listen-infos.ts';

const both = { listenIps: ['0.0.0.0', '::'], announcedAddresses: ['203.0.113.10', '2001:db8::10'], portBase: 20_000 };

test('U1 each address is listened on by UDP and TCP, each worker at a port of its own, and told by its own family', () => {
  expect(listenInfos(both, 1)).toMatchObject([
    { protocol: 'udp', ip: '0.0.0.0', announcedAddress: '203.0.113.10', port: 20_001 },
    { protocol: 'tcp', ip: '0.0.0.0', announcedAddress: '203.0.113.10', port: 20_001 },
    { protocol: 'udp', ip: '::', announcedAddress: '2001:db8::10', port: 20_001, flags: { ipv6Only: true } },
    { protocol: 'tcp', ip: '::', announcedAddress: '2001:db8::10', port: 20_001, flags: { ipv6Only: true } },
  ]);
});

test('U1 one address is told as it is, and "all addresses" never', () => {
  const one = { listenIps: ['192.0.2.7'], announcedAddresses: [], portBase: 0 };
  expect(listenInfos(one, 0)[0]).not.toHaveProperty('announcedAddress');
  expect(announcedAddresses(one)).toEqual(['192.0.2.7']);
  const all = announcedAddresses({ listenIps: ['0.0.0.0', '::'], announcedAddresses: [], portBase: 0 });
  expect(all).toHaveLength(2);
  expect(all).not.toContain('0.0.0.0');
  expect(all).not.toContain('::');
});

test('U1 where :: stands alone it takes IPv4 too, and both families are told', () => {
  const dual = { ...both, listenIps: ['::'] };
  expect(listenInfos(dual, 0)[0]).not.toHaveProperty('flags');
  expect(announcedAddresses(dual)).toEqual(['203.0.113.10', '2001:db8::10']);
});

test('U1 a name, and an address that another box translates, lead to the first', () => {
  const names = { ...both, listenIps: ['10.0.0.1', '10.0.0.2'], announcedAddresses: ['media.test', '2001:db8::10'] };
  expect(listenInfos(names, 0).map(({ ip, announcedAddress }) => [ip, announcedAddress])).toEqual([
    ['10.0.0.1', 'media.test'],
    ['10.0.0.1', 'media.test'],
    ['10.0.0.2', undefined],
    ['10.0.0.2', undefined],
  ]);
});

test('U1 a client is told every announced address of a port once, earlier ones first', () => {
  const listening = { ...both, listenIps: ['0.0.0.0'], announcedAddresses: ['203.0.113.10', '198.51.100.10'] };
  const candidate = { foundation: 'f', ip: '203.0.113.10', address: '203.0.113.10', port: 20_000, type: 'host' as const };
  const given = [
    { ...candidate, protocol: 'udp' as const, priority: 1_000 },
    { ...candidate, protocol: 'tcp' as const, priority: 500, tcpType: 'passive' as const },
  ];
  const told = withAllAnnounced(listening, given);
  expect(told.map(({ protocol, address, port, priority }) => [protocol, address, port, priority])).toEqual([
    ['udp', '203.0.113.10', 20_000, 1_000],
    ['udp', '198.51.100.10', 20_000, 999],
    ['tcp', '203.0.113.10', 20_000, 500],
    ['tcp', '198.51.100.10', 20_000, 499],
  ]);
  expect(withAllAnnounced(listening, told)).toHaveLength(4);
});
