// The demo university is made in an empty database, whole or not at all.
import { describe, expect, it } from 'vitest';
import { LessonId, PersonId } from '../../server/contract/ids.ts';
import { Refused } from '../../server/contract/reply.ts';
import { fillDemo } from '../../server/fill-demo.ts';
import { Passwords } from '../../server/identity/passwords.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { RosterStore } from '../../server/timetable/roster.store.ts';
import { TimetableService } from '../../server/timetable/timetable.service.ts';
import { TimetableStore } from '../../server/timetable/timetable.store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const timeZone = 'Asia/Almaty';
/** Sunday, two minutes before midnight in Almaty. */
const now = Date.parse('2026-11-22T23:58:20+05:00');
const dayMs = 24 * 3_600_000;

eachDatabase((_name, open) => {
  describe('the demo university', () => {
    it('has people who can sign in, each with a password of their own, and a class that runs now with all students', async () => {
      const { db } = await open();
      const { credentials } = await fillDemo({ db, now, timeZone });

      const students = Array.from({ length: 24 }, (_, index) => `student${index + 1}`);
      expect(credentials.map(({ signInName }) => signInName)).toEqual([
        'admin',
        'coordinator',
        'observer',
        'teacher',
        'assistant',
        ...students,
      ]);
      expect(new Set(credentials.map(({ password }) => password)).size).toBe(29);
      expect(credentials.every(({ password }) => password.length >= 12)).toBe(true);
      const people = new PersonStore(db);
      const [first] = credentials;
      const admin = await people.withPassword('admin');
      expect(await new Passwords().isRight(first?.password ?? '', admin?.passwordHash ?? null)).toBe(true);
      expect(admin?.person).toMatchObject({ roles: ['administrator'], disabled: false });
      expect((await people.withPassword('a.petrov'))?.passwordHash).toBeNull();

      const teacher = (await people.withPassword('teacher'))?.person;
      const assistant = (await people.withPassword('assistant'))?.person;
      if (!teacher || !assistant) throw new Error('There is no teacher or no assistant');
      expect(teacher.language).toBeNull();
      const timetable = new TimetableService({
        store: new TimetableStore(db),
        rosters: new RosterStore(db),
        live: { here: () => 0, planChanged: () => Promise.resolve() },
        clock: new FakeClock(now),
        timeZone,
        door: { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 },
      });
      const { lessons } = await timetable.lessons(teacher, { from: now - dayMs, to: now + 8 * dayMs, scope: 'mine' });
      const running = lessons.filter(({ phase }) => phase === 'running');
      expect(running).toHaveLength(1);
      expect(running[0]).toMatchObject({ role: 'teacher', canEnter: true, canManage: true, rosterSize: 24, kind: 'lecture' });
      expect(lessons.length).toBeGreaterThan(5);
      const plan = await timetable.plan(LessonId.parse(running[0]?.id));
      expect(plan?.rosterIds.size).toBe(24);
      expect(plan?.assistantIds).toEqual(new Set([assistant.id]));
      const student = await people.withPassword('student24');
      expect(plan?.rosterIds).toContain(student?.person.id ?? PersonId.parse('nobody'));
    });

    it('takes one password for all, and refuses a database that has people', async () => {
      const { db } = await open();
      const { credentials } = await fillDemo({ db, now, timeZone, password: 'one for all of them' });
      expect(new Set(credentials.map(({ password }) => password))).toEqual(new Set(['one for all of them']));
      await expect(fillDemo({ db, now, timeZone })).rejects.toThrow(Refused);
    });

    it('is made once when two ask at the same time', async () => {
      const { db } = await open();
      const results = await Promise.allSettled([fillDemo({ db, now, timeZone }), fillDemo({ db, now, timeZone })]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const { count } = await db
        .selectFrom('person')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      expect(count).toBe(34);
    });
  });
});
