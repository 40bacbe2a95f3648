// What is kept of the last hour.
import { expect, test } from 'vitest';
import { HourHistory, stepMs } from './hour-history.ts';

const start = 1_800_000_000_000;
const hourMs = 3_600_000;

test('B21 a step holds the mean of what was seen in it, and nothing where nothing was measured', () => {
  const history = new HourHistory(['people', 'joins']);
  history.add(start, { people: 10, joins: null });
  history.add(start + 5_000, { people: 20, joins: 300 });
  history.add(start + 10_000, { people: 60, joins: null });
  history.add(start + stepMs, { people: 7, joins: null });
  expect(history.read(start + stepMs)).toEqual({
    at: [start, start + stepMs],
    series: { people: [30, 7], joins: [300, null] },
  });
});

test('B21 it reaches back an hour, however long it runs', () => {
  const history = new HourHistory(['people']);
  for (let step = 0; step < 1_000; step += 1) history.add(start + step * stepMs, { people: step });
  const now = start + 999 * stepMs;
  const { at, series } = history.read(now);
  expect(at).toHaveLength(hourMs / stepMs);
  expect([at[0], at.at(-1)]).toEqual([now - hourMs + stepMs, now]);
  expect([series.people[0], series.people.at(-1)]).toEqual([760, 999]);
});

test('what is older than an hour is not told when the server slept meanwhile', () => {
  const history = new HourHistory(['people']);
  history.add(start, { people: 1 });
  expect(history.read(start + hourMs).at).toEqual([]);
  history.add(start + 2 * hourMs, { people: 2 });
  expect(history.read(start + 2 * hourMs)).toMatchObject({ series: { people: [2] } });
});

test('a clock that is set back adds nothing', () => {
  const history = new HourHistory(['people']);
  history.add(start + stepMs, { people: 5 });
  history.add(start, { people: 9 });
  expect(history.read(start + stepMs).series.people).toEqual([5]);
});

test('large and small figures keep four digits', () => {
  const history = new HourHistory(['bytes', 'share']);
  history.add(start, { bytes: 123_456_789_012, share: 0.012_345_6 });
  expect(history.read(start).series).toEqual({ bytes: [123_500_000_000], share: [0.01235] });
});
