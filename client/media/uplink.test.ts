// The camera goes dark before it takes the voice its room.
import { expect, test } from 'vitest';
import { UplinkHint, uplinkOf } from './uplink.ts';

const stats = (type: RTCStatsType, more: object = {}): RTCStats => ({ id: type, timestamp: 0, type, ...more });

test('L8 a way out that has no room for a picture twice in a row turns the camera dark, and tries again after a rest', () => {
  const hint = new UplinkHint();
  expect(hint.heard(60_000, true, 0)).toBe(false);
  expect(hint.heard(60_000, true, 3_000)).toBe(true);
  expect(hint.heard(null, false, 20_000)).toBe(true);
  expect(hint.heard(null, false, 23_000)).toBe(false);
  hint.heard(60_000, true, 26_000);
  expect(hint.heard(60_000, true, 29_000)).toBe(true);
  expect(hint.heard(null, false, 60_000)).toBe(true);
  expect(hint.heard(null, false, 69_000)).toBe(false);
});

test('a low estimate that holds nothing back is only an estimate: little is being sent', () => {
  const hint = new UplinkHint();
  for (let at = 0; at < 60_000; at += 3_000) expect(hint.heard(60_000, false, at)).toBe(false);
});

test('what the browser says is found in its statistics', () => {
  const report = [
    stats('candidate-pair', { availableOutgoingBitrate: 80_000 }),
    stats('outbound-rtp', { qualityLimitationReason: 'bandwidth' }),
    stats('codec'),
  ];
  expect(uplinkOf(report)).toEqual({ availableBps: 80_000, limitedByLine: true });
  expect(uplinkOf([stats('codec')])).toEqual({ availableBps: null, limitedByLine: false });
});
