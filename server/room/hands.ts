// Raised hands: a queue in the order of raising. Rule R13.
import type { Instant, ParticipantId, PersonId } from '../contract/ids.ts';
import type { Target } from '../contract/room.ts';
import type { Fact } from '../facts.ts';
import { isSubject } from '../participant/rights.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { isPermitted } from './may.ts';
import { permit } from './permissions.ts';
import { about, actorOf, change, type Room, type Seat, targetOf } from './room.ts';

export function handOf(room: Room, seat: Seat): Instant | null {
  return room.durable.hands[seat.personId] ?? null;
}

/** Raising a raised hand keeps its place in the queue. */
export function raiseHand(room: Room, ref: ConnectionRef, raised: boolean, at: Instant): Fact[] {
  const seat = actorOf(room, ref, 'raise-hand');
  if (!raised) return lowered(room, seat, seat.personId, at);
  if (handOf(room, seat) !== null) return [];
  // Two hands in the same millisecond still have an order.
  const latest = Math.max(0, ...Object.values(room.durable.hands));
  change(room, { hands: { ...room.durable.hands, [seat.personId]: Math.max(at, latest + 1) } });
  return [{ type: 'hand-raised', ...about(room, seat, at) }];
}

export function lowerHands(room: Room, ref: ConnectionRef, target: Target, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'lower-hand').personId;
  const seats = 'all' in target ? [...room.seats.values()] : [targetOf(room, target.participantId)];
  return seats.flatMap((seat) => lowered(room, seat, by, at));
}

/** R13: the next in the queue may speak: the microphone is permitted, the hand comes down, and the person is told. */
export function giveFloor(room: Room, ref: ConnectionRef, participantId: ParticipantId, at: Instant): Fact[] {
  const by = actorOf(room, ref, 'forbid').personId;
  const seat = targetOf(room, participantId);
  const silenced = isSubject(seat.role) && !isPermitted(room, seat, 'microphone');
  return [
    ...(silenced ? permit(room, ref, { participantId }, 'microphone', true, at) : []),
    { type: 'floor-given', ...about(room, seat, at), by },
    ...lowered(room, seat, by, at),
  ];
}

function lowered(room: Room, seat: Seat, by: PersonId, at: Instant): Fact[] {
  if (handOf(room, seat) === null) return [];
  const { [seat.personId]: _, ...hands } = room.durable.hands;
  change(room, { hands });
  return [{ type: 'hand-lowered', ...about(room, seat, at), by }];
}
