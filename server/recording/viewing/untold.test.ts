// Neighbouring reports become one entry, and the register judges by it as by one entry for each.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { told, traceOf, usualRule } from '../../../test/support/told.ts';
import { registerOf } from '../../attendance/attendance.ts';
import { watchedOf, watchedShare } from '../../attendance/watched.ts';
import { LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import { entriesOf, factsOf, isRipe, notIn, type Report, type Untold, withReport } from './untold.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const startsAt = Date.UTC(2026, 10, 23, 4);
const overAt = startsAt + 50 * minute;
const whose = { lessonId: LessonId.parse('l'), personId: PersonId.parse('s'), recordingId: RecordingId.parse('r') };
const report = (at: number, from: number, to: number, more: Partial<Report> = {}): Report => ({
  ...{ spans: [{ fromMs: from * minute, toMs: to * minute }], at, live: false, watchableMs: null, overAt, ...more },
});
const joinedOf = (reports: readonly Report[]): Untold[] => reports.reduce<Untold[]>(withReport, []);
const lesson = {
  ...{ lessonId: 'l', title: '', courseTitle: '', startsAt, plannedEndsAt: overAt, endsAt: overAt, endedAt: null, cancelled: false },
  ...{ opensAt: startsAt - 30 * minute, closesAt: overAt + 15 * minute },
};
const roster = [
  { personId: 't', name: 'T', role: 'teacher' as const, groups: [] },
  { personId: 's', name: 'S', role: 'student' as const, groups: [] },
];

describe('V74 neighbouring reports', () => {
  it('are one entry, and a ninety minutes’ watching is ten of them, not two hundred', () => {
    let untold: Untold[] = [];
    let entries = 0;
    for (let half = 0; half < 180; half += 1) {
      untold = withReport(untold, report(overAt + 1 + half * 30_000, half / 2, half / 2 + 0.5));
      if (!isRipe(untold)) continue;
      entries += factsOf(whose, untold, 0).length;
      untold = [];
    }
    expect(entries + factsOf(whose, untold, 0).length).toBe(9);
  });

  it('stay apart where the class ran in one of them, and where a whole day since its end lies between them', () => {
    expect(joinedOf([report(1, 0, 1, { live: true }), report(2, 1, 2)])).toHaveLength(2);
    expect(joinedOf([report(overAt + day, 0, 1), report(overAt + day + 1, 1, 2)])).toHaveLength(2);
    expect(joinedOf([report(overAt + day - 1, 0, 1), report(overAt + day, 1, 2)])).toMatchObject([{ toldAt: overAt + day }]);
  });

  it('are not told twice by a server that died after telling and before it knew', () => {
    const untold = joinedOf([report(overAt, 0, 1), report(overAt + 1, 3, 4)]);
    const facts = factsOf(whose, untold, 7);
    expect(facts).toHaveLength(2);
    expect(notIn(entriesOf(whose, untold), facts)).toEqual([]);
    expect(notIn(entriesOf(whose, untold).slice(1), facts)).toEqual(facts.slice(0, 1));
  });

  const reports = fc.array(
    fc
      .record({
        from: fc.integer({ min: 0, max: 3000 }),
        lasts: fc.integer({ min: 1, max: 600 }),
        after: fc.integer({ min: 0, max: 40 * 60 }),
        live: fc.boolean(),
        watchable: fc.option(fc.integer({ min: 0, max: 3000 })),
      })
      .map(({ from, lasts, after, live, watchable }) => ({ from, to: from + lasts, after, live, watchable })),
    { minLength: 1, maxLength: 40 },
  );

  it('A21 make the same register as one entry for each, whenever it is looked at', () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 }), fc.boolean(), (told_, days, look, late) => {
        let at = overAt + days * day - (late ? 20 * 60_000 : 0);
        const said = told_.map(({ from, to, after, live, watchable }): Report => {
          at += after * 1000;
          const watchableMs = live || watchable === null ? null : watchable * 1000;
          return { spans: [{ fromMs: from * 1000, toMs: to * 1000 }], at, live, watchableMs, overAt };
        });
        const started = told(null, 0, 'recording-started', { recordingId: 'r', by: null });
        const teacher = told('t', 0, 'participant-joined', { name: 'T', role: 'teacher' });
        const line = told('t', 0, 'connection-opened', { device: 'd', address: 'a' }, 'c');
        const rule = { ...usualRule, viewing: { counts: 'asynchronous' as const, withinDays: 1, fromShare: 0.5 } };
        const rowOf = (entries: ReturnType<typeof entriesOf>) => {
          const all = traceOf(
            [
              { ...started, at: startsAt },
              { ...teacher, at: startsAt },
              { ...line, at: startsAt },
            ],
            entries,
          );
          const known = {
            excusals: new Map(),
            rosterRecorded: true,
            may: { correct: false, sign: false, reopen: false },
            digestOf: () => '',
          };
          return registerOf(lesson, roster, all, { rule, scope: null }, overAt + 20 * day + look, known).rows[1];
        };
        const single = said.flatMap((one) => entriesOf(whose, withReport([], one)));
        expect(rowOf(entriesOf(whose, joinedOf(said)))).toEqual(rowOf(single));
      }),
      { numRuns: 200 },
    );
  });
});

describe('V71 the share', () => {
  const counted = { from: startsAt, to: overAt };
  const partsOf = (...said: Report[]) => {
    const started = { ...told(null, 0, 'recording-started', { recordingId: 'r' }), at: startsAt };
    return watchedOf([started, ...entriesOf(whose, joinedOf(said))], counted, overAt + day).get('s') ?? [];
  };

  it('is that of what there was to watch when that is less than the lesson', () => {
    const half = partsOf(report(overAt, 0, 25, { watchableMs: 25 * minute }));
    expect(watchedShare(half, counted, 50 * minute)).toEqual({ share: 1, of: 'recorded' });
    expect(watchedShare(partsOf(report(overAt, 0, 25)), counted, 50 * minute)).toEqual({ share: 0.5, of: 'lesson' });
    expect(watchedShare(partsOf(report(overAt, 0, 25, { watchableMs: 90 * minute })), counted, 50 * minute).share).toBe(0.5);
  });
});
