// Who had trouble in class, and why, told to a whole server: what is kept, who may look, and what a look leaves in the audit log.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditPage } from '../../server/contract/audit.ts';
import { Stay, Stays, Troubles } from '../../server/contract/diagnosis.ts';
import { type LessonId, PersonId } from '../../server/contract/ids.ts';
import type { QualityReport } from '../../server/contract/quality-report.ts';
import { type Campus, noon } from '../support/accounts.ts';
import { observerId, strangerId, studentId, teacherId } from '../support/campus.ts';
import type { Visitor } from '../support/people.ts';
import { atTheDoor, openTermCampus, otherRunningId, runningId } from '../support/term-campus.ts';

const minute = 60_000;
const dormitory = '10.1.2.0/24';
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

async function inClass(person: PersonId, address: string, id: LessonId = runningId): Promise<Visitor> {
  const visitor = await atTheDoor(campus, person, id, address);
  visitors.push(visitor);
  await visitor.join({ device: 'Firefox, Linux' });
  return visitor;
}

const fine: QualityReport = { ofMs: 10_000, path: null, heard: { concealed: 0, jitterMs: 4 }, seen: null, sent: null };
const gaps: QualityReport = { ...fine, heard: { concealed: 0.15, jitterMs: 90 } };

/** Everybody reports every ten seconds, as browsers do. */
async function report(times: number, ...told: readonly (readonly [Visitor, QualityReport])[]): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    campus.clock.advance(9_000);
    for (const [visitor, figures] of told) await visitor.ask('media:report', figures);
    campus.clock.advance(1_000);
  }
}

const query = (more: Record<string, string | number> = {}) =>
  new URLSearchParams({ from: String(noon - minute), to: String(noon + 60 * minute), ...more }).toString();
const troubles = async (token: string, more: Record<string, string | number> = {}) =>
  Troubles.parse(await campus.json('GET', `/api/diagnosis/troubles?${query(more)}`, { token }));
const refusal = (token: string, more: Record<string, string | number> = {}) =>
  campus.refusal('GET', `/api/diagnosis/troubles?${query(more)}`, { token });
const stayPath = (personId: string, lessonId: string = runningId) => `/api/diagnosis/lessons/${lessonId}/people/${personId}`;
const stay = async (token: string, personId: string) => Stay.parse(await campus.json('GET', stayPath(personId), { token }));

/** Three in a dormitory with trouble; two students, two teachers and one of another class elsewhere without. */
async function dormitoryTrouble() {
  const teacher = await inClass(teacherId, '198.51.100.1');
  const [one, two, three] = [
    await inClass(studentId(1), '10.1.2.11'),
    await inClass(studentId(2), '10.1.2.12'),
    await inClass(studentId(3), '10.1.2.13'),
  ];
  const others = [
    teacher,
    await inClass(studentId(4), '203.0.113.4'),
    await inClass(studentId(5), '203.0.114.5'),
    await inClass(PersonId.parse('lawyer'), '203.0.115.6', otherRunningId),
    await inClass(strangerId, '203.0.116.7', otherRunningId),
  ];
  await report(4, [one, gaps], [two, gaps], [three, gaps], ...others.map((other) => [other, fine] as const));
  return { teacher, one, two, three, others };
}

describe('who had trouble', () => {
  it('Z11 a dormitory’s network is named as the cause, with what speaks for it', async () => {
    await dormitoryTrouble();
    const found = await troubles('admin');
    expect(found.troubles.map(({ person, kinds, network }) => [person.name, kinds, network])).toEqual(
      [3, 2, 1].map((number) => [`Name of student${number}`, ['sound-gaps'], dormitory]),
    );
    expect(found.troubles[0]).toMatchObject({
      ...{ from: noon, to: noon + 40_000, isNow: true, severity: 'bad', device: 'Firefox, Linux', person: { role: 'student' } },
      lesson: { id: runningId, title: 'Title of running', course: { code: 'PHY1', title: 'Optics' } },
      worst: { jitterMs: 90, lossDown: null },
      hint: { cause: 'network', isSure: true },
    });
    expect(found.troubles[0]?.hint.evidence[0]).toEqual({
      ...{ code: 'network', network: dormitory, here: { troubled: 3, of: 3 }, elsewhere: { troubled: 0, of: 5 } },
    });
    expect(found.overview.people).toEqual({ troubled: 3, of: 8 });
    expect(found.overview.networks).toEqual([{ network: dormitory, troubled: 3, of: 3 }]);
    expect(found.overview.lessons).toMatchObject([{ lesson: { id: runningId }, troubled: 3, of: 6 }]);
  });

  it('Z18 one person looks sixty times a minute and no more, and hinders nobody else', async () => {
    for (let look = 0; look < 60; look += 1) await troubles('admin', { limit: 1 });
    expect(await refusal('admin')).toBe('too-many-requests');
    await troubles('coordinator');
  });

  it('Z15 is found by person, lesson, network and any address in it, name and course, kind and severity, page by page', async () => {
    await dormitoryTrouble();
    const names = async (more: Record<string, string | number>) => (await troubles('admin', more)).troubles.map(({ person }) => person.id);
    const all = [3, 2, 1].map(studentId);
    expect(await names({ personId: studentId(2) })).toEqual([studentId(2)]);
    expect(await names({ lessonId: runningId })).toEqual(all);
    expect(await names({ lessonId: otherRunningId })).toEqual([]);
    expect(await names({ network: dormitory })).toEqual(all);
    expect(await names({ network: '10.1.2.200' })).toEqual(all);
    expect(await names({ network: '10.1.3.0/24' })).toEqual([]);
    expect(await names({ search: 'STUDENT3' })).toEqual([studentId(3)]);
    expect(await names({ search: 'optics' })).toEqual(all);
    expect(await names({ kind: 'sound-gaps', severity: 'bad' })).toEqual(all);
    expect(await names({ severity: 'unusable' })).toEqual([]);
    expect(await names({ kind: 'dropped' })).toEqual([]);
    const first = await troubles('admin', { limit: 2 });
    expect(first.troubles).toHaveLength(2);
    expect((await troubles('admin', { limit: 2, before: first.next ?? '' })).troubles.map(({ person }) => person.id)).toEqual([
      studentId(1),
    ]);
    expect(await refusal('admin', { to: noon + 40 * 60 * minute })).toBe('bad-request');
    expect(await refusal('admin', { from: noon, to: noon })).toBe('bad-request');
  });

  it('Z8 who was not let in is told with the reason, counted when tried again', async () => {
    const teacher = await inClass(teacherId, '198.51.100.1');
    await teacher.ask('room:lock', { locked: true });
    for (const _ of [1, 2, 3]) await expect(inClass(studentId(1), '10.1.2.11')).rejects.toThrow('room-locked');
    expect(await campus.refusal('POST', '/api/lessons/next/enter', { token: studentId(1), body: {} })).toBe('too-early');
    campus.clock.advance(20_000);
    const found = await troubles('admin', { personId: studentId(1) });
    expect(found.troubles.map(({ kinds, severity, lesson, hint }) => [kinds, severity, lesson.id, hint.cause, hint.evidence])).toEqual([
      [['not-let-in'], 'bad', runningId, 'rules', [{ code: 'refused', refusal: 'room-locked' }]],
      [['not-let-in'], 'slight', 'next', 'rules', [{ code: 'refused', refusal: 'too-early' }]],
    ]);
    const told = await stay('admin', studentId(1));
    expect(told.events).toMatchObject([{ type: 'refused', where: 'door', refusal: 'room-locked', times: 3, device: 'Firefox, Linux' }]);
    expect(told.steps).toEqual([]);
    const list = Stays.parse(await campus.json('GET', `/api/diagnosis/stays?${query({ lessonId: runningId })}`, { token: 'admin' }));
    expect(list.stays.map(({ person, refusals }) => [person.id, refusals])).toEqual([
      [studentId(1), 3],
      [teacherId, 0],
    ]);
  });
});

describe('one person’s stay', () => {
  it('Z15 tells devices, what happened and every ten seconds, of who had trouble and of who was fine', async () => {
    const { one, teacher } = await dormitoryTrouble();
    one.cut();
    await teacher.until(() => teacher.sees(one.id).presence === 'dropped');
    campus.clock.advance(14_000);
    await one.comeBack();
    campus.clock.advance(6_000);
    const path = { candidate: 'relay', protocol: 'tls', network: 'wifi' } as const;
    await report(1, [one, { ...fine, path }]);

    const told = await stay('admin', studentId(1));
    expect(told.person).toMatchObject({ id: studentId(1), name: 'Name of student1', role: 'student', participantId: one.id });
    expect(told.connections).toMatchObject([{ device: 'Firefox, Linux', network: dormitory, openedAt: noon, closedAt: null }]);
    expect(told.events.map(({ type, at }) => [type, at - noon])).toEqual([
      ['joined', 0],
      ['opened', 0],
      ['dropped', 40_000],
      ['resumed', 54_000],
    ]);
    expect(told.steps.map(({ kinds, severity }) => [kinds, severity])).toEqual([
      ...Array.from({ length: 4 }, () => [['sound-gaps'], 'bad']),
      [['dropped'], 'unusable'],
      [['dropped'], 'bad'],
      [[], null],
    ]);
    expect(told.steps[0]).toMatchObject({ at: noon, connection: 0, device: { jitterMs: 90 }, lossDown: null, ladder: 'all' });
    expect(told.steps.at(-1)?.way).toEqual({ protocol: null, client: path });
    expect(told.troubles).toMatchObject([{ from: noon, to: noon + 60_000, kinds: ['dropped', 'sound-gaps'], worst: { drops: 1 } }]);

    const other = await stay('admin', studentId(4));
    expect(other.troubles).toEqual([]);
    expect(other.steps.length).toBeGreaterThan(3);
    expect(other.steps.every(({ severity }) => severity === null)).toBe(true);
  });

  it('Z15 all who were there are listed, the worst first within a lesson', async () => {
    await dormitoryTrouble();
    const list = Stays.parse(await campus.json('GET', `/api/diagnosis/stays?${query({ lessonId: runningId })}`, { token: 'admin' }));
    expect(list.stays.map(({ person, troubled, severity }) => [person.id, troubled, severity])).toEqual([
      ...[1, 2, 3].map((number) => [studentId(number), 4, 'bad']),
      ...[studentId(4), studentId(5), teacherId].map((id) => [id, 0, null]),
    ]);
    expect(list.stays[0]).toMatchObject({ steps: 4, devices: ['Firefox, Linux'], networks: [dormitory], refusals: 0 });
  });

  it('Z3 what was kept is there after a restart, with the end of the server before', async () => {
    await dormitoryTrouble();
    await report(3);
    campus = await campus.after(minute);
    const told = await stay('admin', studentId(1));
    expect(told.steps.length).toBeGreaterThan(5);
    expect(told.connections[0]?.closedAt).toBe(noon + 70_000);
    expect(told.connections[0]?.closedBy).toBe('server-stopped');
  });
});

describe('who may look', () => {
  it('Z14 teachers see their lessons without addresses, coordinators their faculty, observers and administrators all; students nothing', async () => {
    await dormitoryTrouble();
    expect(await refusal(studentId(1))).toBe('not-allowed');
    expect(await campus.refusal('GET', `/api/diagnosis/troubles?${query()}`)).toBe('not-signed-in');
    expect(await campus.refusal('GET', stayPath(studentId(1)), { token: studentId(1) })).toBe('not-allowed');
    for (const token of ['admin', observerId, 'coordinator', 'physics-coordinator', 'physics-observer']) {
      const found = await troubles(token);
      expect([token, found.troubles.length, found.seesNetworks]).toEqual([token, 3, true]);
    }
    for (const token of ['law-coordinator', 'lawyer']) {
      expect((await troubles(token)).troubles).toEqual([]);
      expect(await campus.refusal('GET', stayPath(studentId(1)), { token })).toBe('not-found');
      expect(await refusal(token, { lessonId: runningId })).toBe('not-found');
    }
    const own = await troubles(teacherId);
    expect([own.troubles.length, own.seesNetworks, own.overview.networks]).toEqual([3, false, []]);
    expect(JSON.stringify(own)).not.toContain('10.1.2');
    expect(JSON.stringify(await stay(teacherId, studentId(1)))).not.toContain('10.1.2');
    expect(await refusal(teacherId, { network: dormitory })).toBe('not-allowed');
  });

  it('Z16 each look is in the audit log, the same again within a quarter of an hour once', async () => {
    await dormitoryTrouble();
    const looked = async () => {
      const page = await campus.json('GET', '/api/audit?act=diagnosis.looked', { token: 'admin' });
      return AuditPage.parse(page).entries.map(({ actor, subject }) => [actor.id, subject.kind, subject.id]);
    };
    await troubles(teacherId, { lessonId: runningId });
    await troubles(teacherId, { lessonId: runningId });
    await stay(observerId, studentId(1));
    await stay(observerId, studentId(1));
    await troubles('admin', { search: 'optics' });
    expect(await looked()).toEqual([
      ['admin', 'diagnosis', ''],
      [observerId, 'person', studentId(1)],
      [teacherId, 'lesson', runningId],
    ]);
    campus.clock.advance(15 * minute);
    await stay(observerId, studentId(1));
    expect((await looked()).length).toBe(4);
  });
});

describe('reports of devices', () => {
  it('Z4 are taken every ten seconds; faulty, huge and too frequent ones are refused', async () => {
    const student = await inClass(studentId(1), '10.1.2.11');
    for (const wrong of [
      {},
      { ...fine, heard: { concealed: 2, jitterMs: 0 } },
      { ...fine, heard: { concealed: 0.1, jitterMs: -1 } },
      { ...fine, heard: { concealed: Number.NaN, jitterMs: 1 } },
      { ...fine, path: { candidate: 'x'.repeat(90_000), protocol: 'udp', network: 'wifi' } },
      { ...fine, seen: { freezes: 1e9, frozenMs: 0, pictures: 1, height: 1, fps: 1 } },
      [fine],
    ])
      expect(await student.raw('media:report', wrong)).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await student.refused('media:report', fine)).toBe('ok');
    expect(await student.raw('media:report', fine)).toMatchObject({ code: 'too-many-requests', details: { retryAfterMs: 5_000 } });
    campus.clock.advance(5_000);
    expect(await student.refused('media:report', fine)).toBe('ok');
  });
});
