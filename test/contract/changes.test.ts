// Lessons changed by hand, on each database: rules C4 to C10.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RoleFaculties } from '../../server/contract/identity.ts';
import { CourseId, GroupId, LessonId, PersonId, PlaceId } from '../../server/contract/ids.ts';
import { LessonChangeRequest } from '../../server/contract/planning.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { kindDefaults } from '../../server/timetable/kind-defaults.ts';
import { fillCampus, observerId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { actor, lessonServices, person } from '../support/lessons.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const week = 7 * 24 * 60 * minute;
const teacher = person(teacherId, 'teacher');
const student = person(studentId(1), 'student');
const coordinator = person('coordinator', 'coordinator');
const otherId = PersonId.parse('other-teacher');
const first = LessonId.parse('w0');
const timeOf = (index: number) => ({ startsAt: startsAt + (index + 1) * week, endsAt: startsAt + (index + 1) * week + 50 * minute });
const asked = (change: object, more: object = {}) => LessonChangeRequest.parse({ change, ...more });

eachDatabase((_name, open) => {
  /** A weekly pattern of five lessons in the weeks to come; the other teacher has one of the same time in the third week, in the hall. */
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    const row = {
      sort_key: 'o',
      search_text: 'o',
      email: null,
      language: null,
      roles: '["teacher"]',
      password_hash: null,
      disabled: 0,
      created_at: 0,
    };
    await db
      .insertInto('person')
      .values({ id: otherId, sign_in_name: otherId, display_name: 'Other', ...row })
      .execute();
    await db
      .insertInto('place')
      .values({ id: 'hall', building: 'Main', name: '101', capacity: 30, external_id: null, sort_key: '', search_text: '' })
      .execute();
    await db.insertInto('student_group').values({ id: 'second', faculty_id: 'faculty', name: 'PHY-22' }).execute();
    await db.insertInto('academic_year').values({ id: 'y', name: '2026', starts_on: '2026-09-01', ends_on: '2027-06-30' }).execute();
    await db
      .insertInto('term')
      .values({ id: 't', year_id: 'y', name: 'Autumn', starts_on: '2026-09-01', ends_on: '2026-12-31', external_id: null })
      .execute();
    const pattern = {
      external_id: null,
      source: null,
      term_id: 't',
      course_id: 'course',
      kind: 'seminar',
      title: 'Weekly',
      teacher_id: teacherId,
      place_id: null,
      mode: 'online',
    };
    const times = {
      weekday: 1,
      weeks: '"every"',
      bell_schedule_id: null,
      bell_first: null,
      bell_last: null,
      clock_starts_at: '08:00',
      clock_ends_at: '08:50',
      from_on: null,
      until_on: null,
    };
    await db
      .insertInto('series')
      .values({ id: 's', ...pattern, ...times, rules: null, removed_at: null, needs_layout: 0, created_at: 0 })
      .execute();
    const add = async (id: string, index: number, change: object, groupId: string) => {
      const { startsAt: starts_at, endsAt: ends_at } = timeOf(index);
      const lesson = {
        course_id: 'course',
        kind: 'seminar',
        title: 'Weekly',
        starts_at,
        ends_at,
        teacher_id: teacherId,
        rules: JSON.stringify(kindDefaults.seminar),
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
        .values({ id, ...lesson, ...rest, ...change })
        .execute();
      await db.insertInto('lesson_group').values({ lesson_id: id, group_id: groupId }).execute();
    };
    for (const index of [0, 1, 2, 3, 4])
      await add(`w${index}`, index, { series_id: 's', occurrence: `2026-09-${14 + index * 7}`.slice(0, 10) }, 'group');
    await add('busy', 2, { teacher_id: otherId, place_id: 'hall', title: 'Busy' }, 'second');
    const clock = new FakeClock(startsAt);
    const services = lessonServices(db, { clock, tokens: new Tokens({ key: randomBytes(32), clock }) });
    const change = (who: typeof teacher, id: string, wanted: object, more: object = {}) =>
      services.changes.change(actor(who), LessonId.parse(id), asked(wanted, more));
    const rowOf = (id: string) => db.selectFrom('lesson').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { db, clock, change, rowOf, ...services };
  }
  const substitute = { type: 'substitute', teacherId: otherId };
  const moveTo = (time: { startsAt: number; endsAt: number }) => ({ type: 'move', ...time });
  const later = { startsAt: timeOf(0).startsAt + 60 * minute, endsAt: timeOf(0).endsAt + 60 * minute };

  describe('a change', () => {
    it('keeps the lesson’s id, says what the plan had said, raises the sequence, and is written down, told and audited', async () => {
      const { change, rowOf, timetable, changes, facts, acts, planChanged } = await begin();
      await change(coordinator, 'w0', substitute, { note: 'Ill' });
      expect(await timetable.lesson(student, first)).toMatchObject({
        id: first,
        teacher: { id: otherId, displayName: 'Other' },
        marks: [{ type: 'substituted', teacherName: `Name of ${teacherId}` }],
        note: 'Ill',
        role: 'student',
      });
      expect(await rowOf('w0')).toMatchObject({
        sequence: 1,
        changed_at: startsAt,
        by_hand: JSON.stringify({ teacher: { id: teacherId, name: `Name of ${teacherId}` } }),
      });
      expect(facts).toEqual([
        { type: 'teacher-substituted', lessonId: 'w0', at: startsAt, by: 'coordinator', note: 'Ill', fromId: teacherId, toId: otherId },
      ]);
      expect(acts).toMatchObject([
        {
          act: 'lesson.changed',
          by: 'coordinator',
          subject: { id: 'w0' },
          before: { teacher: `Name of ${teacherId}` },
          after: { teacher: 'Other' },
        },
      ]);
      expect(planChanged).toEqual([['w0', 'coordinator']]);
      const history = await changes.history(coordinator, first);
      expect(history.changes).toMatchObject([{ by: 'Name of coordinator', note: 'Ill', change: substitute, after: { teacher: 'Other' } }]);
      await expect(changes.history(student, first)).rejects.toMatchObject({ code: 'not-allowed' });
    });

    it('C6 that is asked for again changes nothing more and tells nobody', async () => {
      const { change, rowOf, facts, acts } = await begin();
      for (const _twice of [1, 2]) await change(teacher, 'w0', { type: 'cancel' });
      for (const _twice of [1, 2]) await change(coordinator, 'w1', substitute);
      expect([(await rowOf('w0')).sequence, (await rowOf('w1')).sequence, facts.length, acts.length]).toEqual([1, 1, 2, 2]);
    });

    it('C9 that is taken back leaves no mark, and the plan decides again', async () => {
      const { change, rowOf, layouts, facts, db } = await begin();
      await change(coordinator, 'w0', substitute);
      await change(coordinator, 'w0', moveTo(later));
      await change(coordinator, 'w0', { type: 'substitute', teacherId });
      expect(JSON.parse((await rowOf('w0')).by_hand)).toEqual({ time: timeOf(0) });
      expect(layouts()).toBe(1);
      await change(coordinator, 'w0', moveTo(timeOf(0)));
      expect((await rowOf('w0')).by_hand).toBe('{}');
      expect(facts).toHaveLength(4);
      expect((await db.selectFrom('series').select('needs_layout').executeTakeFirstOrThrow()).needs_layout).toBe(1);
    });

    it('C9 keeps what the plan had said, not what the last change said', async () => {
      const { change, timetable } = await begin();
      await change(coordinator, 'w0', { type: 'place', placeId: 'hall', mode: 'hybrid' });
      await change(coordinator, 'w0', { type: 'place', placeId: null, mode: 'on-site' });
      await change(coordinator, 'w0', { type: 'groups', groupIds: ['group', 'second'] });
      await change(coordinator, 'w0', { type: 'rename', title: 'New' });
      const view = await timetable.lesson(teacher, first);
      expect(view).toMatchObject({
        title: 'New',
        place: null,
        mode: 'on-site',
        marks: [{ type: 'place-changed', from: null }, { type: 'groups-changed' }],
      });
      expect(view.groups.map(({ id }) => id).sort()).toEqual(['group', 'second']);
    });

    it('cancels and restores: nobody comes in, then everybody again', async () => {
      const { change, timetable, facts } = await begin();
      await change(teacher, 'w0', { type: 'cancel' });
      expect(await timetable.lesson(student, first)).toMatchObject({ phase: 'cancelled' });
      await expect(change(coordinator, 'w0', substitute)).rejects.toMatchObject({ code: 'lesson-cancelled' });
      await change(teacher, 'w0', { type: 'restore' });
      expect(await timetable.lesson(student, first)).toMatchObject({ phase: 'planned', marks: [] });
      expect(facts.map(({ type }) => type)).toEqual(['lesson-cancelled', 'lesson-restored']);
    });

    it.each([
      ['to the past', { type: 'move', startsAt: startsAt - 60 * minute, endsAt: startsAt + minute }, 'bad-request'],
      ['for over 12 hours', { type: 'move', startsAt: later.startsAt, endsAt: later.startsAt + 12 * 60 * minute + 1 }, 'bad-request'],
      ['to end before it starts', { type: 'move', startsAt: later.startsAt, endsAt: later.startsAt }, 'bad-request'],
      ['to an unknown place', { type: 'place', placeId: 'unknown', mode: 'hybrid' }, 'bad-request'],
      ['to an unknown group', { type: 'groups', groupIds: ['unknown'] }, 'bad-request'],
      ['to somebody who is no teacher', { type: 'substitute', teacherId: strangerId }, 'bad-request'],
    ])('C6 is refused %s', async (_what, wanted, code) => {
      const { change, rowOf } = await begin();
      await expect(change(coordinator, 'w0', wanted)).rejects.toMatchObject({ code });
      expect((await rowOf('w0')).sequence).toBe(0);
    });

    it('C6 is refused when the lesson has begun, and for one that the plan itself has cancelled', async () => {
      const { change, clock, db } = await begin();
      await db.updateTable('lesson').set({ cancelled: 1 }).where('id', '=', 'w1').execute();
      await expect(change(coordinator, 'w1', { type: 'restore' })).rejects.toMatchObject({ code: 'conflict' });
      clock.advance(week);
      for (const wanted of [substitute, { type: 'cancel' }, moveTo(later)])
        await expect(change(coordinator, 'w0', wanted)).rejects.toMatchObject({ code: 'conflict' });
      await expect(change(coordinator, 'unknown', substitute)).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('C7 who may', () => {
    const physics = { coordinator: ['faculty'] };
    const law = { coordinator: ['law'] };
    it.each([
      ['its teacher', teacher, { own: 'ok', arranged: 'not-allowed' }],
      ['another teacher', person('other-teacher', 'teacher'), { own: 'not-allowed', arranged: 'not-allowed' }],
      ['a student of it', student, { own: 'not-allowed', arranged: 'not-allowed' }],
      ['an observer', person(observerId, 'observer'), { own: 'not-allowed', arranged: 'not-allowed' }],
      ['a coordinator', coordinator, { own: 'ok', arranged: 'ok' }],
      ['a coordinator of the faculty', person('c', 'coordinator', RoleFaculties.parse(physics)), { own: 'ok', arranged: 'ok' }],
      [
        'a coordinator of another faculty',
        person('c', 'coordinator', RoleFaculties.parse(law)),
        { own: 'not-allowed', arranged: 'not-allowed' },
      ],
      ['an administrator', person('a', 'administrator'), { own: 'ok', arranged: 'ok' }],
    ] as const)('%s', async (_who, who, { own, arranged }) => {
      const { changes } = await begin();
      const outcome = (wanted: object) =>
        changes.preview(actor(who), first, asked(wanted)).then(
          () => 'ok',
          ({ code }) => code,
        );
      for (const wanted of [
        { type: 'cancel' },
        moveTo(later),
        { type: 'place', placeId: 'hall', mode: 'hybrid' },
        { type: 'rename', title: 'X' },
        { type: 'restore' },
      ])
        expect(await outcome(wanted)).toBe(own);
      for (const wanted of [substitute, { type: 'groups', groupIds: [] }]) expect(await outcome(wanted)).toBe(arranged);
    });
  });

  describe('C4, C8 what clashes', () => {
    it('is refused with what is there, shown beforehand, and changes nothing', async () => {
      const { change, changes, rowOf, facts } = await begin();
      const preview = await changes.preview(actor(coordinator), LessonId.parse('w2'), asked(substitute));
      expect(preview).toMatchObject({
        total: 1,
        lessons: 1,
        mayDespite: true,
        conflicts: [{ over: 'teacher', name: 'Other', lesson: { id: 'busy', title: 'Busy', groups: ['PHY-22'] } }],
      });
      expect(preview.people).toBe(8);
      await expect(change(coordinator, 'w2', substitute)).rejects.toMatchObject({
        code: 'clash',
        details: { total: 1, conflicts: preview.conflicts },
      });
      expect((await rowOf('w2')).sequence).toBe(0);
      expect(facts).toEqual([]);
    });

    it('may be saved all the same by who arranges, not by a teacher; the audit log says so', async () => {
      const { change, acts } = await begin();
      const into = { ...moveTo(timeOf(2)), placeId: 'hall' };
      await expect(change(teacher, 'w0', into, { despiteConflicts: true })).rejects.toMatchObject({ code: 'clash', details: { total: 3 } });
      await change(coordinator, 'w0', into, { despiteConflicts: true });
      expect(acts).toMatchObject([{ after: { despiteConflicts: 3 } }]);
    });

    it('before is not in the way of a change that asks for nothing of it', async () => {
      const { change } = await begin();
      await change(coordinator, 'w2', substitute, { despiteConflicts: true });
      await change(coordinator, 'w2', { type: 'rename', title: 'Renamed' });
      await change(coordinator, 'w2', { type: 'groups', groupIds: ['group'] });
      await change(coordinator, 'w2', { type: 'cancel' });
      await expect(change(coordinator, 'w2', { type: 'restore' })).rejects.toMatchObject({ code: 'clash' });
    });

    it('when two coordinators save at once, exactly one wins', async () => {
      const { change } = await begin();
      const free = { startsAt: timeOf(0).startsAt + 600 * minute, endsAt: timeOf(0).startsAt + 650 * minute };
      const into = { ...moveTo(free), placeId: 'hall' };
      const outcomes = await Promise.allSettled([change(coordinator, 'w0', into), change(coordinator, 'busy', into)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { code: 'clash' } });
    });

    it('when two single lessons are added at once, exactly one wins', async () => {
      const { newLessons } = await begin();
      const { startsAt: starts, endsAt: ends } = timeOf(0);
      const wish = (groupId: string, who: PersonId) => ({
        ...{
          courseId: CourseId.parse('course'),
          title: 'X',
          kind: 'seminar' as const,
          startsAt: starts + 600 * minute,
          endsAt: ends + 600 * minute,
        },
        ...{
          groupIds: [GroupId.parse(groupId)],
          placeId: PlaceId.parse('hall'),
          mode: 'hybrid' as const,
          teacherId: who,
          despiteConflicts: false,
        },
      });
      const add = (groupId: string, who: PersonId) => newLessons.add(actor(coordinator), wish(groupId, who));
      const outcomes = await Promise.allSettled([add('group', teacherId), add('second', otherId)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const found = await newLessons.conflicts(coordinator, wish('group', teacherId));
      expect(found.total).toBeGreaterThan(0);
    });
  });

  describe('C10 this lesson and all later ones of its weekly pattern', () => {
    it('change together, each with its own mark and entry; earlier ones stay', async () => {
      const { change, rowOf, db, facts } = await begin();
      await change(coordinator, 'w3', substitute, { scope: 'following' });
      const teachers = await Promise.all(['w2', 'w3', 'w4'].map(async (id) => (await rowOf(id)).teacher_id));
      expect(teachers).toEqual([teacherId, otherId, otherId]);
      expect(await db.selectFrom('lesson_change').select('lesson_id').execute()).toHaveLength(2);
      expect(facts).toHaveLength(2);
    });

    it('move by the same days and minutes, and show every clash', async () => {
      const { change, changes, rowOf } = await begin();
      const request = { ...moveTo(later), placeId: 'hall' };
      await change(coordinator, 'w0', request, { scope: 'following' });
      for (const index of [0, 1, 2, 3, 4]) expect((await rowOf(`w${index}`)).starts_at).toBe(timeOf(index).startsAt + 60 * minute);
      const back = await changes.preview(actor(coordinator), first, asked(moveTo(timeOf(0)), { scope: 'following' }));
      expect(back).toMatchObject({ total: 1, lessons: 5, conflicts: [{ over: 'place', lesson: { id: 'busy' } }] });
    });

    it('C8 are refused when they would meet one another, and not for where the others were', async () => {
      const { change, changes, rowOf } = await begin();
      const hour = 60 * minute;
      const afterFirst = { startsAt: timeOf(0).startsAt + hour, endsAt: timeOf(0).endsAt + hour };
      await change(coordinator, 'w1', moveTo(afterFirst));
      const longer = { startsAt: afterFirst.startsAt, endsAt: afterFirst.endsAt + 20 * minute };
      const request = asked(moveTo(longer), { scope: 'following' });
      expect(await changes.preview(actor(coordinator), first, request)).toMatchObject({
        ...{ total: 2, lessons: 5 },
        conflicts: ['teacher', 'group'].map((over) => ({ over, startsAt: longer.startsAt + hour, lesson: { id: 'w0', ...longer } })),
      });
      const refused = change(coordinator, 'w0', moveTo(longer), { scope: 'following' });
      await expect(refused).rejects.toMatchObject({ code: 'clash', details: { total: 2 } });
      expect((await rowOf('w0')).starts_at).toBe(timeOf(0).startsAt);
      await change(coordinator, 'w0', moveTo(afterFirst), { scope: 'following' });
      expect([(await rowOf('w0')).starts_at, (await rowOf('w1')).starts_at]).toEqual([afterFirst.startsAt, afterFirst.startsAt + hour]);
    });

    it('leave out what is cancelled, and are refused for a single lesson', async () => {
      const { change, rowOf } = await begin();
      await change(teacher, 'w1', { type: 'cancel' });
      await change(coordinator, 'w0', { type: 'rename', title: 'New' }, { scope: 'following' });
      expect([(await rowOf('w1')).title, (await rowOf('w2')).title]).toEqual(['Weekly', 'New']);
      await expect(change(coordinator, 'busy', { type: 'cancel' }, { scope: 'following' })).rejects.toMatchObject({ code: 'bad-request' });
    });
  });

  describe('C11 the timetable', () => {
    it('of a group, teacher, faculty, course, place or kind is open to everybody who is signed in', async () => {
      const { timetable } = await begin();
      const span = { from: startsAt + minute * 60, to: startsAt + 6 * week, scope: 'mine' } as const;
      const stranger = person(strangerId, 'student');
      const ids = async (filter: object) => (await timetable.lessons(stranger, { ...span, ...filter })).lessons.map(({ id }) => id);
      expect(await ids({})).toEqual([]);
      expect(await ids({ groupId: 'second' })).toEqual(['busy']);
      expect(await ids({ teacherId: otherId, kind: 'seminar' })).toEqual(['busy']);
      expect(await ids({ placeId: 'hall' })).toEqual(['busy']);
      expect(await ids({ courseId: 'course' })).toHaveLength(6);
      expect(await ids({ facultyId: 'faculty', kind: 'lecture' })).toEqual([]);
      expect(await ids({ facultyId: 'law' })).toEqual([]);
    });

    it('of all is for those who watch over all, or over their faculties', async () => {
      const { timetable } = await begin();
      const span = { from: startsAt + minute * 60, to: startsAt + 6 * week, scope: 'all' } as const;
      const count = async (who: typeof teacher) => (await timetable.lessons(who, span)).lessons.length;
      expect(await count(coordinator)).toBe(6);
      expect(await count(person('c', 'coordinator', RoleFaculties.parse({ coordinator: ['faculty'] })))).toBe(6);
      expect(await count(person('c', 'coordinator', RoleFaculties.parse({ coordinator: ['law'] })))).toBe(0);
      await expect(count(teacher)).rejects.toMatchObject({ code: 'not-allowed' });
    });
  });
});
