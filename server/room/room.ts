// A live room as the domain sees it: plain data that the functions of this folder change synchronously, returning facts.
import type { Pressure } from '../contract/capacity.ts';
import type { ConnectionId, Instant, LessonId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { LossCause, PauseReason, RoomCloseReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { Action, RoomRole, WaitingView } from '../contract/room.ts';
import type { ObserversTold } from '../contract/situation.ts';
import { roleMay } from '../participant/rights.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import type { Check } from './checks.ts';
import type { ConnectionRef } from './connection-ref.ts';
import type { DurableRoom } from './durable.ts';
import { Losses } from './lost-beside.ts';

export interface Track {
  readonly id: TrackId;
  readonly source: TrackSource;
  readonly connectionId: ConnectionId;
  /** Live when empty. */
  readonly pausedBy: Set<PauseReason>;
}

/** One device. */
export interface Connection {
  readonly id: ConnectionId;
  readonly resumeHash: string;
  /** By which sign-in it came, also when it came back; guests have none. */
  session: string | undefined;
  /** The socket that carries it; null while it is lost. */
  line: string | null;
  droppedAt: Instant;
  /** How it was lost last; null before the first time. */
  lostBy: LossCause | null;
  /** Its page is not to be seen, as it last said; kept over a gap. */
  hidden: boolean;
}

/** One participant: a person in the room, whatever the number of devices; at least one, live or dropped. */
export interface Seat {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly name: string;
  /** False for guests, who have come by a link. */
  readonly hasAccount: boolean;
  role: RoomRole;
  readonly joinedAt: Instant;
  readonly connections: Map<ConnectionId, Connection>;
  readonly tracks: Map<TrackId, Track>;
}

export interface Waiting {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly since: Instant;
  readonly why: WaitingView['why'];
  /** The sockets that wait; the person gives up when the last is gone. */
  readonly lines: Set<string>;
  /** By which sign-ins they came. */
  readonly sessions: Set<string | undefined>;
}

/** `note`: why, where somebody ended the class from outside (M16). */
export interface Closing {
  readonly reason: RoomCloseReason;
  readonly by: PersonId | null;
  readonly note?: string | undefined;
}

export interface Room {
  readonly lessonId: LessonId;
  plan: RoomPlan;
  durable: DurableRoom;
  readonly seats: Map<ParticipantId, Seat>;
  readonly waiting: Map<ParticipantId, Waiting>;
  /** Lost lines of all rooms of the server. */
  readonly losses: Losses;
  /** W22: who knows that somebody observes it. */
  readonly observersTold: ObserversTold;
  /** A teacher or an assistant is here with a live line. */
  supervised: boolean;
  isOpen: boolean;
  /** The presence check that runs, or the last one. */
  check: Check | null;
  /** What the room does without, for the server is near what it can carry. */
  pressure: Pressure;
}

export function emptyRoom(plan: RoomPlan, durable: DurableRoom, losses = new Losses(), observersTold: ObserversTold = 'everyone'): Room {
  const { lessonId } = plan;
  const nobody = { seats: new Map(), waiting: new Map(), supervised: false };
  return { lessonId, plan, durable, losses, observersTold, ...nobody, isOpen: true, check: null, pressure: 'none' };
}

export function change(room: Room, part: Partial<DurableRoom>): void {
  room.durable = { ...room.durable, ...part };
}

export function isLive(seat: Seat): boolean {
  for (const connection of seat.connections.values()) if (connection.line !== null) return true;
  return false;
}

/** R2: whose connection is gone has no say any more. Throws `seat-lost`. */
export function seatOf(room: Room, ref: ConnectionRef): Seat {
  const seat = room.seats.get(ref.participantId);
  if (!seat?.connections.has(ref.connectionId)) throw new Refused('seat-lost', 'this device has no seat in the room');
  return seat;
}

/** The asking participant, when their role has the right. */
export function actorOf(room: Room, ref: ConnectionRef, action: Action): Seat {
  const seat = seatOf(room, ref);
  if (!roleMay(seat.role, action)) throw new Refused('not-allowed', `a ${seat.role} has no right to ${action}`);
  return seat;
}

/** The participant that an action is aimed at. */
export function targetOf(room: Room, participantId: ParticipantId): Seat {
  const seat = room.seats.get(participantId);
  if (seat === undefined) throw new Refused('not-found', 'no such participant in the room');
  return seat;
}

/** The keys that every fact about a person carries. */
export function about(room: Room, person: { readonly personId: PersonId; readonly participantId: ParticipantId }, at: Instant) {
  return { lessonId: room.lessonId, at, personId: person.personId, participantId: person.participantId };
}
