// What the end of a socket tells.
import { describe, expect, it } from 'vitest';
import { lossCauseOf } from './loss-cause.ts';

describe('G2 the end of a socket', () => {
  it.each([
    ['client namespace disconnect', 1005, 'goodbye'],
    ['ping timeout', null, 'line-silent'],
    ['ping timeout', 1001, 'line-silent'],
    ['transport close', 1001, 'closed-page'],
    ['transport close', 1005, 'client-closed'],
    ['transport close', 1000, 'client-closed'],
    ['transport close', 1006, 'line-broken'],
    ['transport close', null, 'line-broken'],
    ['transport error', 1006, 'line-broken'],
    ['parse error', null, 'line-broken'],
    ['server namespace disconnect', null, 'server-closed'],
    ['forced close', 1005, 'server-closed'],
    ['server shutting down', null, 'server-stopped'],
    ['what a later version says', null, 'line-broken'],
  ] as const)('by %s with code %s is %s', (reason, code, cause) => {
    expect(lossCauseOf(reason, code)).toBe(cause);
  });
});
