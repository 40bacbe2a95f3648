// What rooms and chats keep, on each database.
import { expect, it } from 'vitest';
import { ChatService } from '../../server/chat/chat.service.ts';
import { ChatStore } from '../../server/chat/chat.store.ts';
import type { ChatMessage } from '../../server/contract/chat.ts';
import { ConnectionId, LessonId, MessageId, ParticipantId } from '../../server/contract/ids.ts';
import type { DurableRoom } from '../../server/room/durable.ts';
import { RoomStore } from '../../server/room/room.store.ts';
import { fillCampus, lessonId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const state: DurableRoom = {
  ...{ openedAt: 1_788_000_000_000, leadId: teacherId, teachers: [studentId(1)], locked: true, insiders: [studentId(1), studentId(2)] },
  ...{ students: { microphone: true, camera: false, screen: false, chat: true }, permissions: { [studentId(2)]: { screen: true } } },
  ...{ rewind: null, hands: { [studentId(2)]: 1_788_000_001_000 }, admitted: [studentId(3)], turnedAway: [], removed: [studentId(4)] },
  ...{ plannedCheck: { by: teacherId, withinMinutes: 15, plannedAt: 1_788_000_002_000, at: 1_788_000_003_000 } },
};
const message = (id: string, at: number, text: string): ChatMessage => ({
  ...{ id: MessageId.parse(id), participantId: ParticipantId.parse('p'), personId: studentId(1), name: 'Ұлжан', at, text },
});

eachDatabase((_, open) => {
  it('R14 finds a room as it was saved last', async () => {
    const { db } = await open();
    await fillCampus(db);
    const rooms = new RoomStore(db);
    expect(await rooms.load(lessonId)).toBeNull();
    await rooms.save(lessonId, { ...state, locked: false });
    await rooms.save(lessonId, state);
    expect(await rooms.load(lessonId)).toEqual(state);
  });

  it('says when and why a room was closed, until it is used again', async () => {
    const { db } = await open();
    await fillCampus(db);
    const rooms = new RoomStore(db);
    const row = () => db.selectFrom('room').select(['closed_at', 'close_reason']).executeTakeFirst();
    await rooms.save(lessonId, state);
    await rooms.close(lessonId, 1_788_000_005_000, 'door-closed');
    expect(await row()).toEqual({ closed_at: 1_788_000_005_000, close_reason: 'door-closed' });
    expect(await rooms.load(lessonId)).toEqual(state);
    await rooms.save(lessonId, state);
    expect(await row()).toEqual({ closed_at: null, close_reason: null });
  });

  it('R15 keeps a message once under one client id', async () => {
    const { db } = await open();
    await fillCampus(db);
    const chats = new ChatStore(db);
    const first = message('m1', 1_788_000_000_000, 'Сәлем 👋\nекінші жол');
    expect(await chats.keep(lessonId, first, 'client-1')).toBe(first);
    expect(await chats.keep(lessonId, message('m2', 1_788_000_000_500, 'again'), 'client-1')).toEqual(first);
    expect(await chats.latest(lessonId, 200)).toEqual([first]);
    expect(await chats.latest(LessonId.parse('other'), 200)).toEqual([]);
  });

  it('finds the latest messages in the order of posting, also those of one millisecond', async () => {
    const { db } = await open();
    await fillCampus(db);
    const chats = new ChatStore(db);
    const rooms = { author: () => ({ name: 'Ұлжан' }), record: () => Promise.resolve() };
    const chat = new ChatService({ rooms, chats, trace: { tells: () => Promise.resolve(false) }, clock: new FakeClock(1_788_000_000_000) });
    const ref = { lessonId, personId: studentId(1), participantId: ParticipantId.parse('p'), connectionId: ConnectionId.parse('c') };
    for (let count = 0; count < 20; count += 1) await chat.post(ref, `message ${count}`, `client-${count}`);
    expect((await chats.latest(lessonId, 5)).map(({ text }) => text)).toEqual([15, 16, 17, 18, 19].map((count) => `message ${count}`));
  });
});
