// What an event is when we write a calendar, and when we have read one.
import type { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';

export interface Attendee {
  readonly name: string;
  readonly email: string;
}

/** To be written (RFC 5545, section 3.6.1). Texts may hold any letters and line ends. */
export interface CalendarEvent {
  readonly uid: string;
  /** Rises with every change that people must hear of. */
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly title: string;
  readonly description: string;
  /** Empty: none. */
  readonly location: string;
  /** The way into the class; also given as CONFERENCE (RFC 7986). Null: none. */
  readonly url: string | null;
  readonly cancelled: boolean;
  readonly organizer?: Attendee;
  readonly attendee?: Attendee;
  readonly changedAt: Instant;
}

/** PUBLISH: a feed. REQUEST and CANCEL: a message to one attendee (RFC 5546), whose events name organizer and attendee. */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

export interface CalendarOptions {
  readonly name: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly method?: CalendarMethod;
}

/** One event that was read: an occurrence where the file had a rule. */
export interface ReadEvent {
  readonly uid: string;
  /** Which occurrence: the start that the rule gave it, as ISO 8601 in UTC (all-day events: the date); null for an event without a rule. Stable when it is moved. */
  readonly recurrenceId: string | null;
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly allDay: boolean;
  readonly categories: readonly string[];
  readonly organizer: Attendee | null;
  readonly attendees: readonly Attendee[];
  /** Properties whose name begins with X-, by that name in capitals. */
  readonly x: Readonly<Record<string, string>>;
}

/** What could not be read, or was left out. The rest of the file is still read. */
export const calendarFaultCodes = [
  'not-a-calendar',
  'too-large',
  'syntax',
  'start-missing',
  'uid-missing',
  'date-invalid',
  'ends-before-start',
  'rule-invalid',
  'rule-too-dense',
  'time-zone-unknown',
  'range-unsupported',
] as const;
export type CalendarFaultCode = (typeof calendarFaultCodes)[number];

export interface CalendarFault {
  /** 1 is the first line of the file; of a folded line, its first. */
  readonly line: number;
  readonly code: CalendarFaultCode;
  /** What stands there, cut to 200 characters. */
  readonly value: string;
}

export interface ReadCalendar {
  /** By start, then uid. */
  readonly events: readonly ReadEvent[];
  readonly faults: readonly CalendarFault[];
}

export interface ReadOptions {
  /** Only what touches the span is given. */
  readonly from: Instant;
  readonly to: Instant;
  /** IANA name, for times without a zone. */
  readonly timeZone: string;
}
