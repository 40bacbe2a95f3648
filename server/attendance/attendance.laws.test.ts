// What holds of every register, whatever the trace says: found by random classes. Rules A1 to A27.
import fc from 'fast-check';
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
  watched,
  went,
} from '../../test/support/told.ts';
import type { AttendanceRule, Verdict } from '../contract/attendance.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { type RegisterView, type RowView, registerOf } from './attendance.ts';
import { countedSpan, type Expected, type Lesson } from './lesson.ts';
import { clip, touches, union, without } from './stretches.ts';
import { leadersOf } from './teaching.ts';

const ids = ['t', 'p', 'q', 'r', 'x'];
const roster: Expected[] = ids.slice(0, 4).map((personId) => ({
  ...{ personId, name: personId, groups: [], role: personId === 't' ? ('teacher' as const) : ('student' as const) },
}));

/** Half minutes: many things happen at the same time. */
const time = (min: number, max: number) => fc.integer({ min: min * 2, max: max * 2 }).map((half) => half / 2);
const person = fc.constantFrom(...ids);
const reason = fc.constantFrom('left' as const, 'closed-page' as const, 'removed' as const, 'server-stopped' as const);

/** Comes and goes: away, then there, each for some minutes. */
const comings = fc.record({
  personId: person,
  turns: fc.array(
    fc.record({ away: time(0, 25), there: time(1, 40), end: fc.oneof(reason, fc.constantFrom('lost' as const, 'lapse' as const, null)) }),
    { maxLength: 5, size: 'max' },
  ),
});
const stay = comings.map(({ personId, turns }) => {
  let now = -20;
  return turns.flatMap(({ away, there, end }) => {
    const from = now + away;
    const to = from + there;
    now = to + 1;
    const begun = came(personId, from, { role: personId === 't' ? 'teacher' : personId === 'x' ? 'guest' : 'student' });
    if (end === null) return begun;
    if (end === 'lost') return [...begun, ...lost(personId, to)];
    if (end === 'lapse') return [...begun, dropped(personId, to), resumed(personId, to + 0.5)];
    return [...begun, ...went(personId, to, end)];
  });
});

const loose = fc.oneof(
  fc
    .tuple(person, time(-20, 64), fc.constantFrom('page-hidden', 'page-shown'))
    .map(([id, when, kind]) => [told(id, when, kind, {}, `${id}-1`)]),
  fc.tuple(person, time(-20, 64), fc.constantFrom('1', '2')).map(([id, when, device]) => [dropped(id, when, { device })]),
  fc.tuple(person, time(-20, 64), fc.constantFrom('1', '2')).map(([id, when, device]) => [resumed(id, when, { device })]),
  fc
    .tuple(person, time(-20, 64), fc.constantFrom('hand-raised', 'hand-lowered', 'message-posted', 'waiting-started', 'waiting-ended'))
    .map(([id, when, kind]) => [told(id, when, kind, { name: id })]),
  fc
    .tuple(person, time(-20, 64), fc.constantFrom('track-published', 'track-closed'), fc.constantFrom('microphone', 'camera'))
    .map(([id, when, kind, source]) => [
      told(id, when, kind, { trackId: `${id}-${source}`, source, pausedBy: [], reason: 'unpublished' }, `${id}-1`),
    ]),
  fc
    .tuple(person, time(0, 5000), time(0, 50), time(0, 50), fc.boolean())
    .map(([id, when, from, to, live]) => [watched(id, when, from, to, { live })]),
  fc
    .tuple(person, time(60, 5000), fc.constantFrom<Verdict | null>('present', 'absent', 'late', null))
    .map(([id, when, verdict]) => [told(id, when, 'register-corrected', { from: 'absent', verdict, reason: 'r', by: 't', byName: 'T' })]),
);
const check = fc
  .record({
    no: fc.integer({ min: 0, max: 999 }),
    when: time(0, 48),
    after: time(1, 3),
    asked: fc.subarray(ids),
    who: person,
    answer: time(0, 2),
  })
  .chain((one) => fc.subarray(one.asked).map((missed) => ({ ...one, missed })))
  .map(({ no, when, after, asked, missed, who, answer }) => [
    ...checked(`check-${no}-${when}`, when, asked, { after, missed }),
    answered(who, `check-${no}-${when}`, when + answer),
  ]);
const crash = fc.tuple(time(-10, 60), fc.constantFrom('room-opened', 'room-closed')).map(([when, kind]) => [told(null, when, kind)]);
const lead = fc.tuple(person, time(-10, 60)).map(([leadId, when]) => [told(null, when, 'lead-changed', { leadId, by: 't' })]);
const recording = time(-10, 20).map((when) => [told(null, when, 'recording-started', { recordingId: 'r', by: null })]);

const classes = fc
  .tuple(
    fc.array(stay, { minLength: 1, maxLength: 6, size: 'max' }),
    fc.array(loose, { maxLength: 20, size: 'max' }),
    fc.array(check, { maxLength: 2 }),
    fc.array(crash, { maxLength: 1 }),
    fc.array(recording, { maxLength: 1 }),
    fc.array(lead, { maxLength: 1 }),
  )
  .map((parts) => traceOf(...parts.flat(2)));

const lessons = fc.record({ extended: fc.constantFrom(0, 20), endedAt: fc.option(time(5, 50), { freq: 3 }) }).map(
  ({ extended, endedAt }): Lesson => ({
    ...{ lessonId: 'l', title: '', courseTitle: '', startsAt: start, plannedEndsAt: at(50), endsAt: at(50 + extended), cancelled: false },
    ...{ endedAt: endedAt === null ? null : at(endedAt), opensAt: at(-30), closesAt: at(65 + extended) },
  }),
);
const share = fc.integer({ min: 0, max: 20 }).map((twentieth) => twentieth / 20);
const rules = fc.record<AttendanceRule>({
  lateAfterMinutes: fc.integer({ min: 0, max: 30 }),
  presentFromShare: share,
  shareOf: fc.constantFrom('lesson', 'teacher'),
  earlyLeaveMinutes: fc.integer({ min: 0, max: 10 }),
  forgiveGapMinutes: fc.integer({ min: 0, max: 40 }),
  viewing: fc.constantFrom({ counts: 'apart' }, { counts: 'asynchronous', withinDays: 2, fromShare: 0.3 }),
  missedChecks: fc.constantFrom(null, 0, 1),
});
const moments = fc.oneof(time(-25, 75), time(75, 6000)).map(at);

function registerFrom(lesson: Lesson, entries: readonly StoredEntry[], rule: AttendanceRule, now: number): RegisterView {
  const known = { excusals: new Map(), rosterRecorded: false, may: { correct: false, sign: false, reopen: false }, digestOf: () => '' };
  return registerOf(lesson, roster, entries, { rule, scope: null }, now, known);
}

/** Better is higher; *late* and *left early* are two faults of which neither is the worse. */
const worth: Readonly<Partial<Record<Verdict, number>>> = { absent: 0, excused: 1, late: 2, 'left-early': 2, asynchronous: 2, present: 3 };
const worthOf = ({ computed }: RowView) => worth[computed] ?? -1;

describe('of every class', () => {
  const everyRow = (
    runs: number,
    claim: (row: RowView, register: RegisterView, lesson: Lesson, now: number, entries: readonly StoredEntry[]) => void,
  ) =>
    fc.assert(
      fc.property(lessons, classes, rules, moments, (lesson, entries, rule, now) => {
        const register = registerFrom(lesson, entries, rule, now);
        for (const row of register.rows) claim(row, register, lesson, now, entries);
      }),
      { numRuns: runs },
    );

  it('no minutes are more than the lesson had, and shares lie between nothing and all', () => {
    everyRow(500, (row, register, lesson, now) => {
      const { from, to } = countedSpan(lesson, now);
      const most = Math.round((to - from) / (minute / 10)) / 10;
      const { minutes, microphoneMinutes, cameraMinutes, lobbyMinutes, hiddenMinutes, catchUpMinutes, viewingMinutes } = row;
      const counted = [minutes, microphoneMinutes, cameraMinutes, lobbyMinutes, hiddenMinutes, catchUpMinutes, viewingMinutes];
      for (const one of [...counted, register.teaching.minutes]) {
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(most);
      }
      expect(row.share).toBeGreaterThanOrEqual(0);
      expect(row.share).toBeLessThanOrEqual(1);
      expect(hiddenMinutes).toBeLessThanOrEqual(minutes);
    });
  });

  it('A14 gaps and stays never overlap, and lapses lie within the stays', () => {
    everyRow(500, (row) => {
      const gaps = row.gaps.map((gap) => ({ from: gap.from, to: gap.to ?? Number.POSITIVE_INFINITY }));
      for (const gap of gaps) expect(row.intervals.some((stay) => touches(gap, stay))).toBe(false);
      for (const [index, gap] of gaps.entries()) expect(gap.from).toBeGreaterThanOrEqual(gaps[index - 1]?.to ?? 0);
      expect(
        without(
          row.lapses.map(({ from, to }) => ({ from, to: to ?? from })),
          row.intervals,
        ),
      ).toEqual([]);
    });
  });

  it('A20 nobody misses a check who had not a whole minute with a line while it ran', () => {
    let missed = 0;
    everyRow(1500, (row, _register, _lesson, _now, entries) => {
      const alive = without(
        union(row.intervals),
        row.lapses.map(({ from, to }) => ({ from, to: to ?? from })),
      );
      for (const one of row.checks.filter(({ outcome }) => outcome === 'missed')) {
        missed += 1;
        const end = entries.find(({ kind, detail }) => kind === 'presence-check-ended' && detail.checkId === one.checkId);
        const pieces = alive.map((piece) => clip(piece, { from: one.at, to: end?.at ?? one.at }));
        expect(Math.max(...pieces.map(({ from, to }) => to - from))).toBeGreaterThanOrEqual(minute);
      }
    });
    expect(missed).toBeGreaterThan(10);
  });

  it('the reasons agree with the verdict', () => {
    everyRow(500, (row) => {
      const codes = new Set(row.why.map(({ code }) => code));
      const reached = codes.has('share-reached') || codes.has('stayed-since-coming') || codes.has('is-there');
      expect(row.computed === 'present').toBe(reached && !codes.has('checks-missed'));
      expect(row.computed === 'late').toBe(codes.has('came-late'));
      expect(['absent', 'asynchronous'].includes(row.computed)).toBe(codes.has('never-came'));
      expect(row.computed === 'not-held').toBe(codes.has('not-held'));
      expect(row.verdict).toBe(row.correction?.verdict ?? row.computed);
    });
  });
});

const byPerson = (register: RegisterView) => ({
  ...register,
  rows: new Map(register.rows.map((row) => [row.personId, row])),
  history: new Set(register.history.map((act) => JSON.stringify(act))),
});

describe('the same register comes', () => {
  it('of entries of one time, in whatever order those of different persons stand', () => {
    fc.assert(
      fc.property(
        lessons,
        classes,
        rules,
        moments,
        fc.shuffledSubarray(ids, { minLength: ids.length }),
        (lesson, entries, rule, now, order) => {
          const swapped: StoredEntry[] = [];
          let together: StoredEntry[] = [];
          const flush = () => {
            swapped.push(...together.sort((a, b) => order.indexOf(a.personId ?? '') - order.indexOf(b.personId ?? '')));
            together = [];
          };
          for (const entry of entries) {
            if (entry.personId === null || entry.at !== together[0]?.at) flush();
            if (entry.personId === null) swapped.push(entry);
            else together.push(entry);
          }
          flush();
          expect(byPerson(registerFrom(lesson, swapped, rule, now))).toEqual(byPerson(registerFrom(lesson, entries, rule, now)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('at a moment, whether what came later is known or not', () => {
    fc.assert(
      fc.property(lessons, classes, rules, moments, (lesson, entries, rule, now) => {
        const heard = entries.filter((entry) => entry.at <= now);
        expect(registerFrom(lesson, entries, rule, now)).toEqual(registerFrom(lesson, heard, rule, now));
      }),
      { numRuns: 500 },
    );
  });

  it('in a row, from the entries of its person, of those who teach, of the room, and from the last before it was opened', () => {
    fc.assert(
      fc.property(lessons, classes, rules, moments, person, (lesson, entries, rule, now, personId) => {
        const teaching = new Set(['t', personId, ...leadersOf(entries, now).keys()]);
        const some = entries.filter((entry, index) => {
          return entry.personId === null || teaching.has(entry.personId) || entries[index + 1]?.kind === 'room-opened';
        });
        const rowOf = (register: RegisterView) => register.rows.find((row) => row.personId === personId);
        const whole = registerFrom(lesson, entries, rule, now);
        const read = registerFrom(lesson, some, rule, now);
        expect(rowOf(read)).toEqual(rowOf(whole));
        expect(read).toMatchObject({ held: whole.held, teaching: whole.teaching, signature: whole.signature });
      }),
      { numRuns: 500 },
    );
  });

  it('when names, devices and words were erased, but for these', () => {
    const personal = new Set(['name', 'device', 'address', 'reason', 'byName']);
    const erased = (entry: StoredEntry): StoredEntry => {
      const owns = ['participant-joined', 'connection-opened', 'waiting-started', 'register-corrected'].includes(entry.kind);
      return owns ? { ...entry, detail: Object.fromEntries(Object.entries(entry.detail).filter(([key]) => !personal.has(key))) } : entry;
    };
    const proven = (register: RegisterView) =>
      register.rows.map(({ personId, verdict, computed, why, intervals, gaps, checks, minutes }) => {
        return { personId, verdict, computed, why, intervals, gaps, checks, minutes };
      });
    fc.assert(
      fc.property(lessons, classes, rules, moments, (lesson, entries, rule, now) => {
        expect(proven(registerFrom(lesson, entries.map(erased), rule, now))).toEqual(proven(registerFrom(lesson, entries, rule, now)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a rule', () => {
  const compare = (kinder: (rule: AttendanceRule, by: number) => AttendanceRule, base: Partial<AttendanceRule> = {}): number => {
    let better = 0;
    fc.assert(
      fc.property(lessons, classes, rules, moments, fc.integer({ min: 1, max: 20 }), (lesson, entries, any, now, by) => {
        const rule = { ...any, ...base };
        const strict = registerFrom(lesson, entries, rule, now);
        const kind = registerFrom(lesson, entries, kinder(rule, by), now);
        for (const [index, row] of strict.rows.entries()) {
          const other = kind.rows[index];
          if (other === undefined) throw new Error('A row is gone');
          expect(worthOf(other)).toBeGreaterThanOrEqual(worthOf(row));
          if (worthOf(other) > worthOf(row)) better += 1;
        }
      }),
      { numRuns: 1500 },
    );
    return better;
  };

  it('A15 that forgives more lowers no verdict', () => {
    const better = compare((rule, by) => ({ ...rule, forgiveGapMinutes: rule.forgiveGapMinutes + by }));
    expect(better).toBeGreaterThan(0);
  });

  it('A9 that asks for a smaller share lowers no verdict, and one that asks for a larger raises none', () => {
    const better = compare((rule, by) => ({ ...rule, presentFromShare: Math.max(0, rule.presentFromShare - by / 20) }));
    expect(better).toBeGreaterThan(0);
  });

  it('A17 that lets people go earlier lowers no verdict', () => {
    // Only who came a good while after the start, and was not late, is asked whether they stayed.
    compare((rule, by) => ({ ...rule, earlyLeaveMinutes: rule.earlyLeaveMinutes + by }), { lateAfterMinutes: 40, presentFromShare: 0.6 });
  });

  it('A21 that counts more viewing lowers no verdict', () => {
    const better = compare((rule) => ({ ...rule, viewing: { counts: 'asynchronous', withinDays: 5, fromShare: 0.1 } }));
    expect(better).toBeGreaterThan(0);
  });
});
