// How often each ten seconds of a recording were played, and by how many people.
import type { Viewing } from '../../contract/viewing.ts';
import { joined, type Span } from '../../contract/watching-time.ts';

export const everyMs = 10_000;

/** Milliseconds played, by bucket, in order. What is played twice counts twice. */
export function playedOf(spans: readonly Span[]): Map<number, number> {
  const played = new Map<number, number>();
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs))
    for (let bucket = Math.floor(fromMs / everyMs); bucket * everyMs < toMs; bucket += 1) {
      const ms = Math.min(toMs, (bucket + 1) * everyMs) - Math.max(fromMs, bucket * everyMs);
      if (ms > 0) played.set(bucket, (played.get(bucket) ?? 0) + Math.round(ms));
    }
  return new Map([...played].sort(([a], [b]) => a - b));
}

/** A person is counted where they saw half of it. `watchable` in order: what lies outside it is nothing. */
export function heatOf(
  played: ReadonlyMap<number, number>,
  seen: readonly (readonly Span[])[],
  watchable: readonly Span[],
): Viewing['heat'] {
  const count = Math.ceil((watchable.at(-1)?.toMs ?? 0) / everyMs);
  const open = playedOf(watchable);
  const people = Array.from({ length: count }, () => 0);
  for (const parts of seen)
    for (const [bucket, ms] of playedOf(joined(parts, 0)))
      if (people[bucket] !== undefined && ms * 2 >= (open.get(bucket) ?? everyMs)) people[bucket] += 1;
  const plays = people.map((_, bucket) => {
    const lengthMs = open.get(bucket);
    return lengthMs === undefined ? 0 : Math.round((played.get(bucket) ?? 0) / lengthMs);
  });
  return { everyMs, plays, people };
}
