// Sockets between the media workers keep clear of the ports at which people reach them.
import { expect, test } from 'vitest';
import { loopbackInfo } from './loopback.ts';

test.each([
  [0, 10_000, 59_999],
  [40_000, 10_000, 39_999],
  [10_000, 10_256, 59_999],
  [12_000, 12_256, 59_999],
  [59_900, 10_000, 59_899],
  [61_000, 10_000, 59_999],
])('beside workers from port %i on they are at %i to %i', (portBase, min, max) => {
  expect(loopbackInfo(portBase)).toMatchObject({ ip: '127.0.0.1', portRange: { min, max } });
});
