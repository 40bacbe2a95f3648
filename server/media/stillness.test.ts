// W44 to W50 for pictures, on series of counts and weights as the engine tells them.
import { describe, expect, test } from 'vitest';
import type { PictureWeight } from '../ports/media.ts';
import { afterPictureCount, afterPictureGap, afterWeight, type Picture, pictureFrom } from './stillness.ts';

const every = 5_000;
const frames = (bytes: number): number[] => Array.from({ length: 70 }, () => bytes);
const small = { width: 240, height: 135 };
const large = { width: 960, height: 540 };
/** As they were measured. */
const shown: PictureWeight = {
  smallest: { ...small, keyFrame: 2_916, frames: frames(15) },
  largest: { ...large, keyFrame: 22_685, frames: frames(1_240) },
};
const dark: PictureWeight = {
  smallest: { ...small, keyFrame: 127, frames: frames(15) },
  largest: { ...large, keyFrame: 1_567, frames: frames(15) },
};
const standing: PictureWeight = {
  smallest: { ...small, keyFrame: 2_683, frames: frames(15) },
  largest: {
    ...large,
    keyFrame: 22_721,
    frames: [1_555, 1_619, 3_390, 5_168, 4_576, 5_919, 4_198, 4_666, 828, 585, 447, 313, ...frames(90)],
  },
};
const nothing: PictureWeight = { smallest: null, largest: null };

/** A picture whose device is measured each five seconds, and weighed when it is suspected. */
class Series {
  picture: Picture;
  at = 0;
  weighed: number[] = [];
  #bytes = 0;
  #packets = 0;
  #line = 0;

  constructor(source: 'camera' | 'screen' = 'camera') {
    this.picture = pictureFrom(source, 0);
  }

  /** `bytes` a second come, and the line carries so many beside them; `weight` is what weighing would give. */
  pass(seconds: number, bytes: number, weight: PictureWeight = shown, beside = 20): this {
    for (let passed = 0; passed < seconds * 1_000; passed += every) {
      this.at += every;
      this.#bytes += (bytes * every) / 1_000;
      this.#packets += bytes === 0 ? 0 : 120;
      this.#line += ((bytes + beside) * every) / 1_000;
      const count = { at: this.at, bytes: this.#bytes, packets: this.#packets, lineBytes: this.#line };
      const { picture, isSuspect } = afterPictureCount(this.picture, count);
      this.picture = picture;
      if (!isSuspect) continue;
      this.weighed.push(this.at);
      this.picture = afterWeight(this.picture, weight, this.at + 3_500);
    }
    return this;
  }

  cut(): this {
    this.picture = afterPictureGap(this.picture);
    return this;
  }

  get signal(): Picture['signal'] {
    return this.picture.signal;
  }
}

const series = (source?: 'camera' | 'screen') => new Series(source);

describe('a camera', () => {
  test('W50 that is fine is weighed once, and then no more, whatever it shows', () => {
    const fine = series();
    for (let minute = 0; minute < 20; minute += 1) fine.pass(60, [12_000, 9_000, 13_000, 8_500][minute % 4] ?? 0);
    expect(fine.signal).toBe('fine');
    expect(fine.weighed).toHaveLength(1);
  });

  test('W50 that grows poor, as the line or the server demands, is weighed again and stays fine', () => {
    const poorer = series().pass(60, 120_000).pass(60, 15_000).pass(60, 4_000).pass(60, 120_000).pass(60, 15_000);
    expect(poorer.signal).toBe('fine');
    expect(poorer.weighed).toHaveLength(4);
  });

  test('W47, W52 that is dark from the beginning is found so within 25 seconds', () => {
    expect(series().pass(20, 900, dark).signal).toBe('black');
  });

  test('W47 whose covered lens gives much noise is found by its key frame', () => {
    for (const keyFrame of [128, 154, 162]) {
      const covered = {
        smallest: { ...small, keyFrame, frames: frames(170) },
        largest: { ...large, keyFrame: 31_510, frames: frames(6_300) },
      };
      expect(series().pass(20, 60_000, covered).signal).toBe('black');
    }
  });

  test('W47 before a bare white wall is not dark', () => {
    const wall = { ...shown, smallest: { ...small, keyFrame: 238, frames: frames(15) } };
    expect(series().pass(60, 20_000, wall).signal).toBe('fine');
  });

  test('W48 before which nothing moves is not frozen: its noise makes each frame another, however faint it is', () => {
    const begins = [1_491, 1_122, 3_298, 3_805, 3_381, 3_313, 4_696, 4_769, 3_265, 2_890, 766, 888, 795, 783, 369, 215];
    const samples = [
      // Much, some, and hardly any of it; by and by the encoder lets go of it.
      [...begins, ...frames(5_300)],
      [...begins, ...frames(6_500).slice(0, 10), ...frames(15)],
      [...begins, 123, 88, 103, 88, 81, 66, 68, 59, 45, 42, 34, 39, 43, 38, 37, 35, 34, 26, 28, 26, ...frames(15)],
    ];
    for (const quiet of samples) {
      const weight = { smallest: shown.smallest, largest: { ...large, keyFrame: 22_757, frames: quiet } };
      expect(series().pass(60, 1_000, weight).signal).toBe('fine');
    }
  });

  test('W48 is frozen also while others ask for its key frames', () => {
    const again = [1_886, 1_858, 3_378, 4_927, 8_998, 3_833, 3_115, 923, 1_073, 345, 200, ...frames(69).slice(0, 36)];
    const settles = [1_555, 1_619, 3_390, 5_168, 4_576, 5_919, 4_198, 4_666, 828, 585, 447, 313, 90, 90, 90, 90, 90, 90, 90];
    const weight = { smallest: shown.smallest, largest: { ...large, keyFrame: 22_720, frames: [...settles, 22_721, ...again] } };
    expect(series().pass(20, 1_000, weight).signal).toBe('frozen');
  });

  test('W48 of which a short line carries the smallest layer only is not called frozen: noise is lost in it', () => {
    const short = { smallest: shown.smallest, largest: shown.smallest };
    expect(series().pass(60, 1_000, short).signal).toBe('fine');
  });

  test('W47, W52 that grows dark is found so within 25 seconds', () => {
    const covered = series().pass(120, 120_000);
    expect(covered.pass(20, 900, dark).signal).toBe('black');
    expect(covered.picture.since).toBeGreaterThanOrEqual(115_000);
  });

  test('W48, W52 whose picture stands is frozen, not dark', () => {
    expect(series().pass(20, 1_100, standing).signal).toBe('frozen');
    expect(series().pass(120, 120_000).pass(20, 9_000, standing).signal).toBe('frozen');
  });

  test('W44 is fine again as soon as it is seen to be livelier', () => {
    for (const trouble of [dark, standing]) {
      const again = series().pass(60, 1_000, trouble);
      expect(again.signal).not.toBe('fine');
      expect(again.pass(10, 100_000).signal).toBe('fine');
      expect(again.picture.since).toBeGreaterThan(60_000);
    }
  });

  test('W48 stays frozen while its key frames are asked for by others', () => {
    const frozen = series().pass(30, 1_000, standing);
    for (let round = 0; round < 10; round += 1) {
      frozen.pass(10, 1_000, standing).pass(5, 9_000, standing);
      expect(frozen.signal).toBe('frozen');
    }
  });

  test('W50 in trouble is weighed no more than twice a minute while nothing changes', () => {
    const black = series().pass(30, 900, dark);
    const before = black.weighed.length;
    black.pass(600, 900, dark);
    expect(black.weighed.length - before).toBeLessThanOrEqual(20);
  });

  test('W45 of which nothing comes is frozen, once it gave no key frame either', () => {
    const ended = series().pass(60, 100_000);
    ended.pass(20, 0, nothing);
    expect(ended.signal).toBe('frozen');
    expect(ended.picture.since).toBeLessThanOrEqual(65_000);
    expect(ended.pass(15, 100_000).signal).toBe('fine');
  });

  test('W46 of which nothing comes, and nothing of anything else, is not judged', () => {
    const lost = series().pass(60, 100_000);
    lost.pass(120, 0, nothing, 0);
    expect(lost.signal).toBe('fine');
    expect(lost.cut().pass(60, 100_000).signal).toBe('fine');
  });

  test('W46 whose line carries nothing for a moment is not weighed for that', () => {
    const flaky = series().pass(60, 100_000);
    for (let round = 0; round < 20; round += 1) flaky.pass(5, 0, nothing, 0).pass(15, 100_000);
    expect(flaky.signal).toBe('fine');
    expect(flaky.weighed).toHaveLength(1);
  });
});

describe('a screen', () => {
  test('W49 may stand still or be dark as long as it likes', () => {
    for (const weight of [standing, dark]) {
      const slide = series('screen').pass(300, 60, weight);
      expect(slide.signal).toBe('fine');
      expect(slide.weighed).toEqual([]);
    }
  });

  test('W49 of which nothing comes is asked for a key frame: with one it is fine, without one frozen', () => {
    expect(series('screen').pass(60, 5_000).pass(120, 0, standing).signal).toBe('fine');
    expect(series('screen').pass(60, 5_000).pass(30, 0, nothing).signal).toBe('frozen');
    expect(series('screen').pass(60, 5_000).pass(30, 0, nothing).pass(10, 500).signal).toBe('fine');
  });
});
