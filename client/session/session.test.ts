// A browser’s time in a class, played on a line without a server.
import { describe, expect, test } from 'vitest';
import { ConnectionId, LessonId, MessageId, ParticipantId, PersonId } from '../../server/contract/ids.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { RoomSnapshot } from '../../server/contract/room.ts';
import { Session } from './session.ts';
import { FakeLine, settled } from './testing/fake-wire.ts';

const me = ParticipantId.parse('me');

function snapshot(more: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    protocol: 1,
    now: 0,
    self: { participantId: me, connectionId: ConnectionId.parse('c1'), resumeKey: 'seat', role: 'student', actions: [] },
    room: {
      lessonId: LessonId.parse('l1'),
      title: 'T',
      courseTitle: 'C',
      kind: 'seminar',
      startsAt: 0,
      endsAt: 1,
      closesAt: 2,
      leadId: PersonId.parse('teacher'),
      locked: false,
      students: { microphone: true, camera: true, screen: true, chat: true },
      supervised: true,
      recording: { state: 'off', recordingId: null, startedAt: null, withoutCameras: false },
      recordingRule: 'manual',
      rewind: true,
      capacity: 9,
    },
    participants: [],
    people: 0,
    waiting: [],
    check: null,
    checkResult: null,
    plannedCheck: null,
    speakers: [],
    pressure: 'none',
    media: { rtpCapabilities: { codecs: [], headerExtensions: [] }, iceServers: [], receive: null },
    resumed: false,
    ...more,
  };
}

const letIn = (more?: Partial<RoomSnapshot>) => ({ ok: true, value: { state: 'in', snapshot: snapshot(more) } });
const posted = (id: string, text: string) => ({
  ok: true,
  value: { message: { id: MessageId.parse(id), participantId: me, personId: PersonId.parse('me'), name: 'Мен', at: 1, text } },
});

function open() {
  const line = new FakeLine();
  let ids = 0;
  const session = new Session({
    lessonId: LessonId.parse('l1'),
    device: 'test',
    around: line.surroundings,
    newId: () => {
      ids += 1;
      return `message-${ids}`;
    },
  });
  return { line, session };
}

async function inRoom() {
  const all = open();
  all.session.join(true);
  await settled();
  all.line.wire.events.opened();
  await all.line.wire.answer(letIn());
  return all;
}

const texts = (session: Session) =>
  session.state.phase === 'in-room' || session.state.phase === 'dropped' ? session.state.room.chat.map(({ text }) => text) : [];

describe('joining', () => {
  test('tells the server of the consent and the device', async () => {
    const { line, session } = open();
    session.join(true);
    await settled();
    line.wire.events.opened();
    const { name, input } = await line.wire.answer(letIn());
    expect([name, input]).toEqual(['room:join', { protocol: 1, device: 'test', consent: true }]);
    expect(session.state.phase).toBe('in-room');
  });

  test('waits in the lobby, and comes in when admitted', async () => {
    const { line, session } = open();
    session.join(true);
    await settled();
    line.wire.events.opened();
    await line.wire.answer({ ok: true, value: { state: 'waiting', room: { title: 'T', courseTitle: 'C' } } });
    expect(session.state.phase).toBe('waiting');
    line.wire.events.notices([{ type: 'admitted' }]);
    await line.wire.answer(letIn());
    expect(session.state.phase).toBe('in-room');
  });

  test('keeps what the server told before its answer', async () => {
    const { line, session } = open();
    session.join(true);
    await settled();
    line.wire.events.opened();
    const notice: Notice = { type: 'speakers-changed', speakers: [me] };
    line.wire.events.notices([notice]);
    await line.wire.answer(letIn());
    expect(session.state).toMatchObject({ room: { speakers: [me] } });
  });

  test('R18 asks for the rest a moment later: everything at first, after a gap only what is newer than it knows', async () => {
    const { line, session } = await inRoom();
    expect(line.wire.restAsked).toEqual([]);
    const { message } = posted('m1', 'before').value;
    line.wire.rest = { participants: [], chat: [message] };
    const told = posted('m2', 'meanwhile').value.message;
    line.wire.events.notices([{ type: 'chat-posted', message: { ...told, at: 2 } }]);
    await line.pass(1_000);
    expect([line.wire.restAsked, texts(session)]).toEqual([[{}], ['before', 'meanwhile']]);
    await line.wire.lose();
    await line.pass(2_000);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: true }));
    await line.pass(1_000);
    expect([line.wire.restAsked, texts(session)]).toEqual([[{ chatAfter: 'm2' }], ['before', 'meanwhile']]);
  });

  test('says why it was refused, and tries no more', async () => {
    const { line, session } = open();
    session.join(true);
    await settled();
    line.wire.events.opened();
    await line.wire.answer({ ok: false, code: 'room-locked', details: undefined });
    expect(session.state).toMatchObject({ phase: 'refused', code: 'room-locked' });
    await line.pass(60_000);
    expect(line.wires).toHaveLength(1);
  });

  test('asks again after a trouble that passes', async () => {
    const { line, session } = open();
    session.join(true);
    await settled();
    line.wire.events.opened();
    await line.wire.answer({ ok: false, code: 'internal', details: undefined });
    expect(session.state.phase).toBe('joining');
    await line.pass(2_000);
    await line.wire.answer(letIn());
    expect(session.state.phase).toBe('in-room');
  });
});

describe('a lost line', () => {
  test('keeps the last picture of the room, and takes the kept seat again', async () => {
    const { line, session } = await inRoom();
    await line.wire.lose();
    expect(session.state.phase).toBe('dropped');
    await line.pass(400);
    line.wire.events.opened();
    const { input } = await line.wire.answer(letIn({ resumed: true }));
    expect(input).toMatchObject({ resumeKey: 'seat' });
    expect(session.state.phase).toBe('in-room');
  });

  test('G8 says with the kept seat what it knows of the gap, and not with a new one', async () => {
    const { line, session } = await inRoom();
    session.surveyor.timerRan();
    await line.wire.lose();
    session.surveyor.networkIs(false);
    await line.pass(30_000);
    session.surveyor.networkIs(true);
    await settled();
    line.wire.events.opened();
    const { input } = await line.wire.answer({ ok: false, code: 'seat-lost', details: undefined });
    expect(input).toMatchObject({ resumeKey: 'seat', word: { offline: true, hiddenMs: 0, slept: true } });
    const again = await line.wire.answer(letIn());
    expect(again.input).not.toHaveProperty('word');
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.opened();
    expect((await line.wire.answer(letIn({ resumed: true }))).input).toMatchObject({ word: { offline: false, slept: false } });
  });

  test('asks for a new seat when the old one is gone', async () => {
    const { line, session } = await inRoom();
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer({ ok: false, code: 'seat-lost', details: undefined });
    const { input } = await line.wire.answer(letIn());
    expect(input).not.toHaveProperty('resumeKey');
    expect(session.state.phase).toBe('in-room');
  });

  test('loses no message that was written meanwhile, and sends none twice', async () => {
    const { line, session } = await inRoom();
    session.post('first');
    await settled();
    const first = line.wire.sent[0]?.input;
    await line.wire.lose();
    session.post('second');
    expect(session.outgoing.map(({ text }) => text)).toEqual(['first', 'second']);
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: true }));
    const again = await line.wire.answer(posted('m1', 'first'));
    expect(again.input).toEqual(first);
    await line.wire.answer(posted('m2', 'second'));
    expect(texts(session)).toEqual(['first', 'second']);
    expect(session.outgoing).toEqual([]);
  });

  test('does not forget who muted this person, nor that the floor was given', async () => {
    const { line, session } = await inRoom();
    line.wire.events.notices([
      { type: 'muted', by: PersonId.parse('teacher') },
      { type: 'floor-given', by: PersonId.parse('teacher'), at: 7 },
    ]);
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: true }));
    expect(session.state).toMatchObject({ room: { mutedBy: 'teacher', floorGivenAt: 7 } });
  });

  test('begins afresh with a new seat', async () => {
    const { line, session } = await inRoom();
    line.wire.events.notices([{ type: 'muted', by: PersonId.parse('teacher') }]);
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: false }));
    expect(session.state).toMatchObject({ room: { mutedBy: null, floorGivenAt: null } });
  });

  test('is taken up again after the server was stopped and started', async () => {
    const { line, session } = await inRoom();
    line.wire.events.notices([{ type: 'ended', reason: 'server-stopped' }]);
    await line.wire.lose();
    expect(session.state.phase).toBe('dropped');
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn());
    expect(session.state.phase).toBe('in-room');
  });
});

describe('a message', () => {
  test('that the server refuses stays, with the reason, until the person decides', async () => {
    const { line, session } = await inRoom();
    session.post('hello');
    await line.wire.answer({ ok: false, code: 'chat-forbidden', details: undefined });
    expect(session.outgoing).toMatchObject([{ text: 'hello', refusedWith: 'chat-forbidden' }]);
    session.postAgain('message-1');
    await line.wire.answer(posted('m1', 'hello'));
    expect(texts(session)).toEqual(['hello']);
  });

  test('is sent though another of the same text was posted just before', async () => {
    const { line, session } = await inRoom();
    const first = posted('m1', '+');
    session.post('+');
    session.post('+');
    await line.wire.answer(first);
    line.wire.events.notices([{ type: 'chat-posted', message: first.value.message }]);
    expect(session.outgoing.map(({ text }) => text)).toEqual(['+']);
    await line.wire.answer(posted('m2', '+'));
    expect(texts(session)).toEqual(['+', '+']);
    expect(session.outgoing).toEqual([]);
  });

  test('is sent again by itself when the server was too busy', async () => {
    const { line, session } = await inRoom();
    session.post('hello');
    await line.wire.answer({ ok: false, code: 'too-many-requests', details: undefined });
    await line.pass(2_000);
    await line.wire.answer(posted('m1', 'hello'));
    expect(texts(session)).toEqual(['hello']);
  });
});

describe('the end', () => {
  test('comes with a reason, and closes the line', async () => {
    const { line, session } = await inRoom();
    line.wire.events.notices([{ type: 'ended', reason: 'removed' }]);
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'removed' });
    await line.pass(60_000);
    expect(line.wires).toHaveLength(1);
  });

  test('is shown at once to who leaves, and told to the server', async () => {
    const { line, session } = await inRoom();
    const left = session.leave();
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'left' });
    expect((await line.wire.answer({ ok: true, value: {} })).name).toBe('room:leave');
    await left;
    expect(line.wire.ending).toBe('closed');
  });

  test('by a closed page is a goodbye on the line', async () => {
    const { line, session } = await inRoom();
    session.pageCloses();
    expect(line.wire.ending).toBe('closed');
  });
});

describe('the page', () => {
  const taken = { ok: true, value: {} };
  const seen = (seen: boolean) => ({ name: 'room:page-seen', input: { seen } });

  test('G7 is told when it changes, and after a join when it is not seen', async () => {
    const { line, session } = open();
    session.surveyor.pageIs(false);
    session.join(true);
    await settled();
    line.wire.events.opened();
    await line.wire.answer(letIn());
    expect(await line.wire.answer(taken)).toMatchObject(seen(false));
    session.surveyor.pageIs(false);
    session.surveyor.pageIs(true);
    expect(await line.wire.answer(taken)).toMatchObject(seen(true));
    expect(line.wire.sent).toEqual([]);
  });

  test('G7 is not told by a page that is seen all the time', async () => {
    const { line, session } = await inRoom();
    session.surveyor.pageIs(true);
    await settled();
    expect(line.wire.sent).toEqual([]);
  });

  test('G7 is told of a kept seat when it changed in the gap, and only then', async () => {
    const { line, session } = await inRoom();
    session.surveyor.pageIs(false);
    await line.wire.answer(taken);
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: true }));
    expect(line.wire.sent).toEqual([]);
    await line.wire.lose();
    session.surveyor.pageIs(true);
    await line.pass(400);
    line.wire.events.opened();
    await line.wire.answer(letIn({ resumed: true }));
    expect(await line.wire.answer(taken)).toMatchObject(seen(true));
  });

  test('G7 waits when it is told to, and then says only what holds', async () => {
    const { line, session } = await inRoom();
    session.surveyor.pageIs(false);
    await line.wire.answer({ ok: false, code: 'too-many-requests', details: undefined });
    session.surveyor.pageIs(true);
    session.surveyor.pageIs(false);
    await settled();
    expect(line.wire.sent).toEqual([]);
    await line.pass(5_000);
    expect(await line.wire.answer(taken)).toMatchObject(seen(false));
  });
});
