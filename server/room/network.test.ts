// Which addresses are of one network.
import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

describe('G4 a network', () => {
  it('is a /24 of IPv4, also when it is written as IPv6', () => {
    expect(networkOf('198.51.100.7')).toBe('198.51.100.0/24');
    expect(networkOf('::ffff:198.51.100.250')).toBe('198.51.100.0/24');
    expect(networkOf('198.51.101.7')).toBe('198.51.101.0/24');
  });

  it('is a /48 of IPv6, however it is written', () => {
    const same = ['2001:db8:7:1::1', '2001:DB8:7:ffff:1:2:3:4', '2001:0db8:0007::', '2001:db8:7:1::198.51.100.7'];
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:7::/48']));
    expect(networkOf('2001:db8:8::1')).toBe('2001:db8:8::/48');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0::/48');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0::/48');
    expect(networkOf('::1')).toBe('0:0:0::/48');
  });

  it('is the address itself when it is none that we know', () => {
    expect(networkOf('somewhere')).toBe('somewhere');
    expect(networkOf('')).toBe('');
  });
});
