// The catalogue over HTTP on each database: from an empty university to a class with its people, and who may do that.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Course,
  CoursePeople,
  Courses,
  Department,
  Faculties,
  Faculty,
  Group,
  GroupMembers,
  Groups,
  Place,
  Places,
  Programme,
  Programmes,
  Stream,
  Streams,
} from '../../server/contract/catalogue.ts';
import { FacultyId } from '../../server/contract/ids.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { ImportFaults } from '../../server/contract/routes-people.ts';
import { Lesson } from '../../server/contract/timetable.ts';
import { eachDatabase } from '../contract/databases.ts';
import { openPlanServer, type PlanServer } from '../support/plan-server.ts';

const now = Date.parse('2026-09-07T08:00:00+05:00');

eachDatabase((_name, open) => {
  let server: PlanServer;
  let told: string[];

  beforeAll(async () => {
    server = await openPlanServer((await open()).db, now);
    told = server.told;
  });
  afterAll(() => server.close());

  const ask = (method: string, path: string, body?: unknown, token: string | null = 'coordinator') => server.ask(method, path, body, token);
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

  describe('departments and programmes', () => {
    it('belong to a faculty, and courses and groups to them', async () => {
      const { id: facultyId } = await faculty('Mathematics');
      const { id: other } = await faculty('Another faculty');
      const department = await server.make(Department, '/api/departments', { facultyId, name: 'Алгебра' });
      expect((await ask('POST', '/api/departments', { facultyId, name: 'АЛГЕБРА' })).status).toBe(409);
      await server.make(Department, '/api/departments', { facultyId: other, name: 'Алгебра' });
      const wanted = { facultyId, departmentId: department.id, code: '6B05401', name: 'Математика', field: 'teaching' };
      const programme = await server.make(Programme, '/api/programmes', wanted);
      expect((await ask('POST', '/api/programmes', { ...wanted, code: '6b05401' })).status).toBe(409);
      for (const change of [{ field: 'magic' }, { departmentId: 'nowhere' }, { facultyId: other }]) {
        expect((await ask('POST', '/api/programmes', { ...wanted, code: 'NEW', ...change })).status, JSON.stringify(change)).toBe(400);
      }
      const changed = await ask('PATCH', `/api/programmes/${programme.id}`, { ...wanted, name: 'Математика және механика' });
      expect(Programme.parse(changed.json).name).toBe('Математика және механика');
      const { programmes, fields } = await server.get(Programmes, `/api/programmes?facultyId=${facultyId}&search=МЕХАНИКА`);
      expect(programmes.map(({ code }) => code)).toEqual(['6B05401']);
      expect(fields).toContainEqual({ field: 'teaching', percent: 20 });

      const one = await server.make(Course, '/api/courses', {
        ...{ facultyId, code: 'ALG1', title: 'Algebra', departmentId: department.id, credits: 5, plannedHours: 150 },
      });
      expect(one).toMatchObject({ credits: 5, plannedHours: 150, departmentId: department.id });
      const unset = await ask('PATCH', `/api/courses/${one.id}`, { departmentId: null, credits: null });
      expect(Course.parse(unset.json)).toMatchObject({ departmentId: null, credits: null, plannedHours: 150 });
      const members = await server.make(Group, '/api/groups', { facultyId, name: 'АЛГ-1', programmeId: programme.id });
      expect(members.programmeId).toBe(programme.id);
      const kept = await ask('PATCH', `/api/groups/${members.id}`, { name: 'АЛГ-2' });
      expect(Group.parse(kept.json)).toMatchObject({ name: 'АЛГ-2', programmeId: programme.id });
    });
  });

  describe('streams and places', () => {
    it('are found, changed, and known by one name', async () => {
      const { id: facultyId } = await faculty('Geology');
      const groups = [await group(facultyId, 'ГЕО-1'), await group(facultyId, 'ГЕО-2'), await group(facultyId, 'ГЕО-3')];
      const groupIds = groups.map(({ id }) => id);
      const stream = await server.make(Stream, '/api/streams', { facultyId, name: 'Ағым 1', groupIds: [...groupIds, groupIds[0]] });
      expect(stream.groups.map(({ name }) => name)).toEqual(['ГЕО-1', 'ГЕО-2', 'ГЕО-3']);
      expect((await ask('POST', '/api/streams', { facultyId, name: 'ағым 1', groupIds })).status).toBe(409);
      expect((await ask('POST', '/api/streams', { facultyId, name: 'Ағым 2', groupIds: ['nobody'] })).status).toBe(400);
      const fewer = { facultyId, name: 'Ағым 1', groupIds: groupIds.slice(1) };
      expect(Stream.parse((await ask('PUT', `/api/streams/${stream.id}`, fewer)).json).groups).toHaveLength(2);
      expect((await server.get(Streams, '/api/streams?search=агым')).total).toBe(1);
      expect((await ask('DELETE', `/api/streams/${stream.id}`)).status).toBe(204);
      expect((await server.get(Streams, '/api/streams')).total).toBe(0);

      const hall = await server.make(Place, '/api/places', { building: 'Бас ғимарат', name: '101', capacity: 200 });
      expect((await ask('POST', '/api/places', { building: 'бас ғимарат', name: '101', capacity: null })).status).toBe(409);
      await server.make(Place, '/api/places', { building: 'Бас ғимарат', name: '100', capacity: null });
      await ask('PUT', `/api/places/${hall.id}`, { building: 'Бас ғимарат', name: '101-А', capacity: 220 });
      const { places } = await server.get(Places, '/api/places?search=гимарат');
      expect(places.map(({ name, capacity }) => [name, capacity])).toEqual([
        ['100', null],
        ['101-А', 220],
      ]);
    });
  });

  it('C1 who coordinates one faculty writes and sees there, and nowhere else', async () => {
    const own = await faculty('Own');
    const other = await faculty('Other');
    const limited = 'own-coordinator';
    await server.person(limited, 'coordinator', { coordinator: [FacultyId.parse(own.id)] });
    const foreign = await group(other.id, 'OTHER-1');
    const foreignCourse = await course(other.id, 'OTHER1', 'Other');
    const mine = await server.make(Group, '/api/groups', { facultyId: own.id, name: 'OWN-1' }, limited);
    expect((await server.get(Groups, '/api/groups?limit=200', limited)).groups.map(({ id }) => id)).toEqual([mine.id]);
    for (const [method, path, body] of [
      ['POST', '/api/faculties', { name: 'More' }],
      ['PATCH', `/api/faculties/${other.id}`, { name: 'More' }],
      ['POST', '/api/groups', { facultyId: other.id, name: 'OTHER-2' }],
      ['PATCH', `/api/groups/${foreign.id}`, { name: 'X' }],
      ['GET', `/api/groups/${foreign.id}/members`],
      ['PUT', `/api/groups/${foreign.id}/members`, { signInNames: [] }],
      ['POST', '/api/courses', { facultyId: other.id, code: 'X', title: 'X' }],
      ['PATCH', `/api/courses/${foreignCourse.id}`, { facultyId: own.id }],
      ['GET', `/api/courses/${foreignCourse.id}/people`],
      ['POST', '/api/departments', { facultyId: other.id, name: 'X' }],
      ['POST', '/api/streams', { facultyId: other.id, name: 'X', groupIds: [foreign.id] }],
      ['POST', '/api/places', { building: 'B', name: 'X', capacity: null }],
    ] as const)
      expect((await ask(method, path, body, limited)).status, `${method} ${path}`).toBe(403);
    expect((await ask('PATCH', `/api/groups/${mine.id}`, { name: 'OWN-2' }, limited)).status).toBe(200);
  });

  it('every write is in the audit log, with what was before and after, and by whom', async () => {
    const { id: facultyId } = await faculty('Audited');
    const { id } = await group(facultyId, 'AUD-1');
    await ask('PATCH', `/api/groups/${id}`, { name: 'AUD-2' });
    await ask('PUT', `/api/groups/${id}/members`, { signInNames: ['student1'] });
    expect((await server.acts()).slice(-4)).toMatchObject([
      { act: 'faculty.added', by: 'coordinator', before: null },
      { act: 'group.added', by: 'coordinator', before: null },
      { act: 'group.changed', before: { name: 'AUD-1' }, after: { name: 'AUD-2' } },
      { act: 'group.members-set', before: { members: [] }, after: { members: ['student1'] } },
    ]);
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
      ['GET', '/api/departments'],
      ['POST', '/api/departments', { facultyId: 'f', name: 'Mine' }],
      ['GET', '/api/programmes'],
      ['GET', '/api/streams'],
      ['DELETE', '/api/streams/s'],
      ['GET', '/api/places'],
      ['PUT', '/api/places/p', { building: 'B', name: 'Mine', capacity: null }],
    ] as const;
    for (const [method, path, body] of calls)
      expect((await ask(method, path, body, token)).status, `${method} ${path}`).toBe(token === null ? 401 : 403);
  });
});
