// What clashes: two lessons at the same time that share a teacher, a group or a place; and when that refuses a save (C3, C4).
import type { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { Conflict, Conflicts } from '../contract/planning.ts';
import { Refused } from '../contract/reply.ts';

/** As many as a person can read; the total tells of the rest. */
export const mostShown = 50;

/** A span that somebody would like to have. */
export interface Wanted {
  /** Null: whoever teaches does not matter. */
  readonly teacherId: string | null;
  readonly groupIds: readonly string[];
  /** Null needs none. */
  readonly placeId: string | null;
  readonly startsAt: Instant;
  /** Exclusive. */
  readonly endsAt: Instant;
  /** Lessons that do not count: those that are moved away from where they are. */
  readonly exceptLessonIds?: readonly string[];
  /** Nor do those of this weekly pattern. */
  readonly exceptSeriesId?: string | null;
}

/** One lesson that is in the way of one wanted span. */
export interface Hit {
  /** Place in the list of wanted spans. */
  readonly wanted: number;
  readonly over: Conflict['over'];
  /** Of the teacher, group or place. */
  readonly id: string;
  readonly lessonId: string;
  readonly seriesId: string | null;
  readonly startsAt: Instant;
}

export type Found = z.input<typeof Conflicts>;

/** Without those that do not count, by the time that is wanted, then by that of what is there. */
export function countingHits(hits: readonly Hit[], wanted: readonly Wanted[]): Hit[] {
  const excepted = wanted.map((one) => new Set(one.exceptLessonIds));
  const counts = (hit: Hit) => {
    const seriesId = wanted[hit.wanted]?.exceptSeriesId ?? null;
    return !excepted[hit.wanted]?.has(hit.lessonId) && (seriesId === null || hit.seriesId !== seriesId);
  };
  const startOf = (hit: Hit) => wanted[hit.wanted]?.startsAt ?? 0;
  const keyOf = (hit: Hit) => `${hit.over} ${hit.id} ${hit.lessonId}`;
  return hits.filter(counts).sort((a, b) => startOf(a) - startOf(b) || a.startsAt - b.startsAt || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** C4: throws `Refused('clash')` with what clashes, unless there is nothing, or somebody who may saves in spite of it. */
export function refuseClash(found: Found, { despite, may }: { readonly despite: boolean; readonly may: boolean }): void {
  if (found.total === 0 || (despite && may)) return;
  throw new Refused('clash', `${found.total} clashes with what is planned already`, {
    conflicts: [...found.conflicts],
    total: found.total,
  });
}
