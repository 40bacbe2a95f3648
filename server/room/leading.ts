// What teachers and assistants do to the whole room: lead, lock, remove, end. Rules M6 to M10.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import type { LeaveReason, RoomCloseReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { Fact } from '../facts.ts';
import { compareStanding } from '../participant/rights.ts';
import { endCheck } from './checks.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { withoutPerson, withPerson } from './durable.ts';
import { emptyLobby, shutOutOfLobby, signOutOfLobby } from './lobby.ts';
import { settlePermissions } from './permissions.ts';
import { about, actorOf, type Closing, change, type Room, targetOf } from './room.ts';
import { closeSeat, closeSignedOut, type IsOver } from './seats.ts';
import { supervise } from './supervision.ts';
import { release } from './tracks.ts';

/** M6: whoever gets the lead is a teacher of this room until the lesson is over; who had it keeps their role. */
export function handOverLead(room: Room, ref: ConnectionRef, participantId: ParticipantId, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'hand-over-lead').personId;
  const seat = targetOf(room, participantId);
  if (!seat.hasAccount || seat.role === 'observer') throw new Refused('not-allowed', 'guests by link and observers do not lead');
  if (room.durable.leadId === seat.personId) return [];
  change(room, { leadId: seat.personId, teachers: withPerson(room.durable.teachers, seat.personId) });
  const facts: Fact[] = [{ type: 'lead-changed', lessonId: room.lessonId, at, leadId: seat.personId, by }];
  if (seat.role === 'teacher') return facts;
  seat.role = 'teacher';
  facts.push({ type: 'role-changed', ...about(room, seat, at), role: seat.role, by }, ...settlePermissions(room, seat, by, at));
  for (const track of seat.tracks.values()) facts.push(...release(room, seat, track, ['unsupervised'], at));
  return [...facts, ...supervise(room, at)];
}

/** M7: the lock keeps newcomers out; who was inside may come back. */
export function lock(room: Room, ref: ConnectionRef, locked: boolean, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'lock').personId;
  if (room.durable.locked === locked) return [];
  change(room, { locked, insiders: locked ? [...room.seats.values()].map((seat) => seat.personId) : [] });
  return [{ type: 'room-locked', lessonId: room.lessonId, at, locked, by }];
}

/** M15: whether students may look back at the class while it runs. */
export function allowRewind(room: Room, ref: ConnectionRef, allowed: boolean, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'record').personId;
  if ((room.durable.rewind ?? room.plan.rules.rewind) === allowed) return [];
  change(room, { rewind: allowed });
  return [{ type: 'rewind-allowed', lessonId: room.lessonId, at, allowed, by }];
}

/** M8: out with all devices, and kept out until the lesson is over. Only who stands lower can be removed: never a teacher. */
export function remove(room: Room, ref: ConnectionRef, participantId: ParticipantId, at: Instant): Fact[] {
  const actor = actorOf(room, ref, 'remove');
  const seat = targetOf(room, participantId);
  if (compareStanding(actor.role, seat.role) <= 0) throw new Refused('not-allowed', `a ${actor.role} does not remove a ${seat.role}`);
  const { durable } = room;
  change(room, { removed: withPerson(durable.removed, seat.personId), admitted: withoutPerson(durable.admitted, seat.personId) });
  return [...closeSeat(room, seat, 'removed', at, actor.personId), ...supervise(room, at)];
}

/** M12: whose account is disabled is out at once, with all devices. */
export function shutOut(room: Room, personId: PersonId, at: Instant): Fact[] {
  const seats = [...room.seats.values()].filter((seat) => seat.personId === personId);
  const facts = [...shutOutOfLobby(room, personId, at), ...seats.flatMap((seat) => closeSeat(room, seat, 'account-disabled', at, null))];
  return facts.length === 0 ? [] : [...facts, ...supervise(room, at)];
}

/** M13: a device is out at once when the sign-in ends by which it came. */
export function signOut(room: Room, personId: PersonId, isOver: IsOver, at: Instant): Fact[] {
  const seats = [...room.seats.values()].filter((seat) => seat.personId === personId);
  const facts = [...signOutOfLobby(room, personId, isOver, at), ...seats.flatMap((seat) => closeSignedOut(room, seat, isOver, at))];
  return facts.length === 0 ? [] : [...facts, ...supervise(room, at)];
}

/** M14: who watched over the class by a role alone goes with the role. */
export function loseSight(room: Room, personId: PersonId, at: Instant): Fact[] {
  const watching = [...room.seats.values()].filter((seat) => seat.personId === personId && seat.role === 'observer');
  return watching.flatMap((seat) => closeSeat(room, seat, 'right-lost', at, null));
}

/** How the end of a room looks to those inside. An empty room has nobody to tell. */
export const leaveReasonOf: Readonly<Record<RoomCloseReason, LeaveReason>> = {
  'ended-by-teacher': 'class-ended',
  'ended-from-outside': 'ended-from-outside',
  'door-closed': 'door-closed',
  empty: 'connection-lost',
  'server-stopped': 'server-stopped',
};

/** M9, M10: everyone is shown out; a closed room is never opened again, a new one is made from what is stored. Safe twice. */
export function close(room: Room, { reason, by, note }: Closing, at: Instant): Fact[] {
  if (!room.isOpen) return [];
  room.isOpen = false;
  const facts = [
    ...endCheck(room, reason === 'server-stopped' ? 'server-stopped' : 'class-ended', at),
    ...emptyLobby(room, { reason, by, note }, at),
    ...[...room.seats.values()].flatMap((seat) => closeSeat(room, seat, leaveReasonOf[reason], at, by)),
  ];
  room.supervised = false;
  return [...facts, { type: 'room-closed', lessonId: room.lessonId, at, reason, by, ...(note !== undefined && { note }) }];
}
