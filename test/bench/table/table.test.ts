// The table of measurements: what counts as reached, how figures are written, what is read back.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { median, rangeOf, shareOf } from './figures.ts';
import { readResults, resultsIn, writeResults } from './results.ts';
import { atLeast, atMost, exactly, told } from './row.ts';
import { rounded, tableOf } from './table.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auditoria-table-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a goal that is just met is reached', () => {
  expect(atMost('a', 1.03, 'ratio', 1.03)).toMatchObject({ goal: '≤ 1.03', reached: true });
  expect(atMost('a', 1.031, 'ratio', 1.03).reached).toBe(false);
  expect(atLeast('a', 2, 'workers', 2).reached).toBe(true);
  expect(exactly('a', 999, 'people', 1000)).toMatchObject({ goal: '= 1000', reached: false });
  expect(told('a', 5, 'ms')).toMatchObject({ goal: null, reached: null });
});

test('the median of an even number lies between the two in the middle, and of none is 0', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([])).toBe(0);
});

test('a percentile is one of the values that were measured', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(shareOf(values, 0.95)).toBe(95);
  expect(shareOf([7], 0.95)).toBe(7);
  expect(shareOf([], 0.95)).toBe(0);
});

test('a range names the least and the most', () => {
  expect(rangeOf([1.2, 1.05, 1.1])).toBe('1.05 – 1.20');
});

test('figures have the digits that they can bear', () => {
  expect([1.0349, 12.345, 123.45, 500].map(rounded)).toEqual(['1.03', '12.3', '123', '500']);
});

test('the table says of each figure what it is a ratio to, its goal and whether it is reached, and counts the goals', () => {
  const rows = [
    atMost('CPU per packet', 1.01, 'ratio', 1.03, { ratioOf: 'bare app', note: '13.4 µs' }),
    exactly('joined', 999, 'people', 1000),
    told('p95', 12.34, 'ms'),
  ];
  const text = tableOf([{ bench: 'sfu', at: '2026-01-01T00:00:00.000Z', rows }]);
  expect(text).toMatch(/CPU per packet : bare app +1\.01 +≤ 1\.03 +reached\n +13\.4 µs/);
  expect(text).toMatch(/joined +999 people += 1000 +NOT reached/);
  expect(text).toMatch(/p95 +12\.3 ms\n/);
  expect(text).toContain('1 of 2 goals reached');
});

test('results are read back as they were written, all of a folder by name, and nothing else passes for them', async () => {
  const rows = [atMost('CPU', 1, 'ratio', 2, { ratioOf: 'bare app' })];
  await writeResults(join(folder, 'sfu.json'), 'sfu', rows);
  await writeResults(join(folder, 'bell.json'), 'bell', []);
  expect((await readResults(join(folder, 'sfu.json'))).rows).toEqual(rows);
  expect((await resultsIn(folder)).map(({ bench }) => bench)).toEqual(['bell', 'sfu']);
  expect(await resultsIn(join(folder, 'nowhere'))).toEqual([]);
  await writeFile(join(folder, 'sfu.json'), '{"bench":"sfu","at":"yesterday","rows":[{"name":"x"}]}');
  await expect(readResults(join(folder, 'sfu.json'))).rejects.toThrow();
});
