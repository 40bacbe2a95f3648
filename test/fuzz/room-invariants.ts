// What must hold in a room after whatever has happened.
import { isLeading, isSubject, roleMay } from '../../server/participant/rights.ts';
import { capabilityOf, isPermitted } from '../../server/room/may.ts';
import { isLive, type Room } from '../../server/room/room.ts';
import { maximumDevices } from '../../server/room/seats.ts';
import type { Witness } from '../support/witness.ts';

/** The broken ones, in words. */
export function brokenIn(room: Room, witness: Witness): string[] {
  const broken: string[] = [...witness.contradictions];
  const must = (holds: boolean, otherwise: string) => {
    if (!holds) broken.push(otherwise);
  };
  const seats = [...room.seats.values()];
  const lines = seats.flatMap((seat) => [...seat.connections.values()].map(({ line }) => line)).filter((line) => line !== null);

  must(new Set(lines).size === lines.length, 'two devices share a line');
  must(room.supervised === seats.some((seat) => isLeading(seat.role) && isLive(seat)), 'supervision is wrong');
  must(
    seats.filter((seat) => [...seat.tracks.values()].some(({ source }) => capabilityOf[source] === 'screen')).length <= 1,
    'two people show a screen',
  );
  must(
    room.losses.size.devices === seats.reduce((sum, seat) => sum + seat.connections.size, 0),
    'devices that are gone are counted on networks',
  );
  const counted = seats.filter((seat) => isSubject(seat.role)).length;
  must(counted <= room.plan.rules.capacity, 'more students than the room holds');

  for (const seat of seats) {
    const who = seat.personId;
    must(seat.connections.size > 0 && seat.connections.size <= maximumDevices, `${who} sits without a device, or with too many`);
    must(!room.durable.removed.includes(who), `${who} was removed and sits here`);
    must(!room.waiting.has(seat.participantId), `${who} sits and waits`);
    must(roleMay(seat.role, 'raise-hand') || !(who in room.durable.hands), `${who} has a hand and may not`);
    for (const track of seat.tracks.values()) {
      const live = track.pausedBy.size === 0;
      const capability = capabilityOf[track.source];
      must(seat.connections.has(track.connectionId), `a ${track.source} of a device that is gone`);
      must(isPermitted(room, seat, capability) || (!live && capability !== 'screen'), `${who} sends a ${track.source} that is forbidden`);
      must(isPermitted(room, seat, capability) === !track.pausedBy.has('forbidden'), `the ${track.source} of ${who} is wrongly held`);
      must(
        !isSubject(seat.role) || room.supervised !== track.pausedBy.has('unsupervised'),
        `the ${track.source} of ${who} is wrongly supervised`,
      );
      must(isSubject(seat.role) || !track.pausedBy.has('unsupervised'), `a leader’s ${track.source} waits for supervision`);
      const heard = witness.tracks.get(track.id);
      must(
        heard !== undefined && heard.live === live && heard.participantId === seat.participantId,
        `facts tell another story of a ${track.source}`,
      );
    }
  }

  must(witness.tracks.size === seats.reduce((sum, seat) => sum + seat.tracks.size, 0), 'facts tell of other tracks');
  must(witness.supervised === room.supervised, 'facts tell another story of supervision');
  must(witness.waiting.size === room.waiting.size, 'facts tell another story of the lobby');
  must(witness.present.size === seats.length, 'facts tell of other people');
  for (const seat of seats) {
    const devices = witness.present.get(seat.participantId);
    for (const { id, line, hidden } of seat.connections.values()) {
      must(devices?.get(id) === (line !== null), 'facts tell another story of a device');
      must(witness.hidden.has(id) === hidden, 'facts tell another story of a page');
    }
    must(devices?.size === seat.connections.size, 'facts tell of other devices');
  }
  return broken;
}
