// What happens in a class: hands, chat, muting, forbidding, screens, supervision, the lead, removing, ending; told over real sockets.
import { afterEach, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../server/contract/index.ts';
import { doorClosesAt, lessonId, strangerId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
const joining = { protocol: protocolVersion, device: 'Test', consent: true };

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

describe('hands and chat', () => {
  it('R13 hands queue in the order of raising, and leaders lower them', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await two.ask('room:raise-hand', { raised: true });
    await one.ask('room:raise-hand', { raised: true });
    await two.ask('room:raise-hand', { raised: true });
    await teacher.until(() => teacher.sees(one.id).handRaisedAt !== null);
    expect(Number(teacher.sees(two.id).handRaisedAt)).toBeLessThan(Number(teacher.sees(one.id).handRaisedAt));
    expect(await one.refused('room:lower-hand', { all: true })).toBe('not-allowed');
    await teacher.ask('room:lower-hand', { participantId: two.id });
    await one.ask('room:raise-hand', { raised: false });
    await teacher.until(() => [...teacher.sight.participants.values()].every(({ handRaisedAt }) => handRaisedAt === null));
  });

  it('R13 a leader gives the floor: the hand comes down, the microphone is permitted, the person is told', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student(1)];
    await teacher.ask('room:permit', { target: { all: true }, capability: 'microphone', allowed: false });
    await student.ask('room:raise-hand', { raised: true });
    expect(await student.refused('room:give-floor', { participantId: student.id })).toBe('not-allowed');
    await teacher.ask('room:give-floor', { participantId: student.id });
    await student.until(() => student.hasHeard('floor-given'));
    await student.until(() => student.sees(student.id).may.microphone && student.sees(student.id).handRaisedAt === null);
  });

  it('R15 a message sent again under the same id is the same message', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const sent = { text: '  Сәлем!\r\nEvil\u202Egnp.exe\u0007 ', clientId: 'client-id-1' };
    const first = await student.ask('chat:post', sent);
    expect(first.message).toMatchObject({ text: 'Сәлем!\nEvilgnp.exe', name: 'Name of student1', participantId: student.id });
    expect(await student.ask('chat:post', sent)).toEqual(first);
    await student.ask('chat:post', { text: 'next', clientId: 'client-id-2' });
    await teacher.until(() => teacher.sight.chat.size === 2);
    expect(teacher.heard.filter(({ type }) => type === 'chat-posted')).toHaveLength(2);
    expect([...(await room.student(2)).sight.chat.values()].map(({ text }) => text)).toEqual(['Сәлем!\nEvilgnp.exe', 'next']);
  });

  it('M1 who may not chat reads on, and the observer only ever reads', async () => {
    const room = await open();
    const [teacher, student, observer] = [await room.teacher(), await room.student(), await room.observer()];
    await teacher.ask('room:permit', { target: { participantId: student.id }, capability: 'chat', allowed: false });
    expect(await student.refused('chat:post', { text: 'no', clientId: 'client-id-1' })).toBe('chat-forbidden');
    expect(await observer.refused('chat:post', { text: 'no', clientId: 'client-id-1' })).toBe('not-allowed');
    await teacher.ask('chat:post', { text: 'listen', clientId: 'client-id-1' });
    await student.until(() => student.sight.chat.size === 1);
  });
});

describe('the recording in the room', () => {
  it('M15 teachers and assistants say whether students may look back, and everybody sees it', async () => {
    const room = await open();
    const [teacher, assistant, student] = [await room.teacher(), await room.assistant(), await room.student()];
    expect(student.sight.room.rewind).toBe(true);
    expect(await student.refused('recording:allow-rewind', { allowed: false })).toBe('not-allowed');
    await assistant.ask('recording:allow-rewind', { allowed: false });
    await student.until(() => !student.sight.room.rewind);
    await teacher.ask('recording:allow-rewind', { allowed: true });
    await student.until(() => student.sight.room.rewind);
  });

  it('V81 only who may record marks a moment', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    expect(await student.refused('recording:mark', { kind: 'important', text: '' })).toBe('not-allowed');
    expect(await teacher.refused('recording:mark', { kind: 'important', text: 'x'.repeat(121) })).toBe('bad-request');
    await teacher.ask('recording:mark', { kind: 'important', text: ' Дәлелдеу ' });
    expect(room.recording.told).toEqual(['mark important Дәлелдеу']);
  });
});

describe('microphones, cameras, screens', () => {
  it('M5 who is muted unmutes themself; an assistant does not mute a teacher', async () => {
    const room = await open();
    const [teacher, assistant, student] = [await room.teacher(), await room.assistant(), await room.student()];
    const { trackId } = await student.publish('microphone');
    await teacher.publish('microphone');
    await assistant.ask('room:mute', { all: true });
    await student.until(() => student.me.tracks[0]?.pausedBy.includes('muted') === true && student.hasHeard('muted'));
    expect(teacher.me.tracks[0]?.pausedBy).toEqual([]);
    expect(await assistant.refused('room:mute', { participantId: teacher.id })).toBe('not-allowed');
    await student.ask('media:resume', { trackId });
    await student.until(() => student.me.tracks[0]?.pausedBy.length === 0);
  });

  it('M2, M3, M4 what is forbidden falls silent at once, and allowed again it waits for its owner', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { trackId } = await student.publish('microphone');
    await teacher.ask('room:permit', { target: { all: true }, capability: 'microphone', allowed: false });
    await student.until(() => student.me.tracks[0]?.pausedBy.includes('forbidden') === true && !student.me.may.microphone);
    expect(await student.refused('media:resume', { trackId })).toBe('microphone-forbidden');
    await teacher.ask('room:permit', { target: { participantId: student.id }, capability: 'microphone', allowed: true });
    await student.until(() => student.me.may.microphone);
    expect(student.me.tracks[0]?.pausedBy).toEqual(['muted']);
    await student.ask('media:resume', { trackId });
    await student.until(() => student.me.tracks[0]?.pausedBy.length === 0);
  });

  it('R10 one screen at a time: equals wait, the teacher takes over', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await one.publish('screen');
    await expect(two.publish('screen')).rejects.toThrow('screen-taken');
    await teacher.publish('screen');
    await one.until(() => one.me.tracks.length === 0 && one.sees(teacher.id).tracks.length === 1);
    await expect(two.publish('screen')).rejects.toThrow('screen-taken');
  });

  it('M3 a screen that is forbidden is closed', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await student.publish('screen');
    await teacher.ask('room:permit', { target: { all: true }, capability: 'screen', allowed: false });
    await student.until(() => student.me.tracks.length === 0);
    await expect(student.publish('screen')).rejects.toThrow('screen-forbidden');
  });

  it('R7 without a teacher or an assistant students are silent, and all returns with them', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { trackId } = await student.publish('microphone');
    teacher.cut();
    await student.until(() => !student.sight.room.supervised && student.me.tracks[0]?.pausedBy.includes('unsupervised') === true);
    expect(student.sees(teacher.id).presence).toBe('dropped');
    expect(student.me.may).toEqual({ microphone: false, camera: false, screen: false, chat: true });
    expect(await student.refused('media:resume', { trackId })).toBe('unsupervised');
    await student.ask('room:raise-hand', { raised: true });
    const joined = await teacher.comeBack();
    expect(joined.state === 'in' && joined.snapshot.resumed).toBe(true);
    await student.until(() => student.sight.room.supervised && student.me.tracks[0]?.pausedBy.length === 0);
  });

  it('R7 with an assistant the class goes on when the teacher’s line is lost', async () => {
    const room = await open();
    const [teacher, assistant, student] = [await room.teacher(), await room.assistant(), await room.student()];
    await student.publish('microphone');
    teacher.cut();
    await student.until(() => student.sees(teacher.id).presence === 'dropped');
    expect(student.sight.room.supervised).toBe(true);
    await assistant.ask('room:mute', { participantId: student.id });
    await assistant.ask('room:hand-over-lead', { participantId: assistant.id });
    await assistant.until(() => assistant.me.role === 'teacher' && assistant.sight.room.leadId === assistant.me.personId);
  });
});

describe('leading', () => {
  it('M6 who gets the lead is a teacher and may do what teachers do; guests by link and observers do not lead', async () => {
    const room = await open();
    const [teacher, student, observer] = [await room.teacher(), await room.student(), await room.observer()];
    const guest = await room.guest();
    await teacher.ask('room:admit', { all: true });
    await guest.until(() => guest.hasHeard('admitted'));
    await guest.join();
    expect(await teacher.refused('room:hand-over-lead', { participantId: guest.id })).toBe('not-allowed');
    expect(await teacher.refused('room:hand-over-lead', { participantId: observer.id })).toBe('not-allowed');
    await teacher.ask('room:hand-over-lead', { participantId: student.id });
    await student.until(() => student.hasHeard('role-changed') && student.me.role === 'teacher');
    await student.ask('room:lock', { locked: true });
    expect(await student.refused('room:remove', { participantId: teacher.id })).toBe('not-allowed');
  });

  it('M8 who is removed is out with all devices, and kept out', async () => {
    const room = await open();
    const [teacher, phone, laptop] = [await room.teacher(), await room.student(), await room.student()];
    await phone.publish('camera');
    const { id } = phone;
    await teacher.ask('room:remove', { participantId: id });
    expect([await phone.shownOut(), await laptop.shownOut()]).toEqual(['removed', 'removed']);
    await teacher.until(() => !teacher.sight.participants.has(id));
    expect(room.media.rooms.values().next().value?.tracks.size).toBe(0);
    await phone.connect();
    expect(await phone.refused('room:join', { ...joining, resumeKey: phone.sight.self.resumeKey })).toBe('removed');
    await laptop.connect();
    expect(await laptop.refused('room:join', joining)).toBe('removed');
  });

  it('M8 only who stands lower can be removed', async () => {
    const room = await open();
    const [teacher, assistant, student] = [await room.teacher(), await room.assistant(), await room.student()];
    expect(await assistant.refused('room:remove', { participantId: teacher.id })).toBe('not-allowed');
    expect(await student.refused('room:remove', { participantId: assistant.id })).toBe('not-allowed');
    expect(await teacher.refused('room:remove', { participantId: teacher.id })).toBe('not-allowed');
    await teacher.ask('room:remove', { participantId: assistant.id });
  });

  it('M9 the end of the class shows everyone out and shuts the door', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    expect(await student.refused('room:end', {})).toBe('not-allowed');
    await teacher.ask('room:end', {});
    expect([await teacher.shownOut(), await student.shownOut()]).toEqual(['class-ended', 'class-ended']);
    await student.connect();
    expect(await student.refused('room:join', joining)).toBe('lesson-over');
  });

  it('M9 the teacher’s own leaving ends nothing', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await teacher.ask('room:leave', {});
    await student.until(() => student.sight.participants.size === 1);
    expect(student.socket.connected).toBe(true);
  });

  it('M11 an extended lesson keeps its door open longer, and everyone sees until when', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { closesAt } = await teacher.ask('room:extend', { minutes: 10 });
    expect(closesAt).toBe(doorClosesAt + 600_000);
    await student.until(() => student.sight.room.closesAt === closesAt);
    room.clock.advance(doorClosesAt - room.clock.now() + 1);
    await student.ask('room:raise-hand', { raised: true });
    room.clock.advance(600_000);
    expect(await student.shownOut()).toBe('door-closed');
  });

  it('lets leaders record where the lesson may be recorded', async () => {
    const room = await open({ rules: { recording: 'manual' } });
    const [assistant, student] = [await room.assistant(), await room.student()];
    expect(await student.refused('recording:start', {})).toBe('not-allowed');
    await assistant.ask('recording:start', {});
    await assistant.ask('recording:pause', {});
    expect(room.recording.told).toEqual(['start', 'pause']);
  });

  it('refuses to record a lesson that is never recorded', async () => {
    const room = await open({ rules: { recording: 'never' } });
    expect(await (await room.teacher()).refused('recording:start', {})).toBe('recording-not-allowed');
  });
});

describe('the register', () => {
  it('M6 is open to whoever was given the lead, while the class runs, and to no other student', async () => {
    const room = await open();
    const [teacher, student, other] = [await room.teacher(), await room.student(1), await room.student(2)];
    const mayOpen = (number: number) => room.running.timetable.mayOpenRegister(lessonId, { id: studentId(number), roles: ['student'] });
    expect([student, other].map((each) => each.sight.self.actions.includes('see-register'))).toEqual([false, false]);
    expect([await mayOpen(1), await mayOpen(2)]).toEqual([false, false]);
    await teacher.ask('room:hand-over-lead', { participantId: student.id });
    expect([await mayOpen(1), await mayOpen(2)]).toEqual([true, false]);
    await teacher.ask('room:end', {});
    expect(await mayOpen(1)).toBe(false);
  });
});

describe('a disabled account', () => {
  it('M12 whose account is disabled is out at once with all devices, and stays out with the token from before', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const [phone, laptop] = [await room.student(), await room.student()];
    const stranger = await room.stranger();
    const token = room.token({ personId: studentId(1) });
    const { db } = room.running.database;
    for (const id of [studentId(1), strangerId]) {
      await db.updateTable('person').set({ disabled: 1 }).where('id', '=', id).execute();
      await room.rooms.shutOut(id);
    }
    const reasons = await Promise.all([phone, laptop, stranger].map((visitor) => visitor.shownOut()));
    expect(reasons).toEqual(['account-disabled', 'account-disabled', 'account-disabled']);
    await teacher.until(() => teacher.sight.participants.size === 1 && teacher.sight.waiting.length === 0);
    await phone.connect({ token });
    expect(await phone.refused('room:join', joining)).toBe('not-signed-in');
  });
});
