// Which microphones are carried to the listeners of a large room: the loudest few, changed slowly.
import type { Instant, TrackId } from '../contract/ids.ts';

export const mostHeard = 5;
/** A microphone keeps its place at least this long after it was last audible. */
export const holdMs = 2000;

/** When each carried microphone was last audible. */
export type Heard = ReadonlyMap<TrackId, Instant>;

/** `open` are the microphones that could be heard now. With `mostHeard` or fewer all are carried, so that no first syllable is lost. */
export function heardNow(before: Heard, open: readonly TrackId[], audible: readonly TrackId[], now: Instant): Heard {
  const places = new Map<TrackId, Instant>();
  const isOpen = new Set(open);
  for (const [trackId, at] of before) if (isOpen.has(trackId)) places.set(trackId, at);
  for (const trackId of audible) if (places.has(trackId)) places.set(trackId, now);

  for (const trackId of audible) {
    if (!isOpen.has(trackId) || places.has(trackId)) continue;
    if (places.size >= mostHeard && !giveUpQuietest(places, now)) break;
    places.set(trackId, now);
  }
  // Free places cost nothing and save the time that it takes to offer a track.
  for (const trackId of open) {
    if (places.size >= mostHeard) break;
    if (!places.has(trackId)) places.set(trackId, 0);
  }
  return places;
}

/** False when all were audible a moment ago. */
function giveUpQuietest(places: Map<TrackId, Instant>, now: Instant): boolean {
  let quietest: { readonly trackId: TrackId; readonly at: Instant } | null = null;
  for (const [trackId, at] of places) if (quietest === null || at < quietest.at) quietest = { trackId, at };
  if (quietest === null || now - quietest.at < holdMs) return false;
  return places.delete(quietest.trackId);
}
