// The situation centre's board on a whole server: how lessons of now and of before are seen, by whom, over restarts, and as files.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { type Person, SignedIn } from '../../server/contract/identity.ts';
import { LessonId } from '../../server/contract/ids.ts';
import { Situation, type SituationLesson, SituationSummary, Slots } from '../../server/contract/situation.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { Campus, noon } from '../support/accounts.ts';
import { Visitor } from '../support/people.ts';

const minuteMs = 60_000;
const startsAt = noon + 10 * minuteMs;
const endsAt = startsAt + 50 * minuteMs;
const Made = z.object({ id: z.string() });
/** Long, for a machine that does other things as well. */
const patience = { timeout: 15_000, interval: 20 };
vi.setConfig({ testTimeout: 60_000 });
/** Its day, in the time zone of the university. */
const day = '2026-09-07';
/** Who watches stays signed in over the days of a story. */
const env = { AUDITORIA_SESSION_IDLE_HOURS: '1000' };

let campus: Campus;
let admin: string;
let teacher: Person;
let student: Person;
let physics: { facultyId: string; courseId: string; groupId: string };
let visitors: Visitor[];

beforeEach(async () => {
  campus = await Campus.open(env);
  visitors = [];
  admin = await campus.firstAdministrator();
  [teacher, student] = [await campus.add(admin, ['teacher']), await campus.add(admin, ['student'])];
  physics = await faculty('Physics');
  await campus.json('PUT', `/api/groups/${physics.groupId}/members`, { token: admin, body: { signInNames: [student.signInName] } });
});
afterEach(async () => {
  for (const visitor of visitors) visitor.leavePage();
  await campus.close();
});

async function make(path: string, body: object): Promise<string> {
  return Made.parse(await campus.json('POST', path, { token: admin, body })).id;
}
async function faculty(name: string): Promise<typeof physics> {
  const facultyId = await make('/api/faculties', { name });
  const courseId = await make('/api/courses', { facultyId, code: name, title: `${name} 1` });
  return { facultyId, courseId, groupId: await make('/api/groups', { facultyId, name: `${name}-21` }) };
}
/** The watch knows of it as well, when it is near. */
async function lesson(more: object = {}): Promise<string> {
  const id = await make('/api/lessons', {
    ...{ courseId: physics.courseId, title: 'Waves', kind: 'seminar', teacherId: teacher.id, groupIds: [physics.groupId] },
    ...{ startsAt, endsAt, despiteConflicts: true, ...more },
  });
  if (!('startsAt' in more)) await seen(id, { state: 'planned', expected: 1 });
  return id;
}
const tokenOf = async (person: Person) => SignedIn.parse(await campus.signIn(person.signInName)).token;

/** Minutes from the planned start. */
const until = (minute: number) => campus.clock.advance(startsAt + minute * minuteMs - campus.clock.now());
const minutesOf = (at: number | null) => at && (at - startsAt) / minuteMs;

async function inClass(id: string, person: Person, token?: string): Promise<Visitor> {
  const entered = await campus.json('POST', `/api/lessons/${id}/enter`, { token: token ?? (await tokenOf(person)), body: {} });
  const visitor = new Visitor(
    () => campus.app.url,
    () => LessonEntered.parse(entered).roomToken,
  );
  visitors.push(visitor);
  await visitor.connect();
  await visitor.join();
  return visitor;
}

async function board(query = '', token = admin): Promise<Situation> {
  return Situation.parse(await campus.json('GET', `/api/situation${query}`, { token }));
}
/** The board is put together once a second at most, and reads the timetable every quarter of a minute. */
async function seen(id: string, what: object, query = ''): Promise<SituationLesson> {
  return vi.waitFor(async () => {
    campus.clock.advance(1000);
    const found = (await board(query)).lessons.find(({ lessonId }) => lessonId === id);
    expect(found).toMatchObject(what);
    if (found === undefined) throw new Error('It is not on the board');
    return found;
  }, patience);
}
const troublesOf = ({ troubles }: SituationLesson) =>
  troubles.map(({ kind, since, until: end }) => [kind, minutesOf(since), minutesOf(end)]);
const summary = async (query = `?from=${day}&to=${day}`, token = admin) =>
  SituationSummary.parse(await campus.json('GET', `/api/situation/summary${query}`, { token }));

describe('a lesson of now', () => {
  it('W1 is on the board a quarter of an hour before, runs, and is over; afterwards the slot says the same', async () => {
    const id = await lesson();
    await seen(id, { here: 0, groups: ['Physics-21'], recording: 'none', mayObserve: true });
    until(-1);
    await inClass(id, teacher);
    const other = await inClass(id, student);
    until(1);
    await seen(id, { state: 'running', here: 1, came: 1, begunAt: startsAt });
    await other.ask('room:leave', {});
    await seen(id, { here: 0, came: 1 });
    until(50);
    expect((await board()).lessons).toEqual([]);
    const over = { state: 'over', begunAt: startsAt, came: 1, expected: 1, here: 0, troubles: [] };
    const before = await seen(id, over, `?at=${startsAt}`);
    campus = await campus.after(2 * 24 * 60 * minuteMs, env);
    expect(await seen(id, over, `?at=${startsAt + minuteMs}`)).toEqual({ ...before, mayObserve: false });
    expect((await board(`?at=${endsAt}`)).lessons).toEqual([]);
  });

  it('W2 whose teacher is late says since when, and after that how late it began', async () => {
    const id = await lesson();
    until(6);
    expect(troublesOf(await seen(id, { state: 'not-begun' }))).toEqual([['teacher-absent', 0, null]]);
    until(12);
    await inClass(id, teacher);
    await inClass(id, student);
    const begun = await seen(id, { state: 'running', begunAt: startsAt + 12 * minuteMs });
    expect(troublesOf(begun)).toEqual([['teacher-absent', 0, 12]]);
    expect((await summary()).total).toMatchObject({ held: 1, lateMinutes: 12, troubled: 1, troubles: { 'teacher-absent': 1 } });
  });

  it('W1 W11 that nobody came to teach was not held, also for a server that is started later', async () => {
    const id = await lesson();
    until(51);
    const found = await seen(id, { state: 'not-held' }, `?at=${startsAt}`);
    expect(troublesOf(found)).toEqual([['teacher-absent', 0, 50]]);
    campus = await campus.after(3 * 60 * minuteMs, env);
    expect(troublesOf(await seen(id, { state: 'not-held', came: 0, expected: 1 }, `?at=${startsAt}`))).toEqual([['teacher-absent', 0, 50]]);
    expect((await summary()).total).toMatchObject({ lessons: 1, held: 0, notHeld: 1, troubled: 1 });
  });

  it('W8 goes on over a restart of the server without false trouble', async () => {
    const id = await lesson();
    until(-1);
    await showsFilm(await inClass(id, teacher));
    await inClass(id, student);
    until(10);
    await seen(id, { state: 'running' });
    campus = await campus.after(2 * minuteMs, env);
    await seen(id, { state: 'running', troubles: [], begunAt: startsAt, here: 0 });
    until(16);
    await showsFilm(await inClass(id, teacher));
    await inClass(id, student);
    until(49);
    await seen(id, { state: 'running', begunAt: startsAt, came: 1, here: 1, troubles: [] });
  });

  it('W5 W6 is silent after five minutes, and ended early when its teacher ends it for all', async () => {
    const id = await lesson();
    until(0);
    const leading = await inClass(id, teacher);
    await inClass(id, student);
    until(6);
    expect(troublesOf(await seen(id, { state: 'running' }))).toEqual([['nobody-heard', 0, null]]);
    until(30);
    await leading.ask('room:end', {});
    const ended = await seen(id, { state: 'ended-early', endedAt: startsAt + 30 * minuteMs });
    expect(troublesOf(ended)).toEqual([
      ['nobody-heard', 0, 30],
      ['ended-early', 30, 50],
    ]);
    campus = await campus.after(5 * 60 * minuteMs, env);
    expect(troublesOf(await seen(id, { state: 'ended-early' }, `?at=${startsAt}`))).toEqual(troublesOf(ended));
  });

  it('W5 hears of a microphone that is muted where the page does not see it, within twenty-five seconds', async () => {
    const id = await lesson();
    until(-1);
    const leading = await inClass(id, teacher);
    await inClass(id, student);
    const { trackId } = await leading.publish('microphone');
    const hears = (decibels: number) => campus.media.rooms.get(LessonId.parse(id))?.tracks.get(trackId)?.hear?.(decibels);
    await vi.waitFor(() => expect(campus.media.rooms.get(LessonId.parse(id))?.tracks.get(trackId)?.hear).toBeTypeOf('function'));
    until(2);
    for (let told = 0; told < 5; told += 1) {
      campus.clock.advance(5000);
      hears(-127);
    }
    const silent = await seen(id, { state: 'running', troubles: [{ kind: 'no-sound', source: 'microphone', until: null }] });
    expect(minutesOf(silent.troubles[0]?.since ?? 0)).toBeCloseTo(2, 1);
    hears(-30);
    await seen(id, { troubles: [{ kind: 'no-sound', until: expect.any(Number) }] });
  });

  it('W1 follows the timetable: cancelled, moved, substituted, extended, held in a place', async () => {
    const cancelled = await lesson({ title: 'Cancelled' });
    const substituted = await lesson({ title: 'Substituted' });
    const extended = await lesson({ title: 'Extended' });
    const onSite = await lesson({ title: 'On site', mode: 'on-site' });
    const moved = await lesson({ title: 'Moved', startsAt: endsAt, endsAt: endsAt + 50 * minuteMs });
    const other = await campus.add(admin, ['teacher']);
    await campus.json('DELETE', `/api/lessons/${cancelled}`, { token: admin });
    const change = (id: string, body: object) =>
      campus.json('POST', `/api/lessons/${id}/changes`, { token: admin, body: { change: body, despiteConflicts: true } });
    await change(substituted, { type: 'substitute', teacherId: other.id });
    await change(moved, { type: 'move', startsAt, endsAt });
    await seen(cancelled, { state: 'cancelled', mayObserve: false });
    await seen(substituted, {
      teacher: { id: other.id, displayName: other.displayName },
      marks: [{ type: 'substituted', teacherName: teacher.displayName }],
    });
    await seen(moved, { state: 'planned', startsAt, marks: [{ type: 'moved', from: endsAt }] });
    until(1);
    await campus.json('POST', `/api/lessons/${extended}/extension`, { token: admin, body: { endsAt: endsAt + 20 * minuteMs } });
    await seen(extended, { endsAt: endsAt + 20 * minuteMs, marks: [{ type: 'extended', from: endsAt }] });
    until(10);
    await seen(onSite, { state: 'on-site', troubles: [] });
    until(52);
    expect((await board()).lessons.map(({ title }) => title)).toEqual(['Extended']);
    expect((await summary()).total).toMatchObject({ lessons: 5, cancelled: 1, onSite: 1, substituted: 1, notHeld: 2, coming: 1 });
  });

  it('W7 that is always recorded is, from when its teacher is there', async () => {
    const rules = { students: { microphone: true, camera: true, screen: false, chat: true }, lobby: 'outsiders', guests: false };
    const id = await lesson({ rules: { ...rules, recording: 'always', capacity: 100 } });
    until(-1);
    await inClass(id, teacher);
    until(3);
    await seen(id, { recording: 'recording', recordingDue: true, troubles: [] });
    until(51);
    await seen(id, { state: 'over', recordingDue: true }, `?at=${startsAt}`);
  });
});

describe('who sees what', () => {
  it('W12 administrators and observers all, coordinators their faculty, teachers their own, students nothing', async () => {
    const chemistry = await faculty('Chemistry');
    const own = await lesson();
    const others = await lesson({
      courseId: chemistry.courseId,
      teacherId: (await campus.add(admin, ['teacher'])).id,
      groupIds: [physics.groupId],
    });
    const idsFor = async (person: Person, query = '') =>
      (await board(query, await tokenOf(person))).lessons.map(({ lessonId }) => lessonId).sort();
    const both = [own, others].sort();
    const limited = await campus.add(admin, ['coordinator'], { roleFaculties: { coordinator: [chemistry.facultyId] } });
    expect(await idsFor(await campus.add(admin, ['observer']))).toEqual(both);
    expect(await idsFor(await campus.add(admin, ['proctor']))).toEqual(both);
    expect(await idsFor(limited)).toEqual([others]);
    expect(await idsFor(teacher)).toEqual([own]);
    expect(await idsFor(teacher, `?at=${startsAt}`)).toEqual([own]);
    expect(await idsFor(limited, `?at=${startsAt}`)).toEqual([others]);
    const numbers = await Promise.all([teacher, limited].map(async (who) => (await summary(undefined, await tokenOf(who))).total.lessons));
    expect(numbers).toEqual([1, 1]);
    const token = await tokenOf(student);
    for (const path of ['', '/slots', '/summary', '.csv', '/summary.xlsx'])
      expect([path, await campus.refusal('GET', `/api/situation${path}`, { token })]).toEqual([path, 'not-allowed']);
    expect(await campus.refusal('GET', '/api/situation')).toBe('not-signed-in');
  });

  it('W12 a teacher enters an own lesson as its teacher, and observes none', async () => {
    const id = await lesson();
    await seen(id, { mayObserve: true });
    expect((await board('', await tokenOf(teacher))).lessons).toMatchObject([{ lessonId: id, mayObserve: false }]);
  });

  it('W13 is told that nothing changed, and may narrow what is asked', async () => {
    await lesson();
    const first = await campus.call('GET', '/api/situation', { token: admin });
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const etag = first.headers.get('etag') ?? '';
    const again = () => fetch(`${campus.app.url}/api/situation`, { headers: { authorization: `Bearer ${admin}`, 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    until(1);
    expect((await again()).status).toBe(200);
    expect((await board(`?facultyId=${physics.facultyId}&kind=seminar`)).lessons).toHaveLength(1);
    expect((await board('?kind=lecture')).lessons).toEqual([]);
    expect((await board('?building=North')).lessons).toEqual([]);
  });
});

describe('what is asked of the past', () => {
  it('W11 lessons from before are known by their register, and nothing is made up where there is none', async () => {
    const held = await lesson({ title: 'Held' });
    const never = await lesson({ title: 'Never' });
    until(7);
    await inClass(held, teacher);
    await inClass(held, student);
    until(66);
    await judged(held);
    await forget(held, never);
    const { troubles, ...found } = await seen(held, { state: 'over', begunAt: startsAt + 7 * minuteMs }, `?at=${startsAt}`);
    expect(found).toMatchObject({ came: 1, expected: 1 });
    expect(troublesOf({ ...found, troubles })).toEqual([['teacher-absent', 0, 7]]);
    await seen(never, { troubles: [], begunAt: null }, `?at=${startsAt}`);
  });

  it('the slots of a day are its beginnings', async () => {
    await lesson();
    await lesson({ endsAt: endsAt + 10 * minuteMs });
    await lesson({ startsAt: endsAt, endsAt: endsAt + 50 * minuteMs });
    const slots = Slots.parse(await campus.json('GET', `/api/situation/slots?day=${day}`, { token: admin }));
    expect(slots).toMatchObject({ day, timeZone: 'Asia/Almaty' });
    expect(slots.slots).toEqual([
      { startsAt, endsAt: endsAt + 10 * minuteMs, lessons: 2 },
      { startsAt: endsAt, endsAt: endsAt + 50 * minuteMs, lessons: 1 },
    ]);
    expect(Slots.parse(await campus.json('GET', '/api/situation/slots?day=2026-09-08', { token: admin })).slots).toEqual([]);
  });

  it('W14 a week adds up by day, faculty, building and kind, and names what needs a look', async () => {
    const placeId = await make('/api/places', { building: 'North', name: '101', capacity: null });
    await lesson({ placeId, mode: 'hybrid' });
    await lesson({ kind: 'lecture' });
    until(51);
    const week = await summary('?from=2026-09-07&to=2026-09-13');
    expect(week.days).toHaveLength(7);
    expect(week.days[0]).toMatchObject({ day, figures: { lessons: 2, notHeld: 2 } });
    expect(week.days[1]).toMatchObject({ figures: { lessons: 0 } });
    expect(week.faculties).toMatchObject([{ name: 'Physics', figures: { lessons: 2 } }]);
    expect(week.buildings.map(({ name, figures }) => [name, figures.lessons])).toEqual([
      ['', 1],
      ['North', 1],
    ]);
    expect(week.kinds.map(({ kind, figures }) => [kind, figures.lessons])).toEqual([
      ['lecture', 1],
      ['seminar', 1],
    ]);
    expect(week.troubled.map(({ state, groups }) => [state, groups])).toEqual([
      ['not-held', ['Physics-21']],
      ['not-held', ['Physics-21']],
    ]);
    expect((await summary('?from=2026-09-07&to=2026-09-13&building=North')).total.lessons).toBe(1);
    expect(await campus.refusal('GET', '/api/situation/summary?from=2026-09-07&to=2026-11-07', { token: admin })).toBe('bad-request');
  });

  it('W14 board and summary are files, and who takes one out is written down', async () => {
    const id = await lesson();
    until(6);
    await seen(id, { state: 'not-begun' });
    const file = async (path: string) => campus.call('GET', `/api/situation${path}`, { token: admin });
    const csv = await (await file('.csv?lang=en')).text();
    expect(csv).toContain('Physics 1');
    expect(csv).toContain('12:10–…');
    const sums = await (await file(`/summary.csv?from=${day}&to=${day}&lang=ru`)).text();
    expect(sums).toContain('По факультетам');
    const workbook = await file('/summary.xlsx?lang=kk');
    expect(workbook.headers.get('content-disposition')).toMatch(/\.xlsx/);
    expect(new Uint8Array(await workbook.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
    const { entries } = AuditPage.parse(await campus.json('GET', '/api/audit?act=situation.exported', { token: admin }));
    expect(entries.map(({ subject, after }) => [subject.id, after?.format])).toEqual([
      ['summary', 'xlsx'],
      ['summary', 'csv'],
      ['board', 'csv'],
    ]);
  });
});

/** There nobody need say a word. */
async function showsFilm(visitor: Visitor): Promise<void> {
  const { id } = await visitor.ask('media:open', { direction: 'send' });
  await visitor.publishOn(id, 'screen');
  await visitor.publishOn(id, 'screen-audio');
}

/** Its door is closed, and its register was made. */
async function judged(id: string): Promise<void> {
  const Attendance = z.object({
    lessons: z.array(z.object({ lessonId: z.string(), totals: z.object({ present: z.number() }).nullable() })),
  });
  await vi.waitFor(async () => {
    campus.clock.advance(1000);
    const { lessons } = Attendance.parse(await campus.json('GET', `/api/courses/${physics.courseId}/attendance`, { token: admin }));
    expect(lessons.find(({ lessonId }) => lessonId === id)?.totals?.present).toBe(1);
  }, patience);
}

/** As if no server had watched over these yet. */
async function forget(...ids: readonly string[]): Promise<void> {
  const { folder, clock } = campus;
  await campus.app.close('server-stopped');
  const { db, close } = await openDatabase(join(folder, 'data', 'auditoria.sqlite'));
  for (const table of ['lesson_situation', 'lesson_trouble'] as const) await db.deleteFrom(table).where('lesson_id', 'in', ids).execute();
  await close();
  campus = await Campus.open(env, clock.now() + 24 * 60 * minuteMs, folder);
}
