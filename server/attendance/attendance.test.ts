// The register as a whole: rows, totals, who taught, what was watched, what was done to it. Rules A6, A11, A12, A18 to A27.
import { describe, expect, it } from 'vitest';
import {
  answered,
  at,
  came,
  checked,
  dropped,
  lost,
  minute,
  resumed,
  start,
  told,
  traceOf,
  usualRule,
  watched,
  went,
} from '../../test/support/told.ts';
import type { AttendanceRule } from '../contract/attendance.ts';
import { Register } from '../contract/attendance.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { recordedRoster, signatureOf } from './acts.ts';
import { type Known, registerOf } from './attendance.ts';
import type { Expected, Lesson } from './lesson.ts';
import { judgedOf } from './tally.ts';

const lesson: Lesson = {
  lessonId: 'l',
  title: 'Графтар',
  courseTitle: 'Алгоритмдер',
  startsAt: start,
  plannedEndsAt: at(50),
  endsAt: at(50),
  endedAt: null,
  cancelled: false,
  opensAt: at(-30),
  closesAt: at(65),
};
const roster: Expected[] = [
  { personId: 't', name: 'Сейітова Айгүл', groups: [], role: 'teacher' },
  { personId: 's1', name: 'Әлімжанов Нұрсұлтан', groups: ['ИС-23-1'], role: 'student' },
  { personId: 's2', name: 'Ілиясова Інжу', groups: ['ИС-23-1'], role: 'student' },
];
const known: Known = {
  excusals: new Map(),
  rosterRecorded: false,
  may: { correct: false, sign: false, reopen: false },
  digestOf: () => '0'.repeat(64),
};
const after = at(90);
const teacher = came('t', -5, { role: 'teacher' });

function registerFrom(
  entries: readonly StoredEntry[],
  now = after,
  more: { lesson?: Lesson; rule?: AttendanceRule; known?: Partial<Known> } = {},
) {
  const asked = { rule: more.rule ?? usualRule, scope: null };
  return registerOf(more.lesson ?? lesson, roster, entries, asked, now, { ...known, ...more.known });
}
function rowFrom(entries: readonly StoredEntry[], personId: string, now = after, more: Parameters<typeof registerFrom>[2] = {}) {
  const row = registerFrom(entries, now, more).rows.find((one) => one.personId === personId);
  if (row === undefined) throw new Error(`${personId} has no row`);
  return row;
}

describe('the register', () => {
  it('lists everybody expected, then those who came besides, and counts only the students on the roster', () => {
    const waiting = told('guest-2', 6, 'waiting-started', { name: 'Х', why: 'guest' });
    const entries = traceOf(teacher, came('s1', 0), came('guest-1', 5, { role: 'guest', name: 'Brown James' }), waiting);
    const register = registerFrom(entries, at(20));
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
    expect(register.totals).toEqual({
      ...{ expected: 2, here: 1, present: 1, late: 0, leftEarly: 0, absent: 0, excused: 0, asynchronous: 0 },
    });
    expect(register).toMatchObject({ final: false, asOf: at(20), held: true });
    expect(Register.parse(register)).toEqual(register);
  });

  it('keeps the end of the class that was told a moment after the class was ended', () => {
    const entries = traceOf(teacher, came('s1', 0), went('s1', 30.01, 'class-ended'));
    const register = registerFrom(entries, after, { lesson: { ...lesson, endedAt: at(30) } });
    const row = register.rows.find(({ personId }) => personId === 's1');
    expect(row).toMatchObject({ here: false, verdict: 'present', minutes: 30, share: 1, lastLeaveAt: at(30.01), gaps: [] });
    expect(row?.intervals.map(({ endedBy }) => endedBy)).toEqual(['class-ended']);
    expect(register).toMatchObject({ final: true, asOf: at(30) });
    expect(register.totals.absent).toBe(1);
  });

  it('A6 minutes before the start and after the end are shown and not counted', () => {
    const row = rowFrom(traceOf(teacher, came('s1', -9), went('s1', 60, 'door-closed')), 's1');
    expect(row).toMatchObject({ minutes: 50, firstJoinAt: at(-9), lastLeaveAt: at(60) });
  });

  it('a stretch that nothing ended goes no further than the door', () => {
    const row = rowFrom(traceOf(teacher, came('s1', 0)), 's1', at(600));
    expect(row.here).toBe(false);
    expect(row.lastLeaveAt).toBeLessThanOrEqual(lesson.closesAt + minute);
  });

  it('A23 tells apart what is no presence', () => {
    const entries = traceOf(
      teacher,
      told('s1', 1, 'waiting-started', { name: 's1', why: 'everyone-waits' }),
      told('s1', 4, 'waiting-ended', { how: 'admitted', by: 't' }),
      came('s1', 4),
      told('s1', 10, 'page-hidden', {}, 's1-1'),
      told('s1', 12, 'page-shown', {}, 's1-1'),
      told('s1', 20, 'hand-raised'),
      told('s1', 21, 'floor-given', { by: 't' }),
      told('s1', 21, 'hand-lowered', { by: 't' }),
      told('s1', 21, 'track-published', { trackId: 'm', source: 'microphone', pausedBy: [] }, 's1-1'),
      told('s1', 24, 'track-closed', { trackId: 'm', source: 'microphone', reason: 'unpublished' }, 's1-1'),
      told('s1', 30, 'message-posted', { messageId: 'x' }),
    );
    expect(rowFrom(entries, 's1')).toMatchObject({
      lobbyMinutes: 3,
      lobby: [{ from: at(1), to: at(4) }],
      hiddenMinutes: 2,
      hidden: [{ from: at(10), to: at(12) }],
      hands: [{ from: at(20), to: at(21) }],
      microphone: [{ from: at(21), to: at(24) }],
      ...{ microphoneMinutes: 3, camera: [], cameraMinutes: 0, handsRaised: 1, messages: 1, minutes: 46, devicesAtOnce: 1 },
    });
  });

  it('shows with a gap how the line was lost, and forgives it when the rule does', () => {
    const entries = traceOf(teacher, came('s1', 0), lost('s1', 10), came('s1', 30), lost('s1', 40));
    expect(rowFrom(entries, 's1')).toMatchObject({ verdict: 'left-early', minutes: 20, drops: 2 });
    const row = rowFrom(entries, 's1', after, { rule: { ...usualRule, forgiveGapMinutes: 20 } });
    expect(row).toMatchObject({ verdict: 'present', minutes: 40, share: 0.8 });
    expect(row.gaps.map(({ from, to, kind, forgiven }) => ({ from, to, kind, forgiven }))).toEqual([
      { from: at(10), to: at(30), kind: 'network', forgiven: true },
      { from: at(40), to: null, kind: 'network', forgiven: false },
    ]);
  });
});

describe('who teaches', () => {
  it('A19 is told with the first moment, the delay and the minutes', () => {
    const entries = traceOf(came('t', 4, { role: 'teacher' }), went('t', 20), came('a', 15, { role: 'assistant' }), went('a', 45));
    const both = [...roster, { personId: 'a', name: 'Ким Виктор', groups: [], role: 'assistant' as const }];
    const { teaching } = registerOf(lesson, both, entries, { rule: usualRule, scope: null }, after, known);
    expect(teaching).toEqual({ firstAt: at(4), delayMinutes: 4, minutes: 41 });
  });

  it('A19 has no delay when they were there before the start and still were when it began', () => {
    expect(registerFrom(traceOf(teacher)).teaching).toEqual({ firstAt: at(-5), delayMinutes: 0, minutes: 50 });
    const again = traceOf(teacher, went('t', -2), came('t', 7, { role: 'teacher' }));
    expect(registerFrom(again).teaching).toMatchObject({ firstAt: at(7), delayMinutes: 7 });
  });

  it('A18 nobody is judged when none of them came while the lesson lasted', () => {
    const entries = traceOf(teacher, went('t', -1), came('s1', 0));
    const register = registerFrom(entries);
    expect(register.held).toBe(false);
    expect(register.rows.map(({ verdict }) => verdict)).toEqual(['not-held', 'not-held', 'not-held']);
    expect(register.totals).toMatchObject({ expected: 2, present: 0, absent: 0 });
    expect(registerFrom(entries, at(49)).held).toBe(true);
  });

  it('A18 somebody who was given the lead has held it from then on, and is judged as a student all the same', () => {
    const entries = traceOf(came('s1', 0), told(null, 20, 'lead-changed', { leadId: 's1', by: 'd' }));
    const register = registerFrom(entries);
    expect(register).toMatchObject({ held: true, totals: { expected: 2, present: 1, absent: 1 } });
    expect(register.teaching).toEqual({ firstAt: at(20), delayMinutes: 20, minutes: 30 });
    expect(registerFrom(traceOf(came('s1', 0), went('s1', 15), told(null, 20, 'lead-changed', { leadId: 's1', by: 'd' }))).held).toBe(
      false,
    );
  });

  it('A13 a cancelled lesson was not missed by those who teach', () => {
    expect(registerFrom([], after, { lesson: { ...lesson, cancelled: true } })).toMatchObject({
      held: true,
      rows: roster.map(() => ({ verdict: 'expected', why: [{ code: 'cancelled' }] })),
    });
  });
});

describe('what was watched', () => {
  const recorded = told(null, 5, 'recording-started', { recordingId: 'r', by: 't' });
  it('A21 is laid on the times of the lesson, each minute once, that of the class apart from that of the recording', () => {
    const entries = traceOf(
      ...[teacher, recorded, came('s1', 20), watched('s1', 25, 0, 10, { live: true }), watched('s1', 70, 0, 10), watched('s1', 80, 5, 60)],
    );
    expect(rowFrom(entries, 's1')).toMatchObject({ catchUpMinutes: 10, viewingMinutes: 45, minutes: 30 });
  });

  it('A21 makes up for absence where the rule says so', () => {
    const entries = traceOf(teacher, recorded, watched('s1', 100, 0, 40), watched('s2', 100, 0, 10));
    const rule: AttendanceRule = { ...usualRule, viewing: { counts: 'asynchronous', withinDays: 7, fromShare: 0.8 } };
    expect(registerFrom(entries, at(200), { rule }).rows.map(({ verdict }) => verdict)).toEqual(['present', 'asynchronous', 'absent']);
    expect(registerFrom(entries, at(99), { rule }).rows.map(({ verdict }) => verdict)).toEqual(['present', 'absent', 'absent']);
  });

  it('gives no row to those who only watched', () => {
    expect(registerFrom(traceOf(teacher, watched('inspector', 70, 0, 50))).rows.map(({ personId }) => personId)).toEqual(['t', 's1', 's2']);
  });
});

describe('presence checks', () => {
  it('A20 make left-early of whoever missed more than the rule allows', () => {
    const entries = traceOf(
      ...[teacher, came('s1', 0), came('s2', 0)],
      ...[checked('first-check', 10, ['s1', 's2'], { after: 1, missed: ['s1'] }), answered('s2', 'first-check', 10.5)],
    );
    const rule = { ...usualRule, missedChecks: 0 };
    expect(rowFrom(entries, 's1', after, { rule })).toMatchObject({
      verdict: 'left-early',
      checks: [{ outcome: 'missed', afterMs: null }],
    });
    expect(rowFrom(entries, 's2', after, { rule })).toMatchObject({
      verdict: 'present',
      checks: [{ outcome: 'answered', afterMs: 30_000 }],
    });
    expect(rowFrom(entries, 't', after, { rule }).checks).toEqual([]);
    expect(rowFrom(entries, 's1').verdict).toBe('present');
  });
});

describe('an excuse', () => {
  it('A22 is told in the row of whoever was absent, and counted', () => {
    const excusals = new Map([['s1', { reason: 'mobility', note: '' }]]);
    const register = registerFrom(traceOf(teacher), after, { known: { excusals } });
    expect(register.totals).toMatchObject({ absent: 1, excused: 1 });
  });
});

describe('what is done to the register', () => {
  const corrected = (minutes: number, personId: string, verdict: string | null, more: Record<string, unknown> = {}) =>
    told(personId, minutes, 'register-corrected', {
      ...{ from: 'absent', verdict, reason: 'Микрофоны жоқ еді', by: 't', byName: 'Сейітова Айгүл' },
      ...more,
    });

  it('A25 a correction holds, the latest of them, and what was computed stays beside it', () => {
    const entries = traceOf(teacher, corrected(70, 's1', 'late'), corrected(71, 's1', 'present'));
    const register = registerFrom(entries);
    expect(register.rows[1]).toMatchObject({
      verdict: 'present',
      computed: 'absent',
      why: [{ code: 'never-came' }, { code: 'corrected' }],
      correction: { verdict: 'present', reason: 'Микрофоны жоқ еді', by: 't', byName: 'Сейітова Айгүл', at: at(71) },
    });
    expect(register.totals).toMatchObject({ present: 1, absent: 1 });
    expect(registerFrom(entries, at(70.5)).rows[1]?.verdict).toBe('late');
  });

  it('A25 a correction that was taken back no longer holds, and both are told', () => {
    const entries = traceOf(teacher, corrected(70, 's1', 'late'), corrected(71, 's1', null, { from: 'late' }));
    const register = registerFrom(entries);
    expect(register.rows[1]).toMatchObject({ verdict: 'absent', correction: null, why: [{ code: 'never-came' }] });
    expect(register.history).toMatchObject([
      { at: at(70), byName: 'Сейітова Айгүл', act: { type: 'corrected', name: 'Әлімжанов Нұрсұлтан', from: 'absent', to: 'late' } },
      { at: at(71), act: { type: 'corrected', from: 'late', to: null } },
    ]);
  });

  it('A25 an erased reason and name leave the correction in force', () => {
    const entries = traceOf(teacher, told('s1', 70, 'register-corrected', { from: 'absent', verdict: 'excused', by: 't' }));
    expect(rowFrom(entries, 's1')).toMatchObject({ verdict: 'excused', correction: { reason: '', byName: '' } });
  });

  const signed = (minutes: number) =>
    told(null, minutes, 'register-signed', { digest: 'a'.repeat(64), rule: usualRule, by: 't', byName: 'Сейітова Айгүл' });
  const reopened = (minutes: number) => told(null, minutes, 'register-reopened', { reason: 'Қате', by: 'c', byName: 'Ким Виктор' });

  it('A26 a signature holds until the register is opened again', () => {
    const entries = traceOf(teacher, signed(70), reopened(80), signed(85));
    expect(registerFrom(entries, at(75)).signature).toEqual({ by: 't', byName: 'Сейітова Айгүл', at: at(70), digest: 'a'.repeat(64) });
    expect(registerFrom(entries, at(82)).signature).toBeNull();
    expect(registerFrom(entries).signature?.at).toBe(at(85));
    expect(registerFrom(entries).history.map(({ act }) => act.type)).toEqual(['signed', 'reopened', 'signed']);
    expect(signatureOf(entries)).toMatchObject({ at: at(85), rule: usualRule });
  });

  it('A26 what is signed is the rule and the verdicts, whatever the order of the roster, and no name', () => {
    const asked: string[] = [];
    const digestOf: Known['digestOf'] = (value) => {
      asked.push(JSON.stringify(value));
      return 'b'.repeat(64);
    };
    const entries = traceOf(teacher, came('s1', 0));
    expect(registerFrom(entries, after, { known: { digestOf } }).digest).toBe('b'.repeat(64));
    registerOf(lesson, roster.toReversed(), entries, { rule: usualRule, scope: null }, after, { ...known, digestOf });
    expect(asked[1]).toBe(asked[0]);
    expect(asked[0]).not.toContain('Нұрсұлтан');
    registerFrom(traceOf(entries, corrected(70, 's2', 'present')), after, { known: { digestOf } });
    expect(asked[2]).not.toBe(asked[0]);
  });

  it('the roster that was recorded last is the one that holds', () => {
    const recorded = (minutes: number, personId: string) =>
      told(null, minutes, 'roster-recorded', { people: [{ personId, role: 'student', groupIds: ['g'] }] });
    expect(recordedRoster(traceOf(teacher))).toBeNull();
    expect(recordedRoster(traceOf(recorded(65, 's1'), recorded(66, 's2')))).toEqual([{ personId: 's2', role: 'student', groupIds: ['g'] }]);
  });
});

it('A27 results are those of the students on the roster, added up by each of their groups', () => {
  const entries = traceOf(teacher, came('s1', 0), came('guest-1', 0, { role: 'guest' }), came('s2', 12));
  const groups = new Map([
    ['s1', ['g1', 'g2']],
    ['s2', ['g1']],
  ]);
  const judged = judgedOf(lesson, registerFrom(entries), groups);
  expect(judged).toMatchObject({ held: true, delayMinutes: 0, taughtMinutes: 50, plannedMinutes: 50, signedAt: null, signedBy: null });
  const none = { present: 0, late: 0, leftEarly: 0, absent: 0, excused: 0, asynchronous: 0 };
  expect(judged.tally).toEqual({ ...none, present: 1, late: 1, minutes: 88 });
  expect(judged.groups).toEqual(
    new Map([
      ['g1', { ...none, present: 1, late: 1, minutes: 88 }],
      ['g2', { ...none, present: 1, minutes: 50 }],
    ]),
  );
  expect(judged.results).toEqual([
    { personId: 's1', verdict: 'present', computed: 'present', minutes: 50, share: 1 },
    { personId: 's2', verdict: 'late', computed: 'late', minutes: 38, share: 0.76 },
  ]);
});

it('A2 a drop that was over in time is no gap, and its evidence is kept', () => {
  const word = { offline: true, hiddenMs: 0, slept: false };
  const row = rowFrom(traceOf(teacher, came('s1', 0), dropped('s1', 10), resumed('s1', 10.5, { word })), 's1');
  expect(row).toMatchObject({ gaps: [], minutes: 50, lapses: [{ from: at(10), to: at(10.5), kind: 'network', word, forgiven: true }] });
});
