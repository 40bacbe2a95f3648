// What is seen before the first picture was captured.
import { describe, expect, test } from 'vitest';
import { picturesMomentOf } from './opening.ts';

const microphone = { source: 'microphone', parts: [{ startMs: 100 }] } as const;
const screen = (startMs: number) => ({ source: 'screen', parts: [{ startMs }, { startMs: 60_000 }] }) as const;

describe('V85 the picture a recording opens with', () => {
  test('is the first that was captured, though it came a moment later', () => {
    expect(picturesMomentOf([microphone, screen(700), screen(320)], 0)).toBe(320);
  });

  test('is not one that came long after', () => {
    expect(picturesMomentOf([microphone, screen(5001)], 0)).toBe(0);
    expect(picturesMomentOf([microphone], 0)).toBe(0);
  });

  test('leaves every later moment as it is', () => {
    expect(picturesMomentOf([microphone, screen(320)], 30_000)).toBe(30_000);
  });
});
