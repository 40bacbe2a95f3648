// The page of a course, and what is found while typing, on each database.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CourseId } from '../../server/contract/ids.ts';
import { searchText, sortKey } from '../../server/database/text.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { AccessStore } from '../../server/recording/access/access.store.ts';
import { RecordingAccess } from '../../server/recording/access/access.ts';
import { summaryOf } from '../../server/recording/recording.store.ts';
import { CoursePageService } from '../../server/timetable/course-page.service.ts';
import { CoursePageStore } from '../../server/timetable/course-page.store.ts';
import { FindService } from '../../server/timetable/find.service.ts';
import { FindStore } from '../../server/timetable/find.store.ts';
import { kindDefaults } from '../../server/timetable/kind-defaults.ts';
import { RosterStore } from '../../server/timetable/roster.store.ts';
import { assistantId, endsAt, fillCampus, lessonId, observerId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { lessonServices, person } from '../support/lessons.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const courseId = CourseId.parse('course');
const teacher = person(teacherId, 'teacher');
const student = person(studentId(1), 'student');
const stranger = person(strangerId, 'student');

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    await db.insertInto('student_group').values({ id: 'other', faculty_id: 'faculty', name: 'PHY-22' }).execute();
    const clock = new FakeClock(startsAt);
    const { timetable } = lessonServices(db, { clock, tokens: new Tokens({ key: randomBytes(32), clock }) });
    const totals = { expected: 5, present: 3, late: 1, leftEarly: 0, absent: 1 };
    const rows = [{ personId: studentId(1), verdict: 'late', minutes: 40 }];
    const recorded = new RecordingAccess({
      ...{ store: new AccessStore(db), clock },
      rewind: () => null,
      linkOf: () => Promise.resolve(null),
    });
    const pages = new CoursePageService({
      store: new CoursePageStore(db),
      rosters: new RosterStore(db),
      timetable,
      lessons: {
        register: () => Promise.resolve({ totals, rows }),
        recordings: async (person, ids) => (await recorded.watchable(person, ids)).map(summaryOf),
      },
      clock,
    });
    const add = async (id: string, starts: number, group: string, teacherOf = strangerId) => {
      const lesson = {
        course_id: 'course',
        kind: 'seminar',
        title: id,
        starts_at: starts,
        ends_at: starts + 50 * minute,
        teacher_id: teacherOf,
      };
      const rest = {
        extended_to: null,
        ended_at: null,
        cancelled: 0,
        guest_link_hash: null,
        guest_link: null,
        created_by: null,
        created_at: 0,
      };
      await db
        .insertInto('lesson')
        .values({ id, ...lesson, ...rest, rules: JSON.stringify(kindDefaults.seminar) })
        .execute();
      await db.insertInto('lesson_group').values({ lesson_id: id, group_id: group }).execute();
    };
    return { db, clock, pages, add, find: new FindService(new FindStore(db)) };
  }

  describe('the page of a course', () => {
    it('names its people, its one lasting link, and what one is in it', async () => {
      const { pages } = await begin();
      expect(await pages.page(student, courseId, 'https://class.example.edu')).toEqual({
        course: {
          id: 'course',
          code: 'PHY1',
          title: 'Optics',
          credits: null,
          faculty: { id: 'faculty', name: 'Physics' },
          department: null,
        },
        teachers: [{ id: teacherId, displayName: `Name of ${teacherId}` }],
        groups: [{ id: 'group', name: 'PHY-21' }],
        link: 'https://class.example.edu/courses/course',
        role: 'student',
        lessons: { past: 0, coming: 1 },
      });
      const roles = [teacher, person(assistantId, 'assistant'), person(observerId, 'observer'), stranger];
      const seen = await Promise.all(roles.map((who) => pages.page(who, courseId, '')));
      expect(seen.map(({ role }) => role)).toEqual(['teacher', 'assistant', 'observer', 'none']);
      await expect(pages.page(student, CourseId.parse('unknown'), '')).rejects.toMatchObject({ code: 'not-found' });
    });

    it('C13 its link leads to one’s own lesson that runs, then to the next, then nowhere; others see what runs', async () => {
      const { pages, clock, add, db } = await begin();
      await add('parallel', startsAt - 5 * minute, 'other');
      await add('next', startsAt + 7 * 24 * 60 * minute, 'group');
      const leads = async (who: typeof student) => (await pages.now(who, courseId)).lesson?.id ?? null;
      expect(await leads(student)).toBe(lessonId);
      expect(await leads(person(observerId, 'observer'))).toBe('parallel');
      clock.advance(endsAt - startsAt + 14 * minute);
      expect(await leads(student)).toBe(lessonId);
      clock.advance(minute);
      expect(await leads(student)).toBe('next');
      await db.updateTable('lesson').set({ cancelled: 1 }).where('id', '=', 'next').execute();
      expect(await leads(student)).toBeNull();
    });

    it('C13 finds one’s own lessons among hundreds of parallel ones: those to come, the judged and the recorded', async () => {
      const { pages, clock, add, db } = await begin();
      const week = 7 * 24 * 60 * minute;
      const crowd = async (name: string, starts: number) => {
        for (let index = 0; index < 205; index += 1) await add(`${name}-${index}`, starts + index, 'other');
      };
      await crowd('past', startsAt + 10 * minute);
      await crowd('coming', startsAt + week - minute);
      await add('own', startsAt + week, 'group');
      const recorded = (await db.selectFrom('lesson').select('id').where('id', 'not like', 'coming%').execute()).map(({ id }) => ({
        ...{ id: `r-${id}`, lesson_id: id, state: 'ended', started_at: startsAt, ended_at: endsAt, end_reason: 'stopped' },
        ...{ directory: id, started_by: null, bytes: 1 },
      }));
      await db.insertInto('recording').values(recorded).execute();
      clock.advance(5 * 60 * minute);
      expect((await pages.now(student, courseId)).lesson?.id).toBe('own');
      for (const who of [student, teacher]) {
        expect((await pages.attendance(who, courseId)).lessons.map((lesson) => lesson.lessonId)).toEqual([lessonId]);
        expect((await pages.recordings(who, courseId)).recordings).toHaveLength(1);
      }
      expect((await pages.now(stranger, courseId)).lesson?.id).toBe('coming-0');
      expect((await pages.attendance(person(observerId, 'observer'), courseId)).lessons).toHaveLength(60);
    });

    it('shows a student the own attendance of lessons that are over, staff the totals, and others nothing', async () => {
      const { pages, clock, add } = await begin();
      await add('coming', startsAt + 7 * 24 * 60 * minute, 'group');
      expect((await pages.attendance(student, courseId)).lessons).toEqual([]);
      clock.advance(60 * minute);
      const of = { lessonId, title: 'Diffraction', startsAt };
      const totals = { roster: 5, present: 3, late: 1, leftEarly: 0, absent: 1 };
      expect((await pages.attendance(student, courseId)).lessons).toEqual([{ ...of, own: { verdict: 'late', minutes: 40 }, totals: null }]);
      expect((await pages.attendance(teacher, courseId)).lessons).toEqual([{ ...of, own: null, totals }]);
      expect((await pages.attendance(stranger, courseId)).lessons).toEqual([]);
    });

    it('lists recordings for the people of their lessons only', async () => {
      const { pages, clock, db } = await begin();
      clock.advance(60 * minute);
      expect((await pages.recordings(student, courseId)).recordings).toEqual([]);
      const row = { id: 'r', lesson_id: lessonId, state: 'ended', started_at: startsAt, ended_at: endsAt, end_reason: 'stopped' };
      await db
        .insertInto('recording')
        .values({ ...row, directory: 'r', started_by: null, bytes: 1 })
        .execute();
      expect((await pages.recordings(student, courseId)).recordings).toMatchObject([{ id: 'r', lessonTitle: 'Diffraction' }]);
      expect((await pages.recordings(stranger, courseId)).recordings).toEqual([]);
      expect((await pages.recordings(person(observerId, 'observer'), courseId)).recordings).toEqual([]);
    });
  });

  describe('what is found while typing', () => {
    const texts = (name: string) => ({ sort_key: sortKey(name), search_text: searchText(name) });

    it('is at most twenty, in Kazakh order, what begins so before what has it somewhere, with Russian letters too', async () => {
      const { db, find } = await begin();
      const names = ['Физика-1', 'Қазақ тілі', 'Орта қазақ', 'Казак', 'Әдебиет'];
      for (const name of names)
        await db
          .insertInto('student_group')
          .values({ id: `g${sortKey(name)}`.slice(0, 40), faculty_id: 'faculty', name, ...texts(name) })
          .execute();
      const found = async (search: string) => (await find.groups({ search })).found.map(({ name }) => name);
      expect(await found('каз')).toEqual(['Казак', 'Қазақ тілі', 'Орта қазақ']);
      expect(await found('ҚАЗ тіл')).toEqual(['Қазақ тілі']);
      expect(await found('%')).toEqual([]);
      const many = Array.from({ length: 30 }, (_, index) => ({
        id: `m${index}`,
        faculty_id: 'faculty',
        name: `M-${index}`,
        ...texts(`M-${index}`),
      }));
      await db.insertInto('student_group').values(many).execute();
      expect(await found('m-')).toHaveLength(20);
      expect((await find.groups({ search: 'm-', facultyId: 'unknown' })).found).toEqual([]);
      expect((await find.groups({ search: 'whatever', id: 'm7' })).found).toEqual([{ id: 'm7', name: 'M-7', detail: 'Physics' }]);
    });

    it('are teachers only, of the faculty when asked for; sign-in names are for those who arrange', async () => {
      const { find } = await begin();
      const coordinator = person('c', 'coordinator');
      const name = `Name of ${teacherId}`;
      expect((await find.teachers(student, { search: '' })).found).toEqual([{ id: teacherId, name, detail: '' }]);
      expect((await find.teachers(coordinator, { search: 'teach', facultyId: 'faculty' })).found).toEqual([
        { id: teacherId, name, detail: 'teacher' },
      ]);
      expect((await find.teachers(coordinator, { search: '', facultyId: 'law' })).found).toEqual([]);
    });

    it('are courses, places and faculties as well', async () => {
      const { db, find } = await begin();
      await db.updateTable('course').set(texts('PHY1 Optics')).execute();
      const place = { id: 'hall', building: 'Main', name: '101', capacity: null, external_id: null };
      await db
        .insertInto('place')
        .values({ ...place, ...texts('Main 101') })
        .execute();
      expect((await find.courses({ search: 'opt' })).found).toEqual([{ id: 'course', name: 'Optics', detail: 'PHY1' }]);
      expect((await find.places({ search: 'main 1' })).found).toEqual([{ id: 'hall', name: '101', detail: 'Main' }]);
      expect((await find.faculties({ search: '' })).found).toEqual([{ id: 'faculty', name: 'Physics', detail: '' }]);
    });
  });
});
