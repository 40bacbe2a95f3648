// Stepping through the times of a day at which lessons begin.
import { expect, test } from 'vitest';
import { nearestSlot, type Slot, slotAt, steppedSlot } from './slots.ts';

const slot = (startsAt: number): Slot => ({ startsAt, endsAt: startsAt + 50, lessons: 1 });
const slots = [slot(100), slot(200), slot(300)];
const [first, second, third] = slots;

test('W71 the slot of a moment is the last that began before it', () => {
  expect([slotAt(slots, 99), slotAt(slots, 100), slotAt(slots, 260)]).toEqual([undefined, first, second]);
});

test('W71 one steps back and on until the day has no more', () => {
  expect([steppedSlot(slots, 250, -1), steppedSlot(slots, 250, 1)]).toEqual([first, third]);
  expect([steppedSlot(slots, 100, -1), steppedSlot(slots, 300, 1)]).toEqual([undefined, undefined]);
  expect(steppedSlot(slots, 0, 1)).toBe(first);
});

test('W71 another day is opened at the nearest time of day', () => {
  expect([nearestSlot(slots, 0), nearestSlot(slots, 240), nearestSlot([], 240)]).toEqual([first, second, undefined]);
});
