// Presence checks ("still there?"): begun or planned by who leads, answered by students and guests, judged when they end. Rules K1 to K8.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import { answerMs } from '../contract/presence-check.ts';
import type { LeaveReason, PresenceCheckEndReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { Fact } from '../facts.ts';
import { isSubject } from '../participant/rights.ts';
import type { ConnectionRef } from './connection-ref.ts';
import type { DurableRoom } from './durable.ts';
import { about, actorOf, change, isLive, type Room, type Seat, seatOf } from './room.ts';

export interface AskedPerson {
  readonly participantId: ParticipantId;
  readonly name: string;
  /** When their own minute is over; null while they cannot answer. */
  readonly closesAt: Instant | null;
  readonly answered: boolean;
  /** Went of their own accord, or was shown out. */
  readonly left: boolean;
  /** Leads the class by now. */
  readonly exempt: boolean;
}

/** Never changed in place, and neither are its people: a change is seen by comparing references. The last one stays until the next. */
export interface Check {
  readonly id: string;
  readonly by: PersonId;
  readonly startedAt: Instant;
  /** Of the first minute; those who come back within it have a later one of their own. */
  readonly closesAt: Instant;
  readonly ended: { readonly at: Instant; readonly reason: PresenceCheckEndReason } | null;
  readonly people: ReadonlyMap<PersonId, AskedPerson>;
}

/** An answer that was given in the last moment is still on its way. */
export const travelMs = 2000;
const minuteMs = 60_000;

export function runningCheck({ check }: Pick<Room, 'check'>): Check | null {
  return check?.ended === null ? check : null;
}

/** K1: now, or at a moment drawn by `random` (from 0 to 1, without 1). Throws `conflict`. */
export function startCheck(
  room: Room,
  ref: ConnectionRef,
  wanted: { readonly withinMinutes: number; readonly random: () => number; readonly newId: () => string },
  at: Instant,
): Fact[] {
  const by = actorOf(room, ref, 'check-presence').personId;
  const { withinMinutes, random, newId } = wanted;
  if (runningCheck(room) !== null || room.durable.plannedCheck !== null) throw new Refused('conflict', 'there is a presence check already');
  if (withinMinutes === 0) {
    if (subjects(room).length === 0) throw new Refused('conflict', 'nobody is here who could be asked');
    return begin(room, by, newId(), at);
  }
  const until = Math.min(at + withinMinutes * minuteMs, Math.max(at, room.plan.endsAt - answerMs));
  change(room, { plannedCheck: { by, withinMinutes, plannedAt: at, at: at + Math.floor(random() * (until - at)) } });
  return [];
}

/** K7: twice is once. */
export function withdrawCheck(room: Room, ref: ConnectionRef, at: Instant): Fact[] {
  actorOf(room, ref, 'check-presence');
  if (room.durable.plannedCheck !== null) change(room, { plannedCheck: null });
  return endCheck(room, 'withdrawn', at);
}

/** K3: twice is once. Throws `not-found` when the check is over, `conflict` for who is not asked just now. */
export function answerCheck(room: Room, ref: ConnectionRef, checkId: string, at: Instant): Fact[] {
  const seat = seatOf(room, ref);
  const check = runningCheck(room);
  if (check?.id !== checkId) throw new Refused('not-found', 'this presence check is over');
  const asked = check.people.get(seat.personId);
  if (asked?.answered) return [];
  if (asked === undefined || asked.exempt || asked.closesAt === null || at > asked.closesAt + travelMs)
    throw new Refused('conflict', 'this person is not asked, or no longer');
  put(room, check, seat.personId, { ...asked, answered: true });
  return [{ type: 'presence-check-answered', ...about(room, seat, at), checkId }, ...endWhenDue(room, at)];
}

/** K4, K7: what happened to those who are asked. To be called with the facts of each change of the room. */
export function followCheck(room: Room, facts: readonly Fact[], at: Instant): Fact[] {
  if (runningCheck(room) === null) return [];
  let changed = false;
  for (const fact of facts) {
    const check = runningCheck(room);
    if (check === null || !('personId' in fact)) continue;
    const asked = check.people.get(fact.personId);
    if (asked === undefined || asked.answered || asked.exempt) continue;
    const next = followed(room, check, asked, fact, at);
    if (next === asked) continue;
    put(room, check, fact.personId, next);
    changed = true;
  }
  return changed ? endWhenDue(room, at) : [];
}

/** A time has come. Nothing happens when none has. */
export function ringCheck(room: Room, newId: () => string, at: Instant): Fact[] {
  const { plannedCheck } = room.durable;
  if (plannedCheck === null || at < plannedCheck.at) return endWhenDue(room, at);
  change(room, { plannedCheck: null });
  // K8: who is not there cannot be asked.
  return subjects(room).length === 0 ? [] : begin(room, plannedCheck.by, newId(), at);
}

/** When `ringCheck` is to be called next; null when there is nothing to wait for. */
export function nextCheckBell(room: Room): Instant | null {
  const check = runningCheck(room);
  return check === null ? (room.durable.plannedCheck?.at ?? null) : dueAt(check);
}

/** K6, K7: judges only when the time was over. Nothing happens when none runs. */
export function endCheck(room: Room, reason: PresenceCheckEndReason, at: Instant): Fact[] {
  const check = runningCheck(room);
  if (check === null) return [];
  room.check = { ...check, ended: { at, reason } };
  const missed = reason === 'time-over' ? [...check.people].filter(([, one]) => isUnanswered(one)).map(([personId]) => personId) : [];
  return [{ type: 'presence-check-ended', lessonId: room.lessonId, at, checkId: check.id, reason, missed }];
}

/** K8: one that waited when the server stopped waits on, unless its time has passed. What ran then is ended by the trace. */
export function foundCheck(stored: DurableRoom, at: Instant): DurableRoom {
  const { plannedCheck } = stored;
  return plannedCheck !== null && plannedCheck.at <= at ? { ...stored, plannedCheck: null } : stored;
}

/** Could still be found to have missed it: was asked with a line that held. */
export function isUnanswered({ answered, exempt, closesAt }: AskedPerson): boolean {
  return !answered && !exempt && closesAt !== null;
}

function begin(room: Room, by: PersonId, id: string, at: Instant): Fact[] {
  const closesAt = at + answerMs;
  const asked = subjects(room);
  const people = new Map(asked.map((seat) => [seat.personId, newlyAsked(seat, closesAt)]));
  room.check = { id, by, startedAt: at, closesAt, ended: null, people };
  const personIds = asked.map(({ personId }) => personId);
  return [{ type: 'presence-check-begun', lessonId: room.lessonId, at, checkId: id, closesAt, asked: personIds, by }];
}

function newlyAsked(seat: Seat, closesAt: Instant): AskedPerson {
  const { participantId, name } = seat;
  return { participantId, name, closesAt: isLive(seat) ? closesAt : null, answered: false, left: false, exempt: false };
}

/** K2 */
function subjects(room: Room): Seat[] {
  return [...room.seats.values()].filter(({ role }) => isSubject(role));
}

function followed(room: Room, check: Check, asked: AskedPerson, fact: Fact, at: Instant): AskedPerson {
  const seat = room.seats.get(asked.participantId);
  const canAskAnew = at < check.closesAt;
  switch (fact.type) {
    case 'role-changed':
      return isSubject(fact.role) ? asked : { ...asked, exempt: true };
    case 'participant-left':
      return { ...lost(asked, at), left: asked.left || (isWithinTime(asked, at) && !lostReasons.includes(fact.reason)) };
    case 'connection-dropped':
    case 'connection-closed':
      return seat !== undefined && isLive(seat) ? asked : lost(asked, at);
    case 'connection-opened':
    case 'connection-resumed': {
      if (seat === undefined || !canAskAnew || !isLive(seat)) return asked;
      // A line that was taken over had been broken for some time, though nobody knew.
      const isOnlyOne = [...seat.connections.values()].every(({ id, line }) => id === fact.connectionId || line === null);
      return asked.closesAt === null || (fact.type === 'connection-resumed' && isOnlyOne)
        ? { ...asked, closesAt: at + answerMs, left: false }
        : asked;
    }
    default:
      return asked;
  }
}

const lostReasons: readonly LeaveReason[] = ['connection-lost', 'replaced', 'server-stopped'];

/** Whose minute is over already has missed it, whatever comes. */
function isWithinTime({ closesAt }: AskedPerson, at: Instant): boolean {
  return closesAt === null || at <= closesAt;
}

function lost(asked: AskedPerson, at: Instant): AskedPerson {
  return asked.closesAt !== null && at <= asked.closesAt ? { ...asked, closesAt: null } : asked;
}

function put(room: Room, check: Check, personId: PersonId, asked: AskedPerson): void {
  room.check = { ...check, people: new Map(check.people).set(personId, asked) };
}

function endWhenDue(room: Room, at: Instant): Fact[] {
  const check = runningCheck(room);
  return check === null || at < dueAt(check) ? [] : endCheck(room, 'time-over', at);
}

/** K6: those who are lost may come back as long as the first minute runs. */
function dueAt({ people, startedAt, closesAt }: Check): Instant {
  let due = startedAt;
  for (const asked of people.values()) {
    if (isUnanswered(asked)) due = Math.max(due, (asked.closesAt ?? closesAt) + travelMs);
    else if (!asked.answered && !asked.exempt && !asked.left) due = Math.max(due, closesAt);
  }
  return due;
}
