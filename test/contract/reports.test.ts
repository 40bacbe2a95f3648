// Reports of attendance, added up by each database alike: what stands in them, and who may read them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  AtRisk,
  FacultyReport,
  Journal,
  Matrix,
  ReportScopes,
  StudentReport,
  TeacherReport,
  TermReport,
} from '../../server/contract/reports.ts';
import { fillJudgedTerm } from '../support/judged-term.ts';
import { openReportsServer, type ReportsServer } from '../support/reports-server.ts';
import { eachDatabase, type Open } from './databases.ts';

const none = { lessons: 0, present: 0, late: 0, leftEarly: 0, absent: 0, excused: 0, asynchronous: 0, share: null, minutes: 0 };

eachDatabase((_name, open) => {
  describe('on a thread of their own', () => define(open, true));
  describe('in place', () => define(open, false));
});

function define(open: Open, onThread: boolean): void {
  let server: ReportsServer;
  beforeAll(async () => {
    const { db, where } = await open();
    await fillJudgedTerm(db);
    server = await openReportsServer(db, onThread ? where : null);
  });
  afterAll(() => server.close());

  const read = async <S extends z.ZodType>(schema: S, path: string, who = 'admin'): Promise<z.output<S>> => {
    const answer = await server.get(path, who);
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    return schema.parse(await answer.json());
  };

  describe('what they say', () => {
    it('Q3 of a group: lessons by students, in their order, with sums of the cells', async () => {
      const { period, title, lessons, students, total } = await read(Matrix, '/api/reports/groups/group');
      expect({ period, title }).toEqual({ period: { from: '2026-09-01', to: '2026-12-31' }, title: 'PHY-21' });
      expect(lessons.map(({ id, held, signed }) => [id, held, signed])).toEqual([
        ['w1', true, true],
        ['law1', true, false],
        ['w2', true, false],
        ['w3', true, false],
        ['w4', false, false],
      ]);
      expect(students.map(({ personId }) => personId)).toEqual(['student1', 'student2', 'student3', 'student4', 'student5']);
      const cells = (person: number) => students[person]?.cells.map((cell) => cell && cell.verdict + (cell.corrected ? '*' : ''));
      expect(cells(0)).toEqual(['present', 'late', 'present', 'present', 'not-held']);
      expect(cells(3)).toEqual(['excused', null, 'present', 'present*', 'not-held']);
      expect(students[0]?.tally).toEqual({ ...none, lessons: 4, present: 3, late: 1, share: 1, minutes: 185 });
      expect(students[3]?.tally).toEqual({ ...none, lessons: 3, present: 2, excused: 1, share: 1, minutes: 100 });
      expect(lessons[0]?.tally).toEqual({ ...none, lessons: 1, present: 2, late: 1, absent: 1, excused: 1, share: 0.75, minutes: 135 });
      expect(lessons[4]?.tally).toEqual(none);
      expect(total).toEqual({
        ...{ lessons: 4, present: 9, late: 2, leftEarly: 1, absent: 3, excused: 1, asynchronous: 1, share: 13 / 16, minutes: 550 },
      });
    });

    it('Q5 the trend goes by the Mondays of the university’s time zone', async () => {
      const { trend } = await read(Matrix, '/api/reports/groups/group');
      // The evening of Sunday the 13th is still the week of the 7th.
      expect(trend.map(({ week, tally }) => [week, tally.lessons])).toEqual([
        ['2026-09-07', 2],
        ['2026-09-14', 1],
        ['2026-09-21', 1],
      ]);
    });

    it('Q4 of chosen days, and of one course', async () => {
      const ids = async (query: string) => (await read(Matrix, `/api/reports/groups/group?${query}`)).lessons.map(({ id }) => id);
      expect(await ids('from=2026-09-13&to=2026-09-14')).toEqual(['law1', 'w2']);
      expect(await ids('from=2026-09-21')).toEqual(['w3', 'w4']);
      expect(await ids('to=2026-09-12')).toEqual(['w1']);
      expect(await ids('courseId=civil')).toEqual(['law1']);
    });

    it('Q6 who missed three in a row is at risk, with the course and since when', async () => {
      const since = Date.parse('2026-09-07T08:00:00+05:00');
      const risk = { courseId: 'course', courseTitle: 'Optics', missedInRow: 3, since };
      const { students } = await read(Matrix, '/api/reports/groups/group');
      expect(students.filter(({ risks }) => risks.length > 0)).toMatchObject([{ personId: 'student3', risks: [risk] }]);
      const everybody = { students: [{ personId: 'student3', name: 'Name of student3', groups: ['PHY-21'], risks: [risk] }], total: 1 };
      for (const query of ['', '?facultyId=faculty', '?groupId=group', '?courseId=course', '?groupId=group&courseId=course'])
        expect(await read(AtRisk, `/api/reports/at-risk${query}`)).toEqual(everybody);
      for (const query of ['?facultyId=law', '?groupId=lawyers', '?courseId=civil', '?groupId=group&courseId=civil'])
        expect(await read(AtRisk, `/api/reports/at-risk${query}`)).toEqual({ students: [], total: 0 });
      expect(await read(AtRisk, '/api/reports/at-risk?page=1')).toEqual({ students: [], total: 1 });
    });

    it('Q6 a risk of a term that is over is none today', async () => {
      server.clock.advance(150 * 24 * 3_600_000);
      try {
        expect(await read(AtRisk, '/api/reports/at-risk')).toEqual({ students: [], total: 0 });
      } finally {
        server.clock.advance(-150 * 24 * 3_600_000);
      }
    });

    it('of a course: everybody who was expected there, of whatever group', async () => {
      const { students, lessons } = await read(Matrix, '/api/reports/courses/civil');
      expect(lessons.map(({ title, kind }) => [title, kind])).toEqual([['Title of law1', 'seminar']]);
      expect(students.map(({ personId, groups }) => [personId, groups])).toEqual([
        ['formula', ['LAW-1']],
        ['stranger', ['LAW-1']],
        ['student1', ['PHY-21']],
        ['student3', ['PHY-21']],
      ]);
    });

    it('of a student: by course, lesson by lesson', async () => {
      const report = await read(StudentReport, '/api/reports/students/student3');
      expect(report.person).toEqual({ id: 'student3', name: 'Name of student3', groups: ['PHY-21'] });
      expect(report.total).toEqual({ ...none, lessons: 4, present: 1, absent: 3, share: 0.25, minutes: 50 });
      expect(report.courses).toEqual([
        { courseId: 'course', title: 'Optics', tally: { ...none, lessons: 3, absent: 3, share: 0 }, missedInRow: 3 },
        { courseId: 'civil', title: 'Азаматтық құқық', tally: { ...none, lessons: 1, present: 1, share: 1, minutes: 50 }, missedInRow: 0 },
      ]);
      expect(report.lessons.map(({ id, verdict }) => [id, verdict])).toEqual([
        ['w1', 'absent'],
        ['law1', 'present'],
        ['w2', 'absent'],
        ['w3', 'absent'],
        ['w4', 'not-held'],
      ]);
    });

    it('of a teacher: what was held, how late it was begun, what is not signed', async () => {
      const report = await read(TeacherReport, '/api/reports/teachers/teacher');
      const { held, notHeld, unsigned, late, averageDelayMinutes } = report;
      expect({ held, notHeld, unsigned, late, averageDelayMinutes }).toEqual({
        ...{ held: 3, notHeld: 1, unsigned: 2, late: 1, averageDelayMinutes: 2.3 },
      });
      expect(report.lessons.map(({ id, delayMinutes, taughtMinutes }) => [id, delayMinutes, taughtMinutes])).toEqual([
        ['w1', 1, 48],
        ['w2', 5, 48],
        ['w3', 1, 48],
        ['w4', 0, 0],
      ]);
    });

    it('Q7 of a faculty: its courses and teachers, and its groups in whatever course', async () => {
      const report = await read(FacultyReport, '/api/reports/faculties/faculty');
      const { heldLessons, notHeldLessons, unsignedLessons, atRisk } = report;
      expect({ heldLessons, notHeldLessons, unsignedLessons, atRisk }).toEqual({
        ...{ heldLessons: 3, notHeldLessons: 1, unsignedLessons: 2, atRisk: 1 },
      });
      expect(report.total).toEqual({
        ...{ lessons: 3, present: 8, late: 1, leftEarly: 1, absent: 3, excused: 1, asynchronous: 1, share: 11 / 14, minutes: 465 },
      });
      expect(report.courses).toMatchObject([{ id: 'course', name: 'Optics', tally: report.total }]);
      expect(report.teachers).toMatchObject([{ id: 'teacher', held: 3, notHeld: 1, averageDelayMinutes: 2.3, tally: report.total }]);
      const { total } = await read(Matrix, '/api/reports/groups/group');
      expect(report.groups).toEqual([{ id: 'group', name: 'PHY-21', tally: total }]);
      expect(report.trend.map(({ week }) => week)).toEqual(['2026-09-07', '2026-09-14', '2026-09-21']);
    });

    it('Q7 of a term: all faculties, whose sums are those of their own reports', async () => {
      const report = await read(TermReport, '/api/reports/term');
      expect(report.faculties.map(({ name }) => name)).toEqual(['Құқық', 'Physics']);
      for (const faculty of report.faculties) {
        const { total, heldLessons, notHeldLessons, unsignedLessons, atRisk } = await read(
          FacultyReport,
          `/api/reports/faculties/${faculty.id}`,
        );
        expect(faculty).toMatchObject({ tally: total, heldLessons, notHeldLessons, unsignedLessons, atRisk });
      }
      expect(report.total.lessons).toBe(4);
      expect(report.trend[0]).toMatchObject({ week: '2026-09-07', tally: { lessons: 2, present: 4, late: 2, absent: 2, excused: 1 } });
    });

    it('without lessons there is nothing, and no share', async () => {
      const query = 'from=2025-01-01&to=2025-02-01';
      expect((await read(TermReport, `/api/reports/term?${query}`)).total).toEqual(none);
      expect(await read(StudentReport, `/api/reports/students/student1?${query}`)).toMatchObject({ total: none, lessons: [], trend: [] });
      expect(await read(TeacherReport, `/api/reports/teachers/teacher?${query}`)).toMatchObject({ averageDelayMinutes: 0, lessons: [] });
    });

    it.each(['from=2026-10-01&to=2026-09-01', 'from=2020-01-01&to=2026-01-01', 'from=yesterday', 'courseId=a%20b'])(
      'Q4 refuses %s',
      async (query) => {
        expect((await server.get(`/api/reports/groups/group?${query}`)).status).toBe(400);
      },
    );
  });

  describe('Q1 who may read', () => {
    const paths = {
      group: '/api/reports/groups/group',
      lawyers: '/api/reports/groups/lawyers',
      course: '/api/reports/courses/course',
      civil: '/api/reports/courses/civil',
      student1: '/api/reports/students/student1',
      stranger: '/api/reports/students/stranger',
      teacher: '/api/reports/teachers/teacher',
      lawyer: '/api/reports/teachers/lawyer',
      physics: '/api/reports/faculties/faculty',
      law: '/api/reports/faculties/law',
      term: '/api/reports/term',
      risk: '/api/reports/at-risk',
      journal: '/api/reports/journal?from=2026-09-01&to=2026-12-31',
    } as const;
    type Name = keyof typeof paths;
    const all = Object.keys(paths);

    it.each<[string, readonly (Name | 'all')[]]>([
      ['admin', ['all']],
      ['observer', ['all']],
      ['physics-observer', ['group', 'course', 'student1', 'teacher', 'physics', 'term', 'risk', 'journal']],
      ['law-coordinator', ['group', 'lawyers', 'civil', 'student1', 'stranger', 'lawyer', 'law', 'term', 'risk', 'journal']],
      ['teacher', ['group', 'course', 'student1', 'teacher', 'risk', 'journal']],
      ['lawyer', ['group', 'lawyers', 'civil', 'student1', 'stranger', 'lawyer', 'risk', 'journal']],
      ['assistant', ['group', 'course', 'student1', 'risk', 'journal']],
      ['idle-teacher', []],
      ['student1', ['student1']],
      ['stranger', ['stranger']],
    ])('%s', async (who, allowed) => {
      const expected = allowed.includes('all') ? all : allowed;
      const statuses = await Promise.all(Object.values(paths).map(async (path) => (await server.get(path, who)).status));
      const open = all.filter((_, index) => statuses[index] === 200);
      expect(open.sort()).toEqual([...expected].sort());
      expect(statuses.filter((status) => status !== 200 && status !== 403)).toEqual([]);
    });

    it('nobody who is not signed in', async () => {
      for (const path of [...Object.values(paths), '/api/reports']) expect((await server.get(path, null)).status).toBe(401);
    });

    it('only those who see everything learn that something does not exist', async () => {
      for (const path of ['groups/no', 'courses/no', 'students/no', 'teachers/no', 'faculties/no'])
        expect([path, (await server.get(`/api/reports/${path}`)).status]).toEqual([path, 404]);
      for (const who of ['student1', 'teacher', 'law-coordinator']) {
        for (const kind of ['groups', 'courses', 'students', 'teachers', 'faculties']) {
          const body = async (id: string) => (await server.get(`/api/reports/${kind}/${id}`, who)).text();
          expect(await body('no')).toContain('not-allowed');
        }
      }
    });

    it('Q2 a teacher sees of a group and of a student only the courses they teach', async () => {
      const lessons = async (path: string, who: string) => (await read(Matrix, path, who)).lessons.map(({ id }) => id);
      expect(await lessons(paths.group, 'lawyer')).toEqual(['law1']);
      expect(await lessons(paths.group, 'teacher')).toEqual(['w1', 'w2', 'w3', 'w4']);
      expect((await read(StudentReport, paths.student1, 'lawyer')).total.lessons).toBe(1);
      expect((await read(StudentReport, paths.student1, 'student1')).total.lessons).toBe(4);
      expect((await read(Matrix, `${paths.group}?courseId=course`, 'lawyer')).lessons).toEqual([]);
    });

    it('Q2 those at risk and the journal show only what one sees', async () => {
      expect((await read(AtRisk, paths.risk, 'lawyer')).total).toBe(0);
      expect((await read(AtRisk, paths.risk, 'teacher')).total).toBe(1);
      expect((await read(AtRisk, paths.risk, 'law-coordinator')).total).toBe(0);
      const lessons = async (who: string) => [...new Set((await read(Journal, paths.journal, who)).lines.map(({ lessonId }) => lessonId))];
      expect(await lessons('law-coordinator')).toEqual(['law1']);
      expect(await lessons('teacher')).toEqual(['w1', 'w2', 'w3', 'w4']);
      expect((await read(TermReport, paths.term, 'law-coordinator')).faculties.map(({ id }) => id)).toEqual(['law']);
    });

    it('the choice shows what one may open', async () => {
      const choice = (who: string) => read(ReportScopes, '/api/reports', who);
      expect(await choice('student1')).toMatchObject({ own: { student: true, teacher: false }, faculties: [], courses: [], groups: [] });
      expect(await choice('teacher')).toMatchObject({
        ...{ own: { student: false, teacher: true }, faculties: [] },
        ...{ courses: [{ id: 'course', name: 'Optics' }], groups: [{ id: 'group', name: 'PHY-21' }] },
      });
      expect((await choice('law-coordinator')).faculties).toEqual([{ id: 'law', name: 'Құқық' }]);
      const { faculties, terms } = await choice('admin');
      expect(faculties).toHaveLength(2);
      expect(terms).toEqual([
        { name: 'Spring', from: '2027-01-15', to: '2027-05-31' },
        { name: 'Autumn', from: '2026-09-01', to: '2026-12-31' },
      ]);
    });
  });
}
