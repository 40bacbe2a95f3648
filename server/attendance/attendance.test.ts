// Rules A6 to A13: the verdicts.
import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '../trace/trace.ts';
import { countedSpan, type Held, judge, type Lesson, registerOf, shareOf } from './attendance.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 4);
const rule = { lateAfterMinutes: 10, presentFromShare: 0.7 };
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

describe('the register', () => {
  const whole: Lesson = { ...lesson, lessonId: 'l', title: 'Графтар', courseTitle: 'Алгоритмдер' };
  const roster = [
    { personId: 't', name: 'Сейітова Айгүл', groups: [], role: 'teacher' as const },
    { personId: 's1', name: 'Әлімжанов Нұрсұлтан', groups: ['ИС-23-1'], role: 'student' as const },
    { personId: 's2', name: 'Ілиясова Інжу', groups: ['ИС-23-1'], role: 'student' as const },
  ];
  let seq = 0;
  const entry = (
    personId: string,
    at: number,
    kind: string,
    detail: Record<string, unknown>,
    connectionId: string | null = null,
  ): StoredEntry => ({
    seq: ++seq,
    at: start + at * minute,
    kind,
    personId,
    participantId: `of-${personId}`,
    connectionId,
    detail,
  });
  const came = (personId: string, at: number, role: string, name = personId) => [
    entry(personId, at, 'participant-joined', { name, role }),
    entry(personId, at, 'connection-opened', { device: 'Chrome', address: '::1' }, `c-${personId}`),
  ];
  const left = (personId: string, at: number, reason: string) => [
    entry(personId, at, 'connection-closed', { reason }, `c-${personId}`),
    entry(personId, at, 'participant-left', { reason, by: null }),
  ];

  it('lists everybody expected, then those who came besides, and counts only the students on the roster', () => {
    const entries = [...came('t', -5, 'teacher'), ...came('s1', 0, 'student'), ...came('guest-1', 5, 'guest', 'Brown James')];
    const register = registerOf(whole, roster, entries, rule, start + 20 * minute);
    expect(
      register.rows.map(({ personId, name, onRoster, role, here, verdict, minutes }) => ({
        personId,
        name,
        onRoster,
        role,
        here,
        verdict,
        minutes,
      })),
    ).toEqual([
      { personId: 't', name: 'Сейітова Айгүл', onRoster: true, role: 'teacher', here: true, verdict: 'present', minutes: 20 },
      { personId: 's1', name: 'Әлімжанов Нұрсұлтан', onRoster: true, role: 'student', here: true, verdict: 'present', minutes: 20 },
      { personId: 's2', name: 'Ілиясова Інжу', onRoster: true, role: 'student', here: false, verdict: 'expected', minutes: 0 },
      { personId: 'guest-1', name: 'Brown James', onRoster: false, role: 'guest', here: true, verdict: 'present', minutes: 15 },
    ]);
    expect(register.totals).toEqual({ expected: 2, here: 1, present: 1, late: 0, leftEarly: 0, absent: 0 });
    expect(register).toMatchObject({ final: false, asOf: start + 20 * minute });
  });

  it('keeps the end of the class that was told a moment after the class was ended', () => {
    const entries = [...came('s1', 0, 'student'), ...left('s1', 30.01, 'class-ended')];
    const register = registerOf({ ...whole, endedAt: start + 30 * minute }, roster, entries, rule, start + 90 * minute);
    const row = register.rows.find(({ personId }) => personId === 's1');
    expect(row).toMatchObject({ here: false, verdict: 'present', minutes: 30, share: 1, lastLeaveAt: start + 30.01 * minute });
    expect(row?.intervals.map(({ endedBy }) => endedBy)).toEqual(['class-ended']);
    expect(register).toMatchObject({ final: true, asOf: start + 30 * minute });
    expect(register.totals.absent).toBe(1);
  });

  it('A6 minutes before the start and after the end are shown and not counted', () => {
    const entries = [...came('s1', -9, 'student'), ...left('s1', 60, 'door-closed')];
    const row = registerOf(whole, roster, entries, rule, start + 90 * minute).rows.find(({ personId }) => personId === 's1');
    expect(row).toMatchObject({ minutes: 50, firstJoinAt: start - 9 * minute, lastLeaveAt: start + 60 * minute });
  });

  it('a stretch that nothing ended goes no further than the door', () => {
    const row = registerOf(whole, roster, came('s1', 0, 'student'), rule, start + 600 * minute).rows.find(
      ({ personId }) => personId === 's1',
    );
    expect(row?.here).toBe(false);
    expect(row?.lastLeaveAt).toBeLessThanOrEqual(whole.closesAt + minute);
  });
});
