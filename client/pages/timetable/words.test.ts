// Changes of a lesson are told with what the reader needs and no more.
import { expect, test } from 'vitest';
import { instantAt } from '../../i18n/index.ts';
import { markWords, placeWords } from './words.ts';

// Texts that show which sentence is said, and with what.
const texts = {
  t: (key: string, values?: object) => `${key.split('.').at(-1)}${values ? ` ${Object.values(values).join()}` : ''}`,
  time: () => 'TIME',
  dateTime: () => 'DATE TIME',
};
const startsAt = instantAt('2026-11-23', '10:00');

test('a lesson that moved within its day names only the time', () => {
  expect(markWords({ type: 'moved', from: instantAt('2026-11-23', '08:00') }, startsAt, texts)).toBe('moved TIME');
});

test('a lesson that came from another day names the day too', () => {
  expect(markWords({ type: 'moved', from: instantAt('2026-11-24', '10:00') }, startsAt, texts)).toBe('moved DATE TIME');
});

test('a place that was given is not said to have been another', () => {
  expect(markWords({ type: 'place-changed', from: null }, startsAt, texts)).toBe('placeGiven');
  expect(markWords({ type: 'place-changed', from: '301' }, startsAt, texts)).toBe('placeChanged 301');
});

test('a lesson in the browser names no place, whatever place is kept', () => {
  const place = { id: 'p', name: '301', building: 'A' } as never;
  expect(placeWords({ mode: 'online', place }, texts)).toBeUndefined();
  expect(placeWords({ mode: 'on-site', place }, texts)).toBe('301, A');
  expect(placeWords({ mode: 'hybrid', place }, texts)).toBe('placeAndOnline 301, A');
  expect(placeWords({ mode: 'hybrid', place: null }, texts)).toBe('hybrid');
});
