// Lessons that are over are judged once, and again when something has changed for them: rules A34 to A37, on each database.
import { describe, expect, it } from 'vitest';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { doorClosesAt, endsAt, fillCampus, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { day, lengthMs, openRegisters } from '../support/registers.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const one = studentId(1);
const two = studentId(2);
const three = studentId(3);
const four = studentId(4);
const five = studentId(5);

eachDatabase((_name, open) => {
  async function begin(now = doorClosesAt + 2 * minute) {
    const { db } = await open();
    await fillCampus(db);
    return openRegisters(db, now);
  }

  describe('a lesson that is over', () => {
    it('A34 is judged by the sweep: each student, each group, and the lesson itself', async () => {
      const campus = await begin();
      await campus.stay(lessonId, teacherId, startsAt + 5 * minute, endsAt);
      await campus.stay(lessonId, one, startsAt, endsAt);
      await campus.stay(lessonId, two, startsAt + 20 * minute, endsAt);
      await campus.stay(lessonId, three, startsAt, startsAt + 10 * minute);
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toEqual({
        ...{ [one]: 'present', [two]: 'late', [three]: 'left-early', [four]: 'absent', [five]: 'absent' },
      });
      const tally = { present: 1, late: 1, left_early: 1, absent: 2, excused: 0, asynchronous: 0, minutes: 90 };
      expect(await campus.db.selectFrom('attendance_lesson').selectAll().execute()).toEqual([
        {
          ...{ lesson_id: lessonId, course_id: 'course', faculty_id: 'faculty', teacher_id: teacherId, kind: 'laboratory' },
          ...{ starts_at: startsAt, judged_at: campus.clock.now(), held: 1, delay_minutes: 5, taught_minutes: 45, planned_minutes: 50 },
          ...{ ...tally, signed_at: null, signed_by: null, stale: 0, judged_seq: 17 },
        },
      ]);
      expect(await campus.db.selectFrom('attendance_result_group').selectAll().execute()).toEqual([
        { lesson_id: lessonId, group_id: 'group', starts_at: startsAt, ...tally },
      ]);
      expect(campus.faults).toEqual([]);
    });

    it('A34 has its roster written down once, and whoever joins or leaves the group later changes nothing', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      await campus.db.deleteFrom('group_member').where('person_id', '=', two).execute();
      await campus.db.insertInto('group_member').values({ group_id: 'group', person_id: 'stranger' }).execute();
      await campus.attendance.finisher.ask(lessonId);
      await campus.sweep();
      expect(Object.keys(await campus.verdicts(lessonId)).sort()).toEqual([one, two, three, four, five]);
      expect((await campus.kinds(lessonId)).filter((kind) => kind === 'roster-recorded')).toHaveLength(1);
      const register = await campus.attendance.service.register(lessonId, campus.clock.now());
      expect(register.rosterRecorded).toBe(true);
      expect(register.rows.find(({ personId }) => personId === two)).toMatchObject({
        name: `Name of ${two}`,
        groups: ['PHY-21'],
        onRoster: true,
      });
    });

    it('A34 is not judged while somebody may still come in', async () => {
      const campus = await begin(doorClosesAt - minute);
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toEqual({});
      expect(await campus.kinds(lessonId)).not.toContain('roster-recorded');
      campus.clock.advance(minute);
      campus.attendance.finisher.ask(lessonId);
      await campus.attendance.finisher.idle();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [one]: 'present' });
    });

    it('A34 that nobody held judges nobody, and says so', async () => {
      const campus = await begin();
      await campus.stay(lessonId, one, startsAt, endsAt);
      await campus.sweep();
      expect(new Set(Object.values(await campus.verdicts(lessonId)))).toEqual(new Set(['not-held']));
      expect(await campus.db.selectFrom('attendance_lesson').select(['held', 'absent']).execute()).toEqual([{ held: 0, absent: 0 }]);
      expect(await campus.streak(one)).toMatchObject({ missed: 0 });
    });

    it('A34 and was on the campus, with no room opened, is not judged; with one it is', async () => {
      const campus = await begin();
      await campus.db.updateTable('lesson').set({ mode: 'on-site' }).execute();
      await campus.sweep();
      expect(await campus.db.selectFrom('attendance_lesson').selectAll().execute()).toEqual([]);
      expect(await campus.kinds(lessonId)).toEqual([]);
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [one]: 'present' });
    });

    it('A36 judged twice has the same result, and no second row', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      const before = await campus.db.selectFrom('attendance_result').selectAll().orderBy('person_id').execute();
      const streaks = await campus.db.selectFrom('attendance_streak').selectAll().orderBy('person_id').execute();
      await Promise.all([campus.sweep(), campus.sweep()]);
      campus.attendance.finisher.ask(lessonId);
      await campus.attendance.finisher.idle();
      expect(await campus.db.selectFrom('attendance_result').selectAll().orderBy('person_id').execute()).toEqual(before);
      expect(await campus.db.selectFrom('attendance_streak').selectAll().orderBy('person_id').execute()).toEqual(streaks);
    });
  });

  describe('A36 what the server missed', () => {
    it('while it was down is caught up on, but not beyond some months', async () => {
      const campus = await begin(startsAt + 100 * day);
      await campus.held(lessonId, startsAt, one);
      const old = startsAt - 30 * day;
      await campus.held(await campus.lesson('old', old), old, one);
      campus.attendance.finisher.start();
      await campus.attendance.finisher.idle();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [one]: 'present', [two]: 'absent' });
      expect(await campus.verdicts('old')).toEqual({});
      await campus.attendance.close();
    });

    it('after it had judged, because it was killed, is seen when it starts', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      await campus.stay(lessonId, two, startsAt, endsAt);
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [two]: 'absent' });
      const restarted = openRegisters(campus.db, campus.clock.now() + 3 * day);
      restarted.attendance.finisher.start();
      await restarted.attendance.finisher.idle();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [two]: 'present' });
      await restarted.attendance.close();
    });

    it('of a lesson that was cancelled or moved afterwards leaves no result', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      expect(await campus.streak(two)).toMatchObject({ missed: 1 });
      await campus.db.updateTable('lesson').set({ cancelled: 1 }).execute();
      campus.attendance.finisher.changed(lessonId);
      await campus.sweep();
      for (const table of ['attendance_lesson', 'attendance_result', 'attendance_result_group', 'attendance_streak'] as const)
        expect([table, await campus.db.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
    });

    it('of a lesson whose trace is gone by its age leaves the sums as they were, and there is no register any more', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      await campus.sweep();
      await new PrivacyStore(campus.db, lockedPeople).removeTraces(campus.clock.now(), 10, campus.clock.now());
      campus.attendance.finisher.changed(lessonId);
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toEqual({});
      expect(await campus.db.selectFrom('attendance_lesson').select(['present', 'absent', 'stale']).execute()).toEqual([
        { present: 1, absent: 4, stale: 0 },
      ]);
      await expect(campus.attendance.service.register(lessonId, campus.clock.now())).rejects.toMatchObject({ code: 'not-found' });
    });

    it('that came into the database long after, with all that happened in it, is done when asked to catch up', async () => {
      const campus = await begin(startsAt + 30 * day);
      campus.attendance.finisher.start();
      await campus.attendance.finisher.idle();
      const id = await campus.lesson('late', startsAt + day);
      await campus.held(id, startsAt + day, one);
      await campus.sweep();
      expect(await campus.verdicts(id)).toEqual({});
      campus.attendance.finisher.catchUp();
      await campus.attendance.finisher.idle();
      expect(await campus.verdicts(id)).toMatchObject({ [one]: 'present' });
    });

    it('because the database failed is tried again by the next sweep, and other lessons do not wait for it', async () => {
      const campus = await begin();
      await campus.held(lessonId, startsAt, one);
      const other = startsAt - day;
      const otherId = await campus.lesson('other', other);
      await campus.held(otherId, other, one);
      await campus.db.schema.alterTable('attendance_result_group').renameTo('away').execute();
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toEqual({});
      expect(campus.faults).toHaveLength(2);
      await campus.db.schema.alterTable('away').renameTo('attendance_result_group').execute();
      await campus.sweep();
      expect(await campus.verdicts(lessonId)).toMatchObject({ [one]: 'present' });
      expect(await campus.verdicts(otherId)).toMatchObject({ [one]: 'present' });
    });
  });

  describe('A37 lessons missed in a row', () => {
    async function fourLessons() {
      const campus = await begin(startsAt + 4 * day);
      const at = [0, 1, 2, 3].map((index) => startsAt + index * day);
      const ids = [lessonId, ...(await Promise.all([1, 2, 3].map((index) => campus.lesson(`l${index}`, startsAt + index * day))))];
      return { ...campus, at, ids };
    }

    it('are counted in the order of the lessons, whatever the order in which they are judged', async () => {
      const campus = await fourLessons();
      for (const [index, id] of campus.ids.entries()) await campus.held(id, campus.at[index] ?? 0, ...(index === 0 ? [one] : []), two);
      for (const id of campus.ids.toReversed()) {
        campus.attendance.finisher.ask(id);
        await campus.attendance.finisher.idle();
      }
      expect(await campus.streak(one)).toEqual({ missed: 3, since: campus.at[1], last_at: campus.at[3] });
      expect(await campus.streak(two)).toEqual({ missed: 0, since: null, last_at: campus.at[3] });
      expect(await campus.streak(three)).toEqual({ missed: 4, since: campus.at[0], last_at: campus.at[3] });
    });

    it('are counted anew when one in the middle is judged again', async () => {
      const campus = await fourLessons();
      for (const [index, id] of campus.ids.entries()) await campus.held(id, campus.at[index] ?? 0);
      await campus.sweep();
      campus.attendance.finisher.start();
      await campus.attendance.finisher.idle();
      expect(await campus.streak(one)).toMatchObject({ missed: 4 });
      const [, second = lessonId] = campus.ids;
      await campus.stay(second, one, campus.at[1] ?? 0, (campus.at[1] ?? 0) + lengthMs);
      campus.attendance.finisher.changed(second);
      await campus.sweep();
      expect(await campus.streak(one)).toEqual({ missed: 2, since: campus.at[2], last_at: campus.at[3] });
      expect(await campus.streak(two)).toMatchObject({ missed: 4 });
      await campus.attendance.close();
    });

    it('are neither counted nor broken by what is excused', async () => {
      const campus = await fourLessons();
      for (const [index, id] of campus.ids.entries()) await campus.held(id, campus.at[index] ?? 0);
      const excused = { person_id: one, first_on: '2026-09-08', last_on: '2026-09-09', reason: 'illness', note: '', by_id: 'x', at: 0 };
      await campus.db
        .insertInto('excusal')
        .values({ ...excused, id: 'e', revoked_at: null })
        .execute();
      for (const id of campus.ids) campus.attendance.finisher.ask(id);
      await campus.attendance.finisher.idle();
      expect(await campus.verdicts('l1')).toMatchObject({ [one]: 'excused', [two]: 'absent' });
      expect(await campus.streak(one)).toEqual({ missed: 2, since: campus.at[0], last_at: campus.at[3] });
    });
  });

  it('A35 what is watched later is judged again where the rule counts it, within its days, and not in a signed register', async () => {
    const campus = await begin();
    await campus.held(lessonId, startsAt, one);
    await campus.sweep();
    const rule = { lateAfterMinutes: 10, presentFromShare: 0.7, viewing: { counts: 'asynchronous', withinDays: 3, fromShare: 0.5 } };
    const row = {
      id: 'r',
      scope: 'university',
      kind: null,
      course_id: null,
      valid_from: '2026-01-01',
      changed_at: 0,
      changed_by: teacherId,
    };
    await campus.watched(lessonId, two, 40);
    await campus.sweep();
    expect(await campus.verdicts(lessonId)).toMatchObject({ [two]: 'absent' });
    await campus.db
      .insertInto('register_rule')
      .values({ ...row, rule: JSON.stringify(rule) })
      .execute();
    const later = openRegisters(campus.db, campus.clock.now() + day);
    await later.watched(lessonId, three, 40);
    await later.sweep();
    expect(await campus.verdicts(lessonId)).toMatchObject({ [two]: 'asynchronous', [three]: 'asynchronous', [four]: 'absent' });
    const tooLate = openRegisters(campus.db, campus.clock.now() + 5 * day);
    await tooLate.watched(lessonId, four, 40);
    await tooLate.sweep();
    expect(await campus.verdicts(lessonId)).toMatchObject({ [four]: 'absent' });
  });

  it('A35 a judged lesson answers what the page of its course shows', async () => {
    const campus = await begin();
    await campus.held(lessonId, startsAt, one);
    expect(await campus.attendance.results.of(lessonId, one)).toBeNull();
    await campus.sweep();
    const totals = { expected: 5, present: 1, late: 0, leftEarly: 0, absent: 4 };
    expect(await campus.attendance.results.of(lessonId, one)).toEqual({
      totals,
      rows: [{ personId: one, verdict: 'present', minutes: 50 }],
    });
    expect(await campus.attendance.results.of(lessonId, 'stranger')).toEqual({ totals, rows: [] });
  });
});
