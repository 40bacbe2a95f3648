// Reads an iCalendar file (RFC 5545) as Outlook, Google, Apple and others write it: the single events within a span of time, and what could not be read.
import type { CalendarFault, ReadCalendar, ReadEvent, ReadOptions } from './calendar-event.ts';
import { type Component, Faults, firstOf, readComponents } from './content-lines.ts';
import { FileZones } from './file-zones.ts';
import { occurrencesOf } from './occurrences.ts';
import { EventFault, type EventParts, type EventWorld, readEvent } from './read-event.ts';
import type { Budget } from './recurrence.ts';
import { ianaZone, utc } from './zone.ts';
import { zoneByName } from './zone-names.ts';

export type { ReadCalendar, ReadEvent, ReadOptions } from './calendar-event.ts';

/** Enough for 12,000 weekly lessons over a year. */
const wholeBudget: Budget = { steps: 12_000_000, times: 700_000 };

/** Never throws for what stands in the text, and takes seconds at most, whatever stands there. */
export function readCalendar(text: string, options: ReadOptions): ReadCalendar {
  const faults = new Faults();
  const calendars = readComponents(text, faults).filter((component) => component.name === 'VCALENDAR');
  if (calendars.length === 0) faults.add(1, 'not-a-calendar', text.slice(0, 80));
  const budget = { ...wholeBudget };
  const span = { from: options.from, to: options.to };
  const zones = new FileZones({ home: options.timeZone, calendars, span, budget });
  const events: ReadEvent[] = [];
  for (const versions of byUid(calendars, zones, options.timeZone, faults).values()) {
    const { found, fault } = occurrencesOf(versions, span, budget);
    for (const event of found) events.push(event);
    if (fault) faults.add(fault.line, fault.code, fault.value);
  }
  return { events: events.sort(byStart), faults: faults.list.sort((a: CalendarFault, b: CalendarFault) => a.line - b.line) };
}

function byStart(a: ReadEvent, b: ReadEvent): number {
  return a.startsAt - b.startsAt || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);
}

function byUid(calendars: readonly Component[], zones: FileZones, timeZone: string, faults: Faults): Map<string, EventParts[]> {
  const events = new Map<string, EventParts[]>();
  const home = ianaZone(timeZone) ?? utc;
  for (const calendar of calendars) {
    const own = firstOf(calendar, 'X-WR-TIMEZONE')?.value;
    const world: EventWorld = {
      zones,
      home,
      floating: (own === undefined ? null : zoneByName(own, timeZone)) ?? home,
      cancelled: firstOf(calendar, 'METHOD')?.value.trim().toUpperCase() === 'CANCEL',
    };
    for (const component of calendar.components) {
      if (component.name !== 'VEVENT') continue;
      try {
        const event = readEvent(component, world);
        const versions = events.get(event.uid);
        if (versions) versions.push(event);
        else events.set(event.uid, [event]);
      } catch (fault) {
        if (!(fault instanceof EventFault)) throw fault;
        faults.add(fault.line, fault.code, fault.value);
      }
    }
  }
  return events;
}
