// Numbers in sentences take the right form in each language.
import { expect, test } from 'vitest';
import { formatMessage, formatNumber } from './message.ts';
import ru from './ru/index.ts';

test.each([
  [1, '1 человек'],
  [2, '2 человека'],
  [5, '5 человек'],
  [11, '11 человек'],
  [21, '21 человек'],
  [23, '23 человека'],
])('Russian counts %i people', (n, words) => {
  expect(formatMessage('ru', ru['app.person.count'], { n })).toBe(words);
});

test('Russian tells one, few, many and fractions apart', () => {
  const message = '{n, plural, one {# урок} few {# урока} many {# уроков} other {# урока}}';
  expect([1, 3, 5, 1.5].map((n) => formatMessage('ru', message, { n }))).toEqual(['1 урок', '3 урока', '5 уроков', '1,5 урока']);
});

test('Kazakh digits are grouped by spaces and divided by a comma', () => {
  expect(formatNumber('kk', 1234567.5)).toBe(new Intl.NumberFormat('kk').format(1234567.5));
  expect(formatMessage('kk', '{n, plural, one {# адам} other {# адам}}', { n: 12345 })).toBe('12\u00a0345 адам');
});

test('a missing value is an error, not a hole in the sentence', () => {
  expect(() => formatMessage('en', 'Hello, {name}')).toThrow();
});
