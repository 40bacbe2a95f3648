// What is called out: new trouble, once.
import { expect, test } from 'vitest';
import type { SituationLesson } from '../../../server/contract/situation.ts';
import { type Heard, listen, maySound } from './calls.ts';
import { lesson, minute, noon, trouble } from './lesson.fixture.ts';

const absent = lesson({ state: 'not-begun', troubles: [trouble('teacher-absent', noon)] });
/** To everything. */
const listens = (heard: Heard | null, lessons: readonly SituationLesson[], now: number) =>
  listen({ heard, lessons, isWatched: () => true, now });
const kindsOf = ({ fresh }: ReturnType<typeof listen>) => fresh.map(({ trouble: { kind } }) => kind);

test('W64 what was there when the page was opened is not called', () => {
  expect(kindsOf(listens(null, [absent], noon))).toEqual([]);
});

test('W64 new trouble is called once, for as long as it goes on', () => {
  let heard: Heard | null = listens(null, [lesson()], noon).heard;
  const first = listens(heard, [absent], noon + minute);
  expect(kindsOf(first)).toEqual(['teacher-absent']);
  heard = first.heard;
  for (let at = 2; at < 20; at += 1) {
    const next = listens(heard, [absent], noon + at * minute);
    expect(kindsOf(next)).toEqual([]);
    heard = next.heard;
  }
});

test('W64 trouble that comes and goes is called again only after five quiet minutes', () => {
  const silent = lesson({ troubles: [trouble('no-sound', noon)] });
  const { heard } = listens(listens(null, [], noon).heard, [silent], noon);
  const gone = listens(heard, [lesson()], noon + minute).heard;
  expect(kindsOf(listens(gone, [silent], noon + 2 * minute))).toEqual([]);
  expect(kindsOf(listens(gone, [silent], noon + 6 * minute))).toEqual(['no-sound']);
});

test('W64 another kind, and another source, in the same lesson is new trouble', () => {
  const black = trouble('black', noon, { source: 'camera' });
  const { heard } = listens(listens(null, [], noon).heard, [lesson({ troubles: [black] })], noon);
  const more = lesson({ troubles: [black, trouble('black', noon, { source: 'screen' }), trouble('frozen', noon, { source: 'camera' })] });
  expect(kindsOf(listens(heard, [more], noon + 5_000))).toEqual(['black', 'frozen']);
});

test('W64 trouble that is over when it is first heard of is not called', () => {
  const over = lesson({ troubles: [trouble('no-sound', noon, { until: noon + minute })] });
  expect(kindsOf(listens(new Map(), [over], noon + 2 * minute))).toEqual([]);
});

test('W64 the sound comes no more often than each quarter of a minute', () => {
  expect([maySound(null, noon), maySound(noon, noon + 14_999), maySound(noon, noon + 15_000)]).toEqual([true, false, true]);
});

test('W65 what is not looked at is not called, neither then nor when it comes into sight', () => {
  const { heard } = listen({ heard: new Map(), lessons: [absent], isWatched: () => false, now: noon });
  expect(kindsOf(listens(heard, [absent], noon + 5_000))).toEqual([]);
  expect(kindsOf(listen({ heard: new Map(), lessons: [absent], isWatched: () => false, now: noon }))).toEqual([]);
});
