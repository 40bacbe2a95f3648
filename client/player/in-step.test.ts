// The clock, and how a track that is off gets back into step with it.
import { describe, expect, test } from 'vitest';
import { PlayClock } from './clock.ts';
import { stepFor } from './step.ts';

describe('the clock', () => {
  test('stands until it is started and stands again when held', () => {
    const clock = new PlayClock(5000);
    expect(clock.position(999)).toBe(5000);
    clock.start(1000);
    expect(clock.position(1500)).toBe(5500);
    clock.hold(2000);
    expect(clock.position(9000)).toBe(6000);
  });

  test('goes at the chosen speed from the moment of choosing', () => {
    const clock = new PlayClock(0);
    clock.start(0);
    clock.setSpeed(2, 1000);
    expect(clock.position(1500)).toBe(2000);
    clock.setSpeed(0.75, 2000);
    expect(clock.position(3000)).toBe(3750);
  });

  test('goes on from where the sound is', () => {
    const clock = new PlayClock(0);
    clock.start(0);
    clock.moveTo(970, 1000);
    expect(clock.position(1100)).toBe(1070);
  });
});

describe.each(['picture', 'sound'] as const)('a %s', (kind) => {
  test('in step plays at the chosen speed exactly', () => {
    expect(stepFor(kind, 0, 1.5)).toEqual({ jump: false, rate: 1.5 });
    expect(stepFor(kind, -5, 1)).toEqual({ jump: false, rate: 1 });
  });

  test('behind is hurried, ahead is held back', () => {
    const behind = stepFor(kind, -40, 1);
    const ahead = stepFor(kind, 40, 1);
    expect(!behind.jump && behind.rate).toBeGreaterThan(1);
    expect(!ahead.jump && ahead.rate).toBeLessThan(1);
  });

  test('far off jumps', () => {
    expect(stepFor(kind, 1000, 1)).toEqual({ jump: true });
    expect(stepFor(kind, -1000, 2)).toEqual({ jump: true });
  });

  test('gets within 40 ms in a second and a half from as far as it does not jump', () => {
    for (const speed of [0.75, 1, 2]) {
      let aheadMs = -150;
      for (let passed = 0; passed < 1500; passed += 100) {
        const step = stepFor(kind, aheadMs, speed);
        if (!step.jump) aheadMs += (step.rate - speed) * 100;
      }
      expect(Math.abs(aheadMs)).toBeLessThan(40);
    }
  });
});

test('sound is never pulled so hard that it is heard', () => {
  const step = stepFor('sound', 150, 1);
  expect(!step.jump && step.rate).toBeGreaterThanOrEqual(0.9);
});
