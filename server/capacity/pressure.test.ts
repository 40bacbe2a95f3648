import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isAtLeast, Pressure, worstOf } from '../contract/capacity.ts';
import {
  firstCalmMs,
  longestCalmMs,
  type PressureState,
  pressedBy,
  type Strain,
  soonAgainMs,
  stepUpMs,
  thresholdsFrom,
  unpressed,
} from './pressure.ts';

const thresholds = thresholdsFrom(0.8);
const sampleMs = 2_000;
const share = (value: number, most: Pressure = 'no-student-cameras'): Strain => ({ share: value, most });

/** The levels at each sample while the strain is what `strainAt` says. */
function run(seconds: number, strainAt: (second: number, level: Pressure) => Strain | null, from: PressureState = unpressed, begin = 0) {
  const levels: { readonly at: number; readonly level: Pressure }[] = [];
  let state = from;
  for (let at = begin; at <= begin + seconds * 1000; at += sampleMs) {
    state = pressedBy(state, strainAt((at - begin) / 1000, state.level), thresholds, at);
    levels.push({ at, level: state.level });
  }
  return { state, levels };
}
const changes = <T extends { readonly level: Pressure }>(levels: readonly T[]): T[] =>
  levels.filter(({ level }, index) => level !== levels[index - 1]?.level);

test('B10 the steps lie between where they begin and the limit', () => {
  expect(thresholds).toEqual({
    'no-new-cameras': 0.8,
    'low-layers': expect.closeTo(0.9),
    'no-student-cameras': expect.closeTo(0.97),
  });
});

describe('B10 a lasting load leads to', () => {
  it.each<[number, Pressure, Pressure]>([
    [0.79, 'no-student-cameras', 'none'],
    [0.8, 'no-student-cameras', 'no-new-cameras'],
    [0.89, 'no-student-cameras', 'no-new-cameras'],
    [0.91, 'no-student-cameras', 'low-layers'],
    [0.98, 'no-student-cameras', 'no-student-cameras'],
    [5, 'no-student-cameras', 'no-student-cameras'],
    [5, 'no-new-cameras', 'no-new-cameras'],
    [5, 'none', 'none'],
  ])('%d with at most %s: %s', (value, most, level) => {
    expect(run(60, () => share(value, most)).state.level).toBe(level);
  });
});

test('B10 the steps are taken one after another, each when it was called for long enough', () => {
  const taken = changes(run(60, () => share(1)).levels);
  expect(taken).toEqual([
    { at: 0, level: 'none' },
    { at: stepUpMs, level: 'no-new-cameras' },
    { at: 2 * stepUpMs + sampleMs, level: 'low-layers' },
    { at: 3 * stepUpMs + 2 * sampleMs, level: 'no-student-cameras' },
  ]);
});

test('B10 a moment’s peak changes nothing', () => {
  expect(run(600, (second) => share(second % 6 === 0 ? 3 : 0.5)).state.level).toBe('none');
});

test('B10 what is not known changes nothing', () => {
  const { state } = run(60, () => share(1));
  expect(run(3600, () => null, state, 60_000).state.level).toBe('no-student-cameras');
  expect(run(3600, () => null).state.level).toBe('none');
});

test('B11 the steps are taken back one after another, each after its calm', () => {
  const { state } = run(60, () => share(1));
  const back = changes(run(120, () => share(0.1), state, 62_000).levels);
  expect(back.map(({ level }) => level)).toEqual(['no-student-cameras', 'low-layers', 'no-new-cameras', 'none']);
  expect(back.map(({ at }) => at - 62_000)).toEqual([0, firstCalmMs, 2 * firstCalmMs + sampleMs, 3 * firstCalmMs + 2 * sampleMs]);
});

test('B11 a load just below the threshold keeps the step, so that what it saves does not bring it back', () => {
  const { state } = run(60, () => share(0.85));
  expect(run(3600, () => share(0.7), state, 62_000).state.level).toBe('no-new-cameras');
  expect(run(3600, () => share(0.6), state, 62_000).state.level).toBe('none');
});

test('B11 a step that helps so much that it seems needless is kept ever longer', () => {
  // With cameras the worker is full, without them it is nearly idle: the worst case for going to and fro.
  const { levels } = run(4 * 3600, (_, level) => share(isAtLeast(level, 'no-new-cameras') ? 0.2 : 1));
  const taken = changes(levels).filter(({ level }) => level === 'no-new-cameras');
  const pauses = taken.slice(1).map(({ at }, index) => at - (taken[index]?.at ?? 0));
  expect(pauses[0]).toBeLessThan(firstCalmMs * 2);
  expect(Math.max(...pauses)).toBeGreaterThanOrEqual(longestCalmMs);
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
  expect(taken.length).toBeLessThan(40);
});

test('B11 after a long calm a step is kept no longer than the first time', () => {
  const first = run(600, (_, level) => share(isAtLeast(level, 'no-new-cameras') ? 0.2 : 1)).state;
  expect(first.calmMs).toBeGreaterThan(firstCalmMs);
  const begin = 602_000;
  const quiet = run(3600, () => share(0), first, begin).state;
  const again = run(20, () => share(0.85), quiet, begin + 3600_000 + soonAgainMs).state;
  expect(again).toMatchObject({ level: 'no-new-cameras', calmMs: firstCalmMs });
});

const stretches = fc.array(
  fc.record({
    strain: fc.option(fc.record({ share: fc.double({ min: 0, max: 1.5, noNaN: true }), most: fc.constantFrom(...Pressure.options) })),
    samples: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 60 },
);

test('B10 B11 whatever the load does, no step is skipped, none is taken in haste, and none is taken back at once', () => {
  fc.assert(
    fc.property(stretches, (all) => {
      let state = unpressed;
      let changedAt = Number.NEGATIVE_INFINITY;
      let at = 0;
      for (const { strain, samples } of all) {
        for (let sample = 0; sample < samples; sample += 1) {
          at += sampleMs;
          const next = pressedBy(state, strain, thresholds, at);
          const step = Pressure.options.indexOf(next.level) - Pressure.options.indexOf(state.level);
          expect(Math.abs(step)).toBeLessThanOrEqual(1);
          if (step > 0) expect(isAtLeast(strain?.most ?? 'none', next.level)).toBe(true);
          if (step !== 0) {
            expect(at - changedAt).toBeGreaterThanOrEqual(step < 0 ? firstCalmMs : stepUpMs);
            changedAt = at;
          }
          state = next;
        }
      }
    }),
  );
});

test('B12 the worst of several holds', () => {
  expect(worstOf([])).toBe('none');
  expect(worstOf(['low-layers', 'none', 'no-new-cameras'])).toBe('low-layers');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Pressure.options), { minLength: 1 }), (all) => {
      expect(all.every((one) => isAtLeast(worstOf(all), one))).toBe(true);
      expect(all).toContain(worstOf(all));
    }),
  );
});
