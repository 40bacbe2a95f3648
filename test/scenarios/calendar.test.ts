// The academic calendar and weekly patterns over HTTP on each database: who writes what, what is refused, and how lessons follow.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcademicCalendar, AcademicYear, BellSchedule, CalendarDay, Term } from '../../server/contract/calendar.ts';
import { Course, Faculty, Group, Place, Stream } from '../../server/contract/catalogue.ts';
import { CourseId, FacultyId, LessonId } from '../../server/contract/ids.ts';
import { Conflicts, Series, SeriesPage } from '../../server/contract/planning.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { Lessons } from '../../server/contract/timetable.ts';
import { eachDatabase } from '../contract/databases.ts';
import { openPlanServer, type PlanServer } from '../support/plan-server.ts';

/** The day before the term. */
const now = Date.parse('2026-08-31T12:00:00+05:00');
const at = (text: string) => Date.parse(`${text}+05:00`);
const bells = Array.from({ length: 10 }, (_, index) => {
  const hour = String(8 + index).padStart(2, '0');
  return { number: index + 1, startsAt: `${hour}:00`, endsAt: `${hour}:50` };
});

eachDatabase((_name, open) => {
  let server: PlanServer;
  let facultyId: string;
  let otherFacultyId: string;
  let year: AcademicYear;
  let term: Term;
  let schedule: BellSchedule;
  let courseId: string;
  let groupIds: string[];
  let placeId: string;

  const ask = (method: string, path: string, body?: unknown, token: string | null = 'admin') => server.ask(method, path, body, token);
  const codeOf = (json: unknown) => Refusal.parse(json).code;
  const pattern = (change: object = {}) => ({
    ...{ termId: term.id, courseId, kind: 'seminar', title: 'Толқындар', teacherId: 'teacher', groupIds: [groupIds[0]], streamIds: [] },
    ...{ placeId: null, mode: 'online', weekday: 1, weeks: 'every', time: { by: 'bell', scheduleId: schedule.id, first: 2, last: 2 } },
    ...{ fromOn: null, untilOn: null, rules: null, ...change },
  });
  const addSeries = (change: object = {}, token = 'coordinator') => server.make(Series, '/api/series', pattern(change), token);
  const rowsOf = (seriesId: string) =>
    server.db.selectFrom('lesson').selectAll().where('series_id', '=', seriesId).orderBy('starts_at').execute();
  const datesOf = async (seriesId: string) => (await rowsOf(seriesId)).filter((row) => row.cancelled === 0).map((row) => row.occurrence);

  beforeAll(async () => {
    server = await openPlanServer((await open()).db, now);
    facultyId = (await server.make(Faculty, '/api/faculties', { name: 'Physics' })).id;
    otherFacultyId = (await server.make(Faculty, '/api/faculties', { name: 'Law' })).id;
    await server.person('law-coordinator', 'coordinator', { coordinator: [FacultyId.parse(otherFacultyId)] });
    year = await server.make(AcademicYear, '/api/calendar/years', { name: '2026–2027', startsOn: '2026-09-01', endsOn: '2027-06-30' });
    term = await server.make(Term, '/api/calendar/terms', {
      ...{ yearId: year.id, name: '1-семестр', startsOn: '2026-09-01', endsOn: '2026-12-13' },
    });
    schedule = await server.make(BellSchedule, '/api/calendar/schedules', { name: 'Қоңыраулар', isDefault: false, bells });
    courseId = (await server.make(Course, '/api/courses', { facultyId, code: 'PHY1', title: 'Optics' })).id;
    groupIds = [];
    for (const name of ['ФИЗ-1', 'ФИЗ-2', 'ФИЗ-3']) groupIds.push((await server.make(Group, '/api/groups', { facultyId, name })).id);
    placeId = (await server.make(Place, '/api/places', { building: 'B', name: '1', capacity: 30 })).id;
  });
  afterAll(() => server.close());

  describe('the calendar', () => {
    it('is read by everybody who is signed in', async () => {
      const calendar = await server.get(AcademicCalendar, '/api/calendar', 'student1');
      expect(calendar).toMatchObject({ timeZone: 'Asia/Almaty', now, years: [{ name: '2026–2027', terms: [{ weeks: 15 }] }] });
      expect(calendar.schedules).toMatchObject([{ isDefault: true, bells }]);
      expect((await ask('GET', '/api/calendar', undefined, null)).status).toBe(401);
    });

    it('T12 is written by administrators; coordinators write the days of their own faculty', async () => {
      const holiday = { kind: 'holiday', name: 'X', firstOn: '2027-03-01', lastOn: '2027-03-01', taughtAs: null };
      for (const token of ['student1', 'teacher', 'coordinator', 'law-coordinator']) {
        const calls = [
          ['POST', '/api/calendar/years', { name: 'X', startsOn: '2027-09-01', endsOn: '2028-06-30' }],
          ['PUT', `/api/calendar/terms/${term.id}`, { ...term, name: 'X' }],
          ['DELETE', `/api/calendar/schedules/${schedule.id}`],
          ['POST', '/api/calendar/days', { ...holiday, facultyId: null }],
        ] as const;
        for (const [method, path, body] of calls) expect((await ask(method, path, body, token)).status, `${token} ${path}`).toBe(403);
      }
      expect((await ask('POST', '/api/calendar/days', { ...holiday, facultyId }, 'law-coordinator')).status).toBe(403);
      const own = await server.make(CalendarDay, '/api/calendar/days', { ...holiday, facultyId: otherFacultyId }, 'law-coordinator');
      const path = `/api/calendar/days/${own.id}`;
      expect((await ask('PUT', path, { ...holiday, facultyId }, 'law-coordinator')).status).toBe(403);
      expect((await ask('DELETE', path, undefined, 'law-coordinator')).status).toBe(204);
      expect((await ask('DELETE', path, undefined, 'admin')).status).toBe(404);
    });

    it('T13 refuses what makes no sense, and to remove what is used', async () => {
      const terms = { yearId: year.id, name: 'X', startsOn: '2027-01-18', endsOn: '2027-05-16' };
      const wrong: [object, number, string][] = [
        [{ yearId: 'nowhere' }, 400, 'bad-request'],
        [{ startsOn: '2026-08-01' }, 400, 'bad-request'],
        [{ endsOn: '2027-07-01' }, 400, 'bad-request'],
        [{ startsOn: '2026-12-13' }, 409, 'conflict'],
      ];
      for (const [change, status, code] of wrong) {
        const answer = await ask('POST', '/api/calendar/terms', { ...terms, ...change });
        expect([answer.status, codeOf(answer.json)], JSON.stringify(change)).toEqual([status, code]);
      }
      const years = { name: 'X', startsOn: '2026-09-01', endsOn: '2062-06-30' };
      expect((await ask('POST', '/api/calendar/years', years)).status).toBe(400);
      const spring = await server.make(Term, '/api/calendar/terms', terms);
      expect((await ask('PUT', `/api/calendar/years/${year.id}`, { name: 'X', startsOn: '2026-09-01', endsOn: '2027-01-31' })).status).toBe(
        409,
      );
      expect((await ask('DELETE', `/api/calendar/years/${year.id}`)).status).toBe(409);
      expect((await ask('DELETE', `/api/calendar/terms/${spring.id}`)).status).toBe(204);

      const twice = [bells[0], { number: 2, startsAt: '08:30', endsAt: '09:20' }];
      const falling = [
        { ...bells[0], number: 2 },
        { ...bells[1], number: 1 },
      ];
      for (const some of [twice, falling, [bells[0], bells[0]]])
        expect((await ask('POST', '/api/calendar/schedules', { name: 'X', isDefault: false, bells: some })).status).toBe(400);
      const second = await server.make(BellSchedule, '/api/calendar/schedules', { name: 'X', isDefault: true, bells: [bells[0]] });
      const defaults = async () => (await server.get(AcademicCalendar, '/api/calendar')).schedules.filter(({ isDefault }) => isDefault);
      expect((await defaults()).map(({ id }) => id)).toEqual([second.id]);
      expect((await ask('DELETE', `/api/calendar/schedules/${second.id}`)).status).toBe(409);
      await ask('PUT', `/api/calendar/schedules/${schedule.id}`, { name: schedule.name, isDefault: true, bells });
      expect((await defaults()).map(({ id }) => id)).toEqual([schedule.id]);
      const [bell] = bells;
      const time = { by: 'bell', scheduleId: second.id, first: bell?.number, last: bell?.number };
      const used = await addSeries({ weekday: 7, fromOn: '2026-10-01', time });
      expect((await ask('DELETE', `/api/calendar/schedules/${second.id}`)).status).toBe(409);
      await ask('DELETE', `/api/series/${used.id}`);
      expect((await ask('DELETE', `/api/calendar/schedules/${second.id}`)).status).toBe(204);
    });
  });

  describe('a weekly pattern', () => {
    it('is added by the coordinator of the faculty, and its people see its lessons with the rules of the kind', async () => {
      await ask('PUT', `/api/groups/${groupIds[0]}/members`, { signInNames: ['student1'] });
      const series = await addSeries({ placeId, mode: 'hybrid' });
      expect(series).toMatchObject({
        startsAt: '09:00',
        endsAt: '09:50',
        lessons: 14,
        place: { name: 'B, 1' },
        groups: [{ name: 'ФИЗ-1' }],
      });
      const week = `from=${at('2026-09-07T00:00:00')}&to=${at('2026-09-14T00:00:00')}`;
      const { lessons } = await server.get(Lessons, `/api/lessons?${week}`, 'student1');
      expect(lessons).toMatchObject([
        { startsAt: at('2026-09-07T09:00:00'), title: 'Толқындар', seriesId: series.id, mode: 'hybrid', place: { id: placeId } },
      ]);
      expect((await ask('DELETE', `/api/series/${series.id}`, undefined, 'coordinator')).status).toBe(204);
      // T10: those of the next 14 days do not vanish without a word.
      expect((await rowsOf(series.id)).map((row) => [row.occurrence, row.cancelled])).toEqual([
        ['2026-09-07', 1],
        ['2026-09-14', 1],
      ]);
      expect(server.facts).toMatchObject([{ type: 'lesson-cancelled' }, { type: 'lesson-cancelled' }]);
      expect((await ask('PATCH', `/api/series/${series.id}`, { title: 'X' })).status).toBe(404);
    });

    it('is refused when something named is not known or makes no sense, with the field', async () => {
      const wrong: [object, string][] = [
        [{ termId: 'x' }, 'termId'],
        [{ courseId: 'x' }, 'courseId'],
        [{ teacherId: 'student1' }, 'teacherId'],
        [{ groupIds: ['x'] }, 'groupIds'],
        [{ streamIds: ['x'] }, 'streamIds'],
        [{ placeId: 'x' }, 'placeId'],
        [{ weeks: [1, 16] }, 'weeks'],
        [{ time: { by: 'bell', scheduleId: schedule.id, first: 1, last: 11 } }, 'time'],
        [{ time: { by: 'bell', scheduleId: schedule.id, first: 3, last: 2 } }, 'time'],
        [{ time: { by: 'clock', startsAt: '10:00', endsAt: '09:00' } }, 'time'],
        [{ fromOn: '2026-08-31' }, 'fromOn'],
        [{ fromOn: '2026-10-10', untilOn: '2026-10-01' }, 'untilOn'],
      ];
      for (const [change, field] of wrong) {
        const { status, json } = await ask('POST', '/api/series', pattern(change));
        expect([status, Refusal.parse(json).details], JSON.stringify(change)).toEqual([400, { field }]);
      }
    });

    it('C1 is nothing to teachers, students and coordinators of other faculties', async () => {
      const series = await addSeries();
      for (const token of ['student1', 'teacher', 'law-coordinator']) {
        expect((await ask('POST', '/api/series', pattern(), token)).status).toBe(403);
        expect((await ask('POST', '/api/series/conflicts', pattern(), token)).status).toBe(403);
        expect((await ask('PATCH', `/api/series/${series.id}`, { title: 'X' }, token)).status).toBe(403);
        expect((await ask('DELETE', `/api/series/${series.id}`, undefined, token)).status).toBe(403);
      }
      expect((await ask('GET', '/api/series', undefined, 'teacher')).status).toBe(403);
      expect((await server.get(SeriesPage, '/api/series', 'law-coordinator')).total).toBe(0);
      await ask('DELETE', `/api/series/${series.id}`);
    });

    it('C4 that clashes is refused with what is there, and saved in spite of it by those who may, which the audit log tells', async () => {
      const there = await addSeries({ weekday: 2, placeId });
      const wanted = pattern({ weekday: 2, teacherId: 'other-teacher', groupIds: [groupIds[1]], placeId, weeks: [3] });
      const { json, status } = await ask('POST', '/api/series', wanted, 'coordinator');
      expect([status, codeOf(json)]).toEqual([409, 'clash']);
      const found = Conflicts.parse(Refusal.parse(json).details);
      expect(found).toMatchObject({ total: 1, conflicts: [{ over: 'place', startsAt: at('2026-09-15T09:00:00') }] });
      expect(Conflicts.parse((await ask('POST', '/api/series/conflicts', wanted, 'coordinator')).json)).toEqual(found);
      const saved = await server.make(Series, '/api/series?despiteConflicts=true', wanted, 'coordinator');
      expect(saved.lessons).toBe(1);
      expect((await server.acts()).at(-1)).toMatchObject({ act: 'series.added', after: { despiteConflicts: true } });
      const path = `/api/series/${saved.id}`;
      expect((await ask('PATCH', path, { title: 'Still clashing' }, 'coordinator')).status).toBe(200);
      expect((await ask('PATCH', path, { weeks: [3, 4] }, 'coordinator')).status).toBe(409);
      const itself = await ask('POST', `/api/series/conflicts?seriesId=${there.id}`, pattern({ weekday: 2, weeks: 'even' }), 'coordinator');
      expect(Conflicts.parse(itself.json).total).toBe(0);
      for (const { id } of [there, saved]) await ask('DELETE', `/api/series/${id}`);
    });

    it('T10 that changes keeps its lessons and tells their people; what has begun stays', async () => {
      const series = await addSeries({ weekday: 3 });
      const before = await rowsOf(series.id);
      server.clock.advance(at('2026-09-09T12:00:00') - server.clock.now());
      server.facts.length = 0;
      const changed = await ask('PATCH', `/api/series/${series.id}`, { weekday: 4, teacherId: 'other-teacher' }, 'coordinator');
      expect(Series.parse(changed.json)).toMatchObject({ weekday: 4, teacher: { id: 'other-teacher' }, title: 'Толқындар' });
      const after = await rowsOf(series.id);
      const old = before.filter((row) => row.starts_at < server.clock.now());
      expect(after.slice(0, old.length)).toEqual(old);
      expect(after.filter((row) => row.starts_at > server.clock.now()).map((row) => row.occurrence)).toContain('2026-09-17');
      const moved = server.facts.filter(({ type }) => type === 'lesson-moved');
      // T14: the first two are within 14 days.
      expect(moved.map(({ lessonId }) => lessonId)).toEqual(before.slice(old.length, old.length + 2).map(({ id }) => id));
      expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
      expect(server.told).toContain(LessonId.parse(moved[0]?.lessonId));
      expect((await server.acts()).at(-1)).toMatchObject({
        before: { weekday: 3 },
        after: { weekday: 4, teacher: 'Name of other-teacher' },
      });
      await ask('DELETE', `/api/series/${series.id}`);
      const left = await rowsOf(series.id);
      expect(left.filter((row) => row.cancelled === 0).map(({ id }) => id)).toEqual(old.map(({ id }) => id));
      expect(left).toHaveLength(old.length + 2);
    });

    it('is listed by weekday and time, page by page, found by course, teacher and group', async () => {
      const stream = await server.make(Stream, '/api/streams', { facultyId, name: 'Ағым', groupIds: groupIds.slice(1) });
      const clock = { by: 'clock', startsAt: '08:30', endsAt: '09:00' };
      const made = [
        await addSeries({ weekday: 2, title: 'third' }),
        await addSeries({ weekday: 1, title: 'second', teacherId: 'other-teacher' }),
        await addSeries({ weekday: 1, title: 'first', time: clock }),
        await addSeries({ weekday: 5, title: 'fourth', groupIds: [], streamIds: [stream.id] }),
      ];
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const page = await server.get(SeriesPage, `/api/series?limit=1${after}`, 'coordinator');
        expect(page.total).toBe(4);
        seen.push(...page.series.map(({ title }) => title));
        if (page.next === null) break;
        after = `&after=${encodeURIComponent(page.next)}`;
      }
      expect(seen).toEqual(['first', 'second', 'third', 'fourth']);
      const titles = async (query: string) => (await server.get(SeriesPage, `/api/series?${query}`)).series.map(({ title }) => title);
      expect(await titles('search=OTHER')).toEqual(['second']);
      expect(await titles('search=фиЗ-3+phy1')).toEqual(['fourth']);
      expect(await titles(`groupId=${groupIds[1]}`)).toEqual(['fourth']);
      expect(await titles('teacherId=other-teacher')).toEqual(['second']);
      expect(await titles(`facultyId=${otherFacultyId}`)).toEqual([]);
      expect((await ask('GET', '/api/series?after=x')).status).toBe(400);
      for (const { id } of made) await ask('DELETE', `/api/series/${id}`);
      expect((await ask('DELETE', `/api/streams/${stream.id}`)).status).toBe(204);
    });
  });

  describe('lessons follow', () => {
    it('a holiday and a moved day, and come back when the holiday is taken back', async () => {
      const series = await addSeries({ weekday: 1 });
      const lessons = await datesOf(series.id);
      const [told] = (await rowsOf(series.id)).filter((row) => row.occurrence === '2026-10-26');
      if (told === undefined) throw new Error('There is no lesson on that day');
      await server.db
        .insertInto('chat_message')
        .values({
          ...{
            id: `m-${told.id}`,
            lesson_id: told.id,
            participant_id: 'p',
            person_id: 'teacher',
            name: 'T',
            at: 1,
            text: '…',
            client_id: 'c',
          },
        })
        .execute();
      const [soon] = (await rowsOf(series.id)).filter((row) => row.occurrence === '2026-09-21');
      const day = { kind: 'holiday', name: 'X', taughtAs: null, facultyId: null };
      server.facts.length = 0;
      const sudden = await server.make(CalendarDay, '/api/calendar/days', { ...day, firstOn: '2026-09-21', lastOn: '2026-09-21' });
      expect((await rowsOf(series.id)).find((row) => row.id === soon?.id)).toMatchObject({ cancelled: 1, sequence: 1 });
      await ask('DELETE', `/api/calendar/days/${sudden.id}`);
      expect((await rowsOf(series.id)).find((row) => row.id === soon?.id)).toMatchObject({ cancelled: 0, ended_at: null, sequence: 2 });
      expect(server.facts).toMatchObject([
        { type: 'lesson-cancelled', lessonId: soon?.id, by: null },
        { type: 'lesson-restored', lessonId: soon?.id, by: null },
      ]);
      server.facts.length = 0;
      const holiday = await server.make(CalendarDay, '/api/calendar/days', {
        ...{ kind: 'holiday', name: 'Республика күні', firstOn: '2026-10-26', lastOn: '2026-10-26', taughtAs: null, facultyId: null },
      });
      expect(await datesOf(series.id)).toEqual(lessons.filter((date) => date !== '2026-10-26'));
      // T14: it is far away.
      expect(server.facts).toEqual([]);
      const moved = { kind: 'moved', name: 'X', firstOn: '2026-10-31', lastOn: '2026-10-31', taughtAs: { weekday: 1, week: 'own' } };
      const saturday = await server.make(CalendarDay, '/api/calendar/days', { ...moved, facultyId });
      expect((await rowsOf(series.id)).find((row) => row.occurrence === '2026-10-31')).toMatchObject({ id: told.id, cancelled: 0 });
      for (const { id } of [saturday, holiday]) await ask('DELETE', `/api/calendar/days/${id}`);
      expect(await datesOf(series.id)).toEqual(lessons);
      await ask('DELETE', `/api/series/${series.id}`);
    });

    it('the bells, the ends of the term, and the groups of a stream', async () => {
      const stream = await server.make(Stream, '/api/streams', { facultyId, name: 'Ағым', groupIds: groupIds.slice(0, 2) });
      const series = await addSeries({ weekday: 5, groupIds: [], streamIds: [stream.id] });
      expect((await ask('DELETE', `/api/streams/${stream.id}`)).status).toBe(409);
      const groupsOf = async () => {
        const [row] = await rowsOf(series.id);
        const rows = await server.db
          .selectFrom('lesson_group')
          .select('group_id')
          .where('lesson_id', '=', row?.id ?? '')
          .execute();
        return rows.map((one) => one.group_id).sort();
      };
      expect(await groupsOf()).toEqual(groupIds.slice(0, 2).sort());
      await ask('PUT', `/api/streams/${stream.id}`, { facultyId, name: 'Ағым', groupIds: groupIds.slice(1) });
      expect(await groupsOf()).toEqual(groupIds.slice(1).sort());

      const later = bells.map((bell) => (bell.number === 2 ? { ...bell, startsAt: '09:05', endsAt: '09:55' } : bell));
      await ask('PUT', `/api/calendar/schedules/${schedule.id}`, { name: schedule.name, isDefault: true, bells: later });
      expect((await rowsOf(series.id)).every((row) => (row.starts_at - at('2026-09-04T09:05:00')) % (7 * 24 * 3_600_000) === 0)).toBe(true);
      const without = { name: schedule.name, isDefault: true, bells: bells.filter(({ number }) => number !== 2) };
      expect((await ask('PUT', `/api/calendar/schedules/${schedule.id}`, without)).status).toBe(409);
      await ask('PUT', `/api/calendar/schedules/${schedule.id}`, { name: schedule.name, isDefault: true, bells });

      const { weeks: _weeks, id: _id, ...wanted } = term;
      await ask('PUT', `/api/calendar/terms/${term.id}`, { ...wanted, endsOn: '2026-11-22' });
      expect((await datesOf(series.id)).at(-1)).toBe('2026-11-20');
      await ask('PUT', `/api/calendar/terms/${term.id}`, wanted);
      expect((await datesOf(series.id)).at(-1)).toBe('2026-12-11');
      expect((await ask('DELETE', `/api/calendar/terms/${term.id}`)).status).toBe(409);
      await ask('DELETE', `/api/series/${series.id}`);
    });

    it('a day of one faculty only in its courses, also when a course comes to it', async () => {
      const { id } = await server.make(Course, '/api/courses', { facultyId, code: 'PHY2', title: 'Law of physics' });
      const series = await addSeries({ courseId: CourseId.parse(id), weekday: 2 });
      const practice = { kind: 'practice', name: 'X', firstOn: '2026-10-01', lastOn: '2026-10-31', taughtAs: null };
      await server.make(CalendarDay, '/api/calendar/days', { ...practice, facultyId: otherFacultyId }, 'law-coordinator');
      expect(await datesOf(series.id)).toContain('2026-10-06');
      await ask('PATCH', `/api/courses/${id}`, { facultyId: otherFacultyId });
      expect((await datesOf(series.id)).filter((date) => date?.startsWith('2026-10'))).toEqual([]);
    });
  });
});
