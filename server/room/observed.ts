// Who in a room knows that somebody observes it. Rules W22 and W23.
import type { ConnectionId } from '../contract/ids.ts';
import type { RoomRole } from '../contract/room.ts';
import type { ObserversTold } from '../contract/situation.ts';
import { isLeading } from '../participant/rights.ts';
import type { Room, Seat } from './room.ts';

/** Those who observe always know of one another. */
export function knowsObservers(told: ObserversTold, role: RoomRole): boolean {
  return told === 'everyone' || role === 'observer' || (told === 'teachers' && isLeading(role));
}

/** The seats that this one knows of. */
export function seatsKnownTo({ seats, observersTold }: Room, { role }: Pick<Seat, 'role'>): Seat[] {
  const all = [...seats.values()];
  return knowsObservers(observersTold, role) ? all : all.filter((seat) => seat.role !== 'observer');
}

/** The seats that everybody knows of. */
export function seatsKnownToAll({ seats, observersTold }: Room): Seat[] {
  const all = [...seats.values()];
  return observersTold === 'everyone' ? all : all.filter(({ role }) => role !== 'observer');
}

/** Devices with a live line: whose people know of observers, and whose do not. */
export interface Audience {
  readonly told: ObserversTold;
  readonly knowing: readonly ConnectionId[];
  readonly unknowing: readonly ConnectionId[];
}

/** Null: everybody knows. */
export function audienceOf({ seats, observersTold }: Room): Audience | null {
  if (observersTold === 'everyone') return null;
  const audience: Record<'knowing' | 'unknowing', ConnectionId[]> = { knowing: [], unknowing: [] };
  for (const { role, connections } of seats.values())
    for (const { id, line } of connections.values())
      if (line !== null) audience[knowsObservers(observersTold, role) ? 'knowing' : 'unknowing'].push(id);
  return { told: observersTold, ...audience };
}
