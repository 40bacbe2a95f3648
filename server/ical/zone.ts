// A time zone as the reader of calendars needs it: from what the clock on the wall shows to the instant, and back.
import { IANAZone } from 'luxon';
import type { Instant } from '../contract/ids.ts';
import type { Wall } from './moment.ts';

export interface Zone {
  /** Of a time that the clock shows twice, the first. Of one that it leaps over, as if it had not been set forward (RFC 5545, section 3.3.5). */
  toInstant(wall: Wall): Instant;
  toWall(instant: Instant): Wall;
  /** False for times that the clock leaps over. */
  exists(wall: Wall): boolean;
}

/** Of a function that says by how much the wall is ahead of UTC at an instant. */
export function zoneOf(offsetMs: (instant: Instant) => number): Zone {
  const toInstant = (wall: Wall) => {
    // Long before and after: whichever offset holds when it is used is right, the earlier one first.
    const before = wall - offsetMs(wall - 86_400_000);
    if (before + offsetMs(before) === wall) return before;
    const after = wall - offsetMs(wall + 86_400_000);
    return after + offsetMs(after) === wall ? after : before;
  };
  return {
    toInstant,
    toWall: (instant) => instant + offsetMs(instant),
    exists(wall) {
      const instant = toInstant(wall);
      return instant + offsetMs(instant) === wall;
    },
  };
}

export function fixedZone(offsetMs: number): Zone {
  return { toInstant: (wall) => wall - offsetMs, toWall: (instant) => instant + offsetMs, exists: () => true };
}

export const utc = fixedZone(0);

const known = new Map<string, Zone>();

/** By our own data, whatever a file says about the zone. Null when there is none of that name. */
export function ianaZone(name: string): Zone | null {
  let zone = known.get(name);
  if (zone) return zone;
  if (!isZoneName(name)) return null;
  const source = IANAZone.create(name);
  // Most events of a file ask about the same hours.
  const offsets = new Map<number, number>();
  zone = zoneOf((instant) => {
    const quarter = Math.floor(instant / 900_000);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = source.offset(quarter * 900_000) * 60_000;
      if (offsets.size > 50_000) offsets.clear();
      offsets.set(quarter, offset);
    }
    return offset;
  });
  // Names are compared without case, so that one zone has many; none is needed for long.
  if (known.size > 1000) known.clear();
  known.set(name, zone);
  return zone;
}

/** Not three letters alone: EST, of all places, is what an American file calls a zone that has summer time. */
function isZoneName(name: string): boolean {
  return /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$|^(UTC|GMT|Z)$/.test(name) && IANAZone.isValidZone(name === 'Z' ? 'UTC' : name);
}
