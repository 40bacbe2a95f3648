// Captions and cuts: what was cut out is told to nobody, and what was written over a join stays where it belongs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watchingTimeOf } from '../../contract/watching-time.ts';
import { givenToViewers, inClassTime, inWatchingTime } from './caption-time.ts';

const cuts = [{ fromMs: 10_000, toMs: 20_000 }];
const pauses = [{ fromMs: 40_000, toMs: 50_000 }];
const time = watchingTimeOf({ durationMs: 60_000, pauses, cuts, gaps: [], tracks: [] });
const cue = (fromMs: number, toMs: number, text = 'a') => ({ fromMs, toMs, text });

describe('captions', () => {
  test('V63 that reach into a cut are given to no viewer', () => {
    const cues = [cue(1000, 2000), cue(9000, 10_001), cue(9000, 10_000), cue(12_000, 13_000), cue(19_999, 21_000), cue(20_000, 21_000)];
    expect(givenToViewers(cues, cuts)).toEqual([cue(1000, 2000), cue(9000, 10_000), cue(20_000, 21_000)]);
    expect(inWatchingTime(cues, cuts, time)).toEqual([cue(1000, 2000), cue(9000, 10_000), cue(10_000, 11_000)]);
  });

  test('V63 over a pause lose the pause, and within it are nothing', () => {
    expect(inWatchingTime([cue(39_000, 51_000), cue(41_000, 49_000)], cuts, time)).toEqual([cue(29_000, 31_000)]);
  });

  test('V63 written over a join stay on the side where most of them is', () => {
    expect(inClassTime([cue(9000, 12_000)], cuts, time)).toEqual([cue(20_000, 22_000)]);
    expect(inClassTime([cue(7000, 10_500)], cuts, time)).toEqual([cue(7000, 10_000)]);
    expect(inClassTime([cue(5000, 10_000)], cuts, time)).toEqual([cue(5000, 10_000)]);
  });

  test('V63 behind the end are left out', () => {
    expect(inClassTime([cue(39_000, 99_000), cue(40_000, 41_000)], cuts, time)).toEqual([cue(59_000, 60_000)]);
  });

  test('V63 from a file are given out as they came, but for those over a join', () => {
    const moment = fc.nat(39_000);
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1000 }), (fromMs, lastsMs) => {
        const one = cue(fromMs, fromMs + lastsMs);
        if (one.fromMs < 10_000 && one.toMs > 10_000) return;
        expect(inWatchingTime(inClassTime([one], cuts, time), cuts, time)).toEqual([one]);
      }),
    );
  });
});
