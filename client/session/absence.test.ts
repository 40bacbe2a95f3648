// What a device says of its gap.
import { expect, test } from 'vitest';
import { DeviceWord } from '../../server/contract/line-evidence.ts';
import { Absence, timerEveryMs } from './absence.ts';

/** Timers run while nothing else happens. */
function awake(absence: Absence, from: number, to: number): void {
  for (let at = from; at <= to; at += timerEveryMs) absence.timerRan(at);
}

test('G8 nothing is said without a gap', () => {
  const absence = new Absence();
  awake(absence, 0, 60_000);
  expect(absence.word(60_000)).toBeNull();
  absence.lost(60_000);
  absence.back();
  expect(absence.word(61_000)).toBeNull();
});

test('G8 a gap on a page that is seen, with a network, awake', () => {
  const absence = new Absence();
  awake(absence, 0, 60_000);
  absence.lost(60_000);
  awake(absence, 60_000, 90_000);
  expect(absence.word(92_000)).toEqual({ offline: false, hiddenMs: 0, slept: false });
});

test('G8 the network was gone, as the browser said shortly before the line broke', () => {
  const absence = new Absence();
  absence.network(false, 45_000);
  absence.network(true, 50_000);
  absence.lost(65_000);
  expect(absence.word(66_000)?.offline).toBe(true);
  absence.back();
  absence.lost(200_000);
  expect(absence.word(201_000)?.offline).toBe(false);
});

test('G8 the network was gone long before, and has nothing to do with it', () => {
  const absence = new Absence();
  absence.network(false, 1000);
  absence.network(true, 5000);
  absence.lost(65_000);
  expect(absence.word(66_000)?.offline).toBe(false);
});

test('G8 the lid was closed: no timer ran, and the line was found broken only afterwards', () => {
  const absence = new Absence();
  awake(absence, 0, 60_000);
  absence.page(false, 61_000);
  absence.timerRan(661_000);
  absence.lost(662_000);
  absence.page(true, 663_000);
  expect(absence.word(664_000)).toEqual({ offline: false, hiddenMs: 602_000, slept: true });
});

test('G8 a sleep that ends with the very message is one', () => {
  const absence = new Absence();
  absence.timerRan(1000);
  absence.lost(2000);
  expect(absence.word(60_000)?.slept).toBe(true);
});

test('G8 timers that a browser slows down behind other pages are no sleep', () => {
  const absence = new Absence();
  absence.page(false, 0);
  for (let at = 0; at <= 600_000; at += 60_000) absence.timerRan(at);
  absence.lost(600_000);
  expect(absence.word(660_000)).toEqual({ offline: false, hiddenMs: 60_000, slept: false });
});

test('G8 hidden is only what of it lies in the gap', () => {
  const absence = new Absence();
  awake(absence, 0, 100_000);
  absence.page(false, 50_000);
  absence.page(true, 105_000);
  absence.lost(100_000);
  awake(absence, 100_000, 110_000);
  absence.page(false, 110_000);
  expect(absence.word(112_500)?.hiddenMs).toBe(7500);
});

test('G8 whatever clocks do, the server takes the word', () => {
  const absence = new Absence();
  absence.page(false, 5_000_000);
  absence.page(true, 1000.5);
  absence.page(false, 2000.25);
  absence.lost(3000.75);
  expect(DeviceWord.safeParse(absence.word(1000)).success).toBe(true);
  expect(DeviceWord.safeParse(absence.word(1e12)).success).toBe(true);
});
