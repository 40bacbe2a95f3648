// What of a room outlives the server: who leads, locks, permissions, hands, presence checks, who was let in and who is kept out.
import { z } from 'zod';
import { Instant, PersonId } from '../contract/ids.ts';
import { PlannedCheck } from '../contract/presence-check.ts';
import { Capability } from '../contract/timetable.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';

const people = z.array(PersonId);

/** Never changed in place: each change makes a new object, so that a change is seen by comparing references. */
export const DurableRoom = z.object({
  openedAt: Instant,
  leadId: PersonId,
  /** People who have the role of a teacher because they were given the lead. */
  teachers: people,
  locked: z.boolean(),
  /** Who was inside when the room was locked: the lock does not keep them from coming back. */
  insiders: people,
  students: z.record(Capability, z.boolean()),
  /** What was allowed or forbidden to someone by name. */
  permissions: z.record(PersonId, z.partialRecord(Capability, z.boolean())),
  /** Whether students may look back at the class while it runs; null: as the lesson's rules say. */
  rewind: z.boolean().nullable().default(null),
  hands: z.record(PersonId, Instant),
  admitted: people,
  turnedAway: people,
  removed: people,
  /** With its moment, which nobody is told. */
  plannedCheck: PlannedCheck.extend({ at: Instant }).nullable().default(null),
});
export type DurableRoom = Readonly<z.infer<typeof DurableRoom>>;

export function firstState(plan: RoomPlan, at: Instant): DurableRoom {
  return {
    openedAt: at,
    leadId: plan.teacherId,
    teachers: [],
    locked: false,
    insiders: [],
    students: { ...plan.rules.students },
    permissions: {},
    rewind: null,
    hands: {},
    admitted: [],
    turnedAway: [],
    removed: [],
    plannedCheck: null,
  };
}

/** A room that is found again: another may teach by now. */
export function foundState(plan: RoomPlan, stored: DurableRoom): DurableRoom {
  const leadId = leadOf(plan, stored);
  return leadId === stored.leadId ? stored : { ...stored, leadId };
}

/** Who was given the lead keeps it; else the teacher leads, who may be another than when the room was opened. */
export function leadOf(plan: RoomPlan, { leadId, teachers }: Pick<DurableRoom, 'leadId' | 'teachers'>): PersonId {
  return teachers.includes(leadId) ? leadId : plan.teacherId;
}

export function withPerson(list: readonly PersonId[], personId: PersonId): PersonId[] {
  return list.includes(personId) ? [...list] : [...list, personId];
}

export function withoutPerson(list: readonly PersonId[], personId: PersonId): PersonId[] {
  return list.filter((other) => other !== personId);
}
