// What the picture of one person's lesson shows.
import { expect, test } from 'vitest';
import { gapSums, lanesOf, presenceOf } from './lanes.ts';
import { gapOf, rowOf } from './row.fixture.ts';

test('a lane with nothing in it is left out, but for presence', () => {
  const row = rowOf('А', { intervals: [], hands: [{ from: 5, to: 9 }] });
  expect(lanesOf(row, 50).map(({ id }) => id)).toEqual(['presence', 'hand']);
});

test('stays and gaps follow one another in time', () => {
  const row = rowOf('А', {
    intervals: [
      { from: 0, to: 10, endedBy: 'connection-lost' },
      { from: 20, to: 50, endedBy: null },
    ],
    gaps: [gapOf({ from: 10, to: 20, forgiven: true })],
  });
  expect(presenceOf(row, 50)).toEqual([
    { kind: 'present', from: 0, to: 10, lasts: false },
    { kind: 'gap', of: 'network', from: 10, to: 20, forgiven: true, back: true },
    { kind: 'present', from: 20, to: 50, lasts: true },
  ]);
});

test('who does not come back is away until the end', () => {
  const [, gap] = presenceOf(
    rowOf('А', { intervals: [{ from: 0, to: 30, endedBy: 'left' }], gaps: [gapOf({ from: 30, to: null, kind: 'own' })] }),
    50,
  );
  expect(gap).toMatchObject({ kind: 'gap', from: 30, to: 50, back: false });
});

test('leaving when all is over is no gap', () => {
  const gaps = [gapOf({ from: 50, to: null, kind: 'own' })];
  expect(presenceOf({ intervals: [], gaps }, 50)).toEqual([]);
  expect(gapSums(gaps, 50)).toEqual([]);
});

test('gaps are added up by kind', () => {
  const gaps = [gapOf({ from: 0, to: 5 }), gapOf({ from: 10, to: 12 }), gapOf({ from: 40, to: null, kind: 'own' })];
  expect(gapSums(gaps, 50)).toEqual([
    { kind: 'network', count: 2, ms: 7 },
    { kind: 'own', count: 1, ms: 10 },
  ]);
});

test('short losses lie in the lane of presence and break nothing', () => {
  const lanes = lanesOf(rowOf('А', { lapses: [gapOf({ from: 20, to: 22, endedBy: null })] }), 50);
  expect(lanes[0]?.marks.map(({ kind }) => kind)).toEqual(['present', 'lapse']);
});
