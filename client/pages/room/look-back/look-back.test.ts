// Who may look back, and which gaps are worth a word.
import { describe, expect, test } from 'vitest';
import { ConnectionId, LessonId, MessageId, ParticipantId, PersonId, RecordingId } from '../../../../server/contract/ids.ts';
import type { RoomRole } from '../../../../server/contract/room.ts';
import { roomFrom } from '../../../session/state.ts';
import { addressAfterClass, gapAfterDrop, gapOfLateComer, messagesIn, recordingToLookBackAt } from './look-back.ts';

const me = ParticipantId.parse('me');
const recordingId = RecordingId.parse('r1');

function roomOf({ role = 'student', rewind = true, recorded = true }: { role?: RoomRole; rewind?: boolean; recorded?: boolean } = {}) {
  return roomFrom(
    {
      ...{
        protocol: 1,
        now: 100_000,
        participants: [],
        people: 1,
        waiting: [],
        speakers: [],
        pressure: 'none',
        check: null,
        checkResult: null,
      },
      ...{
        plannedCheck: null,
        media: { rtpCapabilities: { codecs: [], headerExtensions: [] }, iceServers: [], receive: null },
        resumed: false,
      },
      self: { participantId: me, connectionId: ConnectionId.parse('c'), resumeKey: 'k', role, actions: [] },
      room: {
        ...{ lessonId: LessonId.parse('l'), title: 'T', courseTitle: 'C', kind: 'lecture', startsAt: 0, endsAt: 10, closesAt: 20 },
        ...{ leadId: PersonId.parse('t'), locked: false, supervised: true, recordingRule: 'manual', capacity: 10, rewind },
        students: { microphone: true, camera: true, screen: true, chat: true },
        recording: {
          ...{ state: recorded ? 'recording' : 'off', recordingId: recorded ? recordingId : null },
          ...{ startedAt: recorded ? 20_000 : null, withoutCameras: false },
        },
      },
    },
    100_000,
  );
}

describe('V80 looking back while the class runs', () => {
  test.each([
    ['a student where it is allowed', {}, recordingId],
    ['a student where it is not', { rewind: false }, null],
    ['a teacher wherever it is recorded', { role: 'teacher', rewind: false }, recordingId],
    ['an assistant likewise', { role: 'assistant', rewind: false }, recordingId],
    ['a guest never', { role: 'guest' }, null],
    ['nobody where nothing is recorded', { recorded: false, role: 'teacher' }, null],
  ] as const)('%s', (_, options, expected) => {
    expect(recordingToLookBackAt(roomOf(options))).toBe(expected);
  });
});

test('V87 who looks back when the class ends goes on at the same moment, everybody else from the beginning', () => {
  expect(addressAfterClass(recordingId, { recordingId, atMs: 61_900 })).toBe('/recordings/r1?t=61');
  expect(addressAfterClass(recordingId, null)).toBe('/recordings/r1');
});

describe('what was missed', () => {
  test('a hiccup of the line is not worth a word, five seconds are', () => {
    expect(gapAfterDrop(1000, 5999)).toBeNull();
    expect(gapAfterDrop(1000, 6000)).toEqual({ from: 1000, to: 6000, why: 'dropped' });
  });

  test('who comes a minute after the recording began is told since when it runs', () => {
    expect(gapOfLateComer(roomOf(), 79_999)).toBeNull();
    expect(gapOfLateComer(roomOf(), 80_000)).toEqual({ from: 20_000, to: 80_000, why: 'late' });
    expect(gapOfLateComer(roomOf({ recorded: false }), 500_000)).toBeNull();
  });

  test('counts the messages of others in the gap only', () => {
    const message = (id: string, at: number, who: string) => ({
      ...{ id: MessageId.parse(id), at, text: 't', name: 'N', personId: PersonId.parse(who) },
      participantId: ParticipantId.parse(who),
    });
    const chat = [
      message('a', 9, 'other'),
      message('b', 10, 'other'),
      message('c', 15, 'me'),
      message('d', 20, 'other'),
      message('e', 21, 'other'),
    ];
    expect(messagesIn(chat, { from: 10, to: 20, why: 'dropped' }, roomOf().self)).toBe(2);
  });
});
