// The catalogue over HTTP on each database: from an empty university to a class with its people, and who may do that.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportFaults } from '../../server/contract/http.ts';
import { type LessonId, PersonId } from '../../server/contract/ids.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { Course, Courses, Faculties, Faculty, Group, Groups } from '../../server/contract/catalogue.ts';
import { CoursePeople, GroupMembers } from '../../server/contract/catalogue.ts';
import { Lesson } from '../../server/contract/timetable.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { catalogueHttp } from '../../server/timetable/catalogue.http.ts';
import { CatalogueService } from '../../server/timetable/catalogue.service.ts';
import { CatalogueStore } from '../../server/timetable/catalogue.store.ts';
import { EntranceService } from '../../server/timetable/entrance.service.ts';
import { MembershipStore } from '../../server/timetable/membership.store.ts';
import { RosterStore } from '../../server/timetable/roster.store.ts';
import { timetableHttp } from '../../server/timetable/timetable.http.ts';
import { TimetableService } from '../../server/timetable/timetable.service.ts';
import { TimetableStore } from '../../server/timetable/timetable.store.ts';
import { eachDatabase } from '../contract/databases.ts';
import { FakeClock } from '../support/fake-clock.ts';

const now = Date.parse('2026-09-07T08:00:00+05:00');
const door = { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 };
const log = openLog({ level: 'silent', format: 'json' });

eachDatabase((_name, open) => {
  let server: ReturnType<typeof createWebServer>;
  let base = '';
  const told: string[] = [];

  beforeAll(async () => {
    const { db } = await open();
    const clock = new FakeClock(now);
    const people = new PersonStore(db);
    const row = (signInName: string, role: 'administrator' | 'coordinator' | 'teacher' | 'student') => ({
      ...{ id: PersonId.parse(signInName), signInName, displayName: `Name of ${signInName}`, email: null, language: null },
      ...{ roles: [role], passwordHash: null, createdAt: now },
    });
    await people.add([
      ...[row('admin', 'administrator'), row('coordinator', 'coordinator'), row('teacher', 'teacher')],
      ...[row('student1', 'student'), row('student2', 'student'), row('student3', 'student')],
    ]);
    const live = { here: () => 0, planChanged: (id: LessonId) => Promise.resolve(void told.push(id)) };
    const catalogue = new CatalogueService({ catalogue: new CatalogueStore(db), memberships: new MembershipStore(db), live, clock });
    const store = new TimetableStore(db);
    const timetable = new TimetableService({ store, rosters: new RosterStore(db), live, clock, timeZone: 'Asia/Almaty', door });
    const tokens = new Tokens({ key: randomBytes(32), clock });
    const entrance = new EntranceService({ timetable, store, tokens, clock, door });
    const app = createHttp({
      peers: new Peers([], null),
      // The token is the person's own id: signing in has its own tests.
      personOfToken: (token: string) => people.byId(token),
      routers: [catalogueHttp(catalogue), timetableHttp(timetable, entrance)],
      health: { database: () => Promise.resolve() },
      clientDir: null,
      log,
    });
    server = createWebServer(app, null);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    base = `http://127.0.0.1:${address.port}`;
  });

  afterAll(() => new Promise((done) => server.close(done)));

  async function ask(method: string, path: string, body?: unknown, token: string | null = 'coordinator') {
    const answer = await fetch(base + path, {
      method,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json: unknown = await answer.json();
    return { status: answer.status, json };
  }
  const faultsOf = (json: unknown) => ImportFaults.parse(Refusal.parse(json).details).faults;
  const faculty = async (name: string) => Faculty.parse((await ask('POST', '/api/faculties', { name })).json);
  const group = async (facultyId: string, name: string) => Group.parse((await ask('POST', '/api/groups', { facultyId, name })).json);
  const course = async (facultyId: string, code: string, title: string) =>
    Course.parse((await ask('POST', '/api/courses', { facultyId, code, title })).json);

  describe('an empty university', () => {
    it('gets a faculty, a course and a group with members, and then a lesson with these on its roster', async () => {
      const { id: facultyId } = await faculty('  Механика   және математика ');
      expect(Faculties.parse((await ask('GET', '/api/faculties')).json).faculties).toMatchObject([{ name: 'Механика және математика' }]);
      const { id: courseId } = await course(facultyId, 'MAT1101', 'Сызықтық алгебра');
      const { id: groupId } = await group(facultyId, 'МАТ-26-1');
      const set = await ask('PUT', `/api/groups/${groupId}/members`, { signInNames: ['student2', ' STUDENT1 ', 'student1'] });
      expect(GroupMembers.parse(set.json).members.map(({ signInName }) => signInName)).toEqual(['student1', 'student2']);
      const planned = await ask(
        'POST',
        '/api/lessons',
        { courseId, title: 'Кеңістік', kind: 'lecture', startsAt: now, endsAt: now + 3_000_000, groupIds: [groupId], teacherId: 'teacher' },
        'admin',
      );
      const lesson = Lesson.parse(planned.json);
      expect(lesson.rosterSize).toBe(2);

      told.length = 0;
      await ask('PUT', `/api/groups/${groupId}/members`, { signInNames: ['student1'] });
      await ask('PUT', `/api/courses/${courseId}/people`, { assistants: ['student2'], students: ['student3'] });
      expect(told).toEqual([lesson.id, lesson.id]);
      const path = `/api/lessons/${lesson.id}`;
      expect(Lesson.parse((await ask('GET', path, undefined, 'student1')).json)).toMatchObject({ role: 'student', rosterSize: 2 });
      expect(Lesson.parse((await ask('GET', path, undefined, 'student2')).json).role).toBe('assistant');
      expect(Lesson.parse((await ask('GET', path, undefined, 'student3')).json).role).toBe('student');
      expect(Courses.parse((await ask('GET', '/api/courses')).json).courses).toMatchObject([{ assistants: 1, students: 1 }]);
    });
  });

  describe('names', () => {
    it('are refused as a conflict when there is one like it but for capitals, and may be changed in nothing but capitals', async () => {
      const { id } = await faculty('Philology');
      expect((await ask('POST', '/api/faculties', { name: 'PHILOLOGY' })).status).toBe(409);
      expect((await ask('PATCH', `/api/faculties/${id}`, { name: 'PHILOLOGY' })).status).toBe(200);
      const one = await group(id, 'ФИЛ-1');
      const two = await group(id, 'ФИЛ-2');
      expect((await ask('POST', '/api/groups', { facultyId: id, name: 'фил-1' })).status).toBe(409);
      expect((await ask('PATCH', `/api/groups/${two.id}`, { name: 'фил-1' })).status).toBe(409);
      expect(Group.parse((await ask('PATCH', `/api/groups/${one.id}`, { name: 'фил-1' })).json).name).toBe('фил-1');
      const first = await course(id, 'LAN1', 'Latin');
      expect((await ask('POST', '/api/courses', { facultyId: id, code: 'lan1', title: 'Greek' })).status).toBe(409);
      expect(Course.parse((await ask('PATCH', `/api/courses/${first.id}`, { title: 'Latin II' })).json)).toMatchObject({
        code: 'LAN1',
        title: 'Latin II',
      });
    });

    it('added twice at the same moment are added once', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/api/faculties', { name: 'At once' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });

    it('with hidden characters, without letters or without end are refused', async () => {
      for (const name of ['Phy\u202Esics', '  ', 'x'.repeat(201)]) expect((await ask('POST', '/api/faculties', { name })).status).toBe(400);
      expect((await ask('POST', '/api/groups', { facultyId: 'nowhere', name: 'G' })).status).toBe(400);
      expect((await ask('PATCH', '/api/groups/nowhere', { name: 'G' })).status).toBe(404);
    });
  });

  describe('the people of a group or a course', () => {
    it('stay as they were when a single name is unknown, and the fault says which', async () => {
      const { id: facultyId } = await faculty('Chemistry');
      const { id } = await group(facultyId, 'CHE-1');
      const path = `/api/groups/${id}/members`;
      await ask('PUT', path, { signInNames: ['student1'] });
      const refused = await ask('PUT', path, { signInNames: ['student2', 'nobody', '<b>'] });
      expect(refused.status).toBe(422);
      expect(faultsOf(refused.json)).toEqual([
        { line: 2, column: null, code: 'name-unknown', value: 'nobody' },
        { line: 3, column: null, code: 'name-unknown', value: '<b>' },
      ]);
      expect(GroupMembers.parse((await ask('GET', path)).json).members).toMatchObject([{ signInName: 'student1' }]);
      expect((await ask('PUT', path, { signInNames: Array.from({ length: 501 }, (_, i) => `s${i}`) })).status).toBe(400);
      expect(GroupMembers.parse((await ask('PUT', path, { signInNames: [] })).json).members).toEqual([]);
    });

    it('are assistants or students, not both', async () => {
      const { id: facultyId } = await faculty('Biology');
      const { id } = await course(facultyId, 'BIO1', 'Botany');
      const path = `/api/courses/${id}/people`;
      const refused = await ask('PUT', path, { assistants: ['student1'], students: ['student2', 'Student1'] });
      expect(faultsOf(refused.json)).toEqual([{ line: 2, column: 'students', code: 'name-twice', value: 'Student1' }]);
      expect(CoursePeople.parse((await ask('GET', path)).json)).toEqual({ assistants: [], students: [] });
    });
  });

  it('lists are searched without minding Kazakh letters, and paged without losing or repeating anything', async () => {
    const { id: facultyId } = await faculty('Paging');
    for (const name of ['Қ-3', 'К-1', 'Ә-2', 'Л-4', 'А-5']) await group(facultyId, name);
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 4; page++) {
      const { json } = await ask('GET', `/api/groups?facultyId=${facultyId}&limit=2${after}`);
      const { groups, next, total } = Groups.parse(json);
      seen.push(...groups.map(({ name }) => name));
      expect(total).toBe(5);
      if (next === null) break;
      after = `&after=${encodeURIComponent(next)}`;
    }
    expect(seen).toEqual(['А-5', 'Ә-2', 'К-1', 'Қ-3', 'Л-4']);
    const found = Groups.parse((await ask('GET', `/api/groups?facultyId=${facultyId}&search=${encodeURIComponent('к-3')}`)).json);
    expect(found.groups.map(({ name }) => name)).toEqual(['Қ-3']);
    expect((await ask('GET', '/api/groups?after=x')).status).toBe(400);
  });

  it.each(['student1', 'teacher', null])('nothing of it is open to %s', async (token) => {
    const calls = [
      ['GET', '/api/faculties'],
      ['POST', '/api/faculties', { name: 'Mine' }],
      ['PATCH', '/api/faculties/f', { name: 'Mine' }],
      ['GET', '/api/courses'],
      ['POST', '/api/courses', { facultyId: 'f', code: 'M', title: 'Mine' }],
      ['PATCH', '/api/courses/c', { title: 'Mine' }],
      ['GET', '/api/courses/c/people'],
      ['PUT', '/api/courses/c/people', { assistants: ['student1'], students: [] }],
      ['GET', '/api/groups'],
      ['POST', '/api/groups', { facultyId: 'f', name: 'Mine' }],
      ['PATCH', '/api/groups/g', { name: 'Mine' }],
      ['GET', '/api/groups/g/members'],
      ['PUT', '/api/groups/g/members', { signInNames: ['student1'] }],
    ] as const;
    for (const [method, path, body] of calls)
      expect((await ask(method, path, body, token)).status, `${method} ${path}`).toBe(token === null ? 401 : 403);
  });
});
