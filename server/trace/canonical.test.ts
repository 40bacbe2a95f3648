// The canonical form of JSON, as RFC 8785 shows it.
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';

describe('E1 the canonical form', () => {
  it('is that of the example in RFC 8785, 3.2.3', () => {
    const example = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by their UTF-16 units, as the RFC’s example of sorting does', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(canonical(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(
      `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`,
    );
  });

  it('is the same for the same value, and leaves out what is undefined', () => {
    expect(canonical({ b: [-0, { d: undefined, c: 'ә' }], a: {} })).toBe('{"a":{},"b":[0,{"c":"ә"}]}');
  });

  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, '\ud83d', { '\ud83d': 1 }])
      expect(() => canonical(value)).toThrow(TypeError);
  });
});
