// What counts as played.
import { describe, expect, test } from 'vitest';
import { Played } from './played.ts';

/** Plays on for so long, told every 100 ms. Answers where it is. */
function play(played: Played, from: number, lastsMs: number, speed = 1, began = from): number {
  for (let passed = 0; passed <= lastsMs; passed += 100) played.at(from + passed * speed, speed, began + passed);
  return from + lastsMs * speed;
}

describe('G12 played is', () => {
  test('what ran through, once, whenever it is asked for', () => {
    const played = new Played();
    play(played, 1000, 2000);
    expect(played.take()).toEqual([{ fromMs: 1000, toMs: 3000, speed: 1 }]);
    expect(played.take()).toEqual([]);
    play(played, 3000, 1000);
    played.stop();
    expect(played.take()).toEqual([{ fromMs: 3000, toMs: 4000, speed: 1 }]);
  });

  test('not what was skipped over, forwards or backwards', () => {
    const played = new Played();
    play(played, 0, 1000, 1, 0);
    play(played, 60_000, 1000, 1, 1100);
    play(played, 10_000, 1000, 1, 2200);
    expect(played.take()).toEqual([
      { fromMs: 0, toMs: 1000, speed: 1 },
      { fromMs: 60_000, toMs: 61_000, speed: 1 },
      { fromMs: 10_000, toMs: 11_000, speed: 1 },
    ]);
  });

  test('not more for a clock that is corrected a little', () => {
    const played = new Played();
    played.at(0, 1, 0);
    played.at(1000, 1, 1000);
    played.at(950, 1, 1050);
    played.at(1050, 1, 1100);
    expect(played.take()).toEqual([{ fromMs: 0, toMs: 1050, speed: 1 }]);
  });

  test('with its speed', () => {
    const played = new Played();
    const at = play(played, 0, 1000, 2, 0);
    play(played, at, 1000, 1.5, 1000);
    expect(played.take()).toEqual([
      { fromMs: 0, toMs: 2000, speed: 2 },
      { fromMs: 2000, toMs: 3500, speed: 1.5 },
    ]);
  });

  test('also what a page behind others plays, whose timers run seldom', () => {
    const played = new Played();
    for (let now = 0; now <= 60_000; now += 1000) played.at(now, 1, now);
    expect(played.take()).toEqual([{ fromMs: 0, toMs: 60_000, speed: 1 }]);
  });

  test('nothing while the computer sleeps', () => {
    const played = new Played();
    play(played, 0, 1000, 1, 0);
    played.at(1100, 1, 600_000);
    expect(played.take()).toEqual([{ fromMs: 0, toMs: 1000, speed: 1 }]);
  });
});
