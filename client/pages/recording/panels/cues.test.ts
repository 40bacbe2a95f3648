// An editor's steps lose no words and leave cues in order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { added, changed, cueAt, drafted, faultOf, readTime, removed, split, writeTime } from './cues.ts';

const cues = drafted([
  { fromMs: 0, toMs: 4000, text: 'Сәлеметсіздер ме, бүгін дифракция' },
  { fromMs: 5000, toMs: 8000, text: 'Second' },
]);
const texts = (list: typeof cues | null) => list?.map(({ fromMs, toMs, text }) => [fromMs, toMs, text]);

describe('a cue', () => {
  test('is split where the caret stands, at the moment that is played', () => {
    expect(texts(split(cues, 1, 17, 1500))).toEqual([
      [0, 1500, 'Сәлеметсіздер ме,'],
      [1500, 4000, 'бүгін дифракция'],
      [5000, 8000, 'Second'],
    ]);
  });

  test('is split by the lengths of the halves when another moment is played', () => {
    const halves = split(cues, 1, null, 60_000);
    expect(halves?.slice(0, 2).map(({ text }) => text)).toEqual(['Сәлеметсіздер ме,', 'бүгін дифракция']);
    expect(halves?.[0]?.toMs).toBe(halves?.[1]?.fromMs);
  });

  test('of one word cannot be split', () => {
    expect(split(cues, 2, null, 6000)).toBeNull();
    expect(split(cues, 9, null, 6000)).toBeNull();
  });

  test('that is added ends where the next begins', () => {
    expect(texts(added(cues, 4000).cues)?.[1]).toEqual([4000, 5000, '']);
    expect(texts(added(cues, 9000).cues)?.[2]).toEqual([9000, 12_000, '']);
  });

  test('moves to its place when its time changes', () => {
    expect(changed(cues, 1, { fromMs: 9000, toMs: 9500 }).map(({ id }) => id)).toEqual([2, 1]);
    expect(removed(cues, 1).map(({ id }) => id)).toEqual([2]);
  });

  test('is faulty without words, or when it ends before it begins', () => {
    expect(faultOf({ fromMs: 0, toMs: 1, text: ' ' })).toBe('no-text');
    expect(faultOf({ fromMs: 5, toMs: 5, text: 'a' })).toBe('ends-before-it-begins');
    expect(faultOf({ fromMs: 0, toMs: 1, text: 'a'.repeat(1001) })).toBe('too-long');
    expect(faultOf({ fromMs: 0, toMs: 1, text: 'a' })).toBeNull();
  });

  test('is found by the moment it is read at', () => {
    expect(cueAt(cues, 4000)).toBeUndefined();
    expect(cueAt(cues, 5000)?.id).toBe(2);
  });
});

describe('a time', () => {
  test('is read as people write it', () => {
    expect(readTime('12:40.5')).toBe(760_500);
    expect(readTime(' 1:02:03,25 ')).toBe(3_723_250);
    expect(readTime('90:00')).toBe(5_400_000);
    for (const wrong of ['', '12', '1:60', '1:99:00', '-1:00', '1:2:3:4', 'a:b']) expect(readTime(wrong)).toBeUndefined();
  });

  test('is read back as it was written', () => {
    fc.assert(fc.property(fc.nat(400 * 3_600_000), (ms) => readTime(writeTime(ms)) === ms));
  });
});
