// The times of a day at which lessons begin, as a list to choose from.
import type { Slots } from '../contract/situation.ts';
import { endOf } from '../timetable/door.ts';
import type { PlannedLesson } from './lesson.ts';

/** In order; a slot ends with its last lesson. */
export function slotsOf(lessons: readonly PlannedLesson[]): Slots['slots'] {
  const slots = new Map<number, Slots['slots'][number]>();
  for (const lesson of lessons) {
    const { startsAt } = lesson;
    const slot = slots.get(startsAt) ?? { startsAt, endsAt: startsAt, lessons: 0 };
    slots.set(startsAt, { startsAt, endsAt: Math.max(slot.endsAt, endOf(lesson)), lessons: slot.lessons + 1 });
  }
  return [...slots.values()].sort((a, b) => a.startsAt - b.startsAt);
}
