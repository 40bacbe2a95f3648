// Who teaches in a lesson, and when one of them was there. Rules A18 and A19.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { type Expected, minuteMs } from './lesson.ts';
import type { Presence } from './presence.ts';
import { clip, lengthWithin, type Stretch, touches, union } from './stretches.ts';

const LeadChanged = z.object({ leadId: z.string() });

export interface Teaching {
  /** Before the start too, by who was still there when it began. Null when nobody was there within the counted span. */
  readonly firstAt: Instant | null;
  readonly delayMinutes: number;
  readonly minutes: number;
  /** Within the counted span, several people once. */
  readonly stretches: readonly Stretch[];
}

/** M6: whoever was given the lead teaches from then on. By person, since when; told by entries of the room itself. */
export function leadersOf(entries: readonly StoredEntry[], now: Instant): Map<string, Instant> {
  const leaders = new Map<string, Instant>();
  for (const { at, kind, detail } of entries) {
    if (kind !== 'lead-changed' || at > now) continue;
    const { leadId } = LeadChanged.parse(detail);
    if (!leaders.has(leadId)) leaders.set(leadId, at);
  }
  return leaders;
}

export function teachingOf(
  roster: readonly Expected[],
  leaders: ReadonlyMap<string, Instant>,
  presences: ReadonlyMap<string, Presence>,
  counted: Stretch,
): Teaching {
  const teachers = new Map<string, Instant>(leaders);
  for (const { personId, role } of roster) if (role !== 'student') teachers.set(personId, 0);
  const since = (id: string, from: Instant) =>
    (presences.get(id)?.stays ?? []).map((stay) => ({ from: Math.max(stay.from, from), to: stay.to }));
  const stays = union([...teachers].flatMap(([id, from]) => since(id, from)));
  const firstAt = stays.find((stay) => touches(stay, counted))?.from ?? null;
  return {
    firstAt,
    delayMinutes: firstAt === null ? 0 : inMinutes(Math.max(0, firstAt - counted.from)),
    minutes: inMinutes(lengthWithin(stays, counted)),
    stretches: union(stays.map((stay) => clip(stay, counted))),
  };
}

/** To a tenth. */
export function inMinutes(ms: number): number {
  return Math.round(ms / (minuteMs / 10)) / 10;
}
