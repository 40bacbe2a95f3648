// Arithmetic with days of the calendar, which know no clock and no time zone.
import { DateTime } from 'luxon';
import type { Instant, LocalDate } from '../contract/ids.ts';

const dayMs = 24 * 3_600_000;
/** 1970-01-01 was a Thursday. */
const weekdayOfFirst = 4;

/** Days since 1970-01-01. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

export function dateOf(day: number): LocalDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: number): number {
  return ((((day + weekdayOfFirst - 1) % 7) + 7) % 7) + 1;
}

/** The Monday of its week. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

/** When the day and the time are in the time zone. A time that a change of the clocks skips is as much later. The answers are kept. */
export function localInstants(timeZone: string): (date: LocalDate, time: string) => Instant {
  const known = new Map<string, Instant>();
  return (date, time) => {
    const text = `${date}T${time}`;
    let instant = known.get(text);
    if (instant === undefined) {
      instant = DateTime.fromISO(text, { zone: timeZone }).toMillis();
      known.set(text, instant);
    }
    return instant;
  };
}
