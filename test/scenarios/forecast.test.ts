// What the timetable will ask of the server, told to administrators before it happens: over HTTP on a whole server, with rosters and a past that are known.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CapacityView } from '../../server/contract/capacity.ts';
import { Notifications } from '../../server/contract/notification.ts';
import { openDatabase } from '../../server/database/open.ts';
import { type Campus, noon } from '../support/accounts.ts';
import { openRules, studentId, teacherId } from '../support/campus.ts';
import { day, openTermCampus, runningId } from '../support/term-campus.ts';

const minute = 60_000;
const hour = 60 * minute;
const refreshMs = 5 * minute;
/** One worker of the smallest plan: ten viewers of one picture, or eight who see the teacher and a screen. */
const env = { AUDITORIA_CAPACITY_VIEWERS_PER_CORE: '10', AUDITORIA_SESSION_IDLE_HOURS: '240' };
const lectureRules = { ...openRules, students: { ...openRules.students, camera: false }, guests: false };
let campus: Campus;

beforeAll(async () => {
  campus = await openTermCampus(env);
});
afterAll(() => campus.close());

type Db = Awaited<ReturnType<typeof openDatabase>>['db'];

async function inDatabase(work: (db: Db) => Promise<unknown>): Promise<void> {
  const database = await openDatabase(join(campus.folder, 'data', 'auditoria.sqlite'));
  await work(database.db);
  await database.close();
}

interface More {
  readonly cancelled?: number;
  readonly ended_at?: number;
}
/** For the five students of the group. */
async function addLecture(id: string, startsAt: number, more: More = {}): Promise<void> {
  await inDatabase((db) => insertLecture(db, id, startsAt, more));
}

async function insertLecture(db: Db, id: string, startsAt: number, more: More): Promise<void> {
  await db
    .insertInto('lesson')
    .values({
      ...{ id, course_id: 'course', kind: 'lecture', title: `Title of ${id}`, starts_at: startsAt, ends_at: startsAt + 50 * minute },
      ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacherId, rules: JSON.stringify(lectureRules), mode: 'online' },
      ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 0, ...more },
    })
    .execute();
  await db.insertInto('lesson_group').values({ lesson_id: id, group_id: 'group' }).execute();
}

/** To the lecture of last week so many came. Together with its lesson, or the server would judge it itself. */
async function remember(came: number, absent: number): Promise<void> {
  const tally = { present: came, late: 0, left_early: 0, absent, excused: 0, asynchronous: 0, minutes: came * 50 };
  const judged = {
    ...{
      lesson_id: 'last-week',
      course_id: 'course',
      faculty_id: 'faculty',
      teacher_id: teacherId,
      kind: 'lecture',
      starts_at: noon - 7 * day,
    },
    ...{ judged_at: noon, held: 1, delay_minutes: 0, taught_minutes: 50, planned_minutes: 50, signed_at: null, signed_by: null },
  };
  await inDatabase((db) =>
    db.transaction().execute(async (trx) => {
      const known = await trx.selectFrom('lesson').select('id').where('id', '=', 'last-week').executeTakeFirst();
      if (known === undefined) await insertLecture(trx, 'last-week', noon - 7 * day, {});
      await trx.deleteFrom('attendance_lesson').where('lesson_id', '=', 'last-week').execute();
      await trx
        .insertInto('attendance_lesson')
        .values({ ...judged, ...tally })
        .execute();
    }),
  );
}

async function capacity(): Promise<CapacityView> {
  return CapacityView.parse(await campus.json('GET', '/api/capacity', { token: 'admin' }));
}
async function expectedAt(time: number) {
  const { quarters } = await capacity();
  return quarters.find(({ startsAt }) => startsAt === time);
}
async function told(token: string) {
  const { notifications } = Notifications.parse(await campus.json('GET', '/api/notifications', { token }));
  return notifications.filter(({ kind }) => kind === 'capacity-near').map(({ detail }) => detail.capacity);
}
/** The server looks ahead again. */
const look = () => campus.clock.advance(refreshMs);

it('B17 what the machine will have to carry is for administrators alone', async () => {
  for (const token of [teacherId, 'coordinator', studentId(1)])
    expect(await campus.refusal('GET', '/api/capacity', { token })).toBe('not-allowed');
  expect(await campus.refusal('GET', '/api/capacity')).toBe('not-signed-in');
  expect(await capacity()).toMatchObject({ viewersPerCore: 10, relief: true, overall: 'none', roomsPressed: 0, priority: null });
});

it('B14 B16 a lesson counts as its roster and what is usual say, and later as those who came before', async () => {
  await remember(7, 3);
  await addLecture('at-two', noon + 2 * hour);
  const atTwo = async (expected: object) => {
    look();
    await vi.waitFor(async () => expect(await expectedAt(noon + 2 * hour)).toMatchObject(expected));
  };
  // Seven of ten of the five, and the teacher.
  await atTwo({ lessons: 1, people: 5, consumers: 15, share: 0.6 });
  expect(await expectedAt(noon + 2 * hour + 45 * minute)).toMatchObject({ people: 5 });
  expect(await expectedAt(noon + 3 * hour)).toMatchObject({ lessons: 0, people: 0, share: 0 });
  await remember(5, 995);
  await atTwo({ people: 2 });
  await remember(9000, 0);
  await atTwo({ people: 6, share: 0.72 });
  // The seminar that runs has cameras as well, and is what asks for most now.
  expect((await capacity()).heaviest[0]).toMatchObject({ lessonId: runningId });
});

it('B16 what is cancelled or has ended counts nothing', async () => {
  await addLecture('called-off', noon + 2 * hour, { cancelled: 1 });
  await addLecture('over', noon + 2 * hour, { ended_at: noon });
  await addLecture('also-at-three', noon + 3 * hour);
  look();
  await vi.waitFor(async () => expect(await expectedAt(noon + 3 * hour)).toMatchObject({ lessons: 1 }));
  expect(await expectedAt(noon + 2 * hour)).toMatchObject({ lessons: 1 });
});

it('B18 administrators are told of a coming peak once when it is near and once when it is over, and nobody else is', async () => {
  expect(await told('admin')).toEqual([]);
  await addLecture('second-at-three', noon + 3 * hour);
  await inDatabase((db) =>
    db
      .updateTable('lesson')
      .set({ ends_at: noon + 3 * hour + 15 * minute })
      .where('id', '=', 'second-at-three')
      .execute(),
  );
  look();
  const peak = { startsAt: noon + 3 * hour, endsAt: noon + 3 * hour + 15 * minute, people: 12 };
  await vi.waitFor(async () => expect(await told('admin')).toEqual([{ ...peak, level: 'over', share: 1.44 }]));
  expect(peak.startsAt - campus.clock.now()).toBeGreaterThanOrEqual(hour);
  look();
  look();
  await vi.waitFor(async () => expect((await capacity()).peaks).toContainEqual({ ...peak, level: 'over', share: 1.44 }));
  expect(await told('admin')).toHaveLength(1);
  for (const token of [teacherId, 'coordinator', studentId(1)]) expect(await told(token)).toEqual([]);
});

it('B18 a restart does not tell it again', async () => {
  campus = await campus.after(minute, env);
  await vi.waitFor(async () => expect((await capacity()).peaks.some(({ startsAt }) => startsAt === noon + 3 * hour)).toBe(true));
  look();
  await vi.waitFor(async () => expect((await capacity()).now).toBe(campus.clock.now()));
  expect(await told('admin')).toHaveLength(1);
});
