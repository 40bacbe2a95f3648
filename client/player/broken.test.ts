// What of a track is played over, and when it is given up.
import { describe, expect, test } from 'vitest';
import { brokenFrom, holesIn, playableParts } from './broken.ts';
import type { Fragment } from './fragments.ts';
import { Trials } from './trials.ts';

const fragment = (index: number): Fragment => ({
  ...{ fromMs: index * 500, toMs: index * 500 + 500, offset: 800 + index * 1000, bytes: 1000, isKey: index % 4 === 0 },
});
const fragments = Array.from({ length: 12 }, (_, index) => fragment(index));
const whole = { startMs: 0, endMs: 6000, open: false };
const part = {
  ...{ file: 'p0001.mp4', index: 'p0001.jsonl', mime: '', initBytes: 800, bytes: 12_800 },
  ...whole,
};

describe('V81 a part', () => {
  test('with something broken inside is two parts of one file', () => {
    const parts = playableParts([part], [{ fromMs: 2000, toMs: 4000 }]);
    expect(parts.map(({ startMs, endMs, file }) => [startMs, endMs, file])).toEqual([
      [0, 2000, 'p0001.mp4'],
      [4000, 6000, 'p0001.mp4'],
    ]);
    expect(playableParts([part], [{ fromMs: 0, toMs: 6000 }])).toEqual([]);
  });

  test('whose index lacks lines goes on where a fragment stands by itself', () => {
    expect(holesIn(whole, fragments)).toEqual([]);
    const without = (...gone: readonly number[]) => fragments.filter((_, index) => !gone.includes(index));
    expect(holesIn(whole, without(5))).toEqual([{ fromMs: 2500, toMs: 4000 }]);
    expect(holesIn(whole, without(10, 11))).toEqual([{ fromMs: 5000, toMs: 6000 }]);
    expect(holesIn(whole, [])).toEqual([{ fromMs: 0, toMs: 6000 }]);
  });

  test('that is still being written has no hole at its end', () => {
    expect(holesIn({ ...whole, open: true }, fragments.slice(0, 6))).toEqual([]);
  });

  test('that fails at a fragment is entered again at the next that stands by itself', () => {
    expect(brokenFrom(whole, fragments, 2)).toEqual({ fromMs: 1000, toMs: 2000 });
    expect(brokenFrom(whole, fragments, 9)).toEqual({ fromMs: 4500, toMs: 6000 });
  });
});

describe('V81 bytes that do not come', () => {
  const silence = { code: 'offline', isPassing: true, isRefusal: false } as const;
  const gone = { code: 'not-found', isPassing: false, isRefusal: false } as const;
  const odd = { code: 'range-not-satisfiable', isPassing: false, isRefusal: false } as const;
  const breakdown = { code: 'internal', isPassing: true, isRefusal: false } as const;
  const refused = { code: 'not-allowed', isPassing: false, isRefusal: true } as const;

  test('for want of an answer are asked for again for ever, ever more slowly', () => {
    const trials = new Trials();
    const verdicts = Array.from({ length: 20 }, () => trials.failed(silence));
    expect(verdicts.some(({ isLost }) => isLost)).toBe(false);
    expect(verdicts.map(({ againMs }) => againMs).slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  });

  test('because the file is gone are lost after one look at a fresh manifest', () => {
    const trials = new Trials();
    expect(trials.failed(gone)).toMatchObject({ isStale: true, isLost: false });
    expect(trials.failed(gone).isLost).toBe(true);
  });

  test('because some of them are missing are asked for one by one before they are lost', () => {
    const trials = new Trials();
    trials.failed(odd);
    expect(trials.failed(odd).isLost).toBe(false);
    expect(trials.mostCount).toBe(1);
    expect(trials.failed(odd).isLost).toBe(true);
  });

  test('because the server breaks down each time are lost in the end', () => {
    const trials = new Trials();
    const verdicts = Array.from({ length: 7 }, () => trials.failed(breakdown));
    expect(verdicts.at(-1)?.isLost).toBe(true);
  });

  test('V84 because they are refused are not lost: the manifest is asked why', () => {
    const trials = new Trials();
    expect(trials.failed(refused)).toMatchObject({ isLost: false, isStale: true });
    expect(trials.failed(refused)).toMatchObject({ isLost: false, isStale: false });
  });
});
