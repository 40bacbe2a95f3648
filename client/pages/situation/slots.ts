// The times of a day at which lessons begin, and the ones before and after the moment that is shown.
import { queryOptions } from '@tanstack/react-query';
import { situationRoutes } from '../../../server/contract/routes-situation.ts';
import type { Slots } from '../../../server/contract/situation.ts';
import { api } from '../../app/api.ts';

export type Slot = Slots['slots'][number];

export const slotsQuery = (day: string) =>
  queryOptions({
    queryKey: ['situation', 'slots', day],
    queryFn: ({ signal }) => api(situationRoutes.situationSlots, { query: { day }, signal }),
    staleTime: 60_000,
  });

/** The one whose lessons run at the moment, or the last that began before it. */
export function slotAt(slots: readonly Slot[], at: number): Slot | undefined {
  return slots.findLast(({ startsAt }) => startsAt <= at);
}

/** One slot on or back; undefined where the day has no more. */
export function steppedSlot(slots: readonly Slot[], at: number, step: -1 | 1): Slot | undefined {
  if (step === 1) return slots.find(({ startsAt }) => startsAt > at);
  const current = slotAt(slots, at);
  return current && slots[slots.indexOf(current) - 1];
}

/** On another day, the slot nearest to the same time of day. @param sameTime that time, on the other day */
export function nearestSlot(slots: readonly Slot[], sameTime: number): Slot | undefined {
  return slots.toSorted((a, b) => Math.abs(a.startsAt - sameTime) - Math.abs(b.startsAt - sameTime))[0];
}
