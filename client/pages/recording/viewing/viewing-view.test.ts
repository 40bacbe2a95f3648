// What the page of who watched shows.
import { describe, expect, test } from 'vitest';
import { PersonId } from '../../../../server/contract/ids.ts';
import type { Viewer } from '../../../../server/contract/viewing.ts';
import { watchingTimeOf } from '../../../../server/contract/watching-time.ts';
import { csvOf, heatColumns, isShown, rewatched, seenParts, summaryOf } from './viewing-view.ts';

const minute = 60_000;
const time = watchingTimeOf({
  durationMs: 10 * minute,
  pauses: [{ fromMs: 2 * minute, toMs: 4 * minute }],
  cuts: [],
  gaps: [],
  tracks: [],
});
const viewer = (more: Partial<Viewer>): Viewer => ({
  ...{
    personId: PersonId.parse('p'),
    name: 'Әсел',
    expected: true,
    firstAt: null,
    lastAt: null,
    liveMs: 0,
    parts: [],
    seenMs: 0,
    share: 0,
    ...more,
  },
});

describe('V76 the heat', () => {
  const plays = Array.from({ length: 60 }, (_, bucket) => (bucket === 30 ? 9 : 1));
  const heat = { everyMs: 10_000, plays, people: plays.map(() => 1) };

  test('lies on the viewers’ clock, whole steps to a column, with its peaks', () => {
    const columns = heatColumns(heat, time, 10);
    expect(columns).toHaveLength(10);
    expect(columns.map(({ fromMs }) => fromMs)).toEqual(Array.from({ length: 10 }, (_, index) => index * 50_000));
    expect(columns.map((column) => column.plays)).toEqual([1, 1, 1, 9, 1, 1, 1, 1, 1, 1]);
    expect(columns[3]).toMatchObject({ classMs: 150_000 + 2 * minute, people: 1 });
    expect(rewatched(columns, 5)).toEqual([columns[3]]);
  });

  test('is empty of an empty recording', () => {
    const nothing = watchingTimeOf({ durationMs: 0, pauses: [], cuts: [], gaps: [], tracks: [] });
    expect(heatColumns({ everyMs: 10_000, plays: [], people: [] }, nothing, 10)).toEqual([]);
  });
});

describe('V77 people', () => {
  const viewers = [viewer({ seenMs: 5, share: 0.5 }), viewer({}), viewer({ expected: false, seenMs: 7, share: 1 })];

  test('are counted as far as they are expected', () => {
    const viewing = { viewers, heat: { everyMs: 10_000, plays: [], people: [] }, watchableMs: 10 };
    expect(summaryOf(viewing)).toEqual({ watched: 1, expected: 2, share: 0.25 });
    expect(summaryOf({ ...viewing, viewers: viewers.slice(2) })).toBeNull();
    expect(viewers.map((one) => [isShown(one, 'watched'), isShown(one, 'not-watched'), isShown(one, 'others')])).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });

  test('have seen what lies on the viewers’ clock', () => {
    const parts: [number, number][] = [
      [minute, 5 * minute],
      [2.5 * minute, 3 * minute],
    ];
    expect(seenParts({ parts }, time)).toEqual([{ fromMs: minute, toMs: 3 * minute }]);
  });

  test('are a file that no spreadsheet calculates with', () => {
    expect(csvOf([['=1+1', 'a"b', '-5', 'Ұлжан']])).toBe('"\'=1+1","a""b","\'-5","Ұлжан"\r\n');
  });
});
