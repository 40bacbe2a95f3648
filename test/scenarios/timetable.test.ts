// Timetable, entrance and register over HTTP, as browsers and scripts ask for them.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAttendance } from '../../server/app-attendance.ts';
import { Register } from '../../server/contract/attendance.ts';
import { GuestEntered } from '../../server/contract/identity.ts';
import { ConnectionId, ParticipantId, type PersonId } from '../../server/contract/ids.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { GuestLink, LessonEntered, Lessons } from '../../server/contract/timetable.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { RateLimit } from '../../server/edge/limits.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { timetableHttp } from '../../server/timetable/timetable.http.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { endsAt, fillCampus, lessonId, observerId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { door, lessonServices, timeZone } from '../support/lessons.ts';

const minute = 60_000;
const mostGuests = 10;
const clock = new FakeClock(startsAt);
const log = openLog({ level: 'silent', format: 'json' });
const tokens = new Tokens({ key: randomBytes(32), clock });

let folder = '';
let database: OpenDatabase;
let server: ReturnType<typeof createWebServer>;
let base = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auditoria-timetable-'));
  database = await openDatabase(join(folder, 'test.sqlite'));
  const { db } = database;
  await fillCampus(db);
  await db.updateTable('person').set({ display_name: '=Ұлжан' }).where('id', '=', studentId(1)).execute();
  const services = lessonServices(db, { clock, tokens });
  const { timetable } = services;
  const traces = new TraceStore(db);
  const trace = new TraceService({ store: traces, clock, log });
  const attendance = openAttendance({
    config: {
      attendance: { lateAfterMinutes: 10, presentFromShare: 0.7 },
      room: { ...door, graceSeconds: 60, observersTold: 'everyone' },
      timeZone,
    },
    ...{ db, clock, log, timetable, trace, traceStore: traces },
    audit: { record: () => Promise.resolve() },
    viewing: { untold: () => Promise.resolve([]), settle: () => Promise.resolve() },
    areClassesRunning: () => false,
  });
  const people = new PersonStore(db);
  // The token is the person's own id: signing in has its own tests.
  const personOfToken = (token: string) => people.byId(token);
  const routers = [timetableHttp(services, new RateLimit(mostGuests, 600)), ...attendance.routers];
  const app = createHttp({
    peers: new Peers([], null),
    personOfToken,
    routers,
    health: { database: () => Promise.resolve() },
    clientDir: null,
    log,
  });
  server = createWebServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  base = `http://127.0.0.1:${address.port}`;

  const came = (id: PersonId, at: number) => {
    const who = { lessonId, at, personId: id, participantId: ParticipantId.parse(`of-${id}`) };
    const device = { connectionId: ConnectionId.parse(`c-${id}`), device: 'Chrome, Windows', address: '::1' };
    const role = id === teacherId ? ('teacher' as const) : ('student' as const);
    return [{ ...who, type: 'participant-joined', name: id, role } as const, { ...who, ...device, type: 'connection-opened' } as const];
  };
  await trace.append([
    ...came(teacherId, startsAt),
    ...came(studentId(1), startsAt + minute),
    ...came(studentId(2), startsAt + 12 * minute),
  ]);
});

afterAll(async () => {
  await new Promise((done) => server.close(done));
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

function ask(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
  return fetch(base + path, {
    ...init,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
      ...init.headers,
    },
  });
}
const post = (path: string, token: string | null, body: unknown = {}) => ask(path, token, { method: 'POST', body: JSON.stringify(body) });

describe('the timetable', () => {
  it('is asked for by a span, and needs somebody who is signed in', async () => {
    const path = `/api/lessons?from=${startsAt}&to=${endsAt}`;
    const { lessons, timeZone: zone } = Lessons.parse(await (await ask(path, studentId(1))).json());
    expect(lessons).toMatchObject([{ id: lessonId, role: 'student', canEnter: true }]);
    expect(zone).toBe(timeZone);
    expect((await ask(path, null)).status).toBe(401);
    expect((await ask('/api/lessons?from=x&to=1', studentId(1))).status).toBe(400);
  });

  it('gives a room token to whoever enters', async () => {
    const entered = LessonEntered.parse(await (await post(`/api/lessons/${lessonId}/enter`, studentId(1))).json());
    expect(tokens.verifyRoom(entered.roomToken)).toMatchObject({ personId: studentId(1), name: '=Ұлжан' });
    expect((await post(`/api/lessons/${lessonId}/enter`, null)).status).toBe(401);
    expect((await post('/api/lessons/unknown/enter', studentId(1))).status).toBe(404);
  });

  it('invites guests by a link that a browser can open', async () => {
    const { url } = GuestLink.parse(await (await post(`/api/lessons/${lessonId}/guest-link`, teacherId)).json());
    expect(url).toMatch(new RegExp(`^${base}/guest/[\\w-]{22}$`));
    const link = url?.split('/').at(-1) ?? '';
    expect((await ask(`/api/guests/${link}`, null)).status).toBe(200);
    const entered = GuestEntered.parse(await (await post(`/api/guests/${link}`, null, { name: 'Brown  James' })).json());
    expect(tokens.verifyRoom(entered.roomToken)).toMatchObject({ name: 'Brown James', guest: true });
    expect((await post(`/api/lessons/${lessonId}/enter`, entered.guestToken)).status).toBe(200);
    expect((await post(`/api/guests/${link}`, null, { name: 'Brown\u202EJames' })).status).toBe(400);
    expect((await ask(`/api/lessons/${lessonId}/guest-link`, teacherId, { method: 'DELETE' })).status).toBe(204);
    expect(Refusal.parse(await (await post(`/api/guests/${link}`, null, { name: 'X' })).json()).code).toBe('link-invalid');
  });
});

describe('guests by a link', () => {
  it('are made by one address only so often, whatever link it holds', async () => {
    const { url } = GuestLink.parse(await (await post(`/api/lessons/${lessonId}/guest-link`, teacherId)).json());
    const link = url?.split('/').at(-1) ?? '';
    const answers = await Promise.all(Array.from({ length: mostGuests + 5 }, () => post(`/api/guests/${link}`, null, { name: 'X' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect((await post(`/api/guests/${'a'.repeat(22)}`, null, { name: 'X' })).status).toBe(429);
    await ask(`/api/lessons/${lessonId}/guest-link`, teacherId, { method: 'DELETE' });
  });
});

describe('the register', () => {
  const path = `/api/lessons/${lessonId}/register`;

  it('is computed during the class, for the teacher', async () => {
    clock.advance(20 * minute);
    const register = Register.parse(await (await ask(path, teacherId)).json());
    const verdicts = Object.fromEntries(register.rows.map((row) => [row.personId, row.verdict]));
    expect(verdicts).toMatchObject({
      [teacherId]: 'present',
      [studentId(1)]: 'present',
      [studentId(2)]: 'late',
      [studentId(3)]: 'expected',
    });
    expect(register.totals).toEqual({ expected: 5, here: 2, present: 1, late: 1, leftEarly: 0, absent: 0, excused: 0, asynchronous: 0 });
    expect(Register.parse(await (await ask(`${path}.json`, observerId)).json())).toEqual({
      ...register,
      may: { correct: false, sign: false, reopen: false },
    });
  });

  it('A12 shows a student the own row only, and others nothing', async () => {
    const register = Register.parse(await (await ask(path, studentId(2))).json());
    expect(register.rows.map(({ personId }) => personId)).toEqual([studentId(2)]);
    expect(register.totals.expected).toBe(1);
    const table: string[][] = parse(await (await ask(`${path}.csv?lang=en`, studentId(2))).text(), { bom: true });
    expect(table).toHaveLength(2);
    for (const form of ['', '.json', '.csv']) {
      expect((await ask(path + form, strangerId)).status).toBe(403);
      expect((await ask(path + form, null)).status).toBe(401);
    }
  });

  it('is a file for Excel in the language asked for, else of the browser, with the lesson’s name', async () => {
    const answer = await ask(`${path}.csv?lang=ru`, teacherId);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Diffraction 2026-09-07.csv"');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const table: string[][] = parse(new TextDecoder().decode(bytes), { delimiter: ';' });
    expect(table[0]?.[0]).toBe('ФИО');
    expect(table.some(([name]) => name === "'=Ұлжан")).toBe(true);
    const kazakh = await (await ask(`${path}.csv`, teacherId, { headers: { 'accept-language': 'kk-KZ,kk;q=0.9,en;q=0.5' } })).text();
    expect(kazakh).toContain('Аты-жөні');
    expect((await ask(`${path}.csv?lang=de`, teacherId)).status).toBe(400);
  });

  it('is named in Cyrillic as RFC 5987 has it', async () => {
    await database.db.updateTable('lesson').set({ title: 'Жарық дифракциясы' }).where('id', '=', lessonId).execute();
    const disposition = (await ask(`${path}.csv`, teacherId)).headers.get('content-disposition') ?? '';
    expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent('Жарық дифракциясы 2026-09-07.csv')}`);
  });

  it('is final when the door has closed', async () => {
    clock.advance(100 * minute);
    const register = Register.parse(await (await ask(path, teacherId)).json());
    expect(register).toMatchObject({ final: true, asOf: endsAt + 15 * minute });
    expect(register.totals).toEqual({ expected: 5, here: 0, present: 1, late: 1, leftEarly: 0, absent: 3, excused: 0, asynchronous: 0 });
  });
});
