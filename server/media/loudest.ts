// Which microphones are carried to the listeners when more are open than can be followed: the loudest few.
import type { Instant, TrackId } from '../contract/ids.ts';

export const mostHeard = 5;
/** The gap between two words: a microphone that is silent for longer gives its place to anybody who speaks. */
export const wordGapMs = 500;
/** Among those who all speak, the louder one takes the place of the quietest only when clearly louder… */
export const louderByDecibels = 6;
/** …and when that one has had it for so long: else they would change places with every word. */
export const leastStayMs = 600;

interface Place {
  /** When it got the place by being audible; −∞ when it was only given a free one. */
  readonly since: Instant;
  readonly audibleAt: Instant;
  readonly decibels: number;
}

/** The microphones that are carried. */
export type Heard = ReadonlyMap<TrackId, Place>;

interface Level {
  readonly trackId: TrackId;
  /** −127 (silent) to 0 dBov. */
  readonly decibels: number;
}

const unused: Place = { since: Number.NEGATIVE_INFINITY, audibleAt: Number.NEGATIVE_INFINITY, decibels: Number.NEGATIVE_INFINITY };

/**
 * `open` are the microphones that could be heard now, `audible` those that are, loudest first.
 * With `mostHeard` or fewer all are carried, so that no first syllable is lost.
 */
export function heardNow(before: Heard, open: readonly TrackId[], audible: readonly Level[], now: Instant): Heard {
  const places = new Map<TrackId, Place>();
  const isOpen = new Set(open);
  for (const [trackId, place] of before) if (isOpen.has(trackId)) places.set(trackId, place);
  for (const { trackId, decibels } of audible) {
    const place = places.get(trackId);
    if (place !== undefined) places.set(trackId, { since: place === unused ? now : place.since, audibleAt: now, decibels });
  }
  for (const { trackId, decibels } of audible) {
    if (!isOpen.has(trackId) || places.has(trackId)) continue;
    if (places.size >= mostHeard && !giveUpQuietest(places, decibels, now)) break;
    places.set(trackId, { since: now, audibleAt: now, decibels });
  }
  // Free places cost nothing and save the time that it takes to begin.
  for (const trackId of open) {
    if (places.size >= mostHeard) break;
    if (!places.has(trackId)) places.set(trackId, unused);
  }
  return places;
}

/** False when who speaks now is not enough louder than all who have a place. */
function giveUpQuietest(places: Map<TrackId, Place>, decibels: number, now: Instant): boolean {
  const ranked = [...places].map(([trackId, place]) => ({ trackId, place, level: levelNow(place, now) }));
  const [quietest] = ranked.toSorted((a, b) => compare(a.level, b.level) || compare(a.place.audibleAt, b.place.audibleAt));
  if (quietest === undefined) return false;
  const { place, level, trackId } = quietest;
  const isSilent = level === Number.NEGATIVE_INFINITY;
  if (!isSilent && (decibels < level + louderByDecibels || now - place.since < leastStayMs)) return false;
  return places.delete(trackId);
}

function levelNow({ audibleAt, decibels }: Place, now: Instant): number {
  return now - audibleAt > wordGapMs ? Number.NEGATIVE_INFINITY : decibels;
}

/** A difference would not do: −∞ is equal to itself. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
