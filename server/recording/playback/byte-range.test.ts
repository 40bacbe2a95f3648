// Range headers, as RFC 9110 has them.
import { expect, it } from 'vitest';
import { readRange } from './byte-range.ts';

it.each([
  [undefined, 'whole'],
  ['bytes=0-', { start: 0, end: 999 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=990-5000', { start: 990, end: 999 }],
  ['bytes=-10', { start: 990, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=20-10', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=1-2,4-5', 'whole'],
  ['seconds=1-2', 'whole'],
  ['bytes=99999999999999999999-', 'whole'],
])('%s of 1000 bytes is %j', (header, range) => {
  expect(readRange(header, 1000)).toEqual(range);
});
