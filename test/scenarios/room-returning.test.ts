// Lost lines and stopped servers: who comes back finds seat, hand and chat, told over real sockets.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatStore } from '../../server/chat/chat.store.ts';
import { MessageId } from '../../server/contract/ids.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
const joining = { protocol: protocolVersion, device: 'Test', consent: true };

afterEach(async () => {
  await classroom.close();
});

async function traceOf(room: Classroom): Promise<{ kind: string; person_id: string | null; seq: number; at: number }[]> {
  return room.running.database.db
    .selectFrom('trace_entry')
    .select(['kind', 'person_id', 'seq', 'at'])
    .where('lesson_id', '=', lessonId)
    .orderBy('seq')
    .execute();
}

describe('a lost line', () => {
  it('R3, R4 within a minute the device finds its seat, its hand, its tracks and the chat since', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { trackId } = await student.publish('microphone');
    await student.ask('room:raise-hand', { raised: true });
    await teacher.until(() => teacher.sees(student.id).handRaisedAt !== null);
    student.cut();
    await teacher.until(() => teacher.sees(student.id).presence === 'dropped');
    await teacher.ask('chat:post', { text: 'while you were away', clientId: 'client-id-1' });
    room.clock.advance(59_000);
    const before = student.sight.self;
    await student.comeBack();
    expect(student.sight.resumed).toBe(true);
    expect(student.sight.self).toEqual(before);
    expect(student.me).toMatchObject({ presence: 'here', devices: 1, tracks: [{ id: trackId, source: 'microphone' }] });
    expect(student.me.handRaisedAt).not.toBeNull();
    expect([...student.sight.chat.values()].map(({ text }) => text)).toEqual(['while you were away']);
    room.clock.advance(61_000);
    await teacher.until(() => teacher.sees(student.id).presence === 'here');
    await teacher.ask('room:lower-hand', { participantId: student.id });
    await student.until(() => student.me.handRaisedAt === null);
  });

  it('R5 after a minute the seat is given up, and whoever comes later begins anew', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await student.ask('room:raise-hand', { raised: true });
    student.cut();
    await teacher.until(() => teacher.sees(student.id).presence === 'dropped');
    room.clock.advance(60_000);
    await teacher.until(() => !teacher.sight.participants.has(student.id));
    expect(teacher.heard.at(-1)).toMatchObject({ type: 'participant-left', reason: 'connection-lost' });
    await student.comeBack();
    expect(student.sight.resumed).toBe(false);
    expect(student.me.handRaisedAt).toBeNull();
  });

  it('R4 a device that comes back while its old line still looks alive takes its own place', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const old = student.socket;
    await student.comeBack();
    await student.until(() => !old.connected);
    expect(student.sight.resumed).toBe(true);
    expect(student.me.devices).toBe(1);
    room.clock.advance(61_000);
    await student.ask('room:raise-hand', { raised: true });
    expect(teacher.sees(student.id).presence).toBe('here');
  });

  it('R4 another person’s key opens nothing', async () => {
    const room = await open();
    const [one, two] = [await room.student(1), await room.visitor({ personId: studentId(2) })];
    await two.join({ resumeKey: one.sight.self.resumeKey });
    expect(two.sight.resumed).toBe(false);
    expect(two.id).not.toBe(one.id);
    expect(one.socket.connected).toBe(true);
  });

  it('R3 a page that is closed has left, at once', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.leavePage();
    await teacher.until(() => !teacher.sight.participants.has(student.id));
    expect(teacher.heard.at(-1)).toMatchObject({ type: 'participant-left', reason: 'closed-page' });
  });
});

describe.each(['stop', 'kill'] as const)('R14 a server that was restarted (%s)', (how) => {
  it('finds the room again: chat, hands, locks, permissions, bans, lead, and each person’s id', async () => {
    const room = await open();
    const [teacher, assistant, student, naughty] = [
      await room.teacher(),
      await room.assistant(),
      await room.student(1),
      await room.student(2),
    ];
    await student.ask('room:raise-hand', { raised: true });
    const hand = student.me.handRaisedAt;
    await student.ask('chat:post', { text: 'before', clientId: 'client-id-1' });
    await teacher.ask('room:remove', { participantId: naughty.id });
    await teacher.ask('room:permit', { target: { participantId: student.id }, capability: 'camera', allowed: false });
    await teacher.ask('room:hand-over-lead', { participantId: assistant.id });
    await teacher.ask('room:lock', { locked: true });
    const { id } = student;

    await room.restart(how);
    await teacher.until(() => !teacher.socket.connected);
    await student.until(() => !student.socket.connected);

    await student.comeBack();
    expect(student.sight.resumed).toBe(false);
    expect(student.id).toBe(id);
    if (hand !== null) expect(student.me.handRaisedAt).toBe(hand);
    expect(student.me.handRaisedAt).not.toBeNull();
    expect([...student.sight.chat.values()].map(({ text }) => text)).toEqual(['before']);
    expect(student.sight.room.locked).toBe(true);
    await assistant.comeBack();
    expect(assistant.me.role).toBe('teacher');
    await student.until(() => student.sight.room.supervised);
    expect(student.sight.room.leadId).toBe(assistant.me.personId);
    expect(student.me.may).toMatchObject({ camera: false, microphone: true });
    await naughty.connect();
    expect(await naughty.refused('room:join', joining)).toBe('removed');
    const newcomer = await room.visitor({ personId: studentId(3) });
    expect(await newcomer.refused('room:join', joining)).toBe('room-locked');
    const entries = await traceOf(room);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  });
});

describe('R15, H25 a message that was kept when the server died, and not told', () => {
  it('is told and traced once when it is sent again, however often', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student(1)];
    const { id: participantId } = student;
    const message = {
      ...{ id: MessageId.parse('kept-only'), participantId, personId: student.me.personId },
      ...{ name: student.me.name, at: room.clock.now(), text: 'anybody there?' },
    };
    await new ChatStore(room.running.database.db).keep(lessonId, message, 'client-id-1');
    await room.restart('kill');
    await teacher.until(() => !teacher.socket.connected);
    await student.until(() => !student.socket.connected);
    await teacher.comeBack();
    await student.comeBack();

    const again = { text: message.text, clientId: 'client-id-1' };
    expect(await Promise.all([student.ask('chat:post', again), student.ask('chat:post', again)])).toEqual([{ message }, { message }]);
    expect(await student.ask('chat:post', again)).toEqual({ message });
    await teacher.until(() => teacher.hasHeard('chat-posted'));
    expect((await traceOf(room)).filter(({ kind }) => kind === 'message-posted')).toHaveLength(1);
    expect(await student.ask('room:rest', {})).toMatchObject({ chat: [message] });

    // A server that was told nothing of it finds it in the trace.
    await room.restart('stop');
    await student.until(() => !student.socket.connected);
    await student.comeBack();
    expect(await student.ask('chat:post', again)).toEqual({ message });
    expect((await traceOf(room)).filter(({ kind }) => kind === 'message-posted')).toHaveLength(1);
    expect(teacher.heard.filter(({ type }) => type === 'chat-posted')).toHaveLength(1);
  });
});

describe('presence', () => {
  it('is written before anyone is told', async () => {
    const room = await open();
    const teacher = await room.teacher();
    const student = await room.student();
    await teacher.until(() => teacher.sight.participants.has(student.id));
    expect((await traceOf(room)).filter(({ person_id }) => person_id === 'student1').map(({ kind }) => kind)).toEqual([
      'participant-joined',
      'consented',
      'connection-opened',
    ]);
  });

  it('gives up a room that can no longer be written, and lets its people in again when it can', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await room.running.database.db.schema.alterTable('trace_entry').renameTo('trace_away').execute();
    expect(await student.refused('room:raise-hand', { raised: true })).toBe('internal');
    expect(await teacher.shownOut()).toBe('server-stopped');
    await room.running.database.db.schema.alterTable('trace_away').renameTo('trace_entry').execute();
    await teacher.comeBack();
    expect(teacher.sight.participants.size).toBe(1);
    expect(room.faults.length).toBeGreaterThan(0);
  });

  it('A4 ends in the trace when a room is given up, whether or not anybody comes back', async () => {
    const room = await open();
    const [, student] = [await room.teacher(), await room.student()];
    const { db } = room.running.database;
    room.clock.advance(60_000);
    await db.schema.alterTable('trace_entry').renameTo('trace_away').execute();
    expect(await student.refused('room:raise-hand', { raised: true })).toBe('internal');
    const givenUpAt = room.clock.now();
    room.clock.advance(5000);
    await db.schema.alterTable('trace_away').renameTo('trace_entry').execute();
    room.clock.advance(5000);
    const ends = async () => (await traceOf(room)).filter(({ kind }) => kind === 'participant-left');
    await vi.waitFor(async () => expect(await ends()).toHaveLength(2));
    expect((await ends()).map(({ person_id, at }) => [person_id, at])).toEqual([
      ['teacher', givenUpAt],
      ['student1', givenUpAt],
    ]);
    await student.comeBack();
    expect(await ends()).toHaveLength(2);
  });
});
