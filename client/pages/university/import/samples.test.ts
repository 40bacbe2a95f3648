// What differs in a row is told column by column, also when a side lacks it.
import { expect, it } from 'vitest';
import { changesOf, valueText } from './samples.ts';

it('each column that either side names is one change', () => {
  const sample = {
    how: 'changed' as const,
    externalId: 's1',
    name: 'ИС-23-1',
    before: { title: 'A', place: null },
    after: { title: 'B', groups: ['x'] },
  };
  expect(changesOf(sample)).toEqual([
    { column: 'title', before: 'A', after: 'B' },
    { column: 'place', before: null, after: undefined },
    { column: 'groups', before: undefined, after: ['x'] },
  ]);
});

it.each([
  [undefined, '–'],
  [null, '–'],
  ['', '–'],
  [[], '–'],
  [['a', 'b'], 'a, b'],
  [0, '0'],
  [false, 'false'],
])('%j is written %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});
