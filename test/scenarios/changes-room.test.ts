// A lesson is changed by hand while its door is open: the live room follows.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PersonId } from '../../server/contract/ids.ts';
import type { LessonChange } from '../../server/contract/planning.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { endsAt, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { Classroom } from '../support/classroom.ts';
import { actor, lessonServices, person } from '../support/lessons.ts';

const minute = 60_000;
const coordinator = actor(person('coordinator', 'coordinator'));
const substituteId = PersonId.parse('substitute');

let room: Classroom;
beforeEach(async () => {
  room = await Classroom.open();
  room.clock.advance(-8 * minute);
  const row = {
    sign_in_name: 'substitute',
    display_name: 'Name of substitute',
    sort_key: 's',
    search_text: 's',
    email: null,
    language: null,
  };
  await room.running.database.db
    .insertInto('person')
    .values({ id: substituteId, ...row, roles: '["teacher"]', password_hash: null, disabled: 0, created_at: 0 })
    .execute();
});
afterEach(async () => {
  expect(room.faults).toEqual([]);
  await room.close();
});

function change(wanted: LessonChange): Promise<void> {
  const live = { planChanged: (id: typeof lessonId, by: PersonId) => room.rooms.planChanged(id, by) };
  const { changes } = lessonServices(room.running.database.db, {
    clock: room.clock,
    tokens: new Tokens({ key: randomBytes(32), clock: room.clock }),
    live,
  });
  return changes.change(coordinator, lessonId, { change: wanted, note: '', scope: 'this', despiteConflicts: false });
}
const substitution: LessonChange = { type: 'substitute', teacherId: substituteId };

describe('C12 the room follows', () => {
  it('a substitution: who waits as a stranger is let in as the teacher, and the former teacher has no say any more', async () => {
    const [teacher, student] = [await room.teacher(), await room.student()];
    const substitute = await room.visitor({ personId: substituteId });
    expect((await substitute.join()).state).toBe('waiting');
    await change(substitution);
    await teacher.until(() => teacher.me.role === 'guest');
    expect(await teacher.refused('room:lock', { locked: true })).toBe('not-allowed');
    await substitute.until(() => substitute.hasHeard('admitted'));
    expect((await substitute.join()).state).toBe('in');
    expect(substitute.me.role).toBe('teacher');
    expect(substitute.sight.room.leadId).toBe(substituteId);
    expect(await substitute.refused('room:lock', { locked: true })).toBe('ok');
    expect(student.me.role).toBe('student');
  });

  it('C2 a former teacher who watches over the faculty stays as its observer, who sees and no longer speaks', async () => {
    const watching = JSON.stringify(['teacher', 'coordinator']);
    await room.running.database.db.updateTable('person').set({ roles: watching }).where('id', '=', teacherId).execute();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await change(substitution);
    await teacher.until(() => teacher.me.role === 'observer');
    expect(await teacher.refused('chat:post', { clientId: 'client-1', text: 'Still here' })).toBe('not-allowed');
    await student.until(() => student.sight.room.leadId === substituteId);
  });

  it('a substitution before anybody came: the substitute enters as teacher by the same link', async () => {
    await change(substitution);
    const substitute = await room.visitor({ personId: substituteId });
    expect((await substitute.join()).state).toBe('in');
    expect(substitute.me.role).toBe('teacher');
    const former = await room.visitor({ personId: teacherId });
    expect((await former.join()).state).toBe('waiting');
  });

  it('a substitution while the class was unsupervised: it is supervised when the substitute is inside', async () => {
    const student = await room.student();
    expect(student.sight.room.supervised).toBe(false);
    await change(substitution);
    await (await room.visitor({ personId: substituteId })).join();
    await student.until(() => student.sight.room.supervised);
  });

  it('other groups: who belongs no longer stays as a guest, and leads no hands', async () => {
    const [teacher, student] = [await room.teacher(), await room.student()];
    await change({ type: 'groups', groupIds: [] });
    await student.until(() => student.me.role === 'guest');
    expect(teacher.me.role).toBe('teacher');
    const late = await room.visitor({ personId: studentId(2) });
    expect((await late.join()).state).toBe('waiting');
  });

  it('a move to another day: who was early is shown out, and the same link leads in on that day', async () => {
    const teacher = await room.teacher();
    const day = 24 * 60 * minute;
    await change({ type: 'move', startsAt: startsAt + day, endsAt: endsAt + day });
    expect(await teacher.shownOut()).toBe('door-closed');
    const early = await room.visitor({ personId: teacherId });
    await expect(early.join()).rejects.toThrow('too-early');
    room.clock.advance(day);
    expect((await room.teacher()).me.role).toBe('teacher');
  });

  it('a cancellation: everybody is shown out', async () => {
    const teacher = await room.teacher();
    await change({ type: 'cancel' });
    expect(await teacher.shownOut()).toBe('class-ended');
  });
});
