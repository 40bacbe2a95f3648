// Who comes into a room: rules J1 to J16, tried in this order (contract/README.md). Pure: asks nobody and changes nothing.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import type { RefusalCode, RefusalDetails } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';
import type { RoleInLesson } from '../contract/timetable.ts';
import { isLeading } from '../participant/rights.ts';
import type { Room, Waiting } from './room.ts';

export interface Applicant {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  /** Came by the link for guests. */
  readonly guest: boolean;
  /** As the timetable sees the person. */
  readonly roleInLesson: RoleInLesson;
  readonly consent: boolean;
  /** When the door opens for this person. */
  readonly doorOpensAt: Instant;
}

export type Admission =
  | { readonly outcome: 'in'; readonly role: RoomRole }
  | { readonly outcome: 'lobby'; readonly why: Waiting['why'] }
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly message: string; readonly details?: RefusalDetails };

export function admission(room: Room, who: Applicant, at: Instant): Admission {
  const { plan, durable } = room;
  const role = roleOf(room, who);

  if (plan.cancelled) return refused('lesson-cancelled', 'the lesson was cancelled'); // J1
  if (plan.endedAt !== null || at >= plan.closesAt) return refused('lesson-over', 'the lesson is over'); // J2
  if (durable.removed.includes(who.personId)) return refused('removed', 'removed from this lesson'); // J3
  if (durable.turnedAway.includes(who.personId)) return refused('turned-away', 'turned away from this lesson'); // J4
  if (at < who.doorOpensAt) return refused('too-early', 'the door is not open yet', { opensAt: who.doorOpensAt }); // J5
  if (plan.rules.recording !== 'never' && !who.consent) return refused('consent-needed', 'the lesson may be recorded'); // J6
  if (room.seats.has(who.participantId)) return { outcome: 'in', role }; // J7
  if (isLeading(role)) return { outcome: 'in', role }; // J8
  if (role === 'observer') return { outcome: 'in', role }; // J9
  if (who.guest && !plan.rules.guests) return refused('guests-not-allowed', 'the lesson has no guests'); // J10
  if (durable.locked && !durable.insiders.includes(who.personId)) return refused('room-locked', 'the room is locked'); // J11
  if (headcount(room) >= plan.rules.capacity) return refused('room-full', 'the room is full'); // J12
  if (durable.admitted.includes(who.personId)) return { outcome: 'in', role }; // J13
  const why = whyWait(room, who, role);
  if (why === null) return { outcome: 'in', role }; // J16
  const isFull = room.waiting.size >= plan.rules.capacity && !room.waiting.has(who.participantId);
  return isFull ? refused('room-full', 'the lobby is full') : { outcome: 'lobby', why }; // J12
}

function whyWait(room: Room, who: Applicant, role: RoomRole): Waiting['why'] | null {
  if (role === 'guest') return who.guest ? 'guest' : 'not-on-roster'; // J14
  return room.plan.rules.lobby === 'everyone' ? 'everyone-waits' : null; // J15
}

/** Guests, and people with an account who are not expected in this lesson, are guests. */
export function roleOf(
  { plan, durable }: Pick<Room, 'plan' | 'durable'>,
  who: Pick<Applicant, 'personId' | 'guest' | 'roleInLesson'>,
): RoomRole {
  if (who.guest) return 'guest';
  if (plan.teacherId === who.personId || durable.teachers.includes(who.personId)) return 'teacher';
  if (plan.assistantIds.has(who.personId)) return 'assistant';
  if (plan.rosterIds.has(who.personId)) return 'student';
  return who.roleInLesson === 'none' ? 'guest' : who.roleInLesson;
}

/** Observers take nobody's place. */
function headcount(room: Room): number {
  let count = 0;
  for (const seat of room.seats.values()) if (seat.role !== 'observer') count += 1;
  return count;
}

function refused(code: RefusalCode, message: string, details?: RefusalDetails): Admission {
  return { outcome: 'refused', code, message, ...(details === undefined ? {} : { details }) };
}
