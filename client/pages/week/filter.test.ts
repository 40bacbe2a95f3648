// The address holds whose week is shown, and a shared address shows the same.
import { expect, test } from 'vitest';
import { askedFor, type Filter, readFilter, writeFilter } from './filter.ts';

const today = '2026-11-25';
const read = (address: string) => readFilter(new URLSearchParams(address), today);
const written = (filter: Filter) => writeFilter(filter, today).toString();

test('an address is read and written back unchanged', () => {
  for (const address of [
    'group=g1&week=2026-11-16',
    'teacher=p1&kind=lecture',
    'by=place',
    'faculty=f1&day=2026-11-26',
    'course=c-1_X',
    '',
  ])
    expect(written(read(address))).toBe(address);
});

test('a week may be named by any of its days', () => {
  expect(read('group=g1&week=2026-11-19').week).toBe('2026-11-16');
  expect(read('group=g1&week=2026-11-22').week).toBe('2026-11-16');
});

test('without a week it is the current one', () => {
  expect(read('group=g1').week).toBe('2026-11-23');
});

test('what cannot be is passed over, not shown as a fault', () => {
  expect(read('group=../x&kind=party&week=2026-02-30&day=never')).toEqual({
    what: 'group',
    id: undefined,
    kind: undefined,
    week: '2026-11-23',
    day: undefined,
  });
});

test('a day outside the week is passed over', () => {
  expect(read('group=g1&week=2026-11-16&day=2026-11-23').day).toBeUndefined();
  expect(read('group=g1&week=2026-11-16&day=2026-11-22').day).toBe('2026-11-22');
});

test('the server is asked for one thing by its id, and for nothing while nothing is chosen', () => {
  expect(askedFor(read('place=a1&kind=seminar'))).toEqual({ placeId: 'a1', kind: 'seminar' });
  expect(askedFor(read('by=place'))).toBeUndefined();
});
