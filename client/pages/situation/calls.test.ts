// What is called out: new trouble, once.
import { expect, test } from 'vitest';
import { type Heard, listen, maySound } from './calls.ts';
import { lesson, minute, noon, trouble } from './lesson.fixture.ts';

const absent = lesson({ state: 'not-begun', troubles: [trouble('teacher-absent', noon)] });
const kindsOf = ({ fresh }: ReturnType<typeof listen>) => fresh.map(({ trouble: { kind } }) => kind);

test('W64 what was there when the page was opened is not called', () => {
  expect(kindsOf(listen(null, [absent], noon))).toEqual([]);
});

test('W64 new trouble is called once, for as long as it goes on', () => {
  let heard: Heard | null = listen(null, [lesson()], noon).heard;
  const first = listen(heard, [absent], noon + minute);
  expect(kindsOf(first)).toEqual(['teacher-absent']);
  heard = first.heard;
  for (let at = 2; at < 20; at += 1) {
    const next = listen(heard, [absent], noon + at * minute);
    expect(kindsOf(next)).toEqual([]);
    heard = next.heard;
  }
});

test('W64 trouble that comes and goes is called again only after five quiet minutes', () => {
  const silent = lesson({ troubles: [trouble('no-sound', noon)] });
  const { heard } = listen(listen(null, [], noon).heard, [silent], noon);
  const gone = listen(heard, [lesson()], noon + minute).heard;
  expect(kindsOf(listen(gone, [silent], noon + 2 * minute))).toEqual([]);
  expect(kindsOf(listen(gone, [silent], noon + 6 * minute))).toEqual(['no-sound']);
});

test('W64 another kind, and another source, in the same lesson is new trouble', () => {
  const black = trouble('black', noon, { source: 'camera' });
  const { heard } = listen(listen(null, [], noon).heard, [lesson({ troubles: [black] })], noon);
  const more = lesson({ troubles: [black, trouble('black', noon, { source: 'screen' }), trouble('frozen', noon, { source: 'camera' })] });
  expect(kindsOf(listen(heard, [more], noon + 5_000))).toEqual(['black', 'frozen']);
});

test('W64 trouble that is over when it is first heard of is not called', () => {
  const over = lesson({ troubles: [trouble('no-sound', noon, { until: noon + minute })] });
  expect(kindsOf(listen(new Map(), [over], noon + 2 * minute))).toEqual([]);
});

test('W64 the sound comes no more often than each quarter of a minute', () => {
  expect([maySound(null, noon), maySound(noon, noon + 14_999), maySound(noon, noon + 15_000)]).toEqual([true, false, true]);
});
