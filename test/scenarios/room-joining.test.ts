// Coming in: the roster, the lobby, several devices, lock, capacity and the door, told over real sockets.
import { afterEach, describe, expect, it } from 'vitest';
import type { ParticipantId } from '../../server/contract/ids.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import { doorClosesAt, startsAt, strangerId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
const joining = { protocol: protocolVersion, device: 'Test', consent: true };

function waitingFirst(teacher: Visitor): { participantId: ParticipantId } {
  const [first] = teacher.sight.waiting;
  if (first === undefined) throw new Error('Nobody waits');
  return { participantId: first.participantId };
}

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

describe('coming in', () => {
  it('J16 who is on the roster is in at once, and everyone sees who came, once', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const student = await room.student();
    await teacher.until(() => teacher.sight.participants.size === 2);
    expect(teacher.sees(student.id)).toMatchObject({ role: 'student', presence: 'here', devices: 1, handRaisedAt: null, tracks: [] });
    expect(student.sees(teacher.id).role).toBe('teacher');
    expect(student.sight.self.actions).toEqual(['speak', 'show-camera', 'share-screen', 'chat', 'raise-hand', 'react']);
    expect(teacher.heard.filter((notice) => notice.type === 'participant-joined' && notice.participant.id === student.id)).toHaveLength(1);
  });

  it('R18 in a large room whoever leads, sends or raises a hand is told with the snapshot, and all the others a moment later', async () => {
    const room = await open({ students: 45 });
    const teacher = await room.teacher();
    const others = [];
    for (let n = 1; n <= 44; n += 1) others.push(await room.student(n));
    await others[3]?.ask('room:raise-hand', { raised: true });
    await teacher.ask('chat:post', { text: 'Сәлем!'.repeat(30), clientId: 'message-1' });
    const late = await room.visitor({ personId: studentId(45) });
    const joined = await late.ask('room:join', joining);
    if (joined.state !== 'in') throw new Error('In the lobby');
    const { snapshot } = joined;
    expect(snapshot.participants.map(({ id }) => id).toSorted()).toEqual(
      [teacher.id, others[3]?.id, snapshot.self.participantId].toSorted(),
    );
    expect(snapshot.people).toBe(46);
    const rest = await late.ask('room:rest', {});
    expect('packed' in rest && rest.packed.byteLength).toBeLessThan(4_000);
    const again = await room.student(45);
    expect([again.sight.participants.size, [...again.sight.chat.values()].map(({ text }) => text.length)]).toEqual([46, [180]]);
  });

  it('R1 two devices of a person are one participant, and the second comes in even when the room is locked', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const phone = await room.student();
    await teacher.ask('room:lock', { locked: true });
    const laptop = await room.student();
    expect(laptop.id).toBe(phone.id);
    await teacher.until(() => teacher.sees(phone.id).devices === 2);
    expect(teacher.sight.participants.size).toBe(2);
    await phone.ask('room:leave', {});
    await teacher.until(() => teacher.sees(laptop.id).devices === 1);
    expect(await phone.shownOut()).toBe('left');
    expect(laptop.socket.connected).toBe(true);
  });

  it('J11 a locked room refuses newcomers, not those who were inside', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const inside = await room.student(1);
    await teacher.ask('room:lock', { locked: true });
    const outside = await room.visitor({ personId: studentId(2) });
    expect(await outside.refused('room:join', joining)).toBe('room-locked');
    inside.leavePage();
    await teacher.until(() => teacher.sight.participants.size === 1);
    await inside.connect();
    expect((await inside.join()).state).toBe('in');
    expect((await room.assistant()).isIn).toBe(true);
  });

  it('J12 a full room takes in teachers, assistants and observers, nobody else', async () => {
    const room = await open({ rules: { capacity: 2 } });
    await room.student(1);
    await room.student(2);
    const third = await room.visitor({ personId: studentId(3) });
    expect(await third.refused('room:join', joining)).toBe('room-full');
    expect((await room.teacher()).isIn).toBe(true);
    expect((await room.observer()).isIn).toBe(true);
  });

  it('J5 who is early hears when the door opens; the teacher may come half an hour before', async () => {
    const room = await open();
    room.clock.advance(-20 * 60_000);
    expect((await room.teacher()).isIn).toBe(true);
    const early = await room.visitor({ personId: studentId(1) });
    expect(await early.call('room:join', joining)).toMatchObject({
      ok: false,
      code: 'too-early',
      details: { opensAt: startsAt - 10 * 60_000 },
    });
  });

  it('J6 consent is needed where the class may be recorded', async () => {
    const room = await open({ rules: { recording: 'manual' } });
    const student = await room.visitor({ personId: studentId(1) });
    expect(await student.refused('room:join', { ...joining, consent: false })).toBe('consent-needed');
    expect((await student.join()).state).toBe('in');
  });

  it('tells an outdated page so, before anything else', async () => {
    const room = await open();
    const student = await room.visitor({ personId: studentId(1) });
    expect(await student.refused('room:join', { ...joining, protocol: protocolVersion - 1 })).toBe('protocol-outdated');
  });

  it('M10 when its time is over the room shows everyone out, also those who wait, and lets nobody in', async () => {
    const room = await open();
    const student = await room.student();
    const guest = await room.guest();
    room.clock.advance(doorClosesAt - startsAt);
    expect(await student.shownOut()).toBe('door-closed');
    expect(await guest.shownOut()).toBe('door-closed');
    const late = await room.visitor({ personId: studentId(2) });
    expect(await late.refused('room:join', joining)).toBe('lesson-over');
  });

  it('J2 a lesson that is over is given no room, whoever asks for one', async () => {
    const room = await open();
    room.clock.advance(doorClosesAt - startsAt);
    const late = await room.visitor({ personId: strangerId });
    expect(await late.refused('room:join', joining)).toBe('lesson-over');
    expect(room.rooms.figures()).toEqual([]);
  });
});

describe('the lobby', () => {
  it('J11 whom the teacher admits into a locked room comes in, and may come back', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const guest = await room.guest();
    await teacher.until(() => teacher.sight.waiting.length === 1);
    await teacher.ask('room:lock', { locked: true });
    await teacher.ask('room:admit', waitingFirst(teacher));
    expect((await guest.join()).state).toBe('in');
    guest.leavePage();
    await teacher.until(() => teacher.sight.participants.size === 1);
    await guest.connect();
    expect((await guest.join()).state).toBe('in');
  });

  it('is told the same as the room when the server stops, so that its people come back by themselves', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const guest = await room.guest();
    await room.restart('stop');
    expect([await teacher.shownOut(), await guest.shownOut()]).toEqual(['server-stopped', 'server-stopped']);
  });

  it('J14 a guest waits until admitted, also when the room is open to everyone else', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const guest = await room.guest('Сәуле');
    expect(guest.isIn).toBe(false);
    await teacher.until(() => teacher.sight.waiting.length === 1);
    expect(teacher.sight.waiting[0]).toMatchObject({ name: 'Сәуле', why: 'guest' });
    expect(await guest.refused('chat:post', { text: 'hello', clientId: 'aaaaaaaa' })).toBe('wrong-phase');
    expect(await guest.refused('media:open', { direction: 'send' })).toBe('wrong-phase');
    await teacher.ask('room:admit', waitingFirst(teacher));
    await guest.until(() => guest.hasHeard('admitted'));
    expect((await guest.join()).state).toBe('in');
    await teacher.until(() => teacher.sight.waiting.length === 0 && teacher.sees(guest.id).role === 'guest');
  });

  it('J14 whoever is not on the roster waits, and students do not see who', async () => {
    const room = await open();
    const [teacher, observer, student] = [await room.teacher(), await room.observer(), await room.student()];
    await room.stranger();
    await teacher.until(() => teacher.sight.waiting[0]?.why === 'not-on-roster');
    await observer.until(() => observer.sight.waiting.length === 1);
    expect(student.hasHeard('waiting-changed')).toBe(false);
    expect(await student.refused('room:admit', { all: true })).toBe('not-allowed');
    expect(await observer.refused('room:admit', { all: true })).toBe('not-allowed');
  });

  it('J15, J17 where everyone waits, all are admitted at once, and stay admitted', async () => {
    const room = await open({ rules: { lobby: 'everyone' } });
    const [one, two] = [await room.student(1), await room.student(2)];
    expect([one.isIn, two.isIn]).toEqual([false, false]);
    const teacher = await room.teacher();
    expect(teacher.sight.waiting.map(({ why }) => why)).toEqual(['everyone-waits', 'everyone-waits']);
    await teacher.ask('room:admit', { all: true });
    await one.until(() => one.hasHeard('admitted'));
    await one.join();
    one.leavePage();
    await one.connect();
    expect((await one.join()).state).toBe('in');
  });

  it('J18 who is turned away is shown out and stays out', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const guest = await room.guest();
    await teacher.until(() => teacher.sight.waiting.length === 1);
    await teacher.ask('room:turn-away', waitingFirst(teacher));
    expect(await guest.shownOut()).toBe('turned-away');
    await guest.connect();
    expect(await guest.refused('room:join', joining)).toBe('turned-away');
  });

  it('J19 who closes the page in the lobby has given up', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const guest = await room.guest();
    await teacher.until(() => teacher.sight.waiting.length === 1);
    guest.leavePage();
    await teacher.until(() => teacher.sight.waiting.length === 0);
  });
});
