// Seats in a running class follow the account: sessions that end, another password, roles that are taken away; told to a whole server.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Person, SignedIn } from '../../server/contract/identity.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import { OwnSessions, RecoveryCodes, SecondFactorSecret } from '../../server/contract/privacy.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { Campus, codeAt, noon, PASSWORD } from '../support/accounts.ts';
import { Visitor } from '../support/people.ts';

const MINUTE = 60_000;
const Made = z.object({ id: z.string() });

let campus: Campus;
let admin: string;
let lesson: string;
let faculty: string;
let teacher: Person;
let student: Person;
let visitors: Visitor[];

beforeEach(async () => {
  campus = await Campus.open();
  visitors = [];
  admin = await campus.firstAdministrator();
  const make = async (path: string, body: object) => Made.parse(await campus.json('POST', path, { token: admin, body })).id;
  [teacher, student] = [await campus.add(admin, ['teacher']), await campus.add(admin, ['student'])];
  faculty = await make('/api/faculties', { name: 'Physics' });
  const courseId = await make('/api/courses', {
    facultyId: faculty,
    code: 'PHY1',
    title: 'Optics',
  });
  const groupId = await make('/api/groups', {
    facultyId: faculty,
    name: 'PHY-21',
  });
  await campus.json('PUT', `/api/groups/${groupId}/members`, {
    token: admin,
    body: { signInNames: [student.signInName] },
  });
  const when = { startsAt: noon + 5 * MINUTE, endsAt: noon + 55 * MINUTE };
  lesson = await make('/api/lessons', {
    ...{
      courseId,
      title: 'Diffraction',
      kind: 'laboratory',
      teacherId: teacher.id,
      groupIds: [groupId],
    },
    ...when,
  });
});
afterEach(async () => {
  for (const visitor of visitors) visitor.leavePage();
  await campus.close();
});

const signIn = async (person: Person) => SignedIn.parse(await campus.signIn(person.signInName)).token;

async function roomToken(token: string): Promise<string> {
  return LessonEntered.parse(
    await campus.json('POST', `/api/lessons/${lesson}/enter`, {
      token,
      body: {},
    }),
  ).roomToken;
}

/** A device with a socket. */
async function device(token: string): Promise<Visitor> {
  const shown = await roomToken(token);
  const visitor = new Visitor(
    () => campus.app.url,
    () => shown,
  );
  visitors.push(visitor);
  await visitor.connect();
  return visitor;
}

async function inClass(token: string): Promise<Visitor> {
  const visitor = await device(token);
  await visitor.join();
  return visitor;
}

/** With the room token that the device has from before. */
async function comesBack(visitor: Visitor): Promise<string> {
  await visitor.connect();
  return visitor.refused('room:join', {
    protocol: protocolVersion,
    device: 'Test',
    consent: true,
    resumeKey: visitor.sight.self.resumeKey,
  });
}

describe('M13 a sign-in that ends', () => {
  it('takes the devices along that came by it, keeps them out, and leaves the others', async () => {
    const [here, there] = [await signIn(student), await signIn(student)];
    const [phone, laptop] = [await inClass(here), await inClass(there)];
    await campus.json('DELETE', '/api/session', { token: here });
    expect(await phone.shownOut()).toBe('signed-out');
    expect(await comesBack(phone)).toBe('not-signed-in');
    expect(laptop.socket.connected).toBe(true);
    expect(laptop.me.presence).toBe('here');
  });

  it('does so when it is ended from the list of sessions, and everywhere at once', async () => {
    const [here, there] = [await signIn(student), await signIn(student)];
    const [phone, laptop] = [await inClass(here), await inClass(there)];
    const { sessions } = OwnSessions.parse(await campus.json('GET', '/api/me/sessions', { token: here }));
    await campus.json('DELETE', `/api/me/sessions/${sessions.find(({ current }) => !current)?.id}`, { token: here });
    expect(await laptop.shownOut()).toBe('signed-out');
    await campus.json('DELETE', '/api/sessions', { token: here });
    expect(await phone.shownOut()).toBe('signed-out');
    expect(await comesBack(phone)).toBe('not-signed-in');
  });

  it('does so with another password: one’s own leaves the device at which it was changed, an administrator’s none', async () => {
    const [here, there] = [await signIn(teacher), await signIn(teacher)];
    const [desk, thief] = [await inClass(here), await inClass(there)];
    const next = 'Kok-tobe-zhol 9';
    await campus.json('PUT', '/api/me/password', {
      token: here,
      body: { current: PASSWORD, next },
    });
    expect(await thief.shownOut()).toBe('signed-out');
    expect(desk.socket.connected).toBe(true);
    await campus.json('PATCH', `/api/people/${teacher.id}`, {
      token: admin,
      body: { password: PASSWORD },
    });
    expect(await desk.shownOut()).toBe('signed-out');
  });

  it('does so when a second factor is set up or reset', async () => {
    const [here, there] = [await signIn(teacher), await signIn(teacher)];
    const [desk, thief] = [await inClass(here), await inClass(there)];
    const { secret } = SecondFactorSecret.parse(
      await campus.json('POST', '/api/me/second-factor/secret', {
        token: here,
        body: {},
      }),
    );
    const body = { code: codeAt(secret, campus.clock.now()) };
    RecoveryCodes.parse(await campus.json('PUT', '/api/me/second-factor', { token: here, body }));
    expect(await thief.shownOut()).toBe('signed-out');
    expect(desk.socket.connected).toBe(true);
    await campus.json('POST', `/api/people/${teacher.id}/second-factor/reset`, {
      token: admin,
      body: {},
    });
    expect(await desk.shownOut()).toBe('signed-out');
  });

  it('ends waiting in the lobby as well', async () => {
    const stranger = await campus.add(admin, ['student']);
    await inClass(await signIn(teacher));
    const token = await signIn(stranger);
    const waiting = await inClass(token);
    expect(waiting.isIn).toBe(false);
    await campus.json('DELETE', '/api/session', { token });
    expect(await waiting.shownOut()).toBe('signed-out');
  });

  it('is no matter of the devices that came anew by a sign-in that goes on', async () => {
    const [here, there] = [await signIn(student), await signIn(student)];
    const phone = await inClass(here);
    const key = phone.sight.self.resumeKey;
    phone.cut();
    await phone.connect({ token: await roomToken(there) });
    await phone.join({ resumeKey: key });
    await campus.json('DELETE', '/api/session', { token: here });
    expect(await phone.refused('room:raise-hand', { raised: true })).toBe('ok');
    await campus.json('DELETE', '/api/session', { token: there });
    expect(await phone.shownOut()).toBe('signed-out');
  });
});

describe('M14 a role that is taken away or limited', () => {
  it('takes along who watched by it, and lets those stay whom the timetable names', async () => {
    const elsewhere = Made.parse(
      await campus.json('POST', '/api/faculties', {
        token: admin,
        body: { name: 'History' },
      }),
    ).id;
    const observer = await campus.add(admin, ['observer']);
    const watching = await inClass(await signIn(observer));
    expect(watching.me.role).toBe('observer');
    const patch = (person: Person, body: object) => campus.json('PATCH', `/api/people/${person.id}`, { token: admin, body });
    await patch(observer, { roleFaculties: { observer: [faculty] } });
    expect(watching.socket.connected).toBe(true);
    await patch(observer, { roleFaculties: { observer: [elsewhere] } });
    expect(await watching.shownOut()).toBe('right-lost');
    const desk = await inClass(await signIn(teacher));
    await patch(teacher, { roles: ['student'] });
    expect(await desk.refused('room:lock', { locked: true })).toBe('ok');
  });
});
