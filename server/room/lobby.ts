// The lobby: who waits, who is let in, who is turned away. Rules J14 to J19.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Target } from '../contract/room.ts';
import type { Fact, FactOf } from '../facts.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { withPerson } from './durable.ts';
import { about, actorOf, type Closing, change, type Room, type Waiting } from './room.ts';
import type { IsOver } from './seats.ts';

export function wait(
  room: Room,
  who: Omit<Waiting, 'since' | 'lines' | 'sessions'>,
  { line, session }: { readonly line: string; readonly session: string | undefined },
  at: Instant,
): Fact[] {
  const before = room.waiting.get(who.participantId);
  if (before !== undefined) {
    before.lines.add(line);
    before.sessions.add(session);
    return [];
  }
  const waiting: Waiting = { ...who, since: at, lines: new Set([line]), sessions: new Set([session]) };
  room.waiting.set(who.participantId, waiting);
  return [{ type: 'waiting-started', ...about(room, waiting, at), name: waiting.name, why: waiting.why }];
}

/** J17: who is admitted may come and go until the lesson is over; J11: whom a teacher lets in, the lock lets in. */
export function admit(room: Room, ref: ConnectionRef, target: Target, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'admit').personId;
  const admitted = 'all' in target ? [...room.waiting.values()] : [waitingOf(room, target.participantId)];
  const withAdmitted = (list: readonly PersonId[]) => admitted.reduce((all, { personId }) => withPerson(all, personId), [...list]);
  const { durable } = room;
  change(room, { admitted: withAdmitted(durable.admitted), insiders: durable.locked ? withAdmitted(durable.insiders) : durable.insiders });
  return admitted.map((waiting) => ended(room, waiting, 'admitted', by, at));
}

/** J18: who is turned away stays out until the lesson is over. */
export function turnAway(room: Room, ref: ConnectionRef, participantId: ParticipantId, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'admit').personId;
  const waiting = waitingOf(room, participantId);
  change(room, { turnedAway: withPerson(room.durable.turnedAway, waiting.personId) });
  return [ended(room, waiting, 'turned-away', by, at)];
}

/** J19: who goes away from the lobby with the last device has given up, and may come again. */
export function giveUp(room: Room, participantId: ParticipantId, line: string, at: Instant): Fact[] {
  const waiting = room.waiting.get(participantId);
  if (!waiting?.lines.delete(line) || waiting.lines.size > 0) return [];
  return [ended(room, waiting, 'gave-up', null, at)];
}

/** Let in on another way, such as being put on the roster meanwhile: the other devices need not wait either. */
export function noLongerWaits(room: Room, participantId: ParticipantId, at: Instant): Fact[] {
  const waiting = room.waiting.get(participantId);
  return waiting === undefined ? [] : [ended(room, waiting, 'admitted', null, at)];
}

/** The room closes: nobody can be admitted any more. */
export function emptyLobby(room: Room, { reason, by, note }: Closing, at: Instant): Fact[] {
  const why = { reason, ...(note !== undefined && { note }) };
  return [...room.waiting.values()].map((waiting) => ({ ...ended(room, waiting, 'room-closed', by, at), ...why }));
}

/** M12: whose account is disabled waits for nothing any more. */
export function shutOutOfLobby(room: Room, personId: PersonId, at: Instant): Fact[] {
  const waiting = [...room.waiting.values()].filter((one) => one.personId === personId);
  return waiting.map((one) => ended(room, one, 'account-disabled', null, at));
}

/** M13: who has signed out everywhere waits for nothing any more; with a device that is still signed in, they do. */
export function signOutOfLobby(room: Room, personId: PersonId, isOver: IsOver, at: Instant): Fact[] {
  const waiting = [...room.waiting.values()].filter((one) => one.personId === personId && [...one.sessions].every(isOver));
  return waiting.map((one) => ended(room, one, 'signed-out', null, at));
}

function waitingOf(room: Room, participantId: ParticipantId): Waiting {
  const waiting = room.waiting.get(participantId);
  if (waiting === undefined) throw new Refused('not-found', 'no such person in the lobby');
  return waiting;
}

function ended(
  room: Room,
  waiting: Waiting,
  how: FactOf<'waiting-ended'>['how'],
  by: PersonId | null,
  at: Instant,
): FactOf<'waiting-ended'> {
  room.waiting.delete(waiting.participantId);
  return { type: 'waiting-ended', ...about(room, waiting, at), how, by };
}
