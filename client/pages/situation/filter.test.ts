// The address keeps what the board shows, and nothing that is not meant.
import { expect, test } from 'vitest';
import { addressWith, narrows, nothingChosen, readFilter, writeFilter } from './filter.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));

test('W62 what is written into the address is read again', () => {
  const filter = { at: 1_795_417_200_000, faculty: 'f-1', building: '', kind: 'seminar', state: 'needing', search: 'дерек' } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

test('W62 an address without anything shows everything of now', () => {
  expect(read('')).toEqual({ at: undefined, ...nothingChosen });
  expect(writeFilter(read('')).size).toBe(0);
  expect(narrows(read('at=5'))).toBe(false);
  expect(narrows(read('building='))).toBe(true);
});

test('W62 what makes no sense in an address is left out', () => {
  expect(read('at=yesterday&faculty=<script>&kind=party&state=asleep')).toEqual({ at: undefined, ...nothingChosen });
});

test('W62 the other pages keep what is chosen', () => {
  expect(addressWith('/situation/wall', read('faculty=f-1'))).toBe('/situation/wall?faculty=f-1');
  expect(addressWith('/situation/wall', read(''))).toBe('/situation/wall');
});
