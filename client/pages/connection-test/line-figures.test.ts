// From a browser's statistics to loss, delay and jitter.
import { expect, test } from 'vitest';
import { lineOf } from './line-figures.ts';

const sent = [
  { type: 'outbound-rtp', kind: 'audio', packetsSent: 400 },
  { type: 'outbound-rtp', kind: 'video', packetsSent: 600 },
  { type: 'remote-inbound-rtp', kind: 'audio', packetsLost: 10, roundTripTime: 0.09 },
  { type: 'remote-inbound-rtp', kind: 'video', packetsLost: 40 },
  { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.08 },
];
const received = [
  { type: 'inbound-rtp', kind: 'audio', packetsReceived: 350, packetsLost: 30, jitter: 0.012 },
  { type: 'inbound-rtp', kind: 'video', packetsReceived: 500, packetsLost: 70, jitter: 0.3 },
];

test('U10 what was lost on the way there is not counted again on the way back', () => {
  expect(lineOf(sent, received)).toEqual({ lossUp: 0.05, lossDown: 50 / 900, roundTripMs: 80, jitterMs: 12 });
});

test('U10 what was not told is unknown, not zero', () => {
  expect(lineOf([], [])).toEqual({ lossUp: null, lossDown: null, roundTripMs: null, jitterMs: null });
});
