// The history of a lesson tells what was and what became, and no more.
import { expect, test } from 'vitest';
import { instantAt } from '../../../i18n/index.ts';
import { historyWords } from './history.ts';

const texts = {
  t: (key: string, values?: object) => [key.split('.').slice(1).join('.'), ...Object.values(values ?? {})].join('|'),
  time: (at: unknown) => `time ${at}`,
  dateTime: (at: unknown) => `day ${at}`,
  timeRange: (from: unknown, to: unknown) => `${from}-${to}`,
};
const ten = instantAt('2026-11-24', '10:00');
const hour = 3_600_000;

test('within a day only the times are told', () => {
  const before = { startsAt: ten, endsAt: ten + hour };
  const after = { startsAt: ten + hour, endsAt: ten + 2 * hour };
  expect(historyWords({ before, after }, texts)).toEqual([`history.line|field.time|${ten}-${ten + hour}|${ten + hour}-${ten + 2 * hour}`]);
});

test('a cancelled lesson is told in one word, and so is a restored one', () => {
  expect(historyWords({ before: { cancelled: false }, after: { cancelled: true } }, texts)).toEqual(['state.cancelled']);
  expect(historyWords({ before: { cancelled: true }, after: { cancelled: false } }, texts)).toEqual(['history.restored']);
});

test('nothing is told as a dash, and unknown fields are not told', () => {
  const told = historyWords({ before: { place: null, colour: 'red' }, after: { place: '301', colour: 'blue' } }, texts);
  expect(told).toEqual(['history.line|field.place|–|301']);
});

test('several fields make several lines', () => {
  const before = { groups: ['A'], mode: 'online', place: null };
  const after = { groups: ['A', 'B'], mode: 'hybrid', place: '301' };
  expect(historyWords({ before, after }, texts)).toEqual([
    'history.line|field.groups|A|A, B',
    'history.line|field.place|–|301',
    'history.line|field.mode|mode.online|mode.hybrid',
  ]);
});
