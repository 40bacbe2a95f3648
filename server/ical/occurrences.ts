// The single events of one UID: its rule followed, single dates added and left out, and the occurrences that were changed put in their place.
import type { Instant } from '../contract/ids.ts';
import type { CalendarFault, ReadEvent } from './calendar-event.ts';
import { DAY_MS, type Wall } from './moment.ts';
import type { EventParts, EventText, Length } from './read-event.ts';
import { type Budget, expand } from './recurrence.ts';
import type { Rule } from './recurrence-rule.ts';
import { lastUntil } from './sorted.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}
interface Occurrences {
  readonly found: readonly ReadEvent[];
  readonly fault: CalendarFault | null;
}

/** A rule that would need more than its budget gives nothing but a fault: half a term would look like a whole one. */
export function occurrencesOf(versions: readonly EventParts[], span: Span, budget: Budget): Occurrences {
  const changed = latest(versions.filter((version) => version.recurrence !== null));
  const [master] = latest(versions.filter((version) => version.recurrence === null)).values();
  const found: ReadEvent[] = [];
  const put = (parts: EventParts, at: Placed) => {
    const event = eventOf(parts, at);
    if (touches(event, span)) found.push(event);
  };
  // A change whose occurrence the rule no longer gives is still an event of its own.
  for (const change of changed.values())
    put(change, { wall: change.start, length: change.length, id: idOf(change, change.recurrence?.wall) });
  if (master === undefined) return { found, fault: null };
  const single = master.rules.length === 0 && master.added.length === 0;
  if (single) {
    // Excluded from itself, it is not held.
    if (!isExcluded(master, master.start)) put(master, { wall: master.start, length: master.length, id: null });
    return { found, fault: null };
  }
  const future = [...changed.values()]
    .filter((change) => change.recurrence?.andFuture)
    .map((change) => ({ change, when: whenOf(change) }))
    .sort((a, b) => a.when - b.when);
  const walls = wallsOf(master, { ...span, from: span.from - reachOf(future.map(({ change }) => change)) }, budget);
  if (walls === null) return { found: [], fault: { line: master.ruleLine, code: 'rule-too-dense', value: master.ruleText.slice(0, 200) } };
  for (const [wall, length] of walls) {
    const id = idOf(master, wall);
    if (id !== null && changed.has(id)) continue;
    const change = lastUntil(future, master.zone.toInstant(wall), ({ when }) => when)?.change;
    if (!change?.recurrence) put(master, { wall, length, id });
    else put({ ...change, zone: master.zone }, { wall: wall + changeOfStart(change, master), length: change.length, id });
  }
  return { found, fault: null };
}

interface Placed {
  readonly wall: Wall;
  readonly length: Length;
  readonly id: string | null;
}

/** Of each occurrence the version with the highest sequence; of equals the one stamped last, then the last in the file. */
function latest(versions: readonly EventParts[]): Map<string | null, EventParts> {
  const best = new Map<string | null, EventParts>();
  for (const version of versions) {
    const key = version.recurrence ? idOf(version, version.recurrence.wall) : null;
    const other = best.get(key);
    const order = other ? version.text.sequence - other.text.sequence || version.stamp - other.stamp : 0;
    if (order >= 0) best.set(key, version);
  }
  return best;
}

/** Null when the budget ended first. */
function wallsOf(master: EventParts, span: Span, budget: Budget): ReadonlyMap<Wall, Length> | null {
  const reach = { from: span.from - master.length.nominalMs - master.length.exactMs - DAY_MS, to: span.to + DAY_MS };
  const expanded = (rule: Rule, onlyByRule: boolean) =>
    expand(rule, master.start, {
      ...reach,
      budget,
      onlyByRule,
      exists: (wall) => master.allDay || master.zone.exists(wall),
      isOver: (wall) => isOver(rule, wall, master),
    });
  const walls = new Map<Wall, Length>();
  const inReach = (wall: Wall) => wall >= reach.from && wall <= reach.to;
  if (master.rules.length === 0 && inReach(master.start)) walls.set(master.start, master.length);
  for (const rule of master.rules) {
    const { times, complete } = expanded(rule, false);
    if (!complete) return null;
    for (const wall of times) walls.set(wall, master.length);
  }
  for (const { wall, length } of master.added) if (inReach(wall) || inReach(wall + length.nominalMs)) walls.set(wall, length);
  for (const rule of master.exceptionRules) {
    const { times, complete } = expanded(rule, true);
    if (!complete) return null;
    for (const wall of times) walls.delete(wall);
  }
  const excludedTimes = new Set(master.excluded.filter(({ day }) => !day).map(({ wall }) => wall));
  const excludedDays = new Set(master.excluded.filter(({ day }) => day).map(({ wall }) => Math.floor(wall / DAY_MS)));
  for (const wall of walls.keys()) if (excludedTimes.has(wall) || excludedDays.has(Math.floor(wall / DAY_MS))) walls.delete(wall);
  return walls;
}

/** UNTIL is included. As a date it holds until the end of that day, which is how programs mean it that write no time. */
function isOver({ until }: Rule, wall: Wall, { zone, allDay }: EventParts): boolean {
  if (until === null) return false;
  if (until.kind === 'date') return wall >= until.wall + DAY_MS;
  if (until.kind === 'local') return wall > until.wall;
  return allDay ? wall > zone.toWall(until.wall) : zone.toInstant(wall) > until.wall;
}

function isExcluded(master: EventParts, wall: Wall): boolean {
  return master.excluded.some((excluded) =>
    excluded.day ? Math.floor(excluded.wall / DAY_MS) === Math.floor(wall / DAY_MS) : excluded.wall === wall,
  );
}

/** The instant of the occurrence from which on a change holds. */
function whenOf(change: EventParts): Instant {
  return change.zone.toInstant(change.recurrence?.wall ?? change.start);
}

/** By how much it moves each occurrence, on the wall of the rule. */
function changeOfStart(change: EventParts, master: EventParts): number {
  return master.zone.toWall(change.zone.toInstant(change.start)) - master.zone.toWall(whenOf(change));
}

/** How far before the span an occurrence may lie that a change moves into it. */
function reachOf(future: readonly EventParts[]): number {
  // Not by spreading: a call takes only so many arguments.
  const reaches = future.map((change) => Math.abs(change.start - (change.recurrence?.wall ?? change.start)) + change.length.nominalMs);
  return reaches.reduce((most, reach) => Math.max(most, reach), 0);
}

function idOf({ zone, allDay }: EventParts, wall: Wall | undefined): string | null {
  if (wall === undefined) return null;
  return allDay ? new Date(wall).toISOString().slice(0, 10) : new Date(zone.toInstant(wall)).toISOString();
}

function eventOf(
  { uid, text, zone, allDay }: { uid: string; text: EventText } & Pick<EventParts, 'zone' | 'allDay'>,
  at: Placed,
): ReadEvent {
  const startsAt = zone.toInstant(at.wall);
  const endsAt = zone.toInstant(at.wall + at.length.nominalMs) + at.length.exactMs;
  return { uid, recurrenceId: at.id, ...text, startsAt, endsAt: Math.max(startsAt, endsAt), allDay };
}

function touches({ startsAt, endsAt }: ReadEvent, { from, to }: Span): boolean {
  return startsAt < to && (endsAt > from || (endsAt === startsAt && startsAt >= from));
}
