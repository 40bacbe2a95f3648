// Rules A6 to A13, A15 to A18, A20 to A22 and A24: the verdicts, and the reasons told with them.
import { describe, expect, it } from 'vitest';
import { at, minute, start, usualRule } from '../../test/support/told.ts';
import type { AttendanceRule } from '../contract/attendance.ts';
import { type Evidence, shareOf, judge as weigh } from './judge.ts';
import { countedSpan, type Held } from './lesson.ts';
import type { Stretch } from './stretches.ts';

const rule = usualRule;
const lesson: Held = {
  startsAt: start,
  plannedEndsAt: start + 50 * minute,
  endsAt: start + 50 * minute,
  endedAt: null,
  cancelled: false,
  opensAt: start - 30 * minute,
  closesAt: start + 65 * minute,
};
const stays = (...minutes: readonly (readonly [number, number])[]) =>
  minutes.map(([from, to]) => ({ from: start + from * minute, to: start + to * minute }));

const nothingElse: Evidence = {
  ...{ stays: [], forgiven: [], here: false, teaching: [], held: true, checksMissed: 0, watched: [], excused: null },
};
function judge(there: readonly Stretch[], here: boolean, held: Held, by: AttendanceRule, now: number) {
  return weigh({ ...nothingElse, stays: there, here }, held, by, now).verdict;
}

describe('after a lesson of 50 minutes', () => {
  it.each([
    ['A9 there all the time', [[0, 50]], 'present'],
    ['A9 came before the start, left after the end', [[-12, 60]], 'present'],
    ['A9 left after 35 minutes, which are 70 %', [[0, 35]], 'present'],
    ['A10 left after 34 minutes', [[0, 34]], 'left-early'],
    ['A9 came a moment before 10 minutes were over and stayed', [[9.99, 50]], 'present'],
    ['A8 came when 10 minutes were over', [[10, 50]], 'late'],
    ['A8 came at the very end', [[49, 60]], 'late'],
    [
      'A10 came in time, left, and looked in again at the end',
      [
        [0, 5],
        [48, 50],
      ],
      'left-early',
    ],
    ['A10 came after 9 minutes and left after 40', [[9, 40]], 'left-early'],
    [
      'A9 was away for a few minutes',
      [
        [0, 20],
        [30, 50],
      ],
      'present',
    ],
    ['A11 was never there', [], 'absent'],
    ['A11 was there only before the start', [[-9, -1]], 'absent'],
    ['A11 came only after the end', [[51, 60]], 'absent'],
  ] as const)('%s', (_what, minutes, verdict) => {
    expect(judge(stays(...minutes), false, lesson, rule, start + 70 * minute)).toBe(verdict);
  });
});

describe('a lesson that was ended early', () => {
  const ended = { ...lesson, endedAt: start + 20 * minute };
  it.each([
    ['A7 asks for the time that was really held', [[0, 20]], 'present'],
    ['A7 and for 70 % of it', [[0, 13]], 'left-early'],
    ['A9 forgives the minutes before coming in time to those who stayed to the end', [[9, 20]], 'present'],
    ['A8 and is not kinder to those who were late', [[10, 20]], 'late'],
  ] as const)('%s', (_what, minutes, verdict) => {
    expect(judge(stays(...minutes), false, ended, rule, start + 21 * minute)).toBe(verdict);
  });

  it('A9 a class held for three minutes has present people in it', () => {
    const short = { ...lesson, endedAt: start + 8 * minute };
    expect(judge(stays([5, 8]), false, short, rule, start + 9 * minute)).toBe('present');
  });
});

it('A7 an extended lesson asks for its planned length, and its longer time can make up for missed time', () => {
  const extended = { ...lesson, endsAt: start + 80 * minute, closesAt: start + 95 * minute };
  const now = start + 100 * minute;
  expect(judge(stays([0, 36]), false, extended, rule, now)).toBe('present');
  expect(judge(stays([0, 20], [60, 80]), false, extended, rule, now)).toBe('present');
  expect(shareOf(stays([0, 80]), extended, countedSpan(extended, now))).toBe(1);
});

describe('while the lesson is not over', () => {
  it.each([
    ['A11 whoever has not come yet is expected', 20, [], false, 'expected'],
    ['A11 before the start, whoever is in the room is present', -5, [[-9, -5]], true, 'present'],
    ['A11 before the start, whoever has gone again is expected', -5, [[-9, -6]], false, 'expected'],
    ['A9 whoever came in time and is there is present, however little time has passed', 10, [[9, 10]], true, 'present'],
    ['A8 whoever came late is late', 20, [[12, 20]], true, 'late'],
    ['A10 whoever left is gone early', 40, [[0, 10]], false, 'left-early'],
    ['A11 after the end, with the door still open, whoever did not come is absent', 55, [], false, 'absent'],
  ] as const)('%s', (_what, after, minutes, here, verdict) => {
    expect(judge(stays(...minutes), here, lesson, rule, start + after * minute)).toBe(verdict);
  });
});

it('A13 a cancelled lesson judges nobody', () => {
  expect(judge([], false, { ...lesson, cancelled: true }, rule, start + 90 * minute)).toBe('expected');
});

describe('a rule that asks for a share of the time in which somebody taught', () => {
  const byTeacher: AttendanceRule = { ...rule, shareOf: 'teacher' };
  const after = at(70);
  const ask = (there: readonly Stretch[], teaching: readonly Stretch[], now = after) =>
    weigh({ ...nothingElse, stays: there, teaching, here: now < after }, lesson, byTeacher, now);

  it.each([
    ['was there for 70 % of the teaching, and for half of the lesson', [[5, 30]], [[15, 30]], 'present'],
    ['was there for half of the teaching', [[0, 20]], [[10, 30]], 'left-early'],
    ['was there while nobody taught', [[0, 30]], [[31, 50]], 'left-early'],
    ['came late, however little was taught before', [[12, 50]], [[12, 50]], 'late'],
  ] as const)('A16 %s', (_what, there, taught, verdict) => {
    expect(ask(stays(...there), stays(...taught)).verdict).toBe(verdict);
  });

  it('A16 waits patiently with whoever is there before the teacher is', () => {
    expect(ask(stays([0, 5]), [], at(5))).toEqual({
      verdict: 'present',
      why: [
        { code: 'came-in-time', at: at(0) },
        { code: 'share-missed', share: 0, needed: 0.7 },
        { code: 'stayed-since-coming', share: 1, needed: 0.7 },
      ],
    });
  });

  it('A16 whoever leaves before the teacher comes has left early', () => {
    expect(ask(stays([0, 3]), [], at(5)).verdict).toBe('left-early');
  });
});

describe('a rule that', () => {
  const over = at(70);
  it('A17 lets people go ten minutes before the end counts them as staying to the end', () => {
    const there = stays([9, 41]);
    const sevenTenths = { ...rule, earlyLeaveMinutes: 10, presentFromShare: 0.7 };
    expect(judge(there, false, lesson, sevenTenths, over)).toBe('present');
    expect(judge(there, false, lesson, { ...sevenTenths, earlyLeaveMinutes: 8 }, over)).toBe('left-early');
  });

  it('A15 forgives a gap counts it as presence, and says so', () => {
    const evidence = { ...nothingElse, stays: stays([0, 20], [40, 45]), forgiven: stays([20, 40]) };
    expect(weigh(evidence, lesson, { ...rule, forgiveGapMinutes: 20 }, over)).toEqual({
      verdict: 'present',
      why: [
        { code: 'came-in-time', at: at(0) },
        { code: 'gaps-forgiven', minutes: 20, limitMinutes: 20 },
        { code: 'share-reached', share: 0.9, needed: 0.7 },
      ],
    });
  });

  it('A15 forgives the line makes nobody present who was not there for a moment', () => {
    const evidence = { ...nothingElse, stays: stays([-9, -1]), forgiven: stays([0, 50]) };
    expect(weigh(evidence, lesson, { ...rule, forgiveGapMinutes: 120 }, over).verdict).toBe('absent');
  });

  it.each([
    [null, 5, 'present'],
    [2, 2, 'present'],
    [2, 3, 'left-early'],
    [0, 1, 'left-early'],
  ] as const)('A20 allows %s missed checks calls %s of them %s', (missedChecks, checksMissed, verdict) => {
    const judged = weigh({ ...nothingElse, stays: stays([0, 50]), checksMissed }, lesson, { ...rule, missedChecks }, over);
    expect(judged.verdict).toBe(verdict);
    const told = judged.why.some(({ code }) => code === 'checks-missed');
    expect(told).toBe(verdict === 'left-early');
  });

  it('A20 counts missed checks keeps the lateness of the late', () => {
    expect(weigh({ ...nothingElse, stays: stays([12, 50]), checksMissed: 9 }, lesson, { ...rule, missedChecks: 0 }, over).verdict).toBe(
      'late',
    );
  });

  const dayMs = 24 * 60 * minute;
  const viewing = { ...rule, viewing: { counts: 'asynchronous', withinDays: 3, fromShare: 0.8 } } as const;
  const part = (from: number, to: number, toldAt: number): Evidence['watched'][number] => ({
    ...{ from: at(from), to: at(to), at: toldAt, live: false, watchableMs: null },
  });
  const watching = (...watched: Evidence['watched']) => weigh({ ...nothingElse, watched }, lesson, viewing, at(10_000));

  it('A21 lets watching make up for absence counts each minute once, as far as it was watched in time', () => {
    const inTime = lesson.endsAt + 3 * dayMs;
    expect(watching(part(0, 30, inTime), part(10, 40, inTime))).toEqual({
      verdict: 'asynchronous',
      why: [{ code: 'never-came' }, { code: 'watched', share: 0.8, needed: 0.8, withinDays: 3 }],
    });
    expect(watching(part(0, 20, inTime), part(0, 20, inTime), part(0, 20, inTime)).verdict).toBe('absent');
    expect(watching(part(0, 30, inTime), part(30, 50, inTime + 1))).toEqual({
      verdict: 'absent',
      why: [{ code: 'never-came' }, { code: 'watched', share: 0.6, needed: 0.8, withinDays: 3 }],
    });
  });

  it('A21 says so where what was recorded is less than the lesson', () => {
    const watched = [{ ...part(0, 20, lesson.endsAt), watchableMs: 25 * minute }];
    expect(weigh({ ...nothingElse, watched }, lesson, viewing, at(10_000))).toEqual({
      verdict: 'asynchronous',
      why: [{ code: 'never-came' }, { code: 'watched', share: 0.8, needed: 0.8, withinDays: 3, of: 'recorded' }],
    });
  });

  it('A21 shows watching apart judges nobody by it', () => {
    expect(weigh({ ...nothingElse, watched: [part(0, 50, at(60))] }, lesson, rule, over)).toEqual({
      verdict: 'absent',
      why: [{ code: 'never-came' }],
    });
  });
});

describe('an excuse', () => {
  const excused = { reason: 'illness', note: 'анықтама № 12' };
  it('A22 holds for absence, and is told', () => {
    expect(weigh({ ...nothingElse, excused }, lesson, rule, at(70))).toEqual({
      verdict: 'excused',
      why: [{ code: 'never-came' }, { code: 'excused', reason: 'illness', note: 'анықтама № 12' }],
    });
  });

  it.each([
    ['late', stays([12, 50]), at(70)],
    ['left-early', stays([0, 10]), at(70)],
    ['present', stays([0, 50]), at(70)],
    ['expected', [], at(20)],
  ] as const)('A22 leaves %s as it is', (verdict, there, now) => {
    expect(weigh({ ...nothingElse, stays: there, excused }, lesson, rule, now).verdict).toBe(verdict);
  });

  it('A22 is not needed by whoever made up for absence by watching', () => {
    const byViewing: AttendanceRule = { ...rule, viewing: { counts: 'asynchronous', withinDays: 1, fromShare: 0.5 } };
    const watched = [{ from: at(0), to: at(40), at: at(60), live: false, watchableMs: null }];
    expect(weigh({ ...nothingElse, excused, watched }, lesson, byViewing, at(70)).verdict).toBe('asynchronous');
  });
});

describe('the reasons', () => {
  it('A18 a lesson that nobody taught judges nobody', () => {
    const evidence = { ...nothingElse, stays: stays([0, 50]), held: false };
    expect(weigh(evidence, lesson, rule, at(70))).toEqual({ verdict: 'not-held', why: [{ code: 'not-held' }] });
  });

  it('A24 tell of the late when they came', () => {
    expect(weigh({ ...nothingElse, stays: stays([12.5, 50]) }, lesson, rule, at(70)).why).toEqual([
      { code: 'came-late', at: at(12.5), minutes: 12.5, limitMinutes: 10 },
    ]);
  });

  it('A24 tell of those who left what was missing', () => {
    expect(weigh({ ...nothingElse, stays: stays([-2, 20]) }, lesson, rule, at(70)).why).toEqual([
      { code: 'came-in-time', at: at(-2) },
      { code: 'share-missed', share: 0.4, needed: 0.7 },
      { code: 'left-before-end', minutes: 30, toleratedMinutes: 1 },
    ]);
  });

  it('A24 never round a share across the line that it missed', () => {
    const [, missed] = weigh({ ...nothingElse, stays: stays([0, 34.99]) }, lesson, rule, at(70)).why;
    expect(missed).toEqual({ code: 'share-missed', share: 0.699, needed: 0.7 });
    const [, reached] = weigh({ ...nothingElse, stays: stays([0, 33.34]) }, lesson, { ...rule, presentFromShare: 0.6667 }, at(70)).why;
    expect(reached).toEqual({ code: 'share-reached', share: 0.667, needed: 0.6667 });
  });
});
