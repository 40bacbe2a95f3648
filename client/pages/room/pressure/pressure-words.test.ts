import { expect, it } from 'vitest';
import type { Pressure } from '../../../../server/contract/capacity.ts';
import { ParticipantId, PersonId, TrackId } from '../../../../server/contract/ids.ts';
import type { ParticipantView, RoomRole } from '../../../../server/contract/room.ts';
import { sentenceOf } from './pressure-words.ts';

const me = ParticipantId.parse('me');
const other = ParticipantId.parse('other');

function view(id: ParticipantView['id'], role: RoomRole, camera: { readonly may: boolean; readonly on: boolean }): ParticipantView {
  return {
    ...{ id, personId: PersonId.parse(id), name: id, role, joinedAt: 0, presence: 'here', devices: 1, handRaisedAt: null },
    may: { microphone: true, camera: camera.may, screen: false, chat: true },
    tracks: camera.on ? [{ id: TrackId.parse(`t-${id}`), source: 'camera', pausedBy: [] }] : [],
  };
}

const key = (who: 'student' | 'teacher', pressure: Pressure) => `room.pressure.${who}.${pressure}`;

it.each<[string, RoomRole, Pressure, { readonly may: boolean; readonly shown: boolean }, string | null]>([
  ['while there is no pressure nobody is told', 'student', 'none', { may: true, shown: true }, null],
  ['who may show themselves cannot now', 'student', 'no-new-cameras', { may: true, shown: false }, key('student', 'no-new-cameras')],
  ['who may not show themselves anyway is not bothered', 'student', 'no-new-cameras', { may: false, shown: true }, null],
  ['guests are told as students are', 'guest', 'no-new-cameras', { may: true, shown: false }, key('student', 'no-new-cameras')],
  ['whoever sees others is told why they look small', 'student', 'low-layers', { may: false, shown: true }, key('student', 'low-layers')],
  ['where only the teacher is seen nothing changes', 'student', 'no-student-cameras', { may: false, shown: false }, null],
  [
    'the teacher of a class with cameras is told',
    'teacher',
    'no-new-cameras',
    { may: true, shown: false },
    key('teacher', 'no-new-cameras'),
  ],
  ['so is an assistant', 'assistant', 'no-student-cameras', { may: false, shown: true }, key('teacher', 'no-student-cameras')],
  ['the teacher of a class without cameras has nothing to know', 'teacher', 'no-student-cameras', { may: false, shown: false }, null],
])('B13 %s', (_, role, pressure, { may, shown }, sentence) => {
  const participants = new Map([
    [me, view(me, role, { may, on: false })],
    [other, view(other, 'student', { may, on: shown })],
  ]);
  const students = { microphone: true, camera: may, screen: false, chat: true };
  expect(sentenceOf({ pressure, self: { participantId: me, role }, participants, room: { students } })).toBe(sentence);
});
