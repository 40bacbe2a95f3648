// How fast a socket may ask, and how many there may be.
import { describe, expect, it } from 'vitest';
import { Headcount, Pacing } from './socket-limits.ts';

const verdicts = (pacing: Pacing, name: string, times: number, atMs: number) =>
  Array.from({ length: times }, () => pacing.ask(name, atMs).verdict);
const count = (list: readonly string[], wanted: string) => list.filter((each) => each === wanted).length;

describe('pacing', () => {
  it('lets ten messages through at once and five a second after that', () => {
    const pacing = new Pacing({ burst: 100, perSecond: 1 }, 0);
    expect(count(verdicts(pacing, 'chat:post', 15, 0), 'go')).toBe(10);
    expect(count(verdicts(pacing, 'chat:post', 15, 1000), 'go')).toBe(5);
  });

  it('says how long to wait', () => {
    const pacing = new Pacing({ burst: 100, perSecond: 1 }, 0);
    verdicts(pacing, 'room:react', 5, 0);
    expect(pacing.ask('room:react', 0)).toEqual({ verdict: 'wait', retryAfterMs: 200 });
  });

  it('keeps requests of other kinds apart, and all unknown ones together', () => {
    const pacing = new Pacing({ burst: 100, perSecond: 1 }, 0);
    verdicts(pacing, 'chat:post', 15, 0);
    expect(count(verdicts(pacing, 'a', 30, 0), 'go') + count(verdicts(pacing, 'b', 60, 0), 'go')).toBe(60);
  });

  it('shows out who goes on and on', () => {
    const pacing = new Pacing({ burst: 3, perSecond: 1 }, 0);
    expect(verdicts(pacing, 'room:react', 9, 0)).toEqual([...Array(5).fill('go'), 'wait', 'wait', 'wait', 'out']);
  });
});

describe('a headcount', () => {
  it('is full at its limit and forgets who went', () => {
    const count = new Headcount(2);
    count.add('a');
    count.add('a');
    expect([count.isFull('a'), count.isFull('b')]).toEqual([true, false]);
    count.remove('a');
    expect(count.isFull('a')).toBe(false);
  });
});
