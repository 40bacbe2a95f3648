// Where in a track its feed is: what comes next, and when another place must be entered.
import type { RecordingPart } from '../../server/contract/recording.ts';
import { nextPart, partAt } from './parts.ts';

/** What should be there. */
export type Wish = { readonly fromMs: number; readonly untilMs: number };

/** `fragment` of `part` is the next to be appended. */
export type Place = {
  part: RecordingPart;
  fragment: number;
  isInitialised: boolean;
  /** What is before was never asked for. */
  readonly beganAtMs: number;
  heldToMs: number;
};

export function partFrom(parts: readonly RecordingPart[], ms: number): RecordingPart | undefined {
  return partAt(parts, ms) ?? nextPart(parts, ms);
}

/** As the manifest says now: it may have grown, or end earlier. */
export function currentPart(parts: readonly RecordingPart[], { file, startMs }: RecordingPart): RecordingPart | undefined {
  return parts.find((part) => part.file === file && part.startMs === startMs);
}

/** On to the next part; false when there is none yet. */
export function leavePart(place: Place, parts: readonly RecordingPart[]): boolean {
  const next = nextPart(parts, place.part.startMs);
  if (!next) return false;
  // Several parts of one file have one beginning.
  place.isInitialised &&= next.file === place.part.file;
  place.part = next;
  place.fragment = 0;
  return true;
}

/** The moment lies before what is held, or so far behind it that filling up would take longer than beginning anew. */
export function isElsewhere(place: Place, parts: readonly RecordingPart[], ms: number, removedToMs: number): boolean {
  if (ms < Math.max(place.beganAtMs, removedToMs)) return true;
  const part = partFrom(parts, ms);
  if (!part) return false;
  if (part.startMs > place.part.startMs) return ms > place.heldToMs + 2000;
  return ms > Math.max(place.heldToMs, part.startMs) + 8000;
}
