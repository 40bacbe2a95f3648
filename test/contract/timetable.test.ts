// The timetable on each database: who has which lessons, who may come in, and who may change what.
import { randomBytes } from 'node:crypto';
import { CompiledQuery, createQueryId, type Kysely, type QueryId, type RootOperationNode } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../server/contract/identity.ts';
import { CourseId, GroupId, LessonId, type PersonId } from '../../server/contract/ids.ts';
import type { RoomRules } from '../../server/contract/timetable.ts';
import type { Database } from '../../server/database/tables.ts';
import { sortKey } from '../../server/database/text.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { AccessStore } from '../../server/recording/access/access.store.ts';
import { kindDefaults } from '../../server/timetable/kind-defaults.ts';
import { assistantId, endsAt, fillCampus, lessonId, observerId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { actor, lessonServices, person } from '../support/lessons.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const teacher = person(teacherId, 'teacher');
const assistant = person(assistantId, 'assistant');
const student = person(studentId(1), 'student');
const observer = person(observerId, 'observer');
const stranger = person(strangerId, 'student');
const coordinator = person('coordinator', 'coordinator');
const address = '192.0.2.1';
const signedIn = (who: Person) => ({ person: who, token: null, address });

/** How SQLite would go about a query. */
async function planOf(db: Kysely<Database>, node: RootOperationNode): Promise<string[]> {
  const { sql, parameters } = db.getExecutor().compileQuery(node, createQueryId());
  const { rows } = await db.executeQuery<{ detail: string }>(CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]));
  return rows.map(({ detail }) => detail);
}

eachDatabase((name, open) => {
  async function begin(rules: Partial<RoomRules> = {}) {
    const { db } = await open();
    await fillCampus(db, { rules });
    const clock = new FakeClock(startsAt);
    const tokens = new Tokens({ key: randomBytes(32), clock });
    const live = { here: (id: string) => (id === lessonId ? 7 : 0) };
    const services = lessonServices(db, { clock, tokens, live });
    const timetableOn = (on: Kysely<Database>) => lessonServices(on, { clock, tokens }).timetable;
    return { db, clock, tokens, timetableOn, ...services };
  }
  const week = { from: startsAt - 24 * 60 * minute, to: startsAt + 24 * 60 * minute, scope: 'mine' } as const;

  describe('the lessons of a person', () => {
    it('are those that they teach, assist, or are on the roster of', async () => {
      const { timetable } = await begin();
      for (const [who, role] of [
        [teacher, 'teacher'],
        [assistant, 'assistant'],
        [student, 'student'],
      ] as const) {
        const { lessons } = await timetable.lessons(who, week);
        expect(lessons).toHaveLength(1);
        expect(lessons[0]).toMatchObject({
          id: lessonId,
          role,
          rosterSize: 5,
          here: 7,
          phase: 'running',
          canEnter: true,
          canManage: who === teacher,
        });
        expect(lessons[0]?.groups.map(({ name }) => name)).toEqual(['PHY-21']);
      }
      expect((await timetable.lessons(stranger, week)).lessons).toEqual([]);
      expect((await timetable.lessons(observer, week)).lessons).toEqual([]);
    });

    it('touch the span: neither one that ends with its beginning nor one that begins with its end', async () => {
      const { timetable } = await begin();
      const count = async (from: number, to: number) => (await timetable.lessons(student, { from, to, scope: 'mine' })).lessons.length;
      expect(await count(endsAt, endsAt + minute)).toBe(0);
      expect(await count(endsAt - 1, endsAt + minute)).toBe(1);
      expect(await count(startsAt - minute, startsAt)).toBe(0);
      expect(await count(startsAt - minute, startsAt + 1)).toBe(1);
      await timetable.extend(lessonId, endsAt + 10 * minute);
      expect(await count(endsAt, endsAt + minute)).toBe(1);
    });

    it('are all of them for those who watch over the university, and for no one else', async () => {
      const { timetable } = await begin();
      const { lessons } = await timetable.lessons(observer, { ...week, scope: 'all' });
      expect(lessons[0]).toMatchObject({ role: 'observer', canManage: false });
      await expect(timetable.lessons(student, { ...week, scope: 'all' })).rejects.toMatchObject({ code: 'not-allowed' });
    });

    it('count each student once, in whatever ways they belong, and neither the teacher nor assistants', async () => {
      const { timetable, db } = await begin();
      await db.insertInto('student_group').values({ id: 'second', faculty_id: 'faculty', name: 'PHY-22' }).execute();
      await db.insertInto('lesson_group').values({ lesson_id: lessonId, group_id: 'second' }).execute();
      await db
        .insertInto('group_member')
        .values([studentId(1), assistantId, teacherId, strangerId].map((id) => ({ group_id: 'second', person_id: id })))
        .execute();
      await db
        .insertInto('enrolment')
        .values([studentId(2), observerId].map((id) => ({ course_id: 'course', person_id: id, role: 'student' })))
        .execute();
      const expected = [...[1, 2, 3, 4, 5].map(studentId), strangerId, observerId];
      expect((await timetable.lesson(teacher, lessonId)).rosterSize).toBe(expected.length);
      const plan = await timetable.plan(lessonId);
      expect(plan?.rosterIds).toEqual(new Set(expected));
      expect(plan?.assistantIds).toEqual(new Set([assistantId]));
      const roster = await timetable.roster(lessonId);
      expect(roster.map(({ role }) => role)).toEqual(['teacher', 'assistant', ...expected.map(() => 'student')]);
      expect(roster.find(({ personId }) => personId === studentId(1))?.groups).toEqual(['PHY-21', 'PHY-22']);
    });
  });

  it('C11 a note is for the people of a lesson and for those who watch over it, though all may see the timetable', async () => {
    const { db, timetable } = await begin();
    await db.updateTable('lesson').set({ note: 'The teacher is ill' }).where('id', '=', lessonId).execute();
    const noteFor = async (who: typeof student) => (await timetable.lesson(who, lessonId)).note;
    for (const who of [teacher, assistant, student, observer]) expect(await noteFor(who)).toBe('The teacher is ill');
    expect(await noteFor(stranger)).toBe('');
  });

  describe('the groups of a lesson', () => {
    it('are in Kazakh order on every database', async () => {
      const { db, timetable } = await begin();
      for (const name of ['Қ-1', 'Л-1', 'К-1', 'Ә-1', 'Б-1']) {
        await db
          .insertInto('student_group')
          .values({ id: `g${sortKey(name)}`, faculty_id: 'faculty', name, sort_key: sortKey(name) })
          .execute();
        await db
          .insertInto('lesson_group')
          .values({ lesson_id: lessonId, group_id: `g${sortKey(name)}` })
          .execute();
      }
      const { groups } = await timetable.lesson(teacher, lessonId);
      expect(groups.map(({ name }) => name).filter((name) => name !== 'PHY-21')).toEqual(['Ә-1', 'Б-1', 'К-1', 'Қ-1', 'Л-1']);
    });
  });

  describe('the door', () => {
    it('tells who is early when it opens, and opens earlier for those who prepare', async () => {
      const { entrance, clock, tokens } = await begin();
      clock.advance(-20 * minute);
      await expect(entrance.enter(lessonId, signedIn(student))).rejects.toMatchObject({
        code: 'too-early',
        details: { opensAt: startsAt - 10 * minute },
      });
      const entered = await entrance.enter(lessonId, signedIn(teacher));
      expect(entered.url).toBe(`/lessons/${lessonId}`);
      expect(tokens.verifyRoom(entered.roomToken)).toEqual({ personId: teacherId, lessonId, name: `Name of ${teacherId}`, guest: false });
      await expect(entrance.enter(lessonId, signedIn(assistant))).resolves.toBeDefined();
    });

    it('gives a token to people who are not expected too: the room lets them wait', async () => {
      const { entrance } = await begin();
      await expect(entrance.enter(lessonId, signedIn(stranger))).resolves.toBeDefined();
    });

    it('is shut when the class was ended for all, and a class that is ended before its start can still be held', async () => {
      const { timetable, entrance, clock } = await begin();
      await timetable.end(lessonId, startsAt - minute);
      await expect(entrance.enter(lessonId, signedIn(student))).resolves.toBeDefined();
      await timetable.end(lessonId, startsAt + 5 * minute);
      await timetable.end(lessonId, startsAt + 9 * minute);
      clock.advance(10 * minute);
      await expect(entrance.enter(lessonId, signedIn(student))).rejects.toMatchObject({ code: 'lesson-over' });
      expect((await timetable.plan(lessonId))?.endedAt).toBe(startsAt + 5 * minute);
    });

    it('tells strangers nothing, and people with an account that an unknown lesson is not there', async () => {
      const { entrance } = await begin();
      const unknown = LessonId.parse('unknown');
      for (const id of [lessonId, unknown])
        await expect(entrance.enter(id, { person: null, token: null, address })).rejects.toMatchObject({ code: 'not-signed-in' });
      await expect(entrance.enter(unknown, signedIn(student))).rejects.toMatchObject({ code: 'not-found' });
    });

    it('stays open longer when the lesson is extended, up to 3 hours after the planned end; the live room hears of it', async () => {
      const { timetable, changes, planChanged } = await begin();
      expect(await timetable.extend(lessonId, endsAt + 20 * minute)).toBe(endsAt + 35 * minute);
      expect(planChanged).toEqual([]);
      await changes.extend(actor(teacher), lessonId, endsAt + 180 * minute);
      const view = await timetable.lesson(teacher, lessonId);
      expect(view).toMatchObject({ endsAt: endsAt + 180 * minute, closesAt: endsAt + 195 * minute });
      expect(planChanged).toEqual([[lessonId, teacherId]]);
      await expect(timetable.extend(lessonId, endsAt + 181 * minute)).rejects.toMatchObject({ code: 'bad-request' });
      await expect(timetable.extend(lessonId, endsAt + 180 * minute)).rejects.toMatchObject({ code: 'bad-request' });
      await expect(changes.extend(actor(student), lessonId, endsAt + 200 * minute)).rejects.toMatchObject({ code: 'not-allowed' });
    });
  });

  describe('a single lesson', () => {
    const tomorrow = startsAt + 24 * 60 * minute;
    const wish = {
      courseId: CourseId.parse('course'),
      title: 'Толқындық оптика',
      kind: 'seminar' as const,
      startsAt: tomorrow,
      endsAt: tomorrow + 50 * minute,
      groupIds: [GroupId.parse('group'), GroupId.parse('group')],
      placeId: null,
      mode: 'online' as const,
      despiteConflicts: false,
    };

    it('is added by a teacher for themself with the rules of its kind, and seen by its students', async () => {
      const { timetable, newLessons } = await begin();
      const added = await timetable.lesson(teacher, await newLessons.add(actor(teacher), wish));
      expect(added).toMatchObject({
        title: 'Толқындық оптика',
        role: 'teacher',
        phase: 'planned',
        canEnter: false,
        rosterSize: 5,
        rules: kindDefaults.seminar,
      });
      expect(
        (await timetable.lessons(student, { from: tomorrow, to: tomorrow + minute, scope: 'mine' })).lessons.map(({ id }) => id),
      ).toEqual([added.id]);
    });

    const cancel = { change: { type: 'cancel' }, note: '', scope: 'this', despiteConflicts: false } as const;

    const refused: readonly [string, Person, Partial<typeof wish> & { teacherId?: PersonId }, string][] = [
      ['by a student', student, {}, 'not-allowed'],
      ['by a teacher for another', person('x', 'teacher'), { teacherId }, 'not-allowed'],
      ['by a coordinator who does not teach and names nobody', coordinator, {}, 'bad-request'],
      ['for somebody who is no teacher', coordinator, { teacherId: studentId(1) }, 'bad-request'],
      ['of an unknown course', teacher, { courseId: CourseId.parse('unknown') }, 'bad-request'],
      ['for an unknown group', teacher, { groupIds: [GroupId.parse('unknown')] }, 'bad-request'],
      ['in the past', teacher, { startsAt: startsAt - 60 * minute, endsAt: startsAt }, 'bad-request'],
    ];
    it.each(refused)('is not added %s', async (_what, who, change, code) => {
      const { newLessons } = await begin();
      await expect(newLessons.add(actor(who), { ...wish, ...change })).rejects.toMatchObject({ code });
    });

    it('is cancelled before it begins, by those who manage it; then nobody comes in', async () => {
      const { timetable, newLessons, changes, entrance, planChanged, clock } = await begin();
      const id = await newLessons.add(actor(coordinator), { ...wish, teacherId });
      await expect(changes.change(actor(student), id, cancel)).rejects.toMatchObject({ code: 'not-allowed' });
      await changes.change(actor(teacher), id, cancel);
      expect(planChanged).toEqual([[id, teacherId]]);
      expect(await timetable.lesson(student, id)).toMatchObject({ phase: 'cancelled', canEnter: false });
      clock.advance(24 * 60 * minute);
      await expect(entrance.enter(id, signedIn(student))).rejects.toMatchObject({ code: 'lesson-cancelled' });
      await expect(changes.change(actor(teacher), lessonId, cancel)).rejects.toMatchObject({ code: 'conflict' });
    });

    it('can be made of what the choices name', async () => {
      const { newLessons } = await begin();
      const choices = await newLessons.choices(coordinator);
      expect(choices).toMatchObject({
        courses: [{ id: 'course', code: 'PHY1' }],
        groups: [{ id: 'group', name: 'PHY-21', size: 5 }],
        teachers: [{ id: teacherId }],
      });
      expect((await newLessons.choices(teacher)).teachers).toEqual([{ id: teacherId, displayName: teacher.displayName }]);
      await expect(newLessons.choices(student)).rejects.toMatchObject({ code: 'not-allowed' });
    });
  });

  describe('guests', () => {
    it('come in by the link, with a token that lets them in again until the door closes', async () => {
      const { entrance, tokens, clock } = await begin();
      const link = await entrance.makeGuestLink(actor(teacher), lessonId);
      expect(await entrance.guestLink(teacher, lessonId)).toBe(link);
      expect(await entrance.invitation(link)).toMatchObject({ lessonId, title: 'Diffraction', courseTitle: 'Optics', recording: 'never' });
      const entered = await entrance.enterAsGuest(link, 'Brown James');
      const claims = tokens.verifyRoom(entered.roomToken);
      expect(claims).toMatchObject({ lessonId, name: 'Brown James', guest: true });
      expect(claims.personId).toMatch(/^guest-/);
      const knocking = { person: null, token: entered.guestToken, address };
      clock.advance(64 * minute);
      expect(tokens.verifyRoom((await entrance.enter(lessonId, knocking)).roomToken)).toEqual(claims);
      clock.advance(minute);
      await expect(entrance.enter(lessonId, knocking)).rejects.toMatchObject({ code: 'lesson-over' });
      await expect(entrance.enter(LessonId.parse('other'), knocking)).rejects.toMatchObject({ code: 'not-found' });
      await expect(entrance.enter(lessonId, { person: null, token: entered.roomToken, address })).rejects.toMatchObject({
        code: 'not-signed-in',
      });
    });

    it('do not come in by a link that was replaced or revoked, nor before the door opens', async () => {
      const { entrance, clock } = await begin();
      const first = await entrance.makeGuestLink(actor(teacher), lessonId);
      const second = await entrance.makeGuestLink(actor(coordinator), lessonId);
      await expect(entrance.enterAsGuest(first, 'X')).rejects.toMatchObject({ code: 'link-invalid' });
      clock.advance(-11 * minute);
      await expect(entrance.enterAsGuest(second, 'X')).rejects.toMatchObject({
        code: 'too-early',
        details: { opensAt: startsAt - 10 * minute },
      });
      await entrance.revokeGuestLink(actor(teacher), lessonId);
      await expect(entrance.invitation(second)).rejects.toMatchObject({ code: 'link-invalid' });
      expect(await entrance.guestLink(teacher, lessonId)).toBeNull();
    });

    it('are not invited where the rules forbid it, nor by people who do not manage the lesson', async () => {
      const { entrance } = await begin({ guests: false });
      await expect(entrance.makeGuestLink(actor(teacher), lessonId)).rejects.toMatchObject({ code: 'guests-not-allowed' });
      for (const who of [student, assistant, observer])
        await expect(entrance.makeGuestLink(actor(who), lessonId)).rejects.toMatchObject({ code: 'not-allowed' });
    });
  });

  describe('at a university of 25,000', () => {
    it('the week of one student is found by indexes, without reading everybody’s', async () => {
      const { db, timetable, timetableOn } = await begin();
      const groups = Array.from({ length: 400 }, (_, index) => ({ id: `g${index}`, faculty_id: 'faculty', name: `G-${index}` }));
      await db.insertInto('student_group').values(groups).execute();
      const rules = JSON.stringify(kindDefaults.seminar);
      const lessons = Array.from({ length: 12_000 }, (_, index) => {
        const starts = startsAt + (index % 30) * 60 * minute;
        return {
          ...{ id: `l${index}`, course_id: 'course2', kind: 'seminar', title: 'T', starts_at: starts, ends_at: starts + 50 * minute },
          ...{
            extended_to: null,
            ended_at: null,
            cancelled: 0,
            teacher_id: observerId,
            rules,
            guest_link_hash: null,
            guest_link: null,
            created_by: null,
            created_at: 0,
          },
        };
      });
      await db.insertInto('course').values({ id: 'course2', faculty_id: 'faculty', code: 'X', title: 'X' }).execute();
      for (let i = 0; i < lessons.length; i += 2000) {
        await db
          .insertInto('lesson')
          .values(lessons.slice(i, i + 2000))
          .execute();
        await db
          .insertInto('lesson_group')
          .values(lessons.slice(i, i + 2000).map(({ id }, index) => ({ lesson_id: id, group_id: `g${Math.floor((i + index) / 30)}` })))
          .execute();
      }
      await db.insertInto('group_member').values({ group_id: 'g17', person_id: strangerId }).execute();
      const built = new Map<QueryId, RootOperationNode>();
      const asked: RootOperationNode[] = [];
      const watched = db.withPlugin({
        transformQuery: ({ node, queryId }) => {
          built.set(queryId, node);
          return node;
        },
        // Parts of a query are built one by one too, but only the whole has a result.
        transformResult: ({ result, queryId }) => {
          const node = built.get(queryId);
          if (node !== undefined) asked.push(node);
          return Promise.resolve(result);
        },
      });
      const { lessons: found } = await timetableOn(watched).lessons(stranger, { ...week, to: startsAt + 7 * 24 * 60 * minute });
      expect(found).toHaveLength(30);
      const ids = found.map(({ id }) => LessonId.parse(id));
      expect(await new AccessStore(watched).ofLessons(ids, strangerId)).toEqual([]);
      expect(asked).toHaveLength(6);
      if (name === 'SQLite') {
        const plans = await Promise.all(asked.map((node) => planOf(db, node)));
        expect(plans.flat().filter((step) => /^SCAN (lesson|lesson_group|group_member|enrolment|person|recording)\b/.test(step))).toEqual(
          [],
        );
      }
      const { lessons: all, more } = await timetable.lessons(observer, { ...week, to: startsAt + 7 * 24 * 60 * minute, scope: 'all' });
      expect([all.length, more]).toEqual([2000, true]);
    });
  });
});
