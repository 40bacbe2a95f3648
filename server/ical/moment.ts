// Dates, times and durations as iCalendar writes them (RFC 5545, sections 3.3.4 to 3.3.6).

/** A wall-clock time as milliseconds since 1970, counted as if the wall stood in UTC: it can be reckoned with before its time zone is known. */
export type Wall = number;

export interface Moment {
  /** `date`: a whole day; `local`: by the clock of a time zone that is named elsewhere; `utc`: as it stands. */
  readonly kind: 'date' | 'local' | 'utc';
  readonly wall: Wall;
}

export const DAY_MS = 86_400_000;
/** What a calendar of lessons may reach; also keeps the numbers small. */
const years = { first: 1600, last: 9999 };

/** Undefined when it is none, or a day that does not exist. */
export function parseMoment(text: string): Moment | undefined {
  const [, year, month, day, time, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text.trim().toUpperCase()) ?? [];
  if (year === undefined || Number(year) < years.first || Number(year) > years.last) return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  if (time === undefined) return { kind: 'date', wall: midnight };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  // A leap second is no second of ours.
  const wall = midnight + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Math.min(Number(second), 59) * 1000;
  return { kind: utc === 'Z' ? 'utc' : 'local', wall };
}

/** `nominalMs` are weeks and days, which follow the clock; `exactMs` are hours and less. Undefined when it is none, or negative. */
export function parseDuration(text: string): { readonly nominalMs: number; readonly exactMs: number } | undefined {
  const [whole, weeks, days, hours, minutes, seconds] =
    /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(text.trim().toUpperCase()) ?? [];
  if (whole === undefined || /[PT]$/.test(whole)) return undefined;
  const number = (digits: string | undefined) => Number(digits ?? 0);
  return {
    nominalMs: (number(weeks) * 7 + number(days)) * DAY_MS,
    exactMs: number(hours) * 3_600_000 + number(minutes) * 60_000 + number(seconds) * 1000,
  };
}
