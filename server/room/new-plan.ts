// The plan changed while the room is open: another teacher, other groups. Everybody inside gets the role that they have now (C12).
import type { Instant, PersonId } from '../contract/ids.ts';
import type { RoleInLesson } from '../contract/timetable.ts';
import type { Fact } from '../facts.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import { roleOf } from './admission.ts';
import { leadOf } from './durable.ts';
import { noLongerWaits } from './lobby.ts';
import { settlePermissions } from './permissions.ts';
import { about, change, type Room, type Seat } from './room.ts';
import { supervise } from './supervision.ts';
import { release } from './tracks.ts';

/** People inside who belong no longer under the plan. What else they are in the lesson, the timetable knows. */
export function noLongerExpected({ seats, durable }: Pick<Room, 'seats' | 'durable'>, plan: RoomPlan): PersonId[] {
  const belongs = ({ personId }: Seat) => roleOf({ plan, durable }, { personId, guest: false, roleInLesson: 'none' }) !== 'guest';
  const expected = [...seats.values()].filter(({ hasAccount, role }) => hasAccount && role !== 'guest' && role !== 'observer');
  return expected.filter((seat) => !belongs(seat)).map(({ personId }) => personId);
}

/**
 * Nobody is shown out: who is on the roster no longer stays as a guest, as people do who are let in from the lobby,
 * unless `others` names a role of theirs that needs no roster.
 */
export function followPlan(room: Room, plan: RoomPlan, others: ReadonlyMap<PersonId, RoleInLesson>, by: PersonId, at: Instant): Fact[] {
  room.plan = plan;
  const facts: Fact[] = [];
  const leadId = leadOf(plan, room.durable);
  if (leadId !== room.durable.leadId) {
    change(room, { leadId });
    facts.push({ type: 'lead-changed', lessonId: room.lessonId, at, leadId, by });
  }
  for (const seat of room.seats.values()) {
    const { personId, hasAccount } = seat;
    const roleInLesson = seat.role === 'observer' ? 'observer' : (others.get(personId) ?? 'none');
    const role = roleOf(room, { personId, guest: !hasAccount, roleInLesson });
    if (role === seat.role) continue;
    seat.role = role;
    facts.push({ type: 'role-changed', ...about(room, seat, at), role, by }, ...settlePermissions(room, seat, by, at));
    if (role === 'teacher' || role === 'assistant')
      for (const track of seat.tracks.values()) facts.push(...release(room, seat, track, ['unsupervised'], at));
  }
  for (const { personId, participantId, why } of [...room.waiting.values()]) {
    const role = roleOf(room, { personId, guest: why === 'guest', roleInLesson: 'none' });
    const isExpected = role === 'teacher' || role === 'assistant' || (role === 'student' && plan.rules.lobby !== 'everyone');
    if (why !== 'guest' && isExpected) facts.push(...noLongerWaits(room, participantId, at));
  }
  return [...facts, ...supervise(room, at)];
}
