// What devices may publish, and what gives way to it.
import { expect, test } from 'vitest';
import { ConnectionId, LessonId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { RoomRole } from '../contract/room.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import { firstState } from './durable.ts';
import { emptyRoom } from './room.ts';
import { takeSeat } from './seats.ts';
import { checkMayPublish, publish } from './tracks.ts';

const now = 1500;

const plan: RoomPlan = {
  ...{ lessonId: LessonId.parse('lesson'), title: 'T', courseTitle: 'C', kind: 'seminar' },
  ...{ startsAt: 1200, endsAt: 1900, closesAt: 2000, cancelled: false, endedAt: null },
  ...{ teacherId: PersonId.parse('teacher'), assistantIds: new Set(), rosterIds: new Set() },
  rules: {
    students: { microphone: false, camera: true, screen: true, chat: true },
    ...{ lobby: 'outsiders', guests: true, recording: 'never', rewind: true, capacity: 10 },
  },
};

function classroom() {
  const room = emptyRoom(plan, firstState(plan, 1000));
  const enter = (name: string, role: RoomRole, device = 1) => {
    const who = { personId: PersonId.parse(name), participantId: ParticipantId.parse(name) };
    const connectionId = ConnectionId.parse(`${name}-${device}`);
    const line = { connectionId, resumeHash: connectionId, line: connectionId, device: '', address: '', consent: true };
    takeSeat(room, { ...who, name, hasAccount: true, role, ...line }, now);
    return { lessonId: room.lessonId, ...who, connectionId };
  };
  const send = (ref: ReturnType<typeof enter>, source: TrackSource) =>
    publish(room, ref, { trackId: TrackId.parse(`${ref.connectionId}-${source}`), source, paused: false }, now);
  const shown = () => [...room.seats.values()].flatMap(({ tracks }) => [...tracks.keys()]);
  return { room, enter, send, shown };
}

test('R10 a screen shown from another device takes the place of one’s own, with its sound', () => {
  const { enter, send, shown } = classroom();
  const [laptop, tablet] = [enter('student', 'student', 1), enter('student', 'student', 2)];
  send(laptop, 'screen');
  send(laptop, 'screen-audio');
  send(laptop, 'camera');
  expect(shown()).toEqual(['student-1-screen', 'student-1-screen-audio', 'student-1-camera']);
  const facts = send(tablet, 'screen');
  expect(facts.map((fact) => [fact.type, fact.type === 'track-closed' && fact.reason])).toEqual([
    ['track-closed', 'unpublished'],
    ['track-closed', 'unpublished'],
    ['track-published', false],
  ]);
  send(tablet, 'screen-audio');
  expect(shown()).toEqual(['student-1-camera', 'student-2-screen', 'student-2-screen-audio']);
});

test('R8 who may not send something is refused before it is looked at', () => {
  const { room, enter } = classroom();
  const [student, observer, teacher] = [enter('student', 'student'), enter('proctor', 'observer'), enter('teacher', 'teacher')];
  expect(() => checkMayPublish(room, student, 'microphone')).toThrow(expect.objectContaining({ code: 'microphone-forbidden' }));
  expect(() => checkMayPublish(room, observer, 'camera')).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  const gone = { ...student, connectionId: ConnectionId.parse('gone') };
  expect(() => checkMayPublish(room, gone, 'camera')).toThrow(expect.objectContaining({ code: 'seat-lost' }));
  checkMayPublish(room, student, 'camera');
  checkMayPublish(room, teacher, 'microphone');
});
