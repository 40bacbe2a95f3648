// The order of a day.
import { expect, test } from 'vitest';
import { dayPlan } from './day-plan.ts';

const minute = 60_000;
const at = (from: number, to: number) => ({ startsAt: from * minute, endsAt: to * minute });
const morning = [at(0, 50), at(60, 110), at(110, 160)];
const shape = (now?: number) => dayPlan(morning, now === undefined ? undefined : now * minute).map(({ kind }) => kind);

test('breaks are shown where there are some', () => {
  expect(shape()).toEqual(['lesson', 'break', 'lesson', 'lesson']);
});

test('free hours are no break', () => {
  expect(dayPlan([at(0, 50), at(400, 450)], undefined).map(({ kind }) => kind)).toEqual(['lesson', 'lesson']);
});

test('now stands before the day, instead of a break, and after the day', () => {
  expect(shape(-10)).toEqual(['now', 'lesson', 'break', 'lesson', 'lesson']);
  expect(shape(55)).toEqual(['lesson', 'now', 'lesson', 'lesson']);
  expect(shape(200)).toEqual(['lesson', 'break', 'lesson', 'lesson', 'now']);
});

test('during a lesson now lies within it', () => {
  const [, , second] = dayPlan(morning, 85 * minute);
  expect(second).toEqual({ kind: 'lesson', lesson: morning[1], passed: 0.5 });
});

test('an empty day has no now', () => {
  expect(dayPlan([], 10)).toEqual([]);
});
