// Somebody observes a class: who in it is told, what the others never hear, and what the audit log says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Register } from '../../server/contract/attendance.ts';
import { AuditPage } from '../../server/contract/audit.ts';
import { Stay, Stays } from '../../server/contract/diagnosis.ts';
import { type Person, SignedIn } from '../../server/contract/identity.ts';
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { ObserversTold } from '../../server/contract/situation.ts';
import { Lesson, LessonEntered } from '../../server/contract/timetable.ts';
import { Campus, noon } from '../support/accounts.ts';
import { Visitor } from '../support/people.ts';

const minuteMs = 60_000;
const Made = z.object({ id: z.string() });

let campus: Campus;
let admin: string;
let teacher: Person;
let student: Person;
let observer: Person;
let lessonId: string;
let visitors: Visitor[];

async function open(told: ObserversTold): Promise<void> {
  campus = await Campus.open({ AUDITORIA_ROOM_OBSERVERS_TOLD: told });
  admin = await campus.firstAdministrator();
  [teacher, student, observer] = [
    await campus.add(admin, ['teacher']),
    await campus.add(admin, ['student']),
    await campus.add(admin, ['observer']),
  ];
  const facultyId = await make('/api/faculties', { name: 'Physics' });
  const courseId = await make('/api/courses', { facultyId, code: 'PHY1', title: 'Optics' });
  const groupId = await make('/api/groups', { facultyId, name: 'PHY-21' });
  await campus.json('PUT', `/api/groups/${groupId}/members`, { token: admin, body: { signInNames: [student.signInName] } });
  const when = { startsAt: noon + 5 * minuteMs, endsAt: noon + 55 * minuteMs };
  lessonId = await make('/api/lessons', { courseId, title: 'Waves', kind: 'seminar', teacherId: teacher.id, groupIds: [groupId], ...when });
}
beforeEach(() => {
  visitors = [];
});
afterEach(async () => {
  for (const visitor of visitors) visitor.leavePage();
  await campus.close();
});

async function make(path: string, body: object): Promise<string> {
  return Made.parse(await campus.json('POST', path, { token: admin, body })).id;
}
const tokenOf = async (person: Person) => SignedIn.parse(await campus.signIn(person.signInName)).token;
async function inClass(person: Person): Promise<Visitor> {
  const token = await tokenOf(person);
  const { roomToken } = LessonEntered.parse(await campus.json('POST', `/api/lessons/${lessonId}/enter`, { token, body: {} }));
  const visitor = new Visitor(
    () => campus.app.url,
    () => roomToken,
  );
  visitors.push(visitor);
  await visitor.connect();
  await visitor.join();
  return visitor;
}
/** Said by the server to this person at any time, in whatever words. */
const wasTold = (visitor: Visitor, id: ParticipantId) => JSON.stringify(visitor.heard).includes(id) || visitor.sight.participants.has(id);
const here = async (person: Person) =>
  Lesson.parse(await campus.json('GET', `/api/lessons/${lessonId}`, { token: await tokenOf(person) })).here;
/** What is said to the room by now has come. */
async function settled(...all: readonly Visitor[]): Promise<void> {
  for (const [index, one] of all.entries()) {
    await one.ask('room:react', { reaction: 'heart' });
    await Promise.all(all.map((other) => other.until(() => other.heard.filter(({ type }) => type === 'reaction-shown').length > index)));
  }
}

describe('W22 an observer', () => {
  it('is known to everyone where the university tells everyone', async () => {
    await open('everyone');
    const [leading, learning] = [await inClass(teacher), await inClass(student)];
    const watching = await inClass(observer);
    await Promise.all([leading, learning].map((one) => one.until(() => one.sees(watching.id).role === 'observer')));
    expect(await here(student)).toBe(3);
  });

  it('is known to teachers only where only they are told', async () => {
    await open('teachers');
    const [leading, learning] = [await inClass(teacher), await inClass(student)];
    const watching = await inClass(observer);
    await leading.until(() => leading.sees(watching.id).role === 'observer');
    await settled(leading, learning);
    expect(wasTold(learning, watching.id)).toBe(false);
    expect([...watching.sight.participants.keys()].sort()).toEqual([leading.id, learning.id, watching.id].sort());
    expect(await here(student)).toBe(2);
    await leading.ask('room:hand-over-lead', { participantId: learning.id });
    await learning.until(() => learning.sees(watching.id).role === 'observer');
    await watching.ask('room:leave', {});
    await Promise.all([leading, learning].map((one) => one.until(() => !one.sight.participants.has(watching.id))));
  });

  it('is known to nobody but other observers where nobody is told, whoever comes first', async () => {
    await open('nobody');
    const watching = await inClass(observer);
    const [leading, learning] = [await inClass(teacher), await inClass(student)];
    const other = await inClass(await campus.add(admin, ['observer']));
    await watching.until(() => watching.sees(other.id).role === 'observer');
    expect(other.sees(watching.id).role).toBe('observer');
    watching.cut();
    await watching.comeBack();
    // Lines are measured and told to those who may see how good they are.
    for (const one of [watching, other]) await one.ask('media:open', { direction: 'receive' });
    await vi.waitFor(() => {
      campus.clock.advance(1000);
      expect(
        other.heard.some(
          (notice) => notice.type === 'quality-changed' && notice.lines.some(({ participantId }) => participantId === watching.id),
        ),
      ).toBe(true);
    });
    await other.ask('room:leave', {});
    await watching.until(() => !watching.sight.participants.has(other.id));
    await settled(leading, learning);
    for (const one of [leading, learning]) for (const hidden of [watching.id, other.id]) expect(wasTold(one, hidden)).toBe(false);
    expect(await here(teacher)).toBe(2);
    // W23
    const inRegister = async (token: string) => {
      const register = Register.parse(await campus.json('GET', `/api/lessons/${lessonId}/register`, { token }));
      return register.rows.some(({ personId }) => personId === observer.id);
    };
    expect([await inRegister(await tokenOf(teacher)), await inRegister(admin)]).toEqual([false, true]);
  });

  it('W23 is not told of to the teacher by the history of lines either, where nobody is told', async () => {
    await open('nobody');
    for (const one of [observer, teacher, student]) await inClass(one);
    const span = new URLSearchParams({ lessonId, from: String(noon), to: String(noon + 60 * minuteMs) });
    const thereFor = async (token: string) => {
      const { stays } = Stays.parse(await campus.json('GET', `/api/diagnosis/stays?${span}`, { token }));
      return stays.map(({ person }) => person.id).toSorted();
    };
    const teaching = await tokenOf(teacher);
    expect(await thereFor(teaching)).toEqual([teacher.id, student.id].toSorted());
    expect(await thereFor(admin)).toEqual([teacher.id, student.id, observer.id].toSorted());
    const path = `/api/diagnosis/lessons/${lessonId}/people/${observer.id}`;
    await vi.waitFor(async () => expect(Stay.parse(await campus.json('GET', path, { token: admin })).person.id).toBe(observer.id));
    expect(await campus.refusal('GET', path, { token: teaching })).toBe('not-found');
  });

  it('W21 is in the audit log each time, with who was told', async () => {
    await open('nobody');
    for (const _ of [1, 2]) {
      const watching = await inClass(observer);
      await watching.ask('room:leave', {});
    }
    await vi.waitFor(async () => {
      const { entries } = AuditPage.parse(await campus.json('GET', '/api/audit?act=lesson.observed', { token: admin }));
      expect(entries.map(({ actor, subject, after, address }) => [actor.id, subject.id, subject.name, after?.told, address])).toEqual([
        [observer.id, lessonId, 'Waves', 'nobody', '127.0.0.1'],
        [observer.id, lessonId, 'Waves', 'nobody', '127.0.0.1'],
      ]);
    });
  });
});
