// The time zones of one file: by their names where these mean something, else by the rules that the file brings along (VTIMEZONE).
import type { Instant } from '../contract/ids.ts';
import { allOf, type Component, firstOf, type Property } from './content-lines.ts';
import { DAY_MS, parseMoment, type Wall } from './moment.ts';
import { type Budget, expand } from './recurrence.ts';
import { parseRule } from './recurrence-rule.ts';
import { lastUntil } from './sorted.ts';
import { utc, type Zone, zoneOf } from './zone.ts';
import { zoneByName } from './zone-names.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A change of the clock: from then on, UTC is this far behind the wall. */
interface Onset {
  readonly at: Instant;
  readonly offsetMs: number;
}

export class FileZones {
  readonly #home: string;
  readonly #byFile = new Map<string, Component>();
  readonly #found = new Map<string, Zone | null>();
  readonly #span: Span;
  readonly #budget: Budget;

  /** @param home the university's zone, an IANA name */
  constructor(options: { readonly home: string; readonly calendars: readonly Component[]; readonly span: Span; readonly budget: Budget }) {
    this.#home = options.home;
    this.#span = options.span;
    this.#budget = options.budget;
    for (const calendar of options.calendars) {
      for (const component of calendar.components) {
        const name = component.name === 'VTIMEZONE' ? firstOf(component, 'TZID')?.value.trim() : undefined;
        if (name !== undefined && !this.#byFile.has(name)) this.#byFile.set(name, component);
      }
    }
  }

  /** Null when neither the name nor the file says what it is. */
  named(name: string): Zone | null {
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const component = this.#byFile.get(name);
    const alias = component && (firstOf(component, 'X-LIC-LOCATION') ?? firstOf(component, 'X-TZID'))?.value;
    const zone =
      zoneByName(name, this.#home) ??
      (alias === undefined ? null : zoneByName(alias, this.#home)) ??
      (component ? byRules(component, this.#span, this.#budget) : null);
    this.#found.set(name, zone);
    return zone;
  }

  /** Of a property that may name a zone or end in Z; `otherwise` when it does neither. Null when its zone is unknown. */
  of(property: Property, otherwise: Zone): Zone | null {
    if (/Z\s*$/i.test(property.value)) return utc;
    const name = property.params.get('TZID');
    return name === undefined ? otherwise : this.named(name);
  }
}

/** Null when there is no rule that can be read. */
function byRules(component: Component, span: Span, budget: Budget): Zone | null {
  const onsets: Onset[] = [];
  let first = 0;
  let firstAt = Number.POSITIVE_INFINITY;
  for (const observance of component.components) {
    const start = parseMoment(firstOf(observance, 'DTSTART')?.value ?? '');
    const from = offsetOf(firstOf(observance, 'TZOFFSETFROM'));
    const to = offsetOf(firstOf(observance, 'TZOFFSETTO'));
    if (start === undefined || from === null || to === null) continue;
    if (start.wall < firstAt) [first, firstAt] = [from, start.wall];
    for (const wall of onsetWalls(observance, start.wall, from, span, budget)) onsets.push({ at: wall - from, offsetMs: to });
  }
  if (onsets.length === 0) return null;
  onsets.sort((a, b) => a.at - b.at);
  return zoneOf((instant) => lastUntil(onsets, instant, ({ at }) => at)?.offsetMs ?? first);
}

function onsetWalls(observance: Component, start: Wall, from: number, span: Span, budget: Budget): readonly Wall[] {
  const walls = [start];
  for (const dates of allOf(observance, 'RDATE')) {
    for (const text of dates.value.split(',').slice(0, 500)) {
      const moment = parseMoment(text);
      if (moment) walls.push(moment.wall);
    }
  }
  const rule = parseRule(firstOf(observance, 'RRULE')?.value ?? '');
  if (rule === null) return walls;
  const until = rule.until === null ? Number.POSITIVE_INFINITY : rule.until.wall + (rule.until.kind === 'utc' ? from : 0);
  // The last change before the span still holds in it, however long ago a rule ended.
  const reach = { from: Math.min(span.from, until) - 800 * DAY_MS, to: span.to + 400 * DAY_MS };
  return [...walls, ...expand(rule, start, { ...reach, budget, isOver: (wall) => wall > until }).times];
}

/** +0500, -023000. */
function offsetOf(property: Property | undefined): number | null {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d{2}):?(\d{2})(\d{2})?$/.exec(property?.value.trim() ?? '') ?? [];
  if (sign === undefined || Number(hours) > 24) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000;
}
