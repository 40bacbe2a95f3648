// What is found out about voices, slides and small pictures, by rules without ffmpeg.
import { expect, it } from 'vitest';
import type { FragmentLine } from '../../contract/recording.ts';
import { gainOf, integratedOf, type Momentary, readIntegrated, readMomentary, speechOf } from './loudness.ts';
import { sheetOf, storyboardOf, tileBytes } from './sheets.ts';
import { changedShare, slidesIn } from './slides.ts';

const blocks = (...runs: [seconds: number, lufs: number][]): Momentary[] => {
  let at = 400;
  return runs.flatMap(([seconds, lufs]) =>
    Array.from({ length: seconds * 10 }, () => {
      at += 100;
      return { atMs: at, lufs };
    }),
  );
};

it('reads what the meter of ffmpeg says', () => {
  const line = '[Parsed_ebur128_1 @ 0x5593] t: 12.406479   TARGET:-23 LUFS    M: -30.1 S:-120.7     I: -30.1 LUFS       LRA:   0.0 LU';
  expect(readMomentary(line)).toEqual({ atMs: 12_406.479, lufs: -30.1 });
  expect(readMomentary('size=N/A time=00:00:00.02')).toBeNull();
  expect(readIntegrated(['  Integrated loudness:', '    I:         -23.4 LUFS', '    Threshold: -33.6 LUFS'])).toBe(-23.4);
  expect(readIntegrated(['    I:         -70.0 LUFS'])).toBeNull();
});

it('V33 pauses do not make a voice quieter, and it is brought to the loudness of all', () => {
  expect(integratedOf(blocks([10, -30], [50, -65]))).toBeCloseTo(-30, 1);
  expect(integratedOf(blocks([10, -120]))).toBeNull();
  expect(gainOf(-30)).toBe(10);
  expect(gainOf(-60)).toBe(20);
});

it('V33 a click is no speech, a breath does not end it, and the fan of a laptop is silence', () => {
  const spans = speechOf(blocks([5, -60], [3, -25], [0.4, -60], [2, -27], [5, -60], [0.1, -20], [5, -60]));
  expect(spans).toHaveLength(1);
  expect(spans[0]?.fromMs).toBeGreaterThan(4500);
  expect(spans[0]?.toMs).toBeLessThan(11_500);
});

it('V33 another slide is a picture that changed as a whole and then stands; its moment is where the most bytes came', () => {
  const line = (at: number, bytes: number, key: 0 | 1): FragmentLine => [at, 500, 1, bytes, key];
  const lines = [line(0, 9000, 1), line(4000, 50, 0), line(7500, 8000, 0), line(8000, 60, 0), line(10_000, 9000, 1), line(20_000, 9000, 1)];
  expect(slidesIn([0, 10_000, 20_000], [0.6, 0.01], lines)).toEqual([7500]);
  expect(slidesIn([0, 10_000, 20_000], [0.02, 0.01], lines)).toEqual([]);
  const film = [0.6, 0.7, 0.5, 0.6, 0.01];
  expect(slidesIn([0, 10_000, 20_000, 30_000, 40_000, 50_000], film, [])).toHaveLength(1);
});

it('V33 small pictures are at most six hundred, and laid on sheets from left to right', () => {
  expect(storyboardOf(25_000)).toMatchObject({ everyMs: 10_000, count: 3, sheets: ['s0001.jpg'] });
  const long = storyboardOf(5 * 3_600_000);
  expect([long.count <= 600, long.everyMs]).toEqual([true, 30_000]);
  const tiles = [null, Buffer.alloc(tileBytes, 200)];
  const { width, height, pixels } = sheetOf(tiles, 0);
  expect([width, height, pixels[0], pixels[160 * 3]]).toEqual([1600, 90, 0x15, 200]);
  expect(changedShare(Buffer.alloc(30, 0), Buffer.alloc(30, 255))).toBe(1);
});
