// Folding notices: once is as good as twice, and only what changed changes.
import { describe, expect, test } from 'vitest';
import { ConnectionId, ConsumerId, LessonId, MessageId, ParticipantId, PersonId, TrackId } from '../../server/contract/ids.ts';
import { Notice } from '../../server/contract/notices.ts';
import type { ParticipantView, RoomSnapshot } from '../../server/contract/room.ts';
import { currentReactions, reduce, reduceAll } from './reduce.ts';
import { peopleIn, type RoomState, roomFrom, withRest } from './state.ts';

const me = ParticipantId.parse('me');
const anar = ParticipantId.parse('anar');
const teacherId = PersonId.parse('teacher');

function participant(id: ParticipantId, more: Partial<ParticipantView> = {}): ParticipantView {
  return {
    id,
    personId: PersonId.parse(id),
    name: id,
    role: 'student',
    joinedAt: 1,
    presence: 'here',
    devices: 1,
    handRaisedAt: null,
    may: { microphone: true, camera: true, screen: false, chat: true },
    tracks: [],
    ...more,
  };
}

const snapshot: RoomSnapshot = {
  protocol: 1,
  now: 1_000,
  self: { participantId: me, connectionId: ConnectionId.parse('c1'), resumeKey: 'secret', role: 'student', actions: ['chat'] },
  room: {
    lessonId: LessonId.parse('l1'),
    title: 'Рекурсия',
    courseTitle: 'Алгоритмдер',
    kind: 'lecture',
    startsAt: 0,
    endsAt: 10,
    closesAt: 20,
    leadId: teacherId,
    locked: false,
    students: { microphone: false, camera: false, screen: false, chat: true },
    supervised: true,
    recording: { state: 'off', recordingId: null, startedAt: null, withoutCameras: false },
    recordingRule: 'manual',
    rewind: true,
    capacity: 100,
  },
  participants: [participant(me), participant(anar)],
  people: 2,
  waiting: [],
  speakers: [],
  pressure: 'none',
  check: null,
  checkResult: null,
  plannedCheck: null,
  media: { rtpCapabilities: { codecs: [], headerExtensions: [] }, iceServers: [], receive: null },
  resumed: false,
};

function message(id: string, at: number) {
  return { id: MessageId.parse(id), participantId: anar, personId: PersonId.parse('anar'), name: 'Анар', at, text: id };
}

const room: RoomState = {
  ...withRest(roomFrom(snapshot, 400), { participants: [], chat: [message('m1', 5)] }),
  speakers: [anar],
  mutedBy: teacherId,
};

/** One of every kind; the compiler and the last test see to it that none is missing. */
const every: { readonly [T in Notice['type']]: Extract<Notice, { type: T }> } = {
  'participant-joined': { type: 'participant-joined', participant: participant(ParticipantId.parse('new')) },
  'participant-changed': { type: 'participant-changed', participant: participant(anar, { handRaisedAt: 7 }) },
  'participant-left': { type: 'participant-left', participantId: anar, reason: 'left' },
  'room-changed': { type: 'room-changed', room: { ...snapshot.room, locked: true } },
  'chat-posted': { type: 'chat-posted', message: message('m2', 6) },
  'reaction-shown': { type: 'reaction-shown', participantId: anar, reaction: 'heart', at: 9 },
  'speakers-changed': { type: 'speakers-changed', speakers: [me] },
  'waiting-changed': { type: 'waiting-changed', waiting: [{ participantId: anar, name: 'Қонақ', since: 3, why: 'guest' }] },
  'quality-changed': {
    type: 'quality-changed',
    lines: [{ participantId: me, quality: 'bad', lossUp: 0.1, lossDown: 0, roundTripMs: 90, upBps: 1, downBps: 2, step: 'stills' }],
  },
  'pressure-changed': { type: 'pressure-changed', pressure: 'low-layers' },
  'check-changed': { type: 'check-changed', check: { id: 'check-0001', startedAt: 5, closesAt: 60_005, own: 'asked' } },
  'check-result': {
    type: 'check-result',
    result: null,
    planned: { withinMinutes: 15, plannedAt: 5, by: teacherId },
  },
  admitted: { type: 'admitted' },
  'role-changed': { type: 'role-changed', role: 'teacher', actions: ['end-class'] },
  muted: { type: 'muted', by: PersonId.parse('assistant') },
  'floor-given': { type: 'floor-given', by: PersonId.parse('assistant'), at: 2_000 },
  ended: { type: 'ended', reason: 'class-ended' },
  'media-offered': {
    type: 'media-offered',
    subscription: {
      consumerId: ConsumerId.parse('k1'),
      trackId: TrackId.parse('t1'),
      participantId: anar,
      source: 'camera',
      kind: 'video',
      rtpParameters: { codecs: [], headerExtensions: [], encodings: [], rtcp: {} },
    },
  },
  'media-withdrawn': { type: 'media-withdrawn', consumerId: ConsumerId.parse('k1') },
  'media-flow': { type: 'media-flow', consumerId: ConsumerId.parse('k1'), flowing: false },
  'media-reset': { type: 'media-reset' },
  'ladder-changed': { type: 'ladder-changed', step: 'stills', why: 'line' },
  'send-limits': { type: 'send-limits', limits: { soundBps: 24_000, camera: { layers: 1, fps: 12 }, screen: null } },
  'stills-wanted': { type: 'stills-wanted', trackId: TrackId.parse('t1'), mostBytes: 24_000 },
  'still-part': {
    ...{ type: 'still-part', trackId: TrackId.parse('t1'), participantId: anar, mime: 'image/webp', width: 1280, height: 720 },
    ...{ still: 1, offset: 0, size: 2, bytes: new Uint8Array([1, 2]) },
  },
};

describe.each(Object.values(every))('the notice $type', (notice) => {
  test('told twice leaves the same room as told once', () => {
    const once = reduce(room, notice);
    expect(reduce(once, notice)).toEqual(once);
  });

  test('does not touch the room that it is folded into', () => {
    const before = structuredClone(room);
    reduce(room, notice);
    expect(room).toEqual(before);
  });
});

describe('the room', () => {
  test('knows the server’s clock from the snapshot', () => {
    expect(room.clockOffsetMs).toBe(600);
  });

  test('keeps everyone else as they were when one person changes, so that only that one is drawn again', () => {
    const next = reduce(room, every['participant-changed']);
    expect(next.participants.get(me)).toBe(room.participants.get(me));
    expect(next.chat).toBe(room.chat);
    expect(next.room).toBe(room.room);
  });

  test('is not drawn again when nothing changed', () => {
    expect(reduce(room, { type: 'speakers-changed', speakers: [anar] })).toBe(room);
    expect(reduce(room, { type: 'chat-posted', message: message('m1', 5) })).toBe(room);
    expect(reduce(room, every['media-reset'])).toBe(room);
    expect(reduce(room, { type: 'ladder-changed', step: 'all', why: 'line' })).toBe(room);
  });

  test('forgets the voice and the line of who has left', () => {
    const next = reduceAll(room, [
      {
        type: 'quality-changed',
        lines: [{ participantId: anar, quality: 'good', lossUp: 0, lossDown: 0, roundTripMs: 1, upBps: 1, downBps: 1, step: 'all' }],
      },
      every['participant-left'],
    ]);
    expect(next.participants.has(anar)).toBe(false);
    expect(next.speakers).toEqual([]);
    expect(next.lines.has(anar)).toBe(false);
  });

  test('puts a message that was answered late where it belongs', () => {
    const next = reduceAll(room, [every['chat-posted'], { type: 'chat-posted', message: message('m0', 1) }]);
    expect(next.chat.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2']);
  });

  test('R18 a large one is whole only with what comes after the picture; those of before the gap are shown until then', () => {
    const [aru, bek] = [participant(ParticipantId.parse('aru')), participant(ParticipantId.parse('bek'))];
    const large = { ...snapshot, participants: [participant(me)], people: 60 };
    const first = roomFrom(large, 400);
    expect([first.participants.size, peopleIn(first), first.isWhole]).toEqual([1, 60, false]);
    const whole = withRest(first, { participants: [participant(me), aru, bek], chat: [] });
    expect([peopleIn(whole), whole.isWhole]).toEqual([3, true]);
    const back = roomFrom({ ...large, resumed: true }, 400, whole);
    expect([...back.participants.keys()]).toEqual([me, aru.id, bek.id]);
    expect([...withRest(back, { participants: [participant(me), bek], chat: [] }).participants.keys()]).toEqual([me, bek.id]);
    expect([...roomFrom({ ...snapshot, resumed: true }, 400, whole).participants.keys()]).toEqual([me, anar]);
  });

  test('R18 messages of before come before those that were told since', () => {
    const joined = reduce(roomFrom(snapshot, 400), { type: 'chat-posted', message: message('m2', 6) });
    expect(withRest(joined, { participants: [], chat: [message('m1', 5), message('m2', 6)] }).chat.map(({ id }) => id)).toEqual([
      'm1',
      'm2',
    ]);
  });

  test('remembers who muted this person until their microphone is on again', () => {
    const track = { id: TrackId.parse('t9'), source: 'microphone' as const };
    const muted = reduceAll(room, [
      every.muted,
      { type: 'participant-changed', participant: participant(me, { tracks: [{ ...track, pausedBy: ['muted'] }] }) },
    ]);
    expect(muted.mutedBy).toBe('assistant');
    const speaks = reduce(muted, { type: 'participant-changed', participant: participant(me, { tracks: [{ ...track, pausedBy: [] }] }) });
    expect(speaks.mutedBy).toBeNull();
  });

  test('shows a presence check as it concerns this person, and forgets it when it is over', () => {
    const asked = reduce(room, every['check-changed']);
    expect(asked.check?.own).toBe('asked');
    expect(reduce(asked, { type: 'check-changed', check: null }).check).toBeNull();
  });

  test('keeps nothing of presence checks for who may no longer check presence', () => {
    const leads = reduceAll(room, [{ type: 'role-changed', role: 'teacher', actions: ['check-presence'] }, every['check-result']]);
    expect(leads.plannedCheck?.withinMinutes).toBe(15);
    expect(reduce(leads, { type: 'role-changed', role: 'student', actions: [] }).plannedCheck).toBeNull();
  });

  test('lets reactions go after five seconds', () => {
    const shown = reduce(room, every['reaction-shown']).reactions;
    expect(currentReactions(shown, 9 + 4_999)).toHaveLength(1);
    expect(currentReactions(shown, 9 + 5_000)).toHaveLength(0);
  });

  test('leaves alone what a newer server tells', () => {
    const unknown: Notice = JSON.parse('{"type":"something-new"}');
    expect(reduce(room, unknown)).toBe(room);
  });
});

test('every notice of the contract is tried here', () => {
  expect(Object.keys(every).sort()).toEqual(Notice.options.map((option) => option.shape.type.value).sort());
});
