// The register while the class runs, told to a whole server: who is missing and why, who may look, and calling them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../server/contract/ids.ts';
import { Called, LiveRegister } from '../../server/contract/live-register.ts';
import { Notifications } from '../../server/contract/notification.ts';
import { type Campus, noon } from '../support/accounts.ts';
import { assistantId, observerId, strangerId, studentId, teacherId } from '../support/campus.ts';
import type { Visitor } from '../support/people.ts';
import { atTheDoor, openTermCampus, runningId } from '../support/term-campus.ts';

const minute = 60_000;
const path = `/api/lessons/${runningId}/register`;
let campus: Campus;
let visitors: Visitor[];

beforeEach(async () => {
  campus = await openTermCampus();
  visitors = [];
});
afterEach(async () => {
  for (const visitor of visitors) visitor.leavePage();
  await campus.close();
});

async function inClass(person: PersonId): Promise<Visitor> {
  const visitor = await atTheDoor(campus, person);
  visitors.push(visitor);
  await visitor.join();
  return visitor;
}

const seen = async (token: string = teacherId) => LiveRegister.parse(await campus.json('GET', `${path}/live`, { token }));
const missingNow = async () => Object.fromEntries((await seen()).missing.map(({ personId, state, since }) => [personId, [state, since]]));
const call = async (people: 'all' | readonly string[], token: string = teacherId) =>
  Called.parse(await campus.json('POST', `${path}/call`, { token, body: { people } }));

/** Told in the app. */
async function callsTo(personId: string): Promise<number> {
  const { notifications } = Notifications.parse(await campus.json('GET', '/api/notifications', { token: personId }));
  return notifications.filter(({ kind, lessonId }) => kind === 'called-to-class' && lessonId === runningId).length;
}
const eventually = (holds: () => Promise<boolean>) => expect.poll(holds, { timeout: 4000 }).toBe(true);

describe('the register of a running class', () => {
  it('K10 tells who has not come, has left, has lost the line or waits, and since when', async () => {
    const teacher = await inClass(teacherId);
    const [one, two] = [await inClass(studentId(1)), await inClass(studentId(2)), await inClass(studentId(3))];
    campus.clock.advance(minute);
    await one.ask('room:leave', {});
    two.cut();
    await teacher.until(() => teacher.sees(two.id).presence === 'dropped' && !teacher.sight.participants.has(one.id));
    expect(await seen()).toMatchObject({ expected: 5, here: 1, guests: [], mayCall: true });
    expect(await missingNow()).toEqual({
      [studentId(1)]: ['left', noon + minute],
      [studentId(2)]: ['lost', noon + minute],
      [studentId(4)]: ['not-come', null],
      [studentId(5)]: ['not-come', null],
    });
    expect((await seen()).missing[0]).toMatchObject({ name: 'Name of student1', groups: ['PHY-21'], calledAt: null });

    campus.clock.advance(2 * minute);
    await teacher.until(() => !teacher.sight.participants.has(two.id));
    expect((await missingNow())[studentId(2)]?.[0]).toBe('lost');
    await one.connect();
    await one.join();
    expect(Object.keys(await missingNow())).not.toContain(studentId(1));
  });

  it('K10 counts guests apart', async () => {
    const teacher = await inClass(teacherId);
    await inClass(strangerId);
    expect((await seen()).guests).toEqual([]);
    await teacher.until(() => teacher.sight.waiting.length === 1);
    await teacher.ask('room:admit', { all: true });
    await inClass(strangerId);
    expect(await seen()).toMatchObject({
      ...{ expected: 5, here: 0 },
      guests: [{ personId: strangerId, name: `Name of ${strangerId}`, here: true }],
    });
  });

  it('K10 of those who came before the server stopped it knows from the trace', async () => {
    const teacher = await inClass(teacherId);
    const one = await inClass(studentId(1));
    await one.ask('room:leave', {});
    await teacher.until(() => !teacher.sight.participants.has(one.id));
    campus = await campus.after(minute);
    await inClass(teacherId);
    expect((await missingNow())[studentId(1)]).toEqual(['left', noon]);
  });

  it('K10, K13 is for who leads the class and for those who may open its register', async () => {
    const teacher = await inClass(teacherId);
    const may: Record<string, boolean> = {};
    for (const token of [assistantId, observerId, 'admin', 'coordinator', 'physics-coordinator', 'physics-observer'])
      may[token] = (await seen(token)).mayCall;
    expect(may).toEqual({
      ...{ [assistantId]: true, [observerId]: false, admin: true, coordinator: true },
      ...{ 'physics-coordinator': true, 'physics-observer': false },
    });
    for (const token of [studentId(1), strangerId, 'lawyer', 'law-coordinator'])
      expect([token, await campus.refusal('GET', `${path}/live`, { token })]).toEqual([token, 'not-allowed']);
    for (const token of [studentId(1), observerId, 'physics-observer', 'lawyer'])
      expect([token, await campus.refusal('POST', `${path}/call`, { token, body: { people: 'all' } })]).toEqual([token, 'not-allowed']);
    expect(await campus.refusal('GET', `${path}/live`)).toBe('not-signed-in');

    const one = await inClass(studentId(1));
    await teacher.ask('room:hand-over-lead', { participantId: one.id });
    expect((await seen(studentId(1))).mayCall).toBe(true);
  });
});

describe('calling the missing', () => {
  it('K11, K12 tells each of them in the app, and nobody who is here or waits', async () => {
    await inClass(teacherId);
    await inClass(studentId(1));
    expect(await call('all')).toEqual({ called: 4, tooSoon: 0 });
    await eventually(async () => (await callsTo(studentId(2))) === 1);
    expect([await callsTo(studentId(1)), await callsTo(teacherId)]).toEqual([0, 0]);
    expect((await seen()).missing.map(({ calledAt }) => calledAt)).toEqual([noon, noon, noon, noon]);
  });

  it('K11 calls a person at most once in five minutes, also by two at once, and after a restart', async () => {
    await inClass(teacherId);
    const both = await Promise.all([call([studentId(2)]), call([studentId(2)], assistantId)]);
    expect(both.map(({ called }) => called).sort()).toEqual([0, 1]);
    await eventually(async () => (await callsTo(studentId(2))) === 1);
    expect(await call('all')).toEqual({ called: 4, tooSoon: 1 });
    campus = await campus.after(4 * minute);
    await inClass(teacherId);
    expect(await call([studentId(2)])).toEqual({ called: 0, tooSoon: 1 });
    campus.clock.advance(minute);
    expect(await call([studentId(2)])).toEqual({ called: 1, tooSoon: 0 });
    await eventually(async () => (await callsTo(studentId(2))) === 2);
  });

  it('K11 calls nobody to a class that does not run, or to no lesson of theirs', async () => {
    const all = { token: teacherId, body: { people: 'all' } };
    expect(await campus.refusal('POST', `${path}/call`, all)).toBe('conflict');
    expect(await campus.refusal('POST', '/api/lessons/nowhere/register/call', all)).toBe('not-found');
    const teacher = await inClass(teacherId);
    expect(await call([strangerId, 'nobody'])).toEqual({ called: 0, tooSoon: 0 });
    await teacher.ask('room:end', {});
    expect(await campus.refusal('POST', `${path}/call`, all)).toBe('conflict');
  });
});
