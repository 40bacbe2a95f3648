// Who speaks, told by how much sound there is to keep: Opus spends few bytes on silence.
import type { Fragment } from './fragments.ts';

/** Bytes for a millisecond of sound, container included: silence stays well below, speech well above. */
const speechBytesPerMs = 1.6;
/** Half a sentence: shorter sounds are coughs and chairs. */
const windowMs = 1500;

export function loudness(fragments: readonly Fragment[], ms: number): number {
  let bytes = 0;
  let lengthMs = 0;
  for (const fragment of fragments) {
    if (fragment.toMs <= ms - windowMs / 2 || fragment.fromMs >= ms + windowMs / 2) continue;
    bytes += fragment.bytes;
    lengthMs += fragment.toMs - fragment.fromMs;
  }
  return lengthMs === 0 ? 0 : bytes / lengthMs;
}

export type Voice<Id> = { readonly id: Id; readonly loudness: number };

/** Whoever speaks now keeps the place until silent or clearly drowned out, so that the picture does not flicker. */
export function nextSpeaker<Id>(voices: readonly Voice<Id>[], current: Id | null): Id | null {
  const loudest = voices.filter((voice) => voice.loudness >= speechBytesPerMs).toSorted((a, b) => b.loudness - a.loudness)[0];
  if (!loudest) return current;
  const held = voices.find(({ id }) => id === current);
  const isStillHeard = held !== undefined && held.loudness >= speechBytesPerMs && loudest.loudness < held.loudness * 1.5;
  return isStillHeard ? current : loudest.id;
}
