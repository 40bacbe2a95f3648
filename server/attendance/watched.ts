// What people watched of a class while it ran, and of its recordings afterwards, laid on the times of the lesson. Rule A21.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { clip, lengthWithin, type Stretch, union } from './stretches.ts';

export interface WatchedPart extends Stretch {
  /** When it was told. */
  readonly at: Instant;
  readonly live: boolean;
  /** How much of the lesson there was to watch by then; null where it is not told: all of it. */
  readonly watchableMs: number | null;
}

const Watched = z.object({
  ...{ recordingId: z.string(), fromMs: z.number(), toMs: z.number(), live: z.boolean() },
  // An entry of several reports says when the last of them came; that of a single one was written at once.
  toldAt: z.number().optional(),
  watchableMs: z.number().optional(),
});
const Started = z.object({ recordingId: z.string() });

/** By person, within `counted`. Class time counts from the start of its recording; of one whose start is not told, from the lesson's. */
export function watchedOf(entries: readonly StoredEntry[], counted: Stretch, now: Instant): Map<string, WatchedPart[]> {
  const startedAt = new Map<string, Instant>();
  const watched = new Map<string, WatchedPart[]>();
  for (const { at, kind, personId, detail } of entries) {
    if (kind === 'recording-started' && at <= now) startedAt.set(Started.parse(detail).recordingId, at);
    if (kind !== 'recording-watched' || personId === null) continue;
    const { recordingId, fromMs, toMs, live, toldAt = at, watchableMs = null } = Watched.parse(detail);
    if (toldAt > now) continue;
    const start = startedAt.get(recordingId) ?? counted.from;
    const part = { ...clip({ from: start + fromMs, to: start + toMs }, counted), at: toldAt, live, watchableMs };
    const parts = watched.get(personId);
    if (parts === undefined) watched.set(personId, [part]);
    else parts.push(part);
  }
  return watched;
}

/**
 * A21: of the lesson, or of what there is to watch of it when that is less, as the last who told it knew (`recorded`).
 * @param askedMs of the lesson
 */
export function watchedShare(
  parts: readonly WatchedPart[],
  counted: Stretch,
  askedMs: number,
): { readonly share: number; readonly of: 'lesson' | 'recorded' } {
  const told = parts.filter(({ watchableMs }) => watchableMs !== null);
  const last = told.reduce<WatchedPart | null>((latest, part) => (latest === null || part.at >= latest.at ? part : latest), null);
  const lengthMs = Math.min(askedMs, last?.watchableMs ?? askedMs);
  const seenMs = lengthWithin(
    onceOf(parts, () => true),
    counted,
  );
  return { share: lengthMs <= 0 ? 0 : Math.min(1, seenMs / lengthMs), of: lengthMs < askedMs ? 'recorded' : 'lesson' };
}

/** Each moment of the class once, of the parts that are asked for. */
export function onceOf(parts: readonly WatchedPart[], which: (part: WatchedPart) => boolean): Stretch[] {
  return union(parts.filter(which).map(({ from, to }) => ({ from, to })));
}
