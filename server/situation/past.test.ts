// How a lesson is known that nobody watches any more: W10 and W11.
import { describe, expect, it } from 'vitest';
import { CourseId, FacultyId, LessonId, PersonId } from '../contract/ids.ts';
import type { Trouble } from '../contract/situation.ts';
import { stateOf } from './known.ts';
import { minuteMs, type PlannedLesson } from './lesson.ts';
import { type Evidence, knownFrom } from './past.ts';

const startsAt = 1_790_000_000_000;
const endsAt = startsAt + 50 * minuteMs;
const later = endsAt + 24 * 60 * minuteMs;
const limits = { absentMs: 5 * minuteMs, quietMs: 5 * minuteMs, earlyMs: 10 * minuteMs };
const planned: PlannedLesson = {
  ...{ lessonId: LessonId.parse('lesson'), title: 'Waves', kind: 'lecture', mode: 'online' },
  ...{ startsAt, endsAt, extendedTo: null, endedAt: null, cancelled: false },
  course: { id: CourseId.parse('course'), code: 'PHY1', title: 'Optics' },
  teacher: { id: PersonId.parse('teacher'), displayName: 'Teacher' },
  ...{ facultyId: FacultyId.parse('faculty'), place: null, marks: [], recordingDue: false },
};
const nothing: Evidence = { kept: null, judged: null, isRecorded: false, isRecording: false };
const judged = { held: true, delayMinutes: 0, came: 20, expected: 25 };
const kept = { watchedSince: startsAt - minuteMs, held: true, begunAt: startsAt, endedAt: null, came: 21, expected: 25, ledBy: null };

function known(lesson: Partial<PlannedLesson>, evidence: Partial<Evidence>, found: readonly Trouble[] = []) {
  const whole = { ...planned, ...lesson };
  const result = knownFrom(whole, { ...nothing, ...evidence }, found, 30, limits, later);
  return { ...result, state: stateOf(whole, result, later), kinds: result.troubles.map(({ kind }) => kind) };
}

describe('W11 a lesson from before the watch', () => {
  it('is unknown without a register or a recording, and nothing is made up', () => {
    expect(known({ recordingDue: true }, {})).toMatchObject({ state: 'unknown', came: null, expected: 30, begunAt: null, troubles: [] });
    expect(known({ mode: 'on-site' }, {}).state).toBe('on-site');
    expect(known({ cancelled: true }, { isRecorded: true }).state).toBe('cancelled');
  });

  it('was held when there is a recording of it, and how is not known', () => {
    expect(known({}, { isRecorded: true })).toMatchObject({
      state: 'over',
      begunAt: null,
      came: null,
      recording: 'recorded',
      troubles: [],
    });
  });

  it('is known by its register: held or not, how late, and by how many', () => {
    expect(known({}, { judged })).toMatchObject({ state: 'over', begunAt: startsAt, came: 20, expected: 25, troubles: [] });
    expect(known({}, { judged: { ...judged, held: false } })).toMatchObject({ state: 'not-held', troubles: [] });
    expect(known({}, { judged: { ...judged, delayMinutes: 4.9 } }).troubles).toEqual([]);
    const late = known({}, { judged: { ...judged, delayMinutes: 7 } });
    expect(late.begunAt).toBe(startsAt + 7 * minuteMs);
    expect(late.troubles).toEqual([{ kind: 'teacher-absent', since: startsAt, until: startsAt + 7 * minuteMs, source: null }]);
  });

  it('was not recorded although due, or ended early, when the tables say so', () => {
    expect(known({ recordingDue: true }, { judged }).kinds).toEqual(['not-recorded']);
    expect(known({ recordingDue: true }, { judged, isRecorded: true }).kinds).toEqual([]);
    expect(known({ endedAt: endsAt - 10 * minuteMs }, { judged })).toMatchObject({ state: 'ended-early', kinds: ['ended-early'] });
    expect(known({ endedAt: endsAt - 9 * minuteMs }, { judged })).toMatchObject({ state: 'over', kinds: [] });
  });
});

describe('W11 a lesson that was watched', () => {
  it('is what was kept of it, whatever the register says', () => {
    const found: Trouble[] = [{ kind: 'black', since: startsAt, until: startsAt + minuteMs, source: 'camera' }];
    expect(known({}, { kept, judged: { ...judged, delayMinutes: 30 } }, found)).toMatchObject({ state: 'over', came: 21, troubles: found });
    expect(known({}, { kept: { ...kept, held: false } }).state).toBe('not-held');
  });

  it('is as the register says where the watch came too late', () => {
    const partly = { ...kept, watchedSince: startsAt + minuteMs, held: false, begunAt: null };
    expect(known({}, { kept: partly }).state).toBe('unknown');
    expect(known({}, { kept: partly, judged }).state).toBe('over');
    expect(known({}, { kept: partly, judged: { ...judged, held: false } }).state).toBe('not-held');
  });

  it('W10 has no trouble that goes on', () => {
    const open: Trouble = { kind: 'nobody-heard', since: startsAt, until: null, source: null };
    expect(known({}, { kept }, [open]).troubles).toEqual([{ ...open, until: endsAt }]);
  });
});
