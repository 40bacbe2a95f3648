// How much later sound is played that is sent again when it is lost.
import { expect, test } from 'vitest';
import { isSentAgain, laterMs } from './resent-sound.ts';

const sound = (rtcpFeedback: { type: string; parameter?: string }[]) => ({
  kind: 'audio' as const,
  rtpParameters: {
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2, rtcpFeedback }],
    headerExtensions: [],
    encodings: [],
    rtcp: {},
  },
});

test('L25 sound is known to be sent again by the feedback that its subscription takes', () => {
  expect(isSentAgain(sound([{ type: 'transport-cc' }]))).toBe(false);
  expect(isSentAgain(sound([{ type: 'transport-cc' }, { type: 'nack', parameter: '' }]))).toBe(true);
  expect(isSentAgain({ ...sound([{ type: 'nack' }]), kind: 'video' })).toBe(false);
});

test('L25 it waits for two askings over a near line, for one over the farthest, and never longer than 0.4 s', () => {
  expect([0, 30, 100, 300, 900].map(laterMs)).toEqual([120, 156, 240, 400, 400]);
});
