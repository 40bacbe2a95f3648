// Looks at the rows of a plan together: whether what they refer to exists, and whether what they say makes sense. Fills in what a file may leave out.
import { ImportTable } from '../contract/import.ts';
import type { Faults } from './faults.ts';
import type { Item, Plan, PlanTable, PlanValues } from './plan.ts';
import { type Referred, targetsOf, type World } from './world.ts';

const DAY_MS = 86_400_000;

/** What the file and the database together know. */
export class Known {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #items = new Map<ImportTable, ReadonlyMap<string, Item>>();

  constructor(plan: Plan, world: World) {
    this.#plan = plan;
    this.#world = world;
  }

  has(table: ImportTable, ref: string): boolean {
    return this.item(table, ref) !== undefined || this.stored(table, ref) !== undefined;
  }

  item<T extends ImportTable>(table: T, ref: string): Item<T> | undefined {
    let items = this.#items.get(table);
    if (items === undefined) {
      const all: readonly Item[] = this.#plan[table]?.items ?? [];
      items = new Map(all.map((item) => [item.id, item]));
      this.#items.set(table, items);
    }
    // The map of a table holds items of that table.
    return items.get(ref) as Item<T> | undefined;
  }

  stored(table: ImportTable, ref: string): Referred | undefined {
    return this.#world.refs[table]?.byRef.get(ref);
  }

  term(ref: string): { readonly startsOn: string; readonly endsOn: string } | null {
    const { startsOn, endsOn } = { ...this.stored('terms', ref), ...this.item('terms', ref)?.values };
    return startsOn === undefined || endsOn === undefined ? null : { startsOn, endsOn };
  }

  courseTitle(ref: string): string {
    return this.item('courses', ref)?.values.title ?? this.stored('courses', ref)?.title ?? '';
  }

  bells(ref: string): ReadonlyMap<number, { readonly startsAt: string; readonly endsAt: string }> {
    const item = this.item('bells', ref);
    return item ? new Map(item.values.bells.map((bell) => [bell.number, bell])) : (this.stored('bells', ref)?.bells ?? new Map());
  }

  /** Of a stream. */
  groupsOf(ref: string): readonly string[] {
    return this.item('streams', ref)?.values.groups ?? this.stored('streams', ref)?.groups ?? [];
  }

  /** The one that is meant when none is named. */
  defaultBells(): string | null {
    const own = this.#plan.bells?.items ?? [];
    if (own.length === 1 && own[0] !== undefined) return own[0].id;
    for (const [ref, { isDefault }] of this.#world.refs.bells?.byRef ?? []) if (isDefault === true) return ref;
    return own[0]?.id ?? null;
  }
}

export function checked(plan: Plan, world: World, faults: Faults): Plan {
  const known = new Known(plan, world);
  for (const table of ImportTable.options) checkReferences(table, plan[table], known, faults);
  checkTerms(plan.terms, faults);
  return {
    ...plan,
    ...(plan.series && {
      series: { ...plan.series, items: plan.series.items.map((item) => wholeSeries(item, plan.series, world, known, faults)) },
    }),
    ...(plan.lessons && {
      lessons: { ...plan.lessons, items: plan.lessons.items.map((item) => wholeLesson(item, plan.lessons, known, faults)) },
    }),
  };
}

/** A slip like 2062 would lay out lessons for decades. */
const longestTermMs = 400 * 24 * 3_600_000;

function checkReferences(table: ImportTable, rows: PlanTable | undefined, known: Known, faults: Faults): void {
  if (rows === undefined) return;
  const targets = targetsOf(table);
  for (const { line, values } of rows.items) {
    const cells: Readonly<Record<string, unknown>> = { ...values };
    for (const [field, target] of targets) {
      const value = cells[field];
      const refs: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const ref of refs)
        if (typeof ref === 'string' && !known.has(target, ref))
          faults.add({ sheet: rows.sheet, line }, rows.heads.get(field) ?? field, 'reference-unknown', ref);
    }
  }
}

function checkTerms(terms: PlanTable<'terms'> | undefined, faults: Faults): void {
  for (const { line, values } of terms?.items ?? []) {
    const { startsOn = '', endsOn = '' } = values;
    if (endsOn > startsOn && Date.parse(endsOn) - Date.parse(startsOn) <= longestTermMs) continue;
    faults.add({ sheet: terms?.sheet ?? null, line }, terms?.heads.get('endsOn') ?? null, 'value-bad', endsOn || null);
  }
}

function wholeSeries(
  item: Item<'series'>,
  table: PlanTable<'series'> | undefined,
  world: World,
  known: Known,
  faults: Faults,
): Item<'series'> {
  const { values } = item;
  const spot = { sheet: table?.sheet ?? null, line: item.line };
  const fault = (field: keyof PlanValues<'series'>, code: Parameters<Faults['add']>[2], value: string | null) =>
    faults.add(spot, table?.heads.get(field) ?? field, code, value);
  const stored = world.rows.series?.get(item.id)?.values;
  const isNew = stored === undefined;
  const time = timeOf(values, known);
  if (time === null) {
    if (isNew || ['bell', 'startsAt', 'endsAt'].some((field) => field in values)) fault('bell', 'value-missing', null);
  } else if (time.bell !== null) {
    const numbers = known.bells(time.schedule ?? '');
    if (time.schedule === null) fault('schedule', 'value-missing', null);
    else
      for (const number of new Set(time.bell))
        if (known.has('bells', time.schedule) && !numbers.has(number)) fault('bell', 'reference-unknown', String(number));
  } else if ((time.endsAt ?? '') <= (time.startsAt ?? '')) fault('endsAt', 'value-bad', time.endsAt);
  checkSpan(values, known, fault);
  const title = values.title ?? (isNew || values.title === null ? known.courseTitle(values.course ?? '') : undefined);
  const mode = values.mode ?? (isNew || values.mode === null ? 'online' : undefined);
  const weeks = values.weeks ?? (isNew || values.weeks === null ? 'every' : undefined);
  const { title: _title, mode: _mode, weeks: _weeks, ...rest } = values;
  return {
    ...item,
    values: {
      ...rest,
      ...time,
      ...(title !== undefined && { title }),
      ...(mode !== undefined && { mode }),
      ...(weeks !== undefined && { weeks }),
    },
  };
}

/** By the bells or by the clock, wholly; null when it is neither. */
function timeOf({ bell = null, schedule = null, startsAt = null, endsAt = null }: PlanValues<'series'>, known: Known) {
  if (bell !== null && startsAt === null && endsAt === null)
    return { bell, schedule: schedule ?? known.defaultBells(), startsAt: null, endsAt: null };
  if (bell === null && startsAt !== null && endsAt !== null) return { bell: null, schedule: null, startsAt, endsAt };
  return null;
}

type Fault = (field: keyof PlanValues<'series'>, code: Parameters<Faults['add']>[2], value: string | null) => void;

function checkSpan({ term, from, until, weeks }: PlanValues<'series'>, known: Known, fault: Fault): void {
  const span = known.term(term ?? '');
  if (span === null) return;
  if (from && (from < span.startsOn || from > span.endsOn)) fault('from', 'outside-term', from);
  if (until && (until > span.endsOn || until < (from ?? span.startsOn))) fault('until', 'outside-term', until);
  // Week 1 is the week, Monday to Sunday, of the first day.
  const first = Date.parse(span.startsOn);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const last = Math.floor((Date.parse(span.endsOn) - monday) / (7 * DAY_MS)) + 1;
  if (Array.isArray(weeks)) for (const week of weeks) if (week > last) fault('weeks', 'outside-term', String(week));
}

function wholeLesson(item: Item<'lessons'>, table: PlanTable<'lessons'> | undefined, known: Known, faults: Faults): Item<'lessons'> {
  const { values } = item;
  if ((values.endsAt ?? '') <= (values.startsAt ?? ''))
    faults.add({ sheet: table?.sheet ?? null, line: item.line }, table?.heads.get('endsAt') ?? null, 'value-bad', values.endsAt ?? null);
  const title = values.title ?? known.courseTitle(values.course ?? '');
  return { ...item, values: { ...values, title, mode: values.mode ?? 'online', cancelled: values.cancelled ?? false } };
}
