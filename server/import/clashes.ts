// Finds what a file puts at the same time with the same teacher, group or place: in itself, and beside what other sources have brought. Pure.
import { type Occurrence, Planner } from '../calendar/calendar.ts';
import { localInstants } from '../calendar/dates.ts';
import type { CalendarDay } from '../contract/calendar.ts';
import type { ImportClash, ImportClashes } from '../contract/import.ts';
import type { Known } from './check.ts';
import { asDecided, type Names } from './difference.ts';
import { type Item, ownIdOf, type Plan, type PlanValues } from './plan.ts';
import type { World } from './world.ts';

const MOST_SHOWN = 50;
/** Nobody reads so many, and a file in which everything meets everything would keep the thread counting for hours. */
const MOST_COUNTED = 10_000;

export interface Looked {
  readonly plan: Plan;
  readonly world: World;
  readonly lookup: Known;
  readonly names: Names;
  /** Days that differ, by our ids of faculties. */
  readonly days: readonly CalendarDay[];
  readonly source: string;
  readonly now: number;
  readonly timeZone: string;
}

type Over = ImportClash['over'][number]['what'];
type Span = Pick<Occurrence, 'startsAt' | 'endsAt'>;

/** A weekly pattern, or a single lesson, with all that it takes up. */
interface Held {
  readonly index: number;
  readonly table: 'series' | 'lessons';
  readonly id: string;
  readonly line: number | null;
  readonly values: Pick<PlanValues<'series'>, 'course' | 'teacher' | 'place' | 'title' | 'groups' | 'streams'>;
  readonly groups: ReadonlySet<string>;
  readonly spans: readonly Span[];
}

interface Pair {
  readonly first: Held;
  readonly second: Held;
  readonly at: Span;
  readonly over: { readonly what: Over; readonly ref: string }[];
  /** Counted for what they share first: they share all of it each time. */
  days: number;
}

/** What is gone from the file counts as gone, what is over is no longer looked at. */
export function clashesOf(looked: Looked): ImportClashes {
  if (looked.plan.series === undefined && looked.plan.lessons === undefined) return { total: 0, list: [] };
  const pairs = meetingsOf(heldOf(looked));
  pairs.sort((a, b) => a.at.startsAt - b.at.startsAt || a.first.index - b.first.index || a.second.index - b.second.index);
  return { total: pairs.length, list: pairs.slice(0, MOST_SHOWN).map((pair) => shown(pair, looked.names)) };
}

function heldOf({ plan, world, lookup, days, source, now, timeZone }: Looked): Held[] {
  const held: Held[] = [];
  const named = [...(plan.terms?.items ?? []).map(({ id }) => id), ...(world.refs.terms?.byRef.keys() ?? [])];
  const terms = [...new Set(named)].flatMap((id) => {
    const span = lookup.term(id);
    return span === null ? [] : { id, ...span };
  });
  const planner = new Planner({ terms, schedules: [], days }, timeZone);
  const instantOf = localInstants(timeZone);
  // Thousands of patterns differ in nothing that decides their times.
  const known = new Map<string, readonly Span[]>();
  const facultyOf = (course: string): string => {
    const ref = lookup.item('courses', course)?.values.faculty;
    return (ref === undefined ? lookup.stored('courses', course)?.facultyId : world.refs.faculties?.byRef.get(ref)?.id) ?? '';
  };
  const spansOf = (values: PlanValues<'series'>): readonly Span[] => {
    const time = timeOf(values, lookup);
    if (time === null) return [];
    const pattern = {
      ...{
        termId: values.term ?? '',
        facultyId: facultyOf(values.course ?? ''),
        weekday: values.weekday ?? 1,
        weeks: values.weeks ?? 'every',
      },
      ...{ time: { by: 'clock' as const, ...time }, fromOn: values.from ?? null, untilOn: values.until ?? null },
    };
    const key = JSON.stringify(pattern);
    const spans = known.get(key) ?? planner.occurrences(pattern).filter(({ endsAt }) => endsAt > now);
    known.set(key, spans);
    return spans;
  };
  const add = (table: Held['table'], id: string, line: number | null, values: Held['values'], spans: readonly Span[]) => {
    const streams = values.streams ?? [];
    const groups = new Set([...(values.groups ?? []), ...streams.flatMap((ref) => lookup.groupsOf(ref))]);
    if (spans.length > 0) held.push({ index: held.length, table, id, line, values, groups, spans });
  };

  const inFile = new Set<string>();
  for (const item of plan.series?.items ?? []) {
    inFile.add(item.id);
    const stored = world.rows.series?.get(item.id);
    const values: PlanValues<'series'> = { ...stored?.values, ...item.values };
    add('series', item.id, item.line, values, spansOf(values));
  }
  for (const item of plan.lessons?.items ?? []) {
    const values = lessonOf(item, world);
    if (values.cancelled === true) continue;
    const [startsAt, endsAt] = [instantOf(values.date ?? '', values.startsAt ?? ''), instantOf(values.date ?? '', values.endsAt ?? '')];
    add('lessons', item.id, item.line, values, endsAt > now ? [{ startsAt, endsAt }] : []);
  }
  for (const [id, { values, isGone, source: own }] of world.rows.series ?? [])
    if (!inFile.has(id) && isGone !== true && own !== source) add('series', id, null, values, spansOf(values));
  return held;
}

function lessonOf(item: Item<'lessons'>, world: World): PlanValues<'lessons'> {
  const stored = world.rows.lessons?.get(item.id);
  if (stored === undefined) return item.values;
  return stored.isFixed === true ? stored.values : asDecided(item, stored);
}

function timeOf({ bell, schedule, startsAt, endsAt }: PlanValues<'series'>, lookup: Known) {
  if (bell === null || bell === undefined) return startsAt && endsAt ? { startsAt, endsAt } : null;
  const bells = lookup.bells(schedule ?? '');
  const [first, last] = [bells.get(bell[0]), bells.get(bell[1])];
  return first && last ? { startsAt: first.startsAt, endsAt: last.endsAt } : null;
}

function meetingsOf(held: readonly Held[]): Pair[] {
  const pairs = new Map<number, Pair>();
  const taken: [Over, ReadonlyMap<string, readonly Held[]>][] = [
    ['teacher', takersOf(held, ({ values }) => [values.teacher])],
    ['group', takersOf(held, ({ groups }) => groups)],
    ['place', takersOf(held, ({ values }) => [values.place])],
  ];
  for (const [what, takers] of taken)
    for (const [ref, some] of takers)
      for (const [one, other, at] of overlaps(some)) {
        const [first, second] = one.index < other.index ? [one, other] : [other, one];
        const key = first.index * held.length + second.index;
        const pair = pairs.get(key);
        if (pair === undefined) {
          if (pairs.size === MOST_COUNTED) return [...pairs.values()];
          pairs.set(key, { first, second, at, over: [{ what, ref }], days: 1 });
        } else if (pair.over[0]?.what === what && pair.over[0].ref === ref) pair.days += 1;
        else if (!pair.over.some((known) => known.what === what && known.ref === ref)) pair.over.push({ what, ref });
      }
  return [...pairs.values()];
}

/** Only of what several take: nobody is in the way of themselves. */
function takersOf(held: readonly Held[], refsOf: (one: Held) => Iterable<string | null | undefined>): Map<string, Held[]> {
  const takers = new Map<string, Held[]>();
  for (const one of held)
    for (const ref of refsOf(one)) {
      if (ref === null || ref === undefined) continue;
      const some = takers.get(ref);
      if (some === undefined) takers.set(ref, [one]);
      else some.push(one);
    }
  for (const [ref, some] of takers) if (some.length === 1) takers.delete(ref);
  return takers;
}

/** By time; ends are exclusive. What is there already meets itself without the file. */
function* overlaps(some: readonly Held[]): Generator<readonly [Held, Held, Span]> {
  const all = some.flatMap((one) => one.spans.map((span) => ({ one, span }))).sort((a, b) => a.span.startsAt - b.span.startsAt);
  let running: typeof all = [];
  for (const next of all) {
    running = running.filter(({ span }) => span.endsAt > next.span.startsAt);
    for (const { one, span } of running)
      if (one !== next.one && (one.line !== null || next.one.line !== null))
        yield [one, next.one, { startsAt: next.span.startsAt, endsAt: Math.min(span.endsAt, next.span.endsAt) }];
    running.push(next);
  }
}

const tableOf = { teacher: 'people', group: 'groups', place: 'places' } as const;

function shown({ first, second, at, over, days }: Pair, names: Names): ImportClash {
  const side = ({ table, id, line, values }: Held): ImportClash['first'] => ({
    ...{ table, line, externalId: ownIdOf(id) === null ? id : null },
    title: values.title ?? names('courses', values.course ?? ''),
    teacher: names('people', values.teacher ?? ''),
    groups: [...(values.groups ?? []).map((ref) => names('groups', ref)), ...(values.streams ?? []).map((ref) => names('streams', ref))],
  });
  return {
    over: over.map(({ what, ref }) => ({ what, name: names(tableOf[what], ref) })),
    ...{ first: side(first), second: side(second), startsAt: at.startsAt, endsAt: at.endsAt, days },
  };
}
