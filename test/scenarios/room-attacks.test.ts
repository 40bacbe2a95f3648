// What a hostile client can try: whatever it sends, it is answered with a refusal or not at all, and the class goes on.
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionId, LessonId, ParticipantId, TrackId } from '../../server/contract/ids.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
const joining = { protocol: protocolVersion, device: 'Test', consent: true };
const nobody = ParticipantId.parse('nobody');

/** The class goes on for those who behave. */
async function goesOn(teacher: Visitor, student: Visitor): Promise<void> {
  await student.ask('room:raise-hand', { raised: true });
  await teacher.until(() => teacher.sees(student.id).handRaisedAt !== null);
}

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

describe('a bad client', () => {
  it('gets no socket without a valid token for a room', async () => {
    const room = await open();
    const visitor = await room.visitor({ personId: studentId(1) });
    const refusals = [
      {},
      { token: 'forged' },
      { token: 7 },
      { token: room.token({ personId: studentId(1) }).replace(/\.[^.]*$/, '.AAAA') },
    ];
    for (const auth of refusals) await expect(visitor.connect(auth)).rejects.toMatchObject({ data: { code: 'not-signed-in' } });
    const token = room.token({ personId: studentId(1) });
    room.clock.advance(5 * 60_000 + 1000);
    await expect(visitor.connect({ token })).rejects.toMatchObject({ data: { code: 'token-expired' } });
  });

  it('gets no socket from a foreign page', async () => {
    const room = await open();
    const status = await new Promise((answered, failed) => {
      const url = `${room.running.url}/socket.io/?EIO=4&transport=polling`;
      request(url, { headers: { origin: 'https://evil.example' } }, (response) => answered(response.statusCode))
        .on('error', failed)
        .end();
    });
    expect(status).toBe(403);
  });

  it('can do nothing before it has joined', async () => {
    const room = await open();
    const early = await room.visitor({ personId: studentId(1) });
    expect(await early.refused('chat:post', { text: 'x', clientId: 'client-id-1' })).toBe('wrong-phase');
    expect(await early.refused('room:end', {})).toBe('wrong-phase');
    expect(await early.refused('room:leave', {})).toBe('wrong-phase');
    expect(await early.refused('media:open', { direction: 'send' })).toBe('wrong-phase');
    expect(await early.refused('recording:start', {})).toBe('wrong-phase');
  });

  it('is closed when it does not join in time', async () => {
    const room = await open();
    const idle = await room.visitor({ personId: studentId(1) });
    const student = await room.student(2);
    room.clock.advance(30_000);
    await idle.until(() => !idle.socket.connected);
    expect(student.socket.connected).toBe(true);
  });

  it('joins once, however often it asks at the same time', async () => {
    const room = await open();
    const visitor = await room.visitor({ personId: studentId(1) });
    const answers = await Promise.all([1, 2, 3, 4].map(() => visitor.call('room:join', joining)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await visitor.refused('room:join', joining)).toBe('wrong-phase');
    expect(room.rooms.participants(lessonId).map(({ devices }) => devices)).toEqual([1]);
  });

  it('has none of the rights of a leader as a student', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const target = { participantId: teacher.id };
    const refusals = await Promise.all([
      student.refused('room:mute', { all: true }),
      student.refused('room:permit', { target: { participantId: student.id }, capability: 'microphone', allowed: true }),
      student.refused('room:remove', target),
      student.refused('room:lock', { locked: true }),
      student.refused('room:hand-over-lead', { participantId: student.id }),
      student.refused('room:extend', { minutes: 10 }),
      student.refused('room:end', {}),
      student.refused('recording:start', {}),
      student.refused('recording:stop', {}),
    ]);
    expect(new Set(refusals)).toEqual(new Set(['not-allowed']));
    await goesOn(teacher, student);
  });

  it('cannot touch what belongs to others, or to no one', async () => {
    const room = await open();
    const [teacher, student, other] = [await room.teacher(), await room.student(1), await room.student(2)];
    const { trackId } = await other.publish('microphone');
    expect(await student.refused('media:pause', { trackId })).not.toBe('ok');
    expect(await student.refused('media:unpublish', { trackId })).not.toBe('ok');
    expect(room.rooms.tracks(lessonId)).toMatchObject([{ trackId, live: true }]);
    expect(await teacher.refused('room:mute', { participantId: nobody })).toBe('not-found');
    expect(await teacher.refused('room:remove', { participantId: nobody })).toBe('not-found');
    expect(await teacher.refused('room:admit', { participantId: student.id })).toBe('not-found');
    const foreign = {
      lessonId: LessonId.parse('other'),
      personId: studentId(1),
      participantId: student.id,
      connectionId: ConnectionId.parse('c'),
    };
    await expect(room.rooms.setTrackPaused(foreign, TrackId.parse('t'), true)).rejects.toMatchObject({ code: 'seat-lost' });
  });

  it('cannot enter a lesson that does not exist', async () => {
    const room = await open();
    const lost = await room.visitor({ personId: studentId(1), lessonId: LessonId.parse('nowhere') });
    expect(await lost.refused('room:join', joining)).toBe('not-found');
  });

  it('is answered bad-request for whatever has not the right shape', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const payloads: unknown[] = [
      undefined,
      null,
      0,
      '',
      'text',
      [],
      {},
      { text: '' },
      { text: 'x', clientId: 'short' },
      { text: ['x'], clientId: 'client-id-1' },
    ];
    payloads.push(
      { text: 'x'.repeat(2001), clientId: 'client-id-1' },
      { text: '\u0000\u202E ', clientId: 'client-id-1' },
      Buffer.from('binary'),
    );
    for (const payload of payloads.slice(0, 9))
      expect(await student.raw('chat:post', payload)).toMatchObject({ ok: false, code: 'bad-request' });
    for (const payload of payloads) expect(await teacher.raw('room:lock', payload)).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await student.raw('no:such-request', {})).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await student.raw('__proto__', {})).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await student.raw('constructor', {})).toMatchObject({ ok: false, code: 'bad-request' });
    await goesOn(teacher, student);
  });

  it('changes nothing without waiting for the answer, or with more than one payload', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.socket.emit('room:raise-hand', { raised: true });
    student.socket.emit('room:raise-hand');
    student.socket.emit('room:raise-hand', { raised: true }, 1, 2, () => undefined);
    student.socket.emit('nonsense', () => undefined, 'x');
    await student.ask('room:react', { reaction: 'heart' });
    expect(teacher.sees(student.id).handRaisedAt).toBeNull();
    await goesOn(teacher, student);
  });

  it('loses its line, and only its own, with a message that is too large', async () => {
    const room = await open();
    const [teacher, student, bad] = [await room.teacher(), await room.student(1), await room.student(2)];
    bad.socket.emit('chat:post', { text: 'x'.repeat(200_000), clientId: 'client-id-1' }, () => undefined);
    await bad.until(() => !bad.socket.connected);
    await teacher.until(() => teacher.sees(bad.id).presence === 'dropped');
    await goesOn(teacher, student);
  });

  it('is slowed down, then shown the door, when it floods', async () => {
    const room = await open({ limits: { paces: { patience: { burst: 30, perSecond: 1 } } } });
    const [teacher, student, bad] = [await room.teacher(), await room.student(1), await room.student(2)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => bad.call('chat:post', { text: `spam ${index}`, clientId: `client-id-${index}` })),
    );
    const refused = answers.filter((answer) => !answer.ok && answer.code === 'too-many-requests');
    expect(refused.length).toBeGreaterThanOrEqual(9);
    expect(await student.refused('chat:post', { text: 'calm', clientId: 'client-id-1' })).toBe('ok');
    for (let index = 0; index < 200; index += 1) bad.socket.emit('room:react', { reaction: 'heart' }, () => undefined);
    expect(await bad.shownOut()).toBe('too-much');
    await goesOn(teacher, student);
  });

  it('has a bounded number of sockets', async () => {
    const room = await open({ limits: { socketsPerPerson: 3 } });
    await Promise.all([1, 2, 3].map(() => room.visitor({ personId: studentId(1) })));
    await expect(room.visitor({ personId: studentId(1) })).rejects.toMatchObject({ data: { code: 'too-many-requests' } });
    expect((await room.student(2)).isIn).toBe(true);
  });

  it('cannot use a seat after it has lost it', async () => {
    const room = await open();
    const [teacher, bad] = [await room.teacher(), await room.student()];
    const { id } = bad;
    const [, ...late] = await Promise.all([
      teacher.ask('room:remove', { participantId: id }),
      ...Array.from({ length: 5 }, (_, index) =>
        bad.refused('chat:post', { text: 'still here', clientId: `client-id-${index}` }).catch(() => 'gone'),
      ),
    ]);
    expect(late).toHaveLength(5);
    await teacher.until(() => !teacher.sight.participants.has(id));
    expect(room.rooms.tracks(lessonId)).toEqual([]);
    expect(room.rooms.here(lessonId)).toBe(1);
  });

  it('leaves nothing behind when it goes while it is being let in', async () => {
    const room = await open();
    const teacher = await room.teacher();
    for (let turn = 0; turn < 10; turn += 1) {
      const visitor = await room.visitor({ personId: studentId(1) });
      visitor.socket.emit('room:join', joining, () => undefined);
      visitor.leavePage();
    }
    const honest = await room.student(2);
    await teacher.until(() => teacher.sight.participants.size === 2);
    expect(room.rooms.participants(lessonId).map(({ devices }) => devices)).toEqual([1, 1]);
    expect(honest.isIn).toBe(true);
  });
});
