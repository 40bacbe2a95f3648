// What is asked of the server: whole index lines, from where one can enter, in few and bounded requests.
import { describe, expect, test } from 'vitest';
import { chunkFrom, entryBefore, type Fragment, readFragments } from './fragments.ts';

const line = (from: number, length: number, offset: number, bytes: number, key: 0 | 1) =>
  `${JSON.stringify([from, length, offset, bytes, key])}\n`;

/** Half-second fragments of 1000 bytes after 800 bytes of beginning, every fourth a key. */
const fragments: readonly Fragment[] = Array.from({ length: 40 }, (_, index) => ({
  fromMs: 10_000 + index * 500,
  toMs: 10_500 + index * 500,
  offset: 800 + index * 1000,
  bytes: 1000,
  isKey: index % 4 === 0,
}));
const wide = { untilMs: 60_000, mostMs: 60_000, mostBytes: 1_000_000 };

describe('an index', () => {
  test('is read up to its last whole line', () => {
    const whole = line(0, 500, 800, 100, 1) + line(500, 500, 900, 120, 0);
    const { fragments: found, read } = readFragments(`${whole}[1000,5`);
    expect(found).toEqual([
      { fromMs: 0, toMs: 500, offset: 800, bytes: 100, isKey: true },
      { fromMs: 500, toMs: 1000, offset: 900, bytes: 120, isKey: false },
    ]);
    expect(read).toBe(whole.length);
  });

  test('of which no line is whole yet gives nothing', () => {
    expect(readFragments('[0,500')).toEqual({ fragments: [], read: 0 });
  });
});

describe('the entry to a moment', () => {
  test('is the last key before it', () => {
    expect(entryBefore(fragments, 13_900)).toBe(4);
    expect(entryBefore(fragments, 12_000)).toBe(4);
    expect(entryBefore(fragments, 11_999)).toBe(0);
  });

  test('is the beginning for a moment before the part', () => {
    expect(entryBefore(fragments, 0)).toBe(0);
    expect(entryBefore([], 0)).toBe(0);
  });
});

describe('a request', () => {
  test('holds the fragments that begin before the end of what is wanted', () => {
    expect(chunkFrom(fragments, 0, { ...wide, untilMs: 11_000 })).toEqual({ count: 2, firstByte: 800, lastByte: 2799, toMs: 11_000 });
    expect(chunkFrom(fragments, 2, { ...wide, untilMs: 11_000 })).toBeUndefined();
  });

  test('is bounded in time and bytes, but never empty', () => {
    expect(chunkFrom(fragments, 4, { ...wide, mostMs: 2000 })?.count).toBe(4);
    expect(chunkFrom(fragments, 4, { ...wide, mostBytes: 2500 })?.count).toBe(2);
    expect(chunkFrom(fragments, 4, { ...wide, mostMs: 1, mostBytes: 1 })?.count).toBe(1);
  });

  test('never spans bytes that belong to no fragment', () => {
    const apart = fragments.map((fragment, index) => (index < 3 ? fragment : { ...fragment, offset: fragment.offset + 1 }));
    expect(chunkFrom(apart, 0, wide)?.count).toBe(3);
  });

  test('ends with the part', () => {
    expect(chunkFrom(fragments, 38, wide)).toEqual({ count: 2, firstByte: 38_800, lastByte: 40_799, toMs: 30_000 });
    expect(chunkFrom(fragments, 40, wide)).toBeUndefined();
  });
});
