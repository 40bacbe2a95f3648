// The rules of admission, one line each.
import { describe, expect, it } from 'vitest';
import { ConnectionId, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import type { RoleInLesson, RoomRules } from '../contract/timetable.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import { type Applicant, admission } from './admission.ts';
import { type DurableRoom, firstState } from './durable.ts';
import { wait } from './lobby.ts';
import { emptyRoom, type Room } from './room.ts';
import { takeSeat } from './seats.ts';

const person = (name: string) => PersonId.parse(name);
const opens = 1000;
const closes = 2000;
const now = 1500;
const rules: RoomRules = {
  students: { microphone: true, camera: true, screen: true, chat: true },
  ...{ lobby: 'outsiders', guests: true, recording: 'never', rewind: true, capacity: 2 },
};

function plan(part: Partial<RoomPlan> = {}, ruled: Partial<RoomRules> = {}): RoomPlan {
  return {
    ...{
      lessonId: LessonId.parse('lesson'),
      title: 'T',
      courseTitle: 'C',
      kind: 'seminar',
      startsAt: 1200,
      endsAt: 1900,
      closesAt: closes,
    },
    ...{
      teacherId: person('teacher'),
      assistantIds: new Set([person('assistant')]),
      rosterIds: new Set([person('student'), person('other')]),
    },
    ...{ rules: { ...rules, ...ruled }, cancelled: false, endedAt: null },
    ...part,
  };
}

interface Given {
  readonly plan?: Partial<RoomPlan>;
  readonly rules?: Partial<RoomRules>;
  readonly durable?: Partial<DurableRoom>;
  readonly seated?: readonly string[];
  readonly waiting?: readonly string[];
  readonly at?: number;
  readonly consent?: boolean;
  readonly guest?: boolean;
  readonly roleInLesson?: RoleInLesson;
}

function roomOf(given: Given): Room {
  const planned = plan(given.plan, given.rules);
  const room = emptyRoom(planned, { ...firstState(planned, opens), ...given.durable });
  for (const name of given.seated ?? []) {
    const connectionId = ConnectionId.parse(name);
    const arrival = { personId: person(name), participantId: ParticipantId.parse(name), name, hasAccount: true, role: 'student' as const };
    takeSeat(room, { ...arrival, connectionId, resumeHash: name, line: name, device: '', address: '', consent: true }, now);
  }
  for (const name of given.waiting ?? [])
    wait(
      room,
      { personId: person(name), participantId: ParticipantId.parse(name), name, why: 'guest' },
      { line: name, session: undefined },
      now,
    );
  return room;
}

/** What the one who asks is told, in short: `in as student`, `waits: guest`, or the code of the refusal. */
function told(who: string, given: Given): string {
  const { at = now, consent = true, guest = false, roleInLesson = 'none' } = given;
  const applicant: Applicant = {
    personId: person(who),
    participantId: ParticipantId.parse(who),
    guest,
    roleInLesson,
    consent,
    doorOpensAt: opens,
  };
  const decided = admission(roomOf(given), applicant, at);
  if (decided.outcome === 'in') return `in as ${decided.role}`;
  return decided.outcome === 'lobby' ? `waits: ${decided.why}` : decided.code;
}

const removed = { removed: [person('student'), person('assistant')] };
const turnedAway = { turnedAway: [person('guest')] };
const locked = { locked: true, insiders: [person('other')] };
const admitted = { admitted: [person('guest'), person('student')] };
const full = ['a', 'b'];

const cases: readonly (readonly [rule: string, who: string, given: Given, answer: string])[] = [
  ['J1 a cancelled lesson lets nobody in, not even its teacher', 'teacher', { plan: { cancelled: true } }, 'lesson-cancelled'],
  ['J2 a lesson that was ended for all stays shut', 'teacher', { plan: { endedAt: 1400 } }, 'lesson-over'],
  ['J2 from the closing of the door on nobody comes in', 'student', { at: closes }, 'lesson-over'],
  ['J3 who was removed stays out', 'student', { durable: removed }, 'removed'],
  ['J3 and so does an assistant who was removed', 'assistant', { durable: removed }, 'removed'],
  ['J4 who was turned away stays out', 'guest', { guest: true, durable: turnedAway }, 'turned-away'],
  ['J5 before the door opens nobody comes in', 'student', { at: opens - 1 }, 'too-early'],
  ['J5 the door opens at its time', 'student', { at: opens }, 'in as student'],
  [
    'J6 without consent nobody comes into a class that may be recorded',
    'teacher',
    { rules: { recording: 'manual' }, consent: false },
    'consent-needed',
  ],
  ['J6 a class that is never recorded needs no consent', 'student', { consent: false }, 'in as student'],
  ['J7 who is seated brings a further device into a locked room', 'student', { durable: locked, seated: ['student'] }, 'in as student'],
  ['J7 who is seated brings a further device into a full room', 'student', { seated: ['student', 'a'] }, 'in as student'],
  [
    'J7 who is seated brings a further device past the lobby',
    'student',
    { rules: { lobby: 'everyone' }, seated: ['student'] },
    'in as student',
  ],
  ['J8 the teacher comes into a locked and full room', 'teacher', { durable: locked, seated: full }, 'in as teacher'],
  ['J8 an assistant comes into a locked and full room', 'assistant', { durable: locked, seated: full }, 'in as assistant'],
  [
    'J8 who was given the lead before comes in as a teacher',
    'student',
    { durable: { teachers: [person('student')], ...{ locked: true } } },
    'in as teacher',
  ],
  ['J8 teachers do not wait in the lobby', 'teacher', { rules: { lobby: 'everyone' } }, 'in as teacher'],
  [
    'J9 an observer comes into a locked and full room',
    'watcher',
    { durable: locked, seated: full, roleInLesson: 'observer' },
    'in as observer',
  ],
  ['J10 guests by link are refused where the lesson has none', 'guest', { guest: true, rules: { guests: false } }, 'guests-not-allowed'],
  ['J11 a locked room refuses newcomers', 'student', { durable: locked }, 'room-locked'],
  ['J11 a locked room lets insiders come back', 'other', { durable: locked }, 'in as student'],
  ['J11 a locked room does not even let guests wait', 'guest', { guest: true, durable: locked }, 'room-locked'],
  ['J12 a full room refuses students', 'student', { seated: full }, 'room-full'],
  ['J12 a full room does not let guests wait', 'guest', { guest: true, seated: full }, 'room-full'],
  ['J12 as many wait as the room may hold, and no more', 'guest', { guest: true, waiting: ['g1', 'g2'] }, 'room-full'],
  ['J12 who waits already may wait with another device', 'g1', { guest: true, waiting: ['g1', 'g2'] }, 'waits: guest'],
  ['J12 a full lobby keeps nobody out who need not wait', 'student', { waiting: ['g1', 'g2'] }, 'in as student'],
  ['J13 who was admitted comes in', 'guest', { guest: true, durable: admitted }, 'in as guest'],
  ['J13 who was admitted does not wait again', 'student', { rules: { lobby: 'everyone' }, durable: admitted }, 'in as student'],
  ['J14 a guest by link waits', 'guest', { guest: true }, 'waits: guest'],
  ['J14 a guest waits, also with the id of someone on the roster', 'student', { guest: true }, 'waits: guest'],
  ['J14 who has an account and is not expected waits', 'stranger', {}, 'waits: not-on-roster'],
  ['J15 where everyone waits students wait', 'student', { rules: { lobby: 'everyone' } }, 'waits: everyone-waits'],
  ['J16 who is on the roster is in', 'student', {}, 'in as student'],
];

describe('admission', () => {
  it.each(cases)('%s', (_, who, given, answer) => {
    expect(told(who, given)).toBe(answer);
  });

  it('J5 says when the door opens', () => {
    const early: Applicant = {
      personId: person('student'),
      participantId: ParticipantId.parse('student'),
      guest: false,
      roleInLesson: 'student',
      consent: true,
      doorOpensAt: opens,
    };
    expect(admission(roomOf({}), early, 1)).toMatchObject({ details: { opensAt: opens } });
  });

  it('changes nothing', () => {
    const room = roomOf({});
    const before = JSON.stringify([room.durable, [...room.seats], [...room.waiting]]);
    admission(
      room,
      {
        personId: person('guest'),
        participantId: ParticipantId.parse('guest'),
        guest: true,
        roleInLesson: 'none',
        consent: true,
        doorOpensAt: opens,
      },
      now,
    );
    expect(JSON.stringify([room.durable, [...room.seats], [...room.waiting]])).toBe(before);
  });
});
