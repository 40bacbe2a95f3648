// How often passwords may be guessed, and that this hinders nobody who knows the own one.
import { describe, expect, it } from 'vitest';
import { Refused } from '../contract/reply.ts';
import { SignInLimits } from './sign-in-limits.ts';

const campus = '198.51.100.7';
const right = async () => 'right';
const wrong = async () => null;

/** 'right', 'wrong', or the code of the refusal. */
const outcome = (answer: Promise<string | null>) =>
  answer.then(
    (result) => result ?? 'wrong',
    (error: unknown) => (error instanceof Refused ? error.code : Promise.reject(error)),
  );
const count = (outcomes: readonly string[], what: string) => outcomes.filter((each) => each === what).length;
const all = (length: number, ask: (index: number) => Promise<string | null>) =>
  Promise.all(Array.from({ length }, (_, index) => outcome(ask(index))));

describe('limits of signing in', () => {
  it('let a whole campus in that signs in at the same moment from one address', async () => {
    const limits = new SignInLimits();
    expect(count(await all(2000, (index) => limits.guard(`student${index}`, campus, right)), 'right')).toBe(2000);
  });

  it('let those in who know their password while others at the same address mistype theirs', async () => {
    const limits = new SignInLimits();
    await all(1000, (index) => limits.guard(`clumsy${index % 250}`, campus, wrong));
    expect(await outcome(limits.guard('honest', campus, right))).toBe('right');
    expect(await outcome(limits.guard('clumsy1', campus, right))).toBe('right');
  });

  it('check no more guesses from one address than they say, also when all come at once', async () => {
    const limits = new SignInLimits({ perNameAndAddress: 10, perName: 50, perAddress: 100 });
    let checked = 0;
    const slow = async () => {
      checked += 1;
      await new Promise(setImmediate);
      return null;
    };
    const outcomes = await all(400, (index) => limits.guard(`name${index}`, campus, slow));
    expect([checked, count(outcomes, 'wrong'), count(outcomes, 'too-many-requests')]).toEqual([100, 100, 300]);
  });

  it('keep nobody out who has signed in from there before, whatever strangers do at the same address', async () => {
    const limits = new SignInLimits({ perNameAndAddress: 10, perName: 50, perAddress: 100 });
    await limits.guard('teacher', campus, right);
    await all(400, (index) => limits.guard(`prank${index}`, campus, wrong));
    expect(await outcome(limits.guard('newcomer', campus, right))).toBe('too-many-requests');
    expect(await outcome(limits.guard('teacher', campus, right))).toBe('right');
    expect(count(await all(20, () => limits.guard('teacher', campus, wrong)), 'wrong')).toBe(10);
  });

  it('bound the guesses for one name from many addresses', async () => {
    const limits = new SignInLimits();
    const outcomes = await all(80, (index) => limits.guard('wanted', `192.0.2.${index}`, wrong));
    expect([count(outcomes, 'wrong'), count(outcomes, 'too-many-requests')]).toEqual([50, 30]);
  });

  it('count no attempt that came to no check', async () => {
    const limits = new SignInLimits({ perNameAndAddress: 2, perName: 2, perAddress: 2 });
    const full = async () => {
      throw new Refused('too-many-requests', 'the queue is full');
    };
    await all(10, () => limits.guard('patient', campus, full));
    expect(await outcome(limits.guard('patient', campus, right))).toBe('right');
  });
});
