// What a device is asked to send over a short line: sound first.
import { expect, test } from 'vitest';
import type { TrackSource } from '../contract/media.ts';
import { noLimits, SendLadder } from './send-limits.ts';
import { floorSoundBps } from './steps.ts';

const sources: readonly TrackSource[] = ['microphone', 'camera', 'screen'];
const measure = (ladder: SendLadder, seconds: number, loss: number, sentBps = 1_500_000, from = 0) => {
  for (let at = from + 2_500; at <= from + seconds * 1000; at += 2_500)
    ladder.measured({ at, loss, roundTripMs: null, availableBps: null, sentBps }, sources);
};

test('L8 a line that loses nothing has no limits', () => {
  const ladder = new SendLadder(0);
  measure(ladder, 60, 0.02);
  expect(ladder.limits(false)).toEqual(noLimits);
});

test('L8 a line that carries 90 kbit/s keeps the voice, turns the camera off and slows the screen', () => {
  const ladder = new SendLadder(0);
  measure(ladder, 5, 0.94);
  expect(ladder.limits(false)).toMatchObject({ camera: 'off', soundBps: 20_000, screen: { fps: 3 } });
});

test('L8 all comes back by itself', () => {
  const ladder = new SendLadder(0);
  measure(ladder, 5, 0.94);
  measure(ladder, 120, 0, 200_000, 5_000);
  expect(ladder.limits(false)).toEqual(noLimits);
});

test('L9 while somebody listens on the floor every voice fits there, also one that is limited already', () => {
  const ladder = new SendLadder(0);
  expect(ladder.limits(true)).toEqual({ ...noLimits, soundBps: floorSoundBps });
  measure(ladder, 5, 0.94);
  expect(ladder.limits(true).soundBps).toBe(floorSoundBps);
});
