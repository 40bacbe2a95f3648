// Tracks of a room: publishing, pausing, closing, and one screen at a time. Rules R8 to R12.
import { isAtLeast } from '../contract/capacity.ts';
import type { Instant, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { PauseReason, TrackCloseReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { Fact } from '../facts.ts';
import { actionOfCapability, compareStanding, isSubject, roleMay } from '../participant/rights.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { capabilityOf, isPermitted } from './may.ts';
import { about, type Room, type Seat, seatOf, type Track } from './room.ts';

const isScreen = (track: Track): boolean => capabilityOf[track.source] === 'screen';

/** Asked before the media engine is troubled; throws `Refused`. */
export function checkMayPublish(room: Room, ref: ConnectionRef, source: TrackSource): Seat {
  const seat = seatOf(room, ref);
  const capability = capabilityOf[source];
  if (!roleMay(seat.role, actionOfCapability[capability])) throw new Refused('not-allowed', `a ${seat.role} sends no media`);
  if (!isPermitted(room, seat, capability)) throw new Refused(`${capability}-forbidden`, `no ${capability} just now`);
  const isNew = ![...seat.tracks.values()].some(
    (track) => track.source === source && track.connectionId === ref.connectionId && isShown(track),
  );
  if (source === 'camera' && isNew) checkRoomForCamera(room, seat);
  return seat;
}

/** B13: under pressure students and guests turn no further camera on; another device for one that is on already is no further one. */
function checkRoomForCamera(room: Room, seat: Seat): void {
  if (!isSubject(seat.role) || !isAtLeast(room.pressure, 'no-new-cameras')) return;
  throw new Refused('capacity-cameras', 'the server is near what it can carry');
}

/** Its owner wants it to be seen. */
const isShown = (track: Track): boolean => !track.pausedBy.has('self') && !track.pausedBy.has('muted');

/** R8: what is forbidden cannot be published; without supervision a student's track begins paused and comes alive by itself. */
export function publish(
  room: Room,
  ref: ConnectionRef,
  wanted: { readonly trackId: TrackId; readonly source: TrackSource; readonly paused: boolean },
  at: Instant,
): Fact[] {
  const { trackId, source, paused } = wanted;
  const seat = checkMayPublish(room, ref, source);
  if (seat.tracks.has(trackId)) throw new Refused('conflict', 'this track is published already');
  const facts = capabilityOf[source] === 'screen' ? takeScreen(room, seat, ref, at) : [];
  // R9: a device has one track of each source; a new one takes the place of the one before.
  facts.push(...closeTracks(room, seat, (track) => track.connectionId === ref.connectionId && track.source === source, 'unpublished', at));
  const pausedBy = new Set<PauseReason>();
  if (paused) pausedBy.add('self');
  if (isSubject(seat.role) && !room.supervised) pausedBy.add('unsupervised');
  seat.tracks.set(trackId, { id: trackId, source, connectionId: ref.connectionId, pausedBy });
  facts.push({
    type: 'track-published',
    ...about(room, seat, at),
    connectionId: ref.connectionId,
    trackId,
    source,
    pausedBy: [...pausedBy],
  });
  return facts;
}

/** R10: one screen at a time. Who stands above the one who shows takes over; equals are refused until it is free. */
function takeScreen(room: Room, seat: Seat, ref: ConnectionRef, at: Instant): Fact[] {
  const facts: Fact[] = [];
  for (const other of room.seats.values()) {
    if (other === seat || ![...other.tracks.values()].some(isScreen)) continue;
    if (compareStanding(seat.role, other.role) <= 0) throw new Refused('screen-taken', 'someone else shows their screen');
    facts.push(...closeTracks(room, other, isScreen, 'forbidden', at));
  }
  const onAnotherDevice = (track: Track): boolean => isScreen(track) && track.connectionId !== ref.connectionId;
  return [...facts, ...closeTracks(room, seat, onAnotherDevice, 'unpublished', at)];
}

/** R11: the owner turns their own track off and on; on is refused while something else than a past mute holds it. */
export function setPaused(room: Room, ref: ConnectionRef, trackId: TrackId, paused: boolean, at: Instant): Fact[] {
  const { seat, track } = ownTrack(room, ref, trackId);
  if (paused) return hold(room, seat, track, 'self', at, seat.personId);
  if (track.pausedBy.has('forbidden')) throw new Refused(`${capabilityOf[track.source]}-forbidden`, 'forbidden just now');
  if (track.pausedBy.has('unsupervised')) throw new Refused('unsupervised', 'no teacher or assistant is in the room');
  if (track.source === 'camera' && !isShown(track)) checkRoomForCamera(room, seat);
  return release(room, seat, track, ['self', 'muted'], at);
}

/** R12: the sound of a screen ends with its picture. */
export function closeOwn(room: Room, ref: ConnectionRef, trackId: TrackId, reason: TrackCloseReason, at: Instant): Fact[] {
  const { seat, track } = ownTrack(room, ref, trackId);
  const together =
    track.source === 'screen'
      ? (other: Track) => isScreen(other) && other.connectionId === track.connectionId
      : (other: Track) => other === track;
  return closeTracks(room, seat, together, reason, at);
}

/** Everything at once, for a room whose media broke. */
export function closeAllTracks(room: Room, reason: TrackCloseReason, at: Instant): Fact[] {
  return [...room.seats.values()].flatMap((seat) => closeTracks(room, seat, () => true, reason, at));
}

export function closeTracks(room: Room, seat: Seat, which: (track: Track) => boolean, reason: TrackCloseReason, at: Instant): Fact[] {
  return [...seat.tracks.values()].filter(which).map((track) => {
    seat.tracks.delete(track.id);
    return { type: 'track-closed', ...ofTrack(room, seat, track, at), reason };
  });
}

export function hold(room: Room, seat: Seat, track: Track, reason: PauseReason, at: Instant, byPerson: PersonId | null): Fact[] {
  if (track.pausedBy.has(reason)) return [];
  track.pausedBy.add(reason);
  return [{ type: 'track-paused', ...ofTrack(room, seat, track, at), by: reason, byPerson }];
}

export function release(room: Room, seat: Seat, track: Track, reasons: readonly PauseReason[], at: Instant): Fact[] {
  const released = reasons.filter((reason) => track.pausedBy.delete(reason));
  if (released.length === 0) return [];
  return [{ type: 'track-resumed', ...ofTrack(room, seat, track, at), pausedBy: [...track.pausedBy] }];
}

function ownTrack(room: Room, ref: ConnectionRef, trackId: TrackId): { readonly seat: Seat; readonly track: Track } {
  const seat = seatOf(room, ref);
  const track = seat.tracks.get(trackId);
  if (track?.connectionId !== ref.connectionId) throw new Refused('not-found', 'no such track of this device');
  return { seat, track };
}

function ofTrack(room: Room, seat: Seat, track: Track, at: Instant) {
  return { ...about(room, seat, at), connectionId: track.connectionId, trackId: track.id, source: track.source };
}
