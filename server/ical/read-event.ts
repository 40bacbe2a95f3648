// What one VEVENT of a file says, before its rule is followed.
import type { Attendee, CalendarFaultCode } from './calendar-event.ts';
import { allOf, type Component, firstOf, type Property, plainText, plainTexts } from './content-lines.ts';
import type { FileZones } from './file-zones.ts';
import { DAY_MS, type Moment, parseDuration, parseMoment, type Wall } from './moment.ts';
import { parseRule, type Rule } from './recurrence-rule.ts';
import { utc, type Zone } from './zone.ts';

export interface EventText {
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly categories: readonly string[];
  readonly organizer: Attendee | null;
  readonly attendees: readonly Attendee[];
  readonly x: Readonly<Record<string, string>>;
}

/** The nominal part follows the clock on the wall, the exact part does not. */
export interface Length {
  readonly nominalMs: number;
  readonly exactMs: number;
}

export interface EventParts {
  readonly line: number;
  readonly uid: string;
  readonly text: EventText;
  readonly zone: Zone;
  readonly allDay: boolean;
  readonly start: Wall;
  readonly length: Length;
  readonly rules: readonly Rule[];
  readonly exceptionRules: readonly Rule[];
  readonly ruleLine: number;
  readonly ruleText: string;
  readonly added: readonly { readonly wall: Wall; readonly length: Length }[];
  /** `day`: every time of that day. */
  readonly excluded: readonly { readonly wall: Wall; readonly day: boolean }[];
  /** The occurrence that it stands for, on the wall of `zone`; `andFuture`: and all after it. */
  readonly recurrence: { readonly wall: Wall; readonly andFuture: boolean } | null;
  /** Which of two versions is later, when both have the same sequence. */
  readonly stamp: number;
}

export class EventFault extends Error {
  readonly line: number;
  readonly code: CalendarFaultCode;
  readonly value: string;
  constructor(line: number, code: CalendarFaultCode, value: string) {
    super(code);
    this.line = line;
    this.code = code;
    this.value = value;
  }
}

export interface EventWorld {
  readonly zones: FileZones;
  /** Of whole days. */
  readonly home: Zone;
  /** Of times without a zone. */
  readonly floating: Zone;
  readonly cancelled: boolean;
}

const mostDates = 5000;

/** Throws EventFault: of an event that is not wholly understood, nothing is taken. */
export function readEvent(event: Component, world: EventWorld): EventParts {
  const uid = plainText(firstOf(event, 'UID')?.value ?? '').trim();
  if (uid === '' || uid.length > 1000) throw new EventFault(event.line, 'uid-missing', uid);
  const startProperty = firstOf(event, 'DTSTART');
  if (!startProperty) throw new EventFault(event.line, 'start-missing', uid);
  const start = momentOf(startProperty, startProperty.value);
  const allDay = start.kind === 'date';
  const zone = allDay ? world.home : zoneIn(startProperty, world);
  const wallOf = (property: Property, text: string) => {
    const moment = momentOf(property, text);
    if (moment.kind === 'date' || allDay) return { wall: moment.wall, day: true };
    const own = moment.kind === 'utc' ? utc : zoneIn(property, world);
    return { wall: own === zone ? moment.wall : zone.toWall(own.toInstant(moment.wall)), day: false };
  };
  const length = lengthOf(event, { startProperty, start, allDay, zone, world });

  const ruleProperty = firstOf(event, 'RRULE');
  const rulesOf = (name: string) =>
    allOf(event, name).map((property) => {
      const rule = parseRule(property.value);
      if (rule === null) throw new EventFault(property.line, 'rule-invalid', property.value);
      return rule;
    });
  const recurrence = firstOf(event, 'RECURRENCE-ID');
  const range = recurrence?.params.get('RANGE')?.toUpperCase();
  if (recurrence && range !== undefined && range !== 'THISANDFUTURE') throw new EventFault(recurrence.line, 'range-unsupported', range);
  return {
    line: event.line,
    uid,
    text: textOf(event, world.cancelled),
    zone,
    allDay,
    start: start.wall,
    length,
    rules: rulesOf('RRULE'),
    exceptionRules: rulesOf('EXRULE'),
    ruleLine: ruleProperty?.line ?? event.line,
    ruleText: ruleProperty?.value ?? uid,
    added: listed(event, 'RDATE', (property, text) => {
      const [from = '', until] = text.split('/');
      const { wall } = wallOf(property, from);
      return { wall, length: until === undefined ? length : periodLength(property, from, until) };
    }),
    excluded: listed(event, 'EXDATE', wallOf),
    recurrence: recurrence ? { wall: wallOf(recurrence, recurrence.value).wall, andFuture: range !== undefined } : null,
    stamp: parseMoment((firstOf(event, 'LAST-MODIFIED') ?? firstOf(event, 'DTSTAMP'))?.value ?? '')?.wall ?? 0,
  };
}

function momentOf(property: Property, text: string): Moment {
  const moment = parseMoment(text);
  if (moment === undefined) throw new EventFault(property.line, 'date-invalid', text);
  return moment;
}

function zoneIn(property: Property, { zones, floating }: EventWorld): Zone {
  const zone = zones.of(property, floating);
  if (zone === null) throw new EventFault(property.line, 'time-zone-unknown', property.params.get('TZID') ?? '');
  return zone;
}

function listed<T>(event: Component, name: string, read: (property: Property, text: string) => T): T[] {
  const items: T[] = [];
  for (const property of allOf(event, name)) {
    for (const text of property.value.split(',')) {
      if (items.length >= mostDates) throw new EventFault(property.line, 'rule-too-dense', name);
      items.push(read(property, text));
    }
  }
  return items;
}

function lengthOf(
  event: Component,
  of: {
    readonly startProperty: Property;
    readonly start: Moment;
    readonly allDay: boolean;
    readonly zone: Zone;
    readonly world: EventWorld;
  },
): Length {
  const { start, allDay, zone, world } = of;
  const duration = firstOf(event, 'DURATION');
  if (duration) return durationOf(duration, duration.value);
  const property = firstOf(event, 'DTEND');
  if (!property) return { nominalMs: allDay ? DAY_MS : 0, exactMs: 0 };
  const end = momentOf(property, property.value);
  const ownZone = end.kind === 'utc' ? utc : end.kind === 'date' ? zone : zoneIn(property, world);
  // Nine to ten stays nine to ten, also on the day on which the clock is set.
  const nominalMs = (ownZone === zone || allDay ? end.wall : zone.toWall(ownZone.toInstant(end.wall))) - start.wall;
  if (nominalMs < 0) throw new EventFault(property.line, 'ends-before-start', property.value);
  // Some programs end a whole day on itself.
  return { nominalMs: allDay ? Math.max(nominalMs, DAY_MS) : nominalMs, exactMs: 0 };
}

function durationOf(property: Property, text: string): Length {
  const length = parseDuration(text);
  if (length === undefined) throw new EventFault(property.line, text.trim().startsWith('-') ? 'ends-before-start' : 'date-invalid', text);
  return length;
}

function periodLength(property: Property, from: string, until: string): Length {
  if (/^[+-]?P/i.test(until)) return durationOf(property, until);
  const nominalMs = momentOf(property, until).wall - momentOf(property, from).wall;
  if (nominalMs < 0) throw new EventFault(property.line, 'ends-before-start', until);
  return { nominalMs, exactMs: 0 };
}

function textOf(event: Component, calendarCancelled: boolean): EventText {
  const text = (name: string) => plainText(firstOf(event, name)?.value ?? '').trim();
  const sequence = Number(/^\d{1,9}$/.exec(text('SEQUENCE'))?.[0] ?? 0);
  const x: Record<string, string> = {};
  // A name like X-__PROTO__ is in capitals and begins with X-: it is an ordinary key.
  for (const property of event.properties) if (property.name.startsWith('X-')) x[property.name] = plainText(property.value);
  const organizer = firstOf(event, 'ORGANIZER');
  return {
    sequence,
    cancelled: calendarCancelled || text('STATUS').toUpperCase() === 'CANCELLED',
    title: text('SUMMARY'),
    description: text('DESCRIPTION'),
    location: text('LOCATION'),
    categories: allOf(event, 'CATEGORIES').flatMap((property) => plainTexts(property.value)),
    organizer: organizer ? attendeeOf(organizer) : null,
    attendees: allOf(event, 'ATTENDEE').slice(0, 1000).map(attendeeOf),
    x,
  };
}

function attendeeOf(property: Property): Attendee {
  const email = property.params.get('EMAIL') ?? property.value.trim().replace(/^mailto:/i, '');
  return { name: plainText(property.params.get('CN') ?? ''), email };
}
