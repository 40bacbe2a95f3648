// Writes a calendar of single events (RFC 5545, RFC 7986) that Google, Outlook and Apple read: a feed, or a message to one attendee (RFC 5546).
import type { Instant } from '../contract/ids.ts';
import type { Attendee, CalendarEvent, CalendarOptions } from './calendar-event.ts';

export type { CalendarEvent, CalendarOptions } from './calendar-event.ts';

const LINE_OCTETS = 75;
const refreshEvery = 'PT1H';

/**
 * Times are written in UTC. A TZID would need a VTIMEZONE, and programs put their own data in its place: those from before March 2024 would
 * show Almaty an hour late. As each event stands alone, no rule needs a clock on a wall.
 */
export function calendarOf(events: readonly CalendarEvent[], { name, language, timeZone, method = 'PUBLISH' }: CalendarOptions): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Auditoria//Auditoria//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    // In a message they would rename the calendar of whoever opens it.
    ...(method === 'PUBLISH'
      ? [
          `NAME;LANGUAGE=${language}:${escaped(name)}`,
          `X-WR-CALNAME:${escaped(name)}`,
          `X-WR-TIMEZONE:${timeZone}`,
          `REFRESH-INTERVAL;VALUE=DURATION:${refreshEvery}`,
          `X-PUBLISHED-TTL:${refreshEvery}`,
        ]
      : []),
    ...events.flatMap((event) => eventLines(event, language, method)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent, language: string, method: string): string[] {
  const { title, description, location, url, organizer, attendee } = event;
  const textLine = (property: string, text: string) => (text === '' ? [] : [`${property};LANGUAGE=${language}:${escaped(text)}`]);
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcTime(event.changedAt)}`,
    `LAST-MODIFIED:${utcTime(event.changedAt)}`,
    `DTSTART:${utcTime(event.startsAt)}`,
    `DTEND:${utcTime(event.endsAt)}`,
    `STATUS:${event.cancelled || method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${event.cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    ...textLine('SUMMARY', title),
    ...textLine('DESCRIPTION', description),
    ...textLine('LOCATION', location),
    ...(url === null ? [] : [`URL:${uri(url)}`]),
    ...(url === null || event.cancelled ? [] : [`CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO,SCREEN;LABEL=Auditoria:${uri(url)}`]),
    ...(organizer ? [`ORGANIZER;CN=${quoted(organizer.name)}:${address(organizer)}`] : []),
    ...(attendee
      ? [`ATTENDEE;CN=${quoted(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:${address(attendee)}`]
      : []),
    'END:VEVENT',
  ];
}

/** 20260901T030000Z */
function utcTime(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Control characters have no way into a text, besides line ends. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** A parameter cannot hold a quotation mark but as RFC 6868 writes it. */
function quoted(text: string): string {
  const bare = text
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('^', '^^')
    .replaceAll('"', "^'");
  return `"${bare}"`;
}

function uri(text: string): string {
  return text.replace(/[\p{Cc} ]/gu, (sign) => encodeURIComponent(sign));
}

function address({ email }: Attendee): string {
  return `mailto:${uri(email)}`;
}

/** At most 75 octets a line, never through a letter: Kazakh ones have two. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    // The blank that begins each further line counts.
    if (octets + size > LINE_OCTETS - (parts.length > 0 ? 1 : 0)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
