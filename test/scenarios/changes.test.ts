// Changes of lessons over HTTP, at a university of two faculties: who is refused what, and in which words.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../server/contract/identity.ts';
import { RoleFaculties } from '../../server/contract/identity.ts';
import { LessonChangePreview } from '../../server/contract/planning.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { GuestLink, Lesson, Lessons } from '../../server/contract/timetable.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { timetableHttp } from '../../server/timetable/timetable.http.ts';
import { endsAt, fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { lessonServices, person } from '../support/lessons.ts';

const minute = 60_000;
const clock = new FakeClock(startsAt - 60 * minute);
const tokens = new Tokens({ key: randomBytes(32), clock });
let database: OpenDatabase;
let server: ReturnType<typeof createWebServer>;
let services: ReturnType<typeof lessonServices>;
let base = '';

/** The token is the person's own id: signing in has its own tests. */
const people: Readonly<Record<string, Person>> = {
  physics: person('physics', 'coordinator', RoleFaculties.parse({ coordinator: ['faculty'] })),
  law: person('law', 'coordinator', RoleFaculties.parse({ coordinator: ['law'] })),
  teacher: person(teacherId, 'teacher'),
  lawyer: person('lawyer', 'teacher'),
  student: person(studentId(1), 'student'),
  stranger: person(strangerId, 'student'),
};

beforeAll(async () => {
  database = await openDatabase(':memory:');
  const { db } = database;
  await fillCampus(db);
  await db.insertInto('faculty').values({ id: 'law', name: 'Law' }).execute();
  await db.insertInto('course').values({ id: 'civil', faculty_id: 'law', code: 'LAW1', title: 'Civil law' }).execute();
  const row = {
    sort_key: 'l',
    search_text: 'l',
    email: null,
    language: null,
    roles: '["teacher"]',
    password_hash: null,
    disabled: 0,
    created_at: 0,
  };
  await db
    .insertInto('person')
    .values({ id: 'lawyer', sign_in_name: 'lawyer', display_name: 'Lawyer', ...row })
    .execute();
  services = lessonServices(db, { clock, tokens });
  const app = createHttp({
    peers: new Peers([], null),
    personOfToken: (token) => Promise.resolve(people[token] ?? null),
    routers: [timetableHttp(services)],
    health: { database: () => Promise.resolve() },
    clientDir: null,
    log: openLog({ level: 'silent', format: 'json' }),
  });
  server = createWebServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  base = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  await new Promise((done) => server.close(done));
  await database.close();
});

function call(who: string | null, method: string, path: string, body?: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(who !== null && { authorization: `Bearer ${who}` }) };
  return fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}
const changes = `/api/lessons/${lessonId}/changes`;
const substitute = { change: { type: 'substitute', teacherId: 'lawyer' }, note: 'Ill' };

describe('a change over HTTP', () => {
  it('C1, C7 is refused to a coordinator of another faculty, a student, another teacher, a stranger, and whoever is not signed in', async () => {
    for (const who of ['law', 'student', 'lawyer', 'stranger', 'teacher'])
      for (const path of [changes, `${changes}/preview`]) expect((await call(who, 'POST', path, substitute)).status, who).toBe(403);
    expect((await call(null, 'POST', changes, substitute)).status).toBe(401);
    expect((await call('law', 'DELETE', `/api/lessons/${lessonId}`)).status).toBe(403);
    expect((await call('student', 'GET', changes)).status).toBe(403);
    expect((await call('law', 'GET', changes)).status).toBe(403);
    expect((await call('physics', 'POST', '/api/lessons/unknown/changes', substitute)).status).toBe(404);
  });

  it.each([
    {},
    { change: { type: 'substitute' } },
    { change: { type: 'explode' } },
    { change: { type: 'move', startsAt: 'tomorrow', endsAt: 1 } },
    { change: { type: 'rename', title: '\u202E' } },
    { ...substitute, scope: 'all' },
    { ...substitute, note: 'x'.repeat(301) },
  ])('is refused when malformed: %j', async (body) => {
    expect((await call('physics', 'POST', changes, body)).status).toBe(400);
  });

  it('is seen by everybody at once: the substitute teaches by the same link, the former teacher no longer', async () => {
    const preview = LessonChangePreview.parse(await (await call('physics', 'POST', `${changes}/preview`, substitute)).json());
    expect(preview).toMatchObject({ total: 0, lessons: 1, people: 8, mayDespite: true });
    for (const _twice of [1, 2]) {
      const changed = Lesson.parse(await (await call('physics', 'POST', changes, substitute)).json());
      expect(changed).toMatchObject({
        id: lessonId,
        teacher: { id: 'lawyer' },
        note: 'Ill',
        marks: [{ type: 'substituted' }],
        canManage: true,
      });
    }
    expect(services.facts).toHaveLength(1);
    const seen = async (who: string) => Lesson.parse(await (await call(who, 'GET', `/api/lessons/${lessonId}`)).json());
    expect(await seen('lawyer')).toMatchObject({ role: 'teacher', canManage: true });
    expect(await seen('teacher')).toMatchObject({ role: 'none', canManage: false });
    const week = `/api/lessons?from=${startsAt - minute}&to=${endsAt}`;
    expect(Lessons.parse(await (await call('lawyer', 'GET', week)).json()).lessons).toHaveLength(1);
    expect(Lessons.parse(await (await call('teacher', 'GET', week)).json()).lessons).toHaveLength(0);
    expect(Lessons.parse(await (await call('stranger', 'GET', `${week}&teacherId=lawyer`)).json()).lessons).toHaveLength(1);
    expect((await call(null, 'GET', `${week}&teacherId=lawyer`)).status).toBe(401);
    expect((await call('law', 'GET', `${week}&scope=all`)).status).toBe(200);
    expect((await call('stranger', 'GET', `${week}&scope=all`)).status).toBe(403);
  });

  it('C4 that clashes is refused 409 with what is there; a new lesson as well, and only its own faculty may add it', async () => {
    const lesson = { courseId: 'civil', title: 'Contracts', kind: 'seminar', startsAt, endsAt, teacherId: 'lawyer', groupIds: [] };
    expect((await call('physics', 'POST', '/api/lessons', lesson)).status).toBe(403);
    const answer = await call('law', 'POST', '/api/lessons', lesson);
    expect(answer.status).toBe(409);
    const refusal = Refusal.parse(await answer.json());
    expect(refusal).toMatchObject({
      code: 'clash',
      details: { total: 1, conflicts: [{ over: 'teacher', name: 'Lawyer', lesson: { id: lessonId } }] },
    });
    expect(await (await call('law', 'POST', '/api/lessons/conflicts', lesson)).json()).toMatchObject({ total: 1 });
    expect((await call('lawyer', 'POST', '/api/lessons', { ...lesson, despiteConflicts: true })).status).toBe(409);
    const added = Lesson.parse(await (await call('law', 'POST', '/api/lessons', { ...lesson, despiteConflicts: true })).json());
    expect(added).toMatchObject({ facultyId: 'law', mode: 'online', place: null });
    expect(services.acts.at(-1)).toMatchObject({ act: 'lesson.added', by: 'law', after: { despiteConflicts: 1 } });
  });

  it('is written in the audit log, as are guest links and extensions', async () => {
    expect(GuestLink.parse(await (await call('lawyer', 'POST', `/api/lessons/${lessonId}/guest-link`)).json()).url).toContain('/guest/');
    expect((await call('lawyer', 'DELETE', `/api/lessons/${lessonId}/guest-link`)).status).toBe(204);
    clock.advance(60 * minute);
    const longer = { endsAt: endsAt + 10 * minute };
    expect((await call('lawyer', 'POST', `/api/lessons/${lessonId}/extension`, longer)).status).toBe(200);
    expect(services.acts.slice(-3).map(({ act }) => act)).toEqual([
      'lesson.guest-link-made',
      'lesson.guest-link-revoked',
      'lesson.extended',
    ]);
  });

  it('C6 comes too late once the lesson has begun', async () => {
    const refusal = Refusal.parse(await (await call('physics', 'POST', changes, { change: { type: 'cancel' } })).json());
    expect(refusal.code).toBe('conflict');
    expect((await call('physics', 'DELETE', `/api/lessons/${lessonId}`)).status).toBe(409);
  });
});
