// What a participant may send: by role, by name, by the rule for all students, and by supervision.
import type { TrackSource } from '../contract/media.ts';
import type { Action } from '../contract/room.ts';
import { Capability } from '../contract/timetable.ts';
import { actionOfCapability, isSubject, roleMay } from '../participant/rights.ts';
import type { Room, Seat } from './room.ts';

export const capabilityOf: Readonly<Record<TrackSource, Exclude<Capability, 'chat'>>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'screen',
};

/** Supervision aside. */
export function isPermitted(room: Room, seat: Seat, capability: Capability): boolean {
  if (!roleMay(seat.role, actionOfCapability[capability])) return false;
  if (!isSubject(seat.role)) return true;
  return room.durable.permissions[seat.personId]?.[capability] ?? room.durable.students[capability];
}

/** All rules taken together. */
export function mayNow(room: Room, seat: Seat, capability: Capability): boolean {
  return isPermitted(room, seat, capability) && (capability === 'chat' || room.supervised || !isSubject(seat.role));
}

/** Any action, as things stand at this moment. */
export function mayDo(room: Room, seat: Seat, action: Action): boolean {
  const capability = Capability.options.find((each) => actionOfCapability[each] === action);
  return capability === undefined ? roleMay(seat.role, action) : mayNow(room, seat, capability);
}
