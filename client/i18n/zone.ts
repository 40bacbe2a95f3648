// The calendar of the university's time zone: which day and hour an instant is there, and back.

/** Milliseconds since 1970, an ISO 8601 text, or a Date. */
export type Instant = number | string | Date;

export type ZonedTime = {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

let zone = 'Asia/Almaty';
let reader = makeReader(zone);

export function universityZone(): string {
  return zone;
}

/** Takes an IANA name. Throws RangeError on an unknown one. */
export function setUniversityZone(name: string): void {
  reader = makeReader(name);
  zone = name;
}

export function toDate(instant: Instant): Date {
  return instant instanceof Date ? instant : new Date(instant);
}

export function zonedTime(instant: Instant): ZonedTime {
  const parts = new Map(reader.formatToParts(toDate(instant)).map((part) => [part.type, part.value]));
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = number('year');
  const month = number('month');
  const day = number('day');
  const sundayFirst = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return {
    year,
    month,
    day,
    weekday: sundayFirst === 0 ? 7 : sundayFirst,
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  };
}

/** The calendar day as YYYY-MM-DD. */
export function dayKey(instant: Instant): string {
  const { year, month, day } = zonedTime(instant);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The instant of a wall-clock time; `time` is HH:MM. In a gap of the clock, the time after it. */
export function instantAt(day: string, time = '00:00'): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // The second pass settles days on which the offset changes.
  const first = wall - offsetMs(wall);
  return wall - offsetMs(first);
}

/** Midnight that begins the day of an instant. */
export function startOfDay(instant: Instant): number {
  return instantAt(dayKey(instant));
}

/** The day so many days later (or earlier), as YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week of an instant, as YYYY-MM-DD. */
export function mondayOf(instant: Instant): string {
  return addDays(dayKey(instant), 1 - zonedTime(instant).weekday);
}

function offsetMs(instant: number): number {
  const t = zonedTime(instant);
  return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second) - Math.floor(instant / 1000) * 1000;
}

function makeReader(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
