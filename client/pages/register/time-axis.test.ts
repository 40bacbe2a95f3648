// The times under a lesson's picture are round, few, and within it.
import { expect, test } from 'vitest';
import { instantAt } from '../../i18n/index.ts';
import { percentAt, ticksOf } from './time-axis.ts';

const at = (time: string) => instantAt('2026-11-02', time);
const minutes = 60_000;

test('a lesson of 50 minutes has a time every ten', () => {
  expect(ticksOf({ from: at('09:00'), to: at('09:50') })).toEqual(['09:00', '09:10', '09:20', '09:30', '09:40', '09:50'].map(at));
});

test('times are those of the clock, not of the lesson’s start', () => {
  expect(ticksOf({ from: at('08:57') + 1_500, to: at('09:53') })).toEqual(['09:00', '09:10', '09:20', '09:30', '09:40', '09:50'].map(at));
});

test('however long the lesson is, there are few times, and none outside', () => {
  for (let length = 1; length < 14 * 60; length += 7) {
    const axis = { from: at('08:13'), to: at('08:13') + length * minutes };
    const ticks = ticksOf(axis);
    expect(ticks.length, `${length} minutes`).toBeLessThanOrEqual(7);
    expect(ticks.every((tick) => tick >= axis.from && tick <= axis.to)).toBe(true);
  }
});

test('what lies outside the axis is drawn at its edge', () => {
  const axis = { from: 100, to: 300 };
  expect([0, 100, 150, 300, 900].map((instant) => percentAt(axis, instant))).toEqual([0, 0, 25, 100, 100]);
});
