// The load page's calls on a whole server: its figures, the last hour, draining a worker, ending a class; who may, and what the audit log says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { type Person, SignedIn } from '../../server/contract/identity.ts';
import { LoadHistory, Status } from '../../server/contract/monitoring.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { Campus, noon } from '../support/accounts.ts';
import { Visitor } from '../support/people.ts';

const minuteMs = 60_000;
const Made = z.object({ id: z.string() });

let campus: Campus;
let admin: string;
let teacher: Person;
let student: Person;
let lessons: readonly [string, string];
let visitors: Visitor[];

beforeEach(async () => {
  campus = await Campus.open({ AUDITORIA_MEDIA_WORKERS: '2' });
  visitors = [];
  admin = await campus.firstAdministrator();
  [teacher, student] = [await campus.add(admin, ['teacher']), await campus.add(admin, ['student'])];
  const facultyId = await make('/api/faculties', { name: 'Physics' });
  const courseId = await make('/api/courses', { facultyId, code: 'PHY1', title: 'Optics' });
  const groupId = await make('/api/groups', { facultyId, name: 'PHY-21' });
  await campus.json('PUT', `/api/groups/${groupId}/members`, { token: admin, body: { signInNames: [student.signInName] } });
  const when = { startsAt: noon + 5 * minuteMs, endsAt: noon + 55 * minuteMs };
  const lesson = (title: string, of: Person, groupIds: readonly string[]) =>
    make('/api/lessons', { courseId, title, kind: 'lecture', teacherId: of.id, groupIds, ...when });
  const other = await campus.add(admin, ['teacher']);
  lessons = [await lesson('Diffraction', teacher, [groupId]), await lesson('Polarisation', other, [])];
});
afterEach(async () => {
  for (const visitor of visitors) visitor.leavePage();
  await campus.close();
});

async function make(path: string, body: object): Promise<string> {
  return Made.parse(await campus.json('POST', path, { token: admin, body })).id;
}

const tokenOf = async (person: Person) => SignedIn.parse(await campus.signIn(person.signInName)).token;

async function inClass(lesson: string, token: string): Promise<Visitor> {
  const { roomToken } = LessonEntered.parse(await campus.json('POST', `/api/lessons/${lesson}/enter`, { token, body: {} }));
  const visitor = new Visitor(
    () => campus.app.url,
    () => roomToken,
  );
  visitors.push(visitor);
  await visitor.connect();
  await visitor.join();
  return visitor;
}

const status = async () => Status.parse(await campus.json('GET', '/api/status', { token: admin }));
const history = async (query = '') => LoadHistory.parse(await campus.json('GET', `/api/status/history${query}`, { token: admin }));
const drain = (pid: number, drained: boolean, token = admin) =>
  campus.refusal('PUT', `/api/status/workers/${pid}/drained`, { token, body: { drained } });
const end = (lesson: string, note: string, token = admin) =>
  campus.refusal('POST', `/api/status/rooms/${lesson}/end`, { token, body: { note } });
const entries = async (act: string) => AuditPage.parse(await campus.json('GET', `/api/audit?act=${act}`, { token: admin })).entries;
const carriersOf = async (lesson: string) => (await status()).rooms.find(({ lessonId }) => lessonId === lesson)?.workers;

describe('a worker', () => {
  it('B22 that is drained takes no new rooms, keeps those it has, and is taken back', async () => {
    await inClass(lessons[0], await tokenOf(teacher));
    await vi.waitFor(async () => expect(await carriersOf(lessons[0])).toEqual([1]));
    expect(await drain(1, true)).toBeNull();
    expect((await status()).workers).toMatchObject([
      { pid: 1, drained: true, mayDrain: true, rooms: 1 },
      { pid: 2, drained: false, mayDrain: false },
    ]);
    await inClass(lessons[1], admin);
    await vi.waitFor(async () => expect(await carriersOf(lessons[1])).toEqual([2]));
    expect(await carriersOf(lessons[0])).toEqual([1]);
    expect(await drain(1, false)).toBeNull();
    expect((await status()).workers.map(({ drained }) => drained)).toEqual([false, false]);
  });

  it('B23 that is the last one open cannot be drained, nor one that does not live', async () => {
    await drain(1, true);
    expect(await drain(2, true)).toBe('conflict');
    expect(await drain(3, true)).toBe('not-found');
  });

  it('B25 is in the audit log when it is drained and taken back, once for each change', async () => {
    for (const drained of [true, true, false, false]) await drain(2, drained);
    await drain(1, true);
    await drain(2, true);
    const subject = { kind: 'worker', id: '2', name: '2' };
    expect((await entries('worker.drained')).map((entry) => entry.subject.id)).toEqual(['1', '2']);
    expect(await entries('worker.resumed')).toMatchObject([{ subject, actor: { kind: 'person' } }]);
  });
});

describe('a class', () => {
  it('M16 that is ended from the page is over for everybody in it, who are told why in the same words', async () => {
    const [leader, listener] = [await inClass(lessons[0], await tokenOf(teacher)), await inClass(lessons[0], await tokenOf(student))];
    const waiting = await inClass(lessons[0], await tokenOf(await campus.add(admin, ['student'])));
    expect(waiting.isIn).toBe(false);
    // A class that is ended before its time can be opened again.
    campus.clock.advance(6 * minuteMs);
    expect(await end(lessons[0], '  Fire drill in the   main building  ')).toBeNull();
    for (const visitor of [leader, listener, waiting]) {
      expect(await visitor.shownOut()).toBe('ended-from-outside');
      const note = 'Fire drill in the main building';
      expect(visitor.heard.filter(({ type }) => type === 'ended')).toEqual([{ type: 'ended', reason: 'ended-from-outside', note }]);
    }
    expect(await campus.refusal('POST', `/api/lessons/${lessons[0]}/enter`, { token: await tokenOf(student), body: {} })).toBe(
      'lesson-over',
    );
    expect((await status()).rooms).toEqual([]);
  });

  it('M16, B25 is in the audit log with the reason and how many were there; a second end is none', async () => {
    await inClass(lessons[0], await tokenOf(teacher));
    await end(lessons[0], 'A stranger disturbs it');
    expect(await end(lessons[0], 'Again')).toBe('not-found');
    expect(await end('no-such-lesson', 'Again')).toBe('not-found');
    expect(await entries('lesson.ended-from-outside')).toMatchObject([
      { subject: { kind: 'lesson', id: lessons[0], name: 'Diffraction' }, after: { note: 'A stranger disturbs it', people: 1 } },
    ]);
  });

  it('M16 is not ended without a reason', async () => {
    const leader = await inClass(lessons[0], await tokenOf(teacher));
    for (const note of ['', '   ', 'x'.repeat(201), 'turned\u202Earound'])
      expect([note, await end(lessons[0], note)]).toEqual([note, 'bad-request']);
    expect(leader.me.presence).toBe('here');
  });
});

describe('the last hour', () => {
  it('B21 is kept on the server: of the whole, of each worker, of each open room', async () => {
    await inClass(lessons[0], await tokenOf(teacher));
    const sampled = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        campus.clock.advance(5_000);
        await new Promise(setImmediate);
      }
    };
    await vi.waitFor(async () => {
      await sampled(1);
      expect((await history()).series.people?.at(-1)).toBe(1);
    });
    expect((await history('?worker=2')).series).toMatchObject({ rooms: expect.any(Array), workerCpuShare: expect.any(Array) });
    expect((await history(`?room=${lessons[0]}`)).series.people?.at(-1)).toBe(1);
    for (const query of ['?worker=3', `?room=${lessons[1]}`])
      expect([query, await campus.refusal('GET', `/api/status/history${query}`, { token: admin })]).toEqual([query, 'not-found']);
    expect(await campus.refusal('GET', `/api/status/history?worker=1&room=${lessons[0]}`, { token: admin })).toBe('bad-request');
  });
});

it('B17 all of it is for administrators alone', async () => {
  await inClass(lessons[0], await tokenOf(teacher));
  for (const roles of [['student'], ['teacher'], ['coordinator'], ['observer'], ['proctor']]) {
    const token = await tokenOf(await campus.add(admin, roles));
    const asked = [
      await campus.refusal('GET', '/api/status', { token }),
      await campus.refusal('GET', '/api/status/history', { token }),
      await drain(1, true, token),
      await end(lessons[0], 'No more', token),
    ];
    expect([roles, ...asked]).toEqual([roles, 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed']);
  }
  expect(await campus.refusal('GET', '/api/status/history')).toBe('not-signed-in');
  const { workers, rooms } = await status();
  expect([workers.map(({ drained }) => drained), rooms.length]).toEqual([[false, false], 1]);
});
