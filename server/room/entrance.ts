// How a device comes in: by its key, by the rules of admission, or into the lobby. Decides and changes the room in one turn.
import type { ConnectionId, Instant } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Join } from '../contract/room.ts';
import type { RoleInLesson } from '../contract/timetable.ts';
import type { Claims } from '../edge/session.ts';
import type { Fact } from '../facts.ts';
import type { DoorRule } from '../timetable/door.ts';
import { doorTimes } from '../timetable/door.ts';
import { admission } from './admission.ts';
import { hashOf, newConnectionId, newResumeKey, participantIdOf } from './identifiers.ts';
import { noLongerWaits, wait } from './lobby.ts';
import type { Room } from './room.ts';
import { resume, takeSeat } from './seats.ts';

/** The socket on which a device comes. */
export interface Caller {
  readonly line: string;
  readonly address: string;
}

export type Entered =
  | {
      readonly state: 'in';
      readonly connectionId: ConnectionId;
      readonly resumeKey: string;
      readonly resumed: boolean;
      readonly facts: Fact[];
    }
  | { readonly state: 'waiting'; readonly facts: Fact[] };

/** Throws `Refused` with the code of the rule that keeps the person out. */
export function comeIn(room: Room, claims: Claims, join: Join, role: RoleInLesson, caller: Caller, door: DoorRule, at: Instant): Entered {
  const { personId, name, guest, session } = claims;
  const { line, address } = caller;
  const participantId = participantIdOf(room.lessonId, personId);

  if (join.resumeKey !== undefined) {
    const resumeHash = hashOf(join.resumeKey);
    const found = resume(room, { participantId, resumeHash, session, line, address, word: join.word ?? null }, at);
    if (found !== null) return { state: 'in', ...found, resumeKey: join.resumeKey, resumed: true };
  }

  const doorOpensAt = doorTimes({ ...room.plan, extendedTo: null }, role, door).opensAt;
  const decided = admission(room, { personId, participantId, guest, roleInLesson: role, consent: join.consent, doorOpensAt }, at);
  if (decided.outcome === 'refused') throw new Refused(decided.code, decided.message, decided.details);
  if (decided.outcome === 'lobby')
    return { state: 'waiting', facts: wait(room, { personId, participantId, name, why: decided.why }, { line, session }, at) };

  const resumeKey = newResumeKey();
  const connectionId = newConnectionId();
  const arrival = {
    personId,
    participantId,
    name,
    hasAccount: !guest,
    role: decided.role,
    connectionId,
    resumeHash: hashOf(resumeKey),
    session,
    line,
    word: join.resumeKey === undefined ? null : (join.word ?? null),
  };
  const facts = takeSeat(room, { ...arrival, device: join.device, address, consent: join.consent }, at);
  return { state: 'in', connectionId, resumeKey, resumed: false, facts: [...noLongerWaits(room, participantId, at), ...facts] };
}
