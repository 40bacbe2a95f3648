// What people watched of a class while it ran, and of its recordings afterwards, laid on the times of the lesson. Rule A21.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { clip, type Stretch, union } from './stretches.ts';

export interface WatchedPart extends Stretch {
  /** When it was told. */
  readonly at: Instant;
  readonly live: boolean;
}

const Watched = z.object({ recordingId: z.string(), fromMs: z.number(), toMs: z.number(), live: z.boolean() });
const Started = z.object({ recordingId: z.string() });

/** By person, within `counted`. Class time counts from the start of its recording; of one whose start is not told, from the lesson's. */
export function watchedOf(entries: readonly StoredEntry[], counted: Stretch, now: Instant): Map<string, WatchedPart[]> {
  const startedAt = new Map<string, Instant>();
  const watched = new Map<string, WatchedPart[]>();
  for (const { at, kind, personId, detail } of entries) {
    if (at > now) continue;
    if (kind === 'recording-started') startedAt.set(Started.parse(detail).recordingId, at);
    if (kind !== 'recording-watched' || personId === null) continue;
    const { recordingId, fromMs, toMs, live } = Watched.parse(detail);
    const start = startedAt.get(recordingId) ?? counted.from;
    const part = { ...clip({ from: start + fromMs, to: start + toMs }, counted), at, live };
    const parts = watched.get(personId);
    if (parts === undefined) watched.set(personId, [part]);
    else parts.push(part);
  }
  return watched;
}

/** Each moment of the class once, of the parts that are asked for. */
export function onceOf(parts: readonly WatchedPart[], which: (part: WatchedPart) => boolean): Stretch[] {
  return union(parts.filter(which).map(({ from, to }) => ({ from, to })));
}
