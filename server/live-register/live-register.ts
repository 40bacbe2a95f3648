// Who of the expected is here and who is missing, at this moment. Rules K10 and K11; pure.

import type { Instant } from '../contract/ids.ts';
import type { LiveRegister } from '../contract/live-register.ts';
import type { RoomPerson } from '../room/views.ts';
import type { RosterEntry } from '../timetable/room-plan.ts';
import type { Gone } from './whereabouts.ts';

export interface Seen {
  readonly roster: readonly RosterEntry[];
  readonly inRoom: readonly RoomPerson[];
  readonly gone: ReadonlyMap<string, Gone>;
  /** When each person was called last. */
  readonly called: ReadonlyMap<string, Instant>;
}
type Missing = LiveRegister['missing'][number];

/** Nobody is called more often. */
export const callEveryMs = 5 * 60_000;

export function liveRegisterOf({ roster, inRoom, gone, called }: Seen): Omit<LiveRegister, 'mayCall'> {
  const students = roster.filter(({ role }) => role === 'student');
  const inside = new Map(inRoom.map((person) => [person.personId, person]));
  const missing = students.flatMap(({ personId, name, groups }): Missing[] => {
    const where = whereIs(inside.get(personId), gone.get(personId));
    return where === null ? [] : [{ personId, name, groups: [...groups], ...where, calledAt: called.get(personId) ?? null }];
  });
  const expected = new Set(roster.map(({ personId }) => personId));
  const isGuest = ({ personId, role, state }: RoomPerson) =>
    !expected.has(personId) && state !== 'waiting' && (role === 'guest' || role === 'student');
  return {
    expected: students.length,
    here: students.length - missing.length,
    missing,
    guests: inRoom.filter(isGuest).map(({ personId, name, state }) => ({ personId, name, here: state === 'here' })),
  };
}

/** Null: here. */
function whereIs(inside: RoomPerson | undefined, gone: Gone | undefined): Pick<Missing, 'state' | 'since'> | null {
  if (inside?.state === 'here') return null;
  if (inside !== undefined) return { state: inside.state, since: inside.since };
  return gone === undefined ? { state: 'not-come', since: null } : { state: gone.how, since: gone.at };
}

/** Whoever waits in the lobby is called by being let in. */
export function toCall(
  missing: LiveRegister['missing'],
  wanted: 'all' | readonly string[],
  now: Instant,
): { readonly people: readonly Missing[]; readonly tooSoon: number } {
  const meant = missing.filter(({ personId, state }) => state !== 'waiting' && (wanted === 'all' || wanted.includes(personId)));
  const people = meant.filter(({ calledAt }) => calledAt === null || calledAt + callEveryMs <= now);
  return { people, tooSoon: meant.length - people.length };
}
