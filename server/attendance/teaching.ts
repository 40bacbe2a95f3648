// Who teaches in a lesson, and when one of them was there. Rules A18 and A19.
import type { Instant } from '../contract/ids.ts';
import { type Expected, minuteMs } from './lesson.ts';
import type { Presence } from './presence.ts';
import { clip, lengthWithin, type Stretch, touches, union } from './stretches.ts';

export interface Teaching {
  /** Before the start too, by who was still there when it began. Null when nobody was there within the counted span. */
  readonly firstAt: Instant | null;
  readonly delayMinutes: number;
  readonly minutes: number;
  /** Within the counted span, several people once. */
  readonly stretches: readonly Stretch[];
}

export function teachingOf(roster: readonly Expected[], presences: ReadonlyMap<string, Presence>, counted: Stretch): Teaching {
  const expected = roster.filter(({ role }) => role !== 'student').map(({ personId }) => personId);
  // M6: whoever is given the lead is a teacher of the room.
  const leading = [...presences].filter(([, { role }]) => role === 'teacher' || role === 'assistant').map(([id]) => id);
  const teachers = new Set([...expected, ...leading]);
  const stays = union([...teachers].flatMap((id) => presences.get(id)?.stays ?? []));
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
