// Lessons that overlap stand side by side.
import { expect, test } from 'vitest';
import { lanesOf } from './week-layout.ts';

const at = (startsAt: number, endsAt: number) => ({ startsAt, endsAt });
const lanes = (...lessons: ReturnType<typeof at>[]) => lanesOf(lessons).map(({ lane, lanes: all }) => `${lane}/${all}`);

test('lessons one after the other have the whole width', () => {
  expect(lanes(at(0, 50), at(50, 100))).toEqual(['0/1', '0/1']);
});

test('lessons at the same time share the width', () => {
  expect(lanes(at(0, 50), at(0, 50), at(60, 100))).toEqual(['0/2', '1/2', '0/1']);
});

test('a lane that is free again is used again', () => {
  expect(lanes(at(0, 100), at(10, 40), at(40, 90))).toEqual(['0/2', '1/2', '1/2']);
});

test('an empty day needs no lane', () => {
  expect(lanes()).toEqual([]);
});
