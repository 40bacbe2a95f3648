// What students may send: rules for all, exceptions by name, and muting. Rules M1 to M5.
import type { Instant, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Target } from '../contract/room.ts';
import type { Capability } from '../contract/timetable.ts';
import type { Fact } from '../facts.ts';
import { compareStanding, isSubject } from '../participant/rights.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { capabilityOf, isPermitted } from './may.ts';
import { about, actorOf, change, type Room, type Seat, targetOf } from './room.ts';
import { closeTracks, hold, release } from './tracks.ts';

/** M1, M2: `null` gives back to the more general rule: for one, the rule for all; for all, the lesson's own. */
export function permit(
  room: Room,
  ref: ConnectionRef,
  target: Target,
  capability: Capability,
  allowed: boolean | null,
  at: Instant,
): Fact[] {
  const by = actorOf(room, ref, 'forbid').personId;
  if ('all' in target) return permitAll(room, capability, allowed ?? room.plan.rules.students[capability], by, at);
  const seat = targetOf(room, target.participantId);
  if (!isSubject(seat.role)) throw new Refused('not-allowed', `a ${seat.role} is not subject to permissions`);
  const { [capability]: before, ...others } = room.durable.permissions[seat.personId] ?? {};
  if ((before ?? null) === allowed) return [];
  const own = allowed === null ? others : { ...others, [capability]: allowed };
  change(room, { permissions: { ...room.durable.permissions, [seat.personId]: own } });
  return [{ type: 'permitted', ...about(room, seat, at), capability, allowed, by }, ...settlePermissions(room, seat, by, at)];
}

function permitAll(room: Room, capability: Capability, allowed: boolean, by: PersonId, at: Instant): Fact[] {
  if (room.durable.students[capability] === allowed) return [];
  change(room, { students: { ...room.durable.students, [capability]: allowed } });
  const told: Fact = { type: 'students-permitted', lessonId: room.lessonId, at, capability, allowed, by };
  return [told, ...[...room.seats.values()].flatMap((seat) => settlePermissions(room, seat, by, at))];
}

/**
 * M3: what is forbidden falls silent at once; a screen is closed. M4: when it is allowed again it stays muted until its owner turns it on:
 * nobody's microphone or camera comes alive by another's hand, except that what ran before supervision was lost runs again.
 */
export function settlePermissions(room: Room, seat: Seat, by: PersonId, at: Instant): Fact[] {
  return [...seat.tracks.values()].flatMap((track) => {
    const capability = capabilityOf[track.source];
    if (isPermitted(room, seat, capability)) return release(room, seat, track, ['forbidden'], at);
    if (capability === 'screen') return closeTracks(room, seat, (other) => other === track, 'forbidden', at);
    const facts = hold(room, seat, track, 'forbidden', at, by);
    track.pausedBy.add('muted');
    return facts;
  });
}

/** M5: mutes microphones that are on. One's equals may be muted, one's superiors not; `all` means students and guests. */
export function mute(room: Room, ref: ConnectionRef, target: Target, at: Instant): Fact[] {
  const actor = actorOf(room, ref, 'mute');
  const seats = 'all' in target ? [...room.seats.values()].filter((seat) => isSubject(seat.role)) : [targetOf(room, target.participantId)];
  if (seats.some((seat) => compareStanding(actor.role, seat.role) < 0))
    throw new Refused('not-allowed', 'an assistant does not mute a teacher');
  return seats.flatMap((seat) =>
    [...seat.tracks.values()]
      .filter((track) => track.source === 'microphone' && !track.pausedBy.has('self'))
      .flatMap((track) => hold(room, seat, track, 'muted', at, actor.personId)),
  );
}
