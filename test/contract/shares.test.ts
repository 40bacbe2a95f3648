// Shares of distance teaching, added up by each database alike.
import { describe, expect, it } from 'vitest';
import { Config } from '../../config/schema.ts';
import { openShares } from '../../server/app-shares.ts';
import { FacultyId } from '../../server/contract/ids.ts';
import { OwnShare, Shares, SharesPreviewRequest, SharesQuery } from '../../server/contract/shares.ts';
import type { OpenDatabase } from '../../server/database/open.ts';
import { searchText, sortKey } from '../../server/database/text.ts';
import { SharesService } from '../../server/shares/shares.service.ts';
import { SharesStore } from '../../server/shares/shares.store.ts';
import { fillCampus, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { person } from '../support/lessons.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const week = 7 * day;
const administrator = person('a', 'administrator');
const ask = (query: object = {}) => SharesQuery.parse(query);

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    await db.deleteFrom('lesson').execute();
    const texts = (name: string) => ({ sort_key: sortKey(name), search_text: searchText(name) });
    await db
      .insertInto('faculty')
      .values({ id: 'law', name: 'Law', ...texts('Law') })
      .execute();
    const programme = (id: string, faculty: string, field: string) => ({
      id,
      faculty_id: faculty,
      department_id: null,
      code: id,
      name: id,
      field,
      external_id: null,
      ...texts(id),
    });
    await db
      .insertInto('programme')
      .values([programme('physics', 'faculty', 'science'), programme('jurists', 'law', 'law')])
      .execute();
    await db
      .insertInto('student_group')
      .values({ id: 'lawyers', faculty_id: 'law', name: 'LAW-1', programme_id: 'jurists', ...texts('LAW-1') })
      .execute();
    await db.updateTable('student_group').set({ programme_id: 'physics' }).where('id', '=', 'group').execute();
    await db.insertInto('group_member').values({ group_id: 'lawyers', person_id: strangerId }).execute();
    await db
      .updateTable('course')
      .set({ credits: 5, planned_hours: 100, ...texts('PHY1 Optics') })
      .where('id', '=', 'course')
      .execute();
    await db
      .insertInto('course')
      .values({
        id: 'onsite',
        faculty_id: 'faculty',
        code: 'PHY2',
        title: 'Practice',
        credits: 5,
        planned_hours: 50,
        ...texts('PHY2 Practice'),
      })
      .execute();
    await db.insertInto('academic_year').values({ id: 'y', name: '2026', starts_on: '2026-09-01', ends_on: '2027-06-30' }).execute();
    await db
      .insertInto('term')
      .values({ id: 't', year_id: 'y', name: 'Autumn', starts_on: '2026-09-01', ends_on: '2026-12-31', external_id: null })
      .execute();
    const clock = new FakeClock(startsAt + 2 * week + day);
    await lessons(db, 'lecture', 30, ['group', 'lawyers']);
    return { db, clock, service: serviceOn(db, clock) };
  }

  /** Weekly, an hour each, from the first week on. */
  async function lessons(db: OpenDatabase['db'], id: string, count: number, groupIds: string[], change: object = {}): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ id: `${id}${index}`, course_id: 'course', kind: 'lecture', title: id, teacher_id: teacherId, rules: '{}', mode: 'online' },
      ...{
        starts_at: startsAt + (index % 10) * week + Math.floor(index / 10) * 60 * minute,
        ends_at: startsAt + (index % 10) * week + Math.floor(index / 10) * 60 * minute + 50 * minute,
      },
      ...{ extended_to: null, ended_at: null, cancelled: 0, guest_link_hash: null, guest_link: null, created_by: null, created_at: 0 },
      ...change,
    }));
    await db.insertInto('lesson').values(rows).execute();
    const groups = rows.flatMap(({ id: lessonId }) => groupIds.map((groupId) => ({ lesson_id: lessonId, group_id: groupId })));
    if (groups.length > 0) await db.insertInto('lesson_group').values(groups).execute();
  }

  function serviceOn(db: OpenDatabase['db'], clock: FakeClock): SharesService {
    return new SharesService({
      ...{ store: new SharesStore(db), clock, rule: Config.parse({}).shares },
      dayStart: (date, plus) => Date.parse(`${date}T00:00:00+05:00`) + plus * day,
      occurrences: () =>
        Promise.resolve(
          Array.from({ length: 5 }, (_, index) => ({
            startsAt: startsAt + (4 + index) * week,
            endsAt: startsAt + (4 + index) * week + 110 * minute,
          })),
        ),
      groupsOf: (series) => Promise.resolve(series.groupIds),
    });
  }

  describe('the report', () => {
    it('counts online and hybrid lessons of the term, held and coming, against the strictest field of those who take the course', async () => {
      const { db, service } = await begin();
      await lessons(db, 'hybrid', 1, ['group'], { mode: 'hybrid' });
      await lessons(db, 'on-site', 5, ['group'], { mode: 'on-site' });
      await lessons(db, 'cancelled', 5, ['group'], { cancelled: 1 });
      await lessons(db, 'examination', 1, ['group'], { kind: 'examination' });
      await lessons(db, 'last-year', 1, ['group'], { starts_at: startsAt - 52 * week, ends_at: startsAt - 52 * week + 50 * minute });
      const report = Shares.parse(await service.report(administrator, ask()));
      expect(report.term).toEqual({ id: 't', name: 'Autumn' });
      expect(report.rows).toEqual([
        {
          ...{ id: 'course', name: 'Optics', detail: 'PHY1', faculty: { id: 'faculty', name: 'Physics' }, courses: 1, coursesUnknown: 0 },
          ...{ plannedHours: 100, held: 10, coming: 21, hoursHere: 31, credits: 5, creditsHere: 1.55, percent: 31 },
          ...{ field: 'law', limitPercent: 20, state: 'over' },
        },
      ]);
      expect(report.states).toEqual({ ok: 0, near: 0, over: 1, unknown: 0 });
    });

    it('by programme and by student is one of all their courses, each against the own field', async () => {
      const { db, service } = await begin();
      await lessons(db, 'practice', 4, ['group'], { course_id: 'onsite', mode: 'on-site' });
      const programmes = await service.report(administrator, ask({ by: 'programme' }));
      expect(programmes.rows).toMatchObject([
        { id: 'jurists', percent: 30, limitPercent: 20, state: 'over', courses: 1 },
        { id: 'physics', percent: 15, limitPercent: 50, state: 'ok', courses: 2, credits: 10, creditsHere: 1.5 },
      ]);
      const students = await service.report(administrator, ask({ by: 'student' }));
      expect(students.total).toBe(6);
      expect(students.rows[0]).toMatchObject({ id: strangerId, detail: 'LAW-1', percent: 30, state: 'over', faculty: { name: 'Law' } });
      expect(students.rows[1]).toMatchObject({ id: studentId(1), detail: 'PHY-21', percent: 15, state: 'ok' });
    });

    it('gives students their own row without adding up the term, also for a course taken beside the groups', async () => {
      const { db, service } = await begin();
      await lessons(db, 'practice', 4, [], { course_id: 'onsite' });
      await db
        .insertInto('enrolment')
        .values({ course_id: 'onsite', person_id: studentId(2), role: 'student' })
        .execute();
      const ofReport = async (id: string) => (await service.report(administrator, ask({ by: 'student', search: id }))).rows[0];
      for (const id of [studentId(1), studentId(2), strangerId]) {
        const { term, share } = OwnShare.parse(await service.own({ id }));
        expect(term).toEqual({ id: 't', name: 'Autumn' });
        expect(await ofReport(id)).toMatchObject(share ?? { id: 'nobody' });
      }
      expect((await service.own({ id: studentId(2) })).share).toMatchObject({ courses: 2, hoursHere: 34 });
      expect((await service.own({ id: teacherId })).share).toBeNull();
    });

    it('counts a lesson once for a student who is in several of its groups', async () => {
      const { db, service } = await begin();
      await db
        .insertInto('group_member')
        .values({ group_id: 'lawyers', person_id: studentId(1) })
        .execute();
      const { rows } = await service.report(administrator, ask({ by: 'student', search: studentId(1) }));
      expect(rows).toMatchObject([{ id: studentId(1), hoursHere: 30, field: 'law' }]);
    });

    it('is filtered, searched and paged, and counts the states of all that it finds', async () => {
      const { service } = await begin();
      const of = (query: object) => service.report(administrator, ask({ by: 'student', ...query }));
      const first = await of({ limit: 4 });
      expect([first.rows.length, first.total, first.next]).toEqual([4, 6, '4']);
      const second = await of({ limit: 4, after: first.next });
      expect([second.rows.length, second.next]).toEqual([2, null]);
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(6);
      expect((await of({ state: 'over' })).total).toBe(1);
      expect((await of({ state: 'ok' })).states).toEqual({ ok: 5, near: 0, over: 1, unknown: 0 });
      expect((await of({ programmeId: 'physics' })).total).toBe(5);
      expect((await of({ facultyId: 'law' })).total).toBe(1);
      expect((await of({ search: 'student2' })).rows.map(({ id }) => id)).toEqual([studentId(2)]);
      await expect(of({ termId: 'unknown' })).rejects.toMatchObject({ code: 'bad-request' });
    });

    it('shows who watches over a faculty that faculty, and students and teachers nothing', async () => {
      const { service } = await begin();
      const coordinator = person('c', 'coordinator', { coordinator: [FacultyId.parse('law')] });
      expect((await service.report(coordinator, ask({ by: 'student' }))).rows.map(({ id }) => id)).toEqual([strangerId]);
      expect((await service.report(coordinator, ask())).rows).toEqual([]);
      for (const role of ['student', 'teacher'] as const)
        await expect(service.report(person('x', role), ask())).rejects.toMatchObject({ code: 'not-allowed' });
    });

    it('is empty while the calendar has no term', async () => {
      const { db, service } = await begin();
      await db.deleteFrom('term').execute();
      expect(await service.report(administrator, ask())).toMatchObject({ term: null, rows: [], total: 0 });
    });

    it('may be some minutes old', async () => {
      const { db, service, clock } = await begin();
      const percent = async () => (await service.report(administrator, ask())).rows[0]?.percent;
      expect(await percent()).toBe(30);
      await lessons(db, 'more', 10, ['group']);
      expect(await percent()).toBe(30);
      clock.advance(5 * minute);
      expect(await percent()).toBe(40);
    });
  });

  describe('D6 before a plan is saved', () => {
    const lesson = {
      courseId: 'course',
      title: 'X',
      kind: 'seminar',
      startsAt: startsAt + 3 * week,
      endsAt: startsAt + 3 * week + 110 * minute,
      groupIds: ['lawyers'],
    };
    const preview = (service: SharesService, who: typeof administrator, change: object = {}) =>
      service.preview(who, SharesPreviewRequest.parse({ of: 'lesson', lesson: { ...lesson, ...change } }));

    it('the share is told that it would have', async () => {
      const { service } = await begin();
      expect(await preview(service, administrator)).toMatchObject({ before: { percent: 30 }, after: { percent: 32, state: 'over' } });
      expect(await preview(service, administrator, { mode: 'on-site' })).toMatchObject({ after: { percent: 30 } });
      expect(await preview(service, administrator, { kind: 'examination' })).toMatchObject({ after: { percent: 30 } });
    });

    it('of a weekly pattern all lessons are counted, and those that it had before are not', async () => {
      const { service, db } = await begin();
      const series = {
        ...{
          termId: 't',
          courseId: 'course',
          kind: 'lecture',
          title: 'X',
          teacherId,
          groupIds: ['lawyers'],
          streamIds: [],
          placeId: null,
          mode: 'online',
        },
        ...{
          weekday: 1,
          weeks: 'every',
          time: { by: 'clock', startsAt: '08:00', endsAt: '09:50' },
          fromOn: null,
          untilOn: null,
          rules: null,
        },
      };
      const asked = (seriesId?: string) =>
        service.preview(administrator, SharesPreviewRequest.parse({ of: 'series', series, ...(seriesId && { seriesId }) }));
      expect(await asked()).toMatchObject({ before: { percent: 30 }, after: { percent: 40 } });
      const row = {
        ...{
          id: 's',
          external_id: null,
          source: null,
          term_id: 't',
          course_id: 'course',
          kind: 'lecture',
          title: 'X',
          teacher_id: teacherId,
          place_id: null,
          mode: 'online',
        },
        ...{
          weekday: 1,
          weeks: '"every"',
          bell_schedule_id: null,
          bell_first: null,
          bell_last: null,
          clock_starts_at: '08:00',
          clock_ends_at: '09:50',
          from_on: null,
          until_on: null,
          rules: null,
          removed_at: null,
          needs_layout: 0,
          created_at: 0,
        },
      };
      await db.insertInto('series').values(row).execute();
      for (let index = 0; index < 10; index++)
        await db
          .updateTable('lesson')
          .set({ series_id: 's', occurrence: `2026-09-${10 + index}` })
          .where('id', '=', `lecture${index}`)
          .execute();
      expect(await asked('s')).toMatchObject({ before: { percent: 30 }, after: { percent: 30 } });
    });

    it('only to those who plan lessons of the course', async () => {
      const { service } = await begin();
      await expect(preview(service, person('x', 'student'))).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(preview(service, administrator, { courseId: 'unknown' })).rejects.toMatchObject({ code: 'bad-request' });
      expect(await preview(service, administrator, { startsAt: startsAt + 52 * week, endsAt: startsAt + 52 * week + minute })).toEqual({
        before: null,
        after: null,
      });
    });
  });

  it('is built on the calendar of the university', async () => {
    const { db, clock } = await begin();
    expect(openShares({ config: Config.parse({}), db, clock })).toBeTypeOf('function');
  });
});
