// What was changed on a lesson by hand: what the plan had said, kept beside the lesson, and the marks that people see.
import { z } from 'zod';
import type { Lesson } from '../contract/timetable.ts';

/** A key that is there is no longer decided by the plan; its value is what the plan had said when it was first changed (C9). */
export const ByHand = z.object({
  time: z.object({ startsAt: z.number(), endsAt: z.number() }).optional(),
  teacher: z.object({ id: z.string(), name: z.string() }).optional(),
  /** `id` and `name` are null without a place. */
  place: z.object({ id: z.string().nullable(), name: z.string().nullable(), mode: z.string() }).optional(),
  /** Ids, in order. */
  groups: z.array(z.string()).optional(),
  title: z.string().optional(),
  cancelled: z.literal(true).optional(),
});
export type ByHand = z.infer<typeof ByHand>;

export function byHandFrom(json: string): ByHand {
  return json === '{}' ? {} : ByHand.parse(JSON.parse(json));
}

export function marksOf({ time, teacher, place, groups }: ByHand): z.input<typeof Lesson>['marks'] {
  return [
    ...(time === undefined ? [] : [{ type: 'moved' as const, from: time.startsAt }]),
    ...(teacher === undefined ? [] : [{ type: 'substituted' as const, teacherName: teacher.name }]),
    ...(place === undefined ? [] : [{ type: 'place-changed' as const, from: place.name }]),
    ...(groups === undefined ? [] : [{ type: 'groups-changed' as const }]),
  ];
}
