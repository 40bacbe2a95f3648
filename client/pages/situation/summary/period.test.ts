// The day or the week of a summary, as the address keeps it.
import { expect, test } from 'vitest';
import { periodOf, readPeriod, spanOf, writePeriod } from './period.ts';

const today = '2026-11-22';
const read = (query: string) => readPeriod(new URLSearchParams(query), today);

test('W72 an address without anything shows today', () => {
  expect(read('')).toEqual({ by: 'day', from: today });
  for (const none of ['the+last', '2026-02-30', '2026-13-01']) expect(read(`day=${none}`)).toEqual({ by: 'day', from: today });
  expect(writePeriod({ by: 'day', from: today }, today)).toEqual({});
});

test('W72 a week has its seven days, whatever day of it is named', () => {
  const week = read('by=week&day=2026-11-18');
  expect(spanOf(week)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(writePeriod(week, today)).toEqual({ by: 'week' });
  expect(writePeriod(week, '2026-11-30')).toEqual({ by: 'week', day: '2026-11-16' });
});

test('W72 another day is kept', () => {
  const period = periodOf('day', '2026-11-20');
  expect(readPeriod(new URLSearchParams(writePeriod(period, today)), today)).toEqual(period);
});
