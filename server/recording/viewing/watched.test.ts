// What can have been watched, and what is kept of it.
import { describe, expect, it } from 'vitest';
import { Random } from '../../../test/fuzz/random.ts';
import { Refused } from '../../contract/reply.ts';
import { slackMs, spend, watchingFrom } from './watched.ts';

const minute = 60_000;
const hour = 60 * minute;
const stretch = (fromMs: number, toMs: number, speed = 1) => ({ fromMs, toMs, speed });
const whyOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof Refused ? [error.code, error.details?.why] : error;
  }
  return 'taken';
};

describe('G10 what can have been watched', () => {
  it('takes as long as it lasts, at its speed, with a little to spare', () => {
    const since = watchingFrom(0);
    const say = (stretches: ReturnType<typeof stretch>[], now: number) => whyOf(() => spend(since, { stretches }, hour, now));
    expect(say([stretch(0, 30_000)], 30_000)).toBe('taken');
    expect(say([stretch(0, 30_000 + slackMs)], 30_000)).toBe('taken');
    expect(say([stretch(0, 30_001 + slackMs)], 30_000)).toEqual(['bad-request', 'too-fast']);
    expect(say([stretch(0, 2 * (30_000 + slackMs), 2)], 30_000)).toBe('taken');
    expect(say([stretch(0, minute, 0.5)], minute)).toEqual(['bad-request', 'too-fast']);
    expect(say([stretch(0, 40_000), stretch(0, 40_000)], 30_000)).toEqual(['bad-request', 'too-fast']);
  });

  it('lies within the recording, and runs forwards', () => {
    const say = (...stretches: ReturnType<typeof stretch>[]) => whyOf(() => spend(watchingFrom(0), { stretches }, minute, hour));
    expect(say(stretch(minute - 5000, minute + 5000))).toBe('taken');
    expect(say(stretch(minute - 5000, minute + 5001))).toEqual(['bad-request', 'outside']);
    expect(say(stretch(3000, 3000))).toEqual(['bad-request', 'backwards']);
    expect(say(stretch(4000, 3000))).toEqual(['bad-request', 'backwards']);
  });

  it('never adds up to more than the time that has passed, however it is cut into reports', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = new Random(seed);
      let [left, now, took] = [watchingFrom(0), 0, 0];
      for (let report = 0; report < 200; report += 1) {
        now += random.below(2000);
        const lasts = 1 + random.below(6000);
        const speed = 0.25 + random.below(16) / 4;
        if (whyOf(() => ({ left } = spend(left, { stretches: [stretch(0, lasts, Math.min(4, speed))] }, hour, now))) === 'taken')
          took += lasts / Math.min(4, speed);
      }
      expect(took).toBeLessThanOrEqual(now + slackMs + 0.001);
    }
  });

  it('is earned back by time in which nothing was watched, and never beyond the slack', () => {
    const first = spend(watchingFrom(0), { stretches: [stretch(0, slackMs)] }, hour, 0);
    expect(first.left.leftMs).toBe(0);
    const later = spend(first.left, { stretches: [stretch(0, 1000)] }, hour, 10 * minute);
    expect(whyOf(() => spend(later.left, { stretches: [stretch(0, minute)] }, hour, 11 * minute))).toBe('taken');
    expect(whyOf(() => spend(later.left, { stretches: [stretch(0, minute + slackMs + 1)] }, hour, 11 * minute))).toEqual([
      ...['bad-request', 'too-fast'],
    ]);
  });

  it('is there for all reports that come at once, as they do when the line is back', () => {
    const backlog = [0, 1, 2, 3].map((part) => stretch(part * 2 * minute, (part + 1) * 2 * minute));
    let left = watchingFrom(0);
    for (const one of backlog) ({ left } = spend(left, { stretches: [one] }, hour, 8 * minute));
    expect(left.leftMs).toBe(slackMs);
    expect(whyOf(() => spend(left, { stretches: [stretch(0, slackMs + 1)] }, hour, 8 * minute))).toEqual(['bad-request', 'too-fast']);
  });
});

describe('G11 what is kept', () => {
  const kept = (...stretches: ReturnType<typeof stretch>[]) => spend(watchingFrom(0), { stretches }, minute, hour).kept;

  it('is joined where it touches or overlaps, and cut at the end of the recording', () => {
    expect(
      kept(stretch(20_000, 30_000), stretch(0, 10_000), stretch(10_900, 15_000), stretch(5000, 12_000), stretch(58_000, 63_000)),
    ).toEqual([
      { fromMs: 0, toMs: 15_000 },
      { fromMs: 20_000, toMs: 30_000 },
      { fromMs: 58_000, toMs: 60_000 },
    ]);
  });

  it('is not what was only touched on the way, nor more than the five longest', () => {
    expect(kept(stretch(0, 999))).toEqual([]);
    const many = Array.from({ length: 12 }, (_, index) => stretch(index * 5000, index * 5000 + 1000 + index));
    expect(kept(...many).map(({ fromMs }) => fromMs)).toEqual([35_000, 40_000, 45_000, 50_000, 55_000]);
  });
});
