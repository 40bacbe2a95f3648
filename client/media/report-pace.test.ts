// How often a page tells of its line.
import { expect, it } from 'vitest';
import { ReportPace } from './report-pace.ts';

it('Z4 the first look is told, then trouble at once and what is well every third time, with how long it has been well', () => {
  const pace = new ReportPace();
  const looks = [true, true, true, true, false, false, true, true, true];
  expect(looks.map((isFine) => pace.looked(isFine, 10_000))).toEqual([10_000, null, null, 30_000, 10_000, 10_000, null, null, 30_000]);
});

it('Z4 after a rest the next look is told at once, and speaks of itself alone', () => {
  const pace = new ReportPace();
  pace.looked(true, 10_000);
  pace.looked(true, 10_000);
  pace.rested();
  expect(pace.looked(true, 10_000)).toBe(10_000);
});

it('Z4 a page that looked long ago says no more than the server takes', () => {
  expect(new ReportPace().looked(true, 900_000)).toBe(120_000);
});
