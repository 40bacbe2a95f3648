// All lessons of a course are reached, each once, however far apart they lie.
import { expect, test } from 'vitest';
import { type Direction, nextStep, spanAt, within } from './spans.ts';

const day = 24 * 3_600_000;
const now = 1000 * day;
const lesson = (startsAt: number) => ({ startsAt, endsAt: startsAt + 1 });
const lessons = [now - 200 * day, now - 56 * day, now - day, now - 0.5, now + day, now + 56 * day, now + 300 * day].map(lesson);

function walk(direction: Direction, counted: number): number[] {
  const found: number[] = [];
  for (let step: number | undefined = 0; step !== undefined; step = nextStep(step, found.length, counted)) {
    const span = spanAt(direction, now, step);
    // As the server answers: whatever touches the span.
    const touching = lessons.filter(({ startsAt, endsAt }) => startsAt < span.to && endsAt > span.from);
    found.push(...within(touching, direction, now, span).map(({ startsAt }) => startsAt));
  }
  return found;
}

test('the lesson that runs comes first, then the others by time', () => {
  expect(walk('coming', 4)).toEqual([now - 0.5, now + day, now + 56 * day, now + 300 * day]);
});

test('what is over is read from the latest back', () => {
  expect(walk('past', 3)).toEqual([now - day, now - 56 * day, now - 200 * day]);
});

test('the walk ends although fewer are found than were counted', () => {
  expect(walk('past', 99)).toHaveLength(3);
});
