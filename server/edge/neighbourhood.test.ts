// Who counts as one: an IPv4 address, or an IPv6 network of 64 bits, however it is written.
import { expect, it } from 'vitest';
import { neighbourhoodOf } from './neighbourhood.ts';

it('an IPv4 address, and what is no address, stands for itself', () => {
  expect(['203.0.113.7', '', 'unknown'].map(neighbourhoodOf)).toEqual(['203.0.113.7', '', 'unknown']);
});

it('IPv6 addresses of one network are one, those of another are another', () => {
  const ones = ['2001:db8:1:2::1', '2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd', '2001:db8:1:2:3::', '2001:db8:1:2::203.0.113.7'];
  expect(new Set(ones.map(neighbourhoodOf))).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(neighbourhoodOf('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  expect([neighbourhoodOf('::1'), neighbourhoodOf('2001:db8::5'), neighbourhoodOf('fe80::1%eth0')]).toEqual([
    '0:0:0:0::/64',
    '2001:db8:0:0::/64',
    'fe80:0:0:0::/64',
  ]);
});
