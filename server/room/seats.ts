// Seats and the devices on them: taking, dropping, resuming, leaving. Rules R1 to R6.

import type { ConnectionId, Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import type { DeviceWord, LineEvidence } from '../contract/line-evidence.ts';
import type { LeaveReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';
import type { Fact } from '../facts.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { about, type Connection, change, type Room, type Seat, seatOf } from './room.ts';
import { supervise } from './supervision.ts';
import { closeTracks } from './tracks.ts';

/** A participant's devices, live and dropped together. */
export const maximumDevices = 8;

export interface Arrival {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly hasAccount: boolean;
  readonly role: RoomRole;
  readonly connectionId: ConnectionId;
  readonly resumeHash: string;
  readonly session?: string | undefined;
  readonly line: string;
  readonly device: string;
  readonly address: string;
  readonly consent: boolean;
  /** G8: what a device says of a gap that was too long for its place. */
  readonly word?: DeviceWord | null;
}

/** Whether a sign-in has ended, by the hash of its token. */
export type IsOver = (session: string | undefined) => boolean;

/** R1: a further device of the same person is the same participant. Throws `too-many-requests` when all their devices are live. */
export function takeSeat(room: Room, arrival: Arrival, at: Instant): Fact[] {
  const facts: Fact[] = [];
  const seated = room.seats.get(arrival.participantId);
  if (seated !== undefined) facts.push(...makePlace(room, seated, at));
  const seat = seated ?? newSeat(arrival, at);
  if (seated === undefined) {
    room.seats.set(seat.participantId, seat);
    facts.push({ type: 'participant-joined', ...about(room, seat, at), name: seat.name, role: seat.role });
    if (arrival.consent) facts.push({ type: 'consented', ...about(room, seat, at) });
  }
  const { connectionId, resumeHash, session, line, device, address, word } = arrival;
  seat.connections.set(connectionId, { id: connectionId, resumeHash, session, line, droppedAt: 0, lostBy: null, hidden: false });
  room.losses.here(connectionId, address);
  facts.push({ type: 'connection-opened', ...about(room, seat, at), connectionId, device, address, ...(word && { word }) });
  return [...facts, ...supervise(room, at)];
}

function newSeat(arrival: Arrival, at: Instant): Seat {
  const { personId, participantId, name, hasAccount, role } = arrival;
  return { personId, participantId, name, hasAccount, role, joinedAt: at, connections: new Map(), tracks: new Map() };
}

function makePlace(room: Room, seat: Seat, at: Instant): Fact[] {
  if (seat.connections.size < maximumDevices) return [];
  const dropped = [...seat.connections.values()].find((connection) => connection.line === null);
  if (dropped === undefined) throw new Refused('too-many-requests', `at most ${maximumDevices} devices`);
  return closeConnection(room, seat, dropped, 'replaced', at, null);
}

/** What the server has seen of a line before it was lost. */
export type SeenOfLine = Omit<LineEvidence, 'hidden'>;

/** R3, G1: a lost line is not a leave; seat, hand and tracks are kept for the grace period. A line that was replaced meanwhile changes nothing. */
export function drop(room: Room, ref: ConnectionRef, line: string, seen: SeenOfLine, at: Instant, graceMs: number): Fact[] {
  const connection = room.seats.get(ref.participantId)?.connections.get(ref.connectionId);
  if (connection === undefined || connection.line !== line) return [];
  connection.line = null;
  connection.droppedAt = at;
  connection.lostBy = seen.cause;
  room.losses.lost(connection.id, room.lessonId, at);
  const evidence = { ...seen, hidden: connection.hidden };
  return [{ type: 'connection-dropped', ...ref, at, graceUntil: at + graceMs, line: evidence }, ...supervise(room, at)];
}

/** R4: whoever shows the key gets the device's place back, also when the old line still looks alive. Null when the key opens nothing. */
export function resume(
  room: Room,
  who: {
    readonly participantId: ParticipantId;
    readonly resumeHash: string;
    readonly session: string | undefined;
    readonly line: string;
    readonly address: string;
    readonly word: DeviceWord | null;
  },
  at: Instant,
): { readonly connectionId: ConnectionId; readonly facts: Fact[] } | null {
  const seat = room.seats.get(who.participantId);
  const connection = [...(seat?.connections.values() ?? [])].find((one) => one.resumeHash === who.resumeHash);
  if (seat === undefined || connection === undefined) return null;
  const gapMs = connection.line === null ? at - connection.droppedAt : 0;
  connection.line = who.line;
  connection.session = who.session;
  const beside = room.losses.over(connection.id, room.lessonId, at);
  room.losses.here(connection.id, who.address);
  const of = { ...about(room, seat, at), connectionId: connection.id };
  const resumed: Fact = { type: 'connection-resumed', ...of, gapMs, beside, word: who.word };
  return { connectionId: connection.id, facts: [resumed, ...supervise(room, at)] };
}

/** Whether a device that shows this key, by this sign-in, would get a place back (R4). */
export function hasPlace(room: Room, device: { participantId: ParticipantId; resumeHash: string; session: string | undefined }): boolean {
  const connections = [...(room.seats.get(device.participantId)?.connections.values() ?? [])];
  return connections.some(({ resumeHash, session }) => resumeHash === device.resumeHash && session === device.session);
}

/** R5: the grace period is over. Nothing happens when the device has come back. G3: a browser that said it closes the page meant it. */
export function expire(room: Room, ref: ConnectionRef, at: Instant): Fact[] {
  const seat = room.seats.get(ref.participantId);
  const connection = seat?.connections.get(ref.connectionId);
  if (seat === undefined || connection === undefined || connection.line !== null) return [];
  const reason = connection.lostBy === 'closed-page' ? 'closed-page' : 'connection-lost';
  return [...closeConnection(room, seat, connection, reason, at, null), ...supervise(room, at)];
}

/** G7: told only when it changes. */
export function pageSeen(room: Room, ref: ConnectionRef, seen: boolean, at: Instant): Fact[] {
  const seat = seatOf(room, ref);
  const connection = seat.connections.get(ref.connectionId);
  if (connection === undefined || connection.hidden !== seen) return [];
  connection.hidden = !seen;
  return [{ type: seen ? 'page-shown' : 'page-hidden', ...about(room, seat, at), connectionId: connection.id }];
}

/** One device goes by itself; the participant stays while another device is there. A line that was replaced meanwhile changes nothing. */
export function leave(room: Room, ref: ConnectionRef, reason: LeaveReason, line: string, at: Instant): Fact[] {
  const seat = seatOf(room, ref);
  const connection = seat.connections.get(ref.connectionId);
  if (connection === undefined || connection.line !== line) return [];
  return [...closeConnection(room, seat, connection, reason, at, null), ...supervise(room, at)];
}

/** All devices of a participant; the caller settles supervision. */
export function closeSeat(room: Room, seat: Seat, reason: LeaveReason, at: Instant, by: PersonId | null): Fact[] {
  return [...seat.connections.values()].flatMap((connection) => closeConnection(room, seat, connection, reason, at, by));
}

/** Those devices of a participant that came by such a sign-in; the caller settles supervision. */
export function closeSignedOut(room: Room, seat: Seat, isOver: IsOver, at: Instant): Fact[] {
  const over = [...seat.connections.values()].filter(({ session }) => isOver(session));
  return over.flatMap((connection) => closeConnection(room, seat, connection, 'signed-out', at, null));
}

function closeConnection(room: Room, seat: Seat, connection: Connection, reason: LeaveReason, at: Instant, by: PersonId | null): Fact[] {
  const facts = closeTracks(room, seat, (track) => track.connectionId === connection.id, 'connection-ended', at);
  seat.connections.delete(connection.id);
  const beside = connection.line === null ? room.losses.over(connection.id, room.lessonId, at) : null;
  room.losses.gone(connection.id);
  facts.push({ type: 'connection-closed', ...about(room, seat, at), connectionId: connection.id, reason, beside });
  if (seat.connections.size > 0) return facts;
  room.seats.delete(seat.participantId);
  // R6: a hand goes with its owner, but not with the server: after a restart it is found again.
  if (reason !== 'server-stopped' && seat.personId in room.durable.hands) {
    const { [seat.personId]: _, ...hands } = room.durable.hands;
    change(room, { hands });
  }
  facts.push({ type: 'participant-left', ...about(room, seat, at), reason, by });
  return facts;
}
