// What a plan would change in the database: new, changed, gone, the same. Pure: two lists are compared.
import { type DifferenceSample, ImportTable, type TableDifference } from '../contract/import.ts';
import type { Item, Plan, PlanValues } from './plan.ts';
import { type Known, targetsOf, type World } from './world.ts';

const MOST_SAMPLES = 10;

export interface Changed<T extends ImportTable = ImportTable> {
  readonly item: Item<T>;
  readonly known: Known<T>;
  /** Columns that differ. */
  readonly fields: readonly string[];
}
export interface TableChanges<T extends ImportTable = ImportTable> {
  readonly added: readonly Item<T>[];
  readonly changed: readonly Changed<T>[];
  readonly gone: readonly { readonly externalId: string; readonly known: Known<T> }[];
  readonly same: number;
}
export type Changes = { readonly [T in ImportTable]?: TableChanges<T> };

export interface Compared {
  readonly source: string;
  /** False when the plan is only a part of what the source has: then nothing is gone. */
  readonly isComplete: boolean;
}

export function changesOf(plan: Plan, world: World, compared: Compared): Changes {
  const changes: { [T in ImportTable]?: unknown } = {};
  const compare = <T extends ImportTable>(table: T) => {
    const rows = plan[table];
    if (rows !== undefined) changes[table] = compareTable<T>(table, rows.items, world.rows[table] ?? new Map(), compared);
  };
  for (const table of ImportTable.options) compare(table);
  // Each entry is of its own table, which the compiler cannot follow through a loop.
  return changes as Changes;
}

function compareTable<T extends ImportTable>(
  table: T,
  items: readonly Item<T>[],
  rows: ReadonlyMap<string, Known<T>>,
  { source, isComplete }: Compared,
): TableChanges<T> {
  const added: Item<T>[] = [];
  const changed: Changed<T>[] = [];
  const named = new Set<string>();
  let same = 0;
  for (const item of items) {
    named.add(item.id);
    const known = rows.get(item.id);
    if (known === undefined) {
      // What is new and cancelled already was never there for anybody.
      if ('cancelled' in item.values && item.values.cancelled === true) same += 1;
      else added.push(item);
      continue;
    }
    const fields = known.isFixed === true ? [] : fieldsThatDiffer(table, item, known, source);
    if (fields.length === 0) same += 1;
    else changed.push({ item, known, fields });
  }
  const gone: { externalId: string; known: Known<T> }[] = [];
  if (isComplete)
    for (const [externalId, known] of rows)
      if (!named.has(externalId) && known.source === source && known.isGone !== true && known.isFixed !== true)
        gone.push({ externalId, known });
  return { added, changed, gone, same };
}

/** Taken when an account is made, and never changed. */
const fixed = new Set(['id', 'signInName']);

function fieldsThatDiffer<T extends ImportTable>(table: T, item: Item<T>, known: Known<T>, source: string): string[] {
  const stored: Readonly<Record<string, unknown>> = known.values;
  const fields: string[] = [];
  for (const [field, value] of Object.entries(item.values))
    if (!fixed.has(field) && known.byHand?.has(field) !== true && !isSame(value, stored[field])) fields.push(field);
  if (known.isGone === true && table !== 'lessons') fields.push('gone');
  // Made by hand, and now told of by a source: from here on it is that source's.
  if (known.source === null) fields.push('source');
  // What another source brought stays with that one.
  return known.source === source || known.source === null ? fields : fields.filter((field) => field !== 'source');
}

/** What the row will hold: as stored, with what the file decides. */
export function asDecided<T extends ImportTable>(item: Item<T>, known: Known<T>): PlanValues<T> {
  const values: PlanValues<T> = { ...known.values, ...item.values };
  const stored = Object.entries(known.values).filter(([field]) => field === 'signInName' || known.byHand?.has(field) === true);
  return Object.assign(values, Object.fromEntries(stored));
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** As it is shown to people. */
export function shown(changes: Changes, plan: Plan, world: World): TableDifference[] {
  const names = namesIn(plan, world);
  return ImportTable.options.flatMap((table) => {
    const found = changes[table];
    if (found === undefined) return [];
    const { added, changed, gone, same }: TableChanges = found;
    const view = (values: object, only?: readonly string[]) => shownValues(table, values, names, only);
    const samples: DifferenceSample[] = [
      ...added.slice(0, MOST_SAMPLES).map((item) => ({
        how: 'new' as const,
        externalId: item.id,
        name: nameOf(table, item.values, names),
        before: null,
        after: view(item.values),
      })),
      ...changed.slice(0, MOST_SAMPLES).map(({ item, known, fields }) => ({
        ...{ how: 'changed' as const, externalId: item.id, name: nameOf(table, { ...known.values, ...item.values }, names) },
        before: {
          ...view(known.values, fields),
          ...(fields.includes('gone') && { gone: true }),
          ...(fields.includes('source') && { source: known.source }),
        },
        after: { ...view(item.values, fields), ...(fields.includes('gone') && { gone: false }) },
      })),
      ...gone.slice(0, MOST_SAMPLES).map(({ externalId, known }) => ({
        how: 'gone' as const,
        externalId,
        name: nameOf(table, known.values, names),
        before: view(known.values),
        after: null,
      })),
    ];
    return [{ table, new: added.length, changed: changed.length, gone: gone.length, same, samples }];
  });
}

export type Names = (table: ImportTable, ref: string) => string;

/** Of what a row refers to: from the file, else from the database. */
export function namesIn(plan: Plan, world: World): Names {
  const maps = new Map<ImportTable, Map<string, Item>>();
  return (table, ref) => {
    let items = maps.get(table);
    if (items === undefined) {
      const all: readonly Item[] = plan[table]?.items ?? [];
      items = new Map(all.map((item) => [item.id, item]));
      maps.set(table, items);
    }
    const item = items.get(ref);
    if (item !== undefined) return (table === 'places' ? placeName(item.values) : plainName(item.values)) ?? ref;
    return world.refs[table]?.byRef.get(ref)?.name ?? ref;
  };
}

function placeName(values: object): string {
  const { building, name }: Readonly<Record<string, unknown>> = { building: null, name: null, ...values };
  return [building, name].filter(Boolean).join(', ');
}

function plainName(values: object): string | null {
  const { name, title, code }: Readonly<Record<string, unknown>> = { name: null, title: null, code: null, ...values };
  const own = [code, title ?? name].filter((part) => typeof part === 'string');
  return own.length === 0 ? null : own.join(' ');
}

function nameOf(table: ImportTable, values: object, names: Names): string {
  const cells: Readonly<Record<string, unknown>> = { ...values };
  const ref = (field: string, target: ImportTable) => names(target, String(cells[field] ?? ''));
  if (table === 'enrolments') return `${ref('person', 'people')}, ${ref('course', 'courses')}`;
  if (table === 'places') return placeName(values);
  return plainName(values) ?? String(cells.id ?? '');
}

type ShownValues = NonNullable<DifferenceSample['before']>;

function shownValues(table: ImportTable, values: object, names: Names, only?: readonly string[]): ShownValues {
  const targets = new Map(targetsOf(table));
  const view: ShownValues = {};
  for (const [field, value] of Object.entries(values)) {
    if (field === 'id' || (only !== undefined && !only.includes(field))) continue;
    const target = targets.get(field);
    const named = (part: unknown) => (target !== undefined && typeof part === 'string' ? names(target, part) : part);
    view[field] = shownValue(Array.isArray(value) ? value.map(named) : named(value));
  }
  return view;
}

function shownValue(value: unknown): ShownValues[string] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((part: unknown) => {
    if (typeof part === 'object' && part !== null && 'number' in part && 'startsAt' in part && 'endsAt' in part)
      return `${String(part.number)}: ${String(part.startsAt)}–${String(part.endsAt)}`;
    return String(part);
  });
}
