// The plan: what every format is read into, and all that the rest of an import knows. Plain data, with the ids of the system it came from.
import { ImportTable } from '../contract/import.ts';
import { bad, type Cell, type Column, folded, notComputed } from './columns.ts';
import type { Faults } from './faults.ts';
import { columnsOf, tableNames, type ValuesOf } from './tables.ts';

/** A table as a reader found it, before anyone has looked into its cells. */
export interface RawTable {
  readonly table: ImportTable;
  readonly sheet: string | null;
  readonly headLine: number;
  readonly head: readonly string[];
  /** A missing cell is not decided by the file; an empty one says that there is nothing. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly (Cell | undefined)[] }[];
}

export interface ScheduleValues {
  readonly name?: string | null;
  readonly bells: readonly { readonly number: number; readonly startsAt: string; readonly endsAt: string }[];
}
export type PlanValues<T extends ImportTable> = T extends 'bells' ? ScheduleValues : ValuesOf<T>;
export interface Item<T extends ImportTable = ImportTable> {
  readonly id: string;
  readonly line: number;
  readonly values: PlanValues<T>;
}
export interface PlanTable<T extends ImportTable = ImportTable> {
  readonly sheet: string | null;
  /** What the file calls each column. */
  readonly heads: ReadonlyMap<string, string>;
  readonly items: readonly Item<T>[];
}
export type Plan = { readonly [T in ImportTable]?: PlanTable<T> };

/** What no file can contain stands before an id of ours, for things that have no id in the other system. */
const OWN = '\u0000';
export const ownRef = (id: string): string => `${OWN}${id}`;
export const ownIdOf = (ref: string): string | null => (ref.startsWith(OWN) ? ref.slice(OWN.length) : null);

const MOST_ROWS = 200_000;

const byName = new Map(ImportTable.options.flatMap((table) => [table, ...tableNames[table]].map((name) => [folded(name), table] as const)));

/** Null when no table is called so, in any of the languages. */
export function tableCalled(name: string): ImportTable | null {
  return byName.get(folded(name)) ?? null;
}

export function planOf(tables: readonly RawTable[], faults: Faults): Plan {
  const plan: { [T in ImportTable]?: PlanTable } = {};
  // A sheet of the template that was left empty says nothing about its table, least of all that everything is gone.
  const filled = tables.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) faults.add({ sheet: null, line: 1 }, null, 'file-empty');
  for (const raw of filled) {
    if (plan[raw.table] !== undefined) faults.add({ sheet: raw.sheet, line: raw.headLine }, null, 'table-twice', raw.table);
    else plan[raw.table] = raw.table === 'bells' ? schedules(read(raw, faults), faults) : read(raw, faults);
  }
  // Each entry was read by the columns of its own table, which the compiler cannot follow through a loop.
  return plan as Plan;
}

interface Found {
  readonly field: string;
  readonly column: Column<unknown>;
  readonly head: string;
  readonly index: number;
}

function read(raw: RawTable, faults: Faults): PlanTable {
  const { sheet, headLine } = raw;
  const found = columnsFound(raw, faults);
  const heads = new Map(found.map(({ field, head }) => [field, head]));
  const missing = Object.entries<Column<unknown>>(columnsOf[raw.table]).filter(([field, column]) => column.needed && !heads.has(field));
  for (const [field] of missing) faults.add({ sheet, line: headLine }, null, 'column-missing', field);
  if (raw.rows.length > MOST_ROWS) faults.add({ sheet, line: headLine }, null, 'too-many-rows', String(MOST_ROWS));
  if (missing.length > 0 || raw.rows.length > MOST_ROWS) return { sheet, heads, items: [] };

  const items: Item[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of raw.rows) {
    if (cells.length > raw.head.length) faults.add({ sheet, line }, null, 'cells-surplus', String(cells.length));
    const values = readRow(found, { sheet, line }, cells, faults);
    if (values === null) continue;
    const id = idOf(raw.table, values);
    if (seen.has(id) && raw.table !== 'bells') faults.add({ sheet, line }, heads.get('id') ?? heads.get('person') ?? null, 'duplicate', id);
    seen.add(id);
    items.push({ id, line, values });
  }
  return { sheet, heads, items };
}

function columnsFound(raw: RawTable, faults: Faults): Found[] {
  const spot = { sheet: raw.sheet, line: raw.headLine };
  const fields = new Map<string, string>();
  for (const [field, column] of Object.entries<Column<unknown>>(columnsOf[raw.table]))
    for (const name of [field, ...column.names]) if (!fields.has(folded(name))) fields.set(folded(name), field);
  const columns = new Map(Object.entries<Column<unknown>>(columnsOf[raw.table]));
  const found: Found[] = [];
  for (const [index, head] of raw.head.entries()) {
    // Spreadsheets end in columns that hold nothing.
    if (head === '' && raw.rows.every(({ cells }) => cells[index] === undefined || cells[index] === '')) continue;
    const field = fields.get(folded(head));
    const column = field === undefined ? undefined : columns.get(field);
    if (field === undefined || column === undefined) faults.add(spot, null, 'column-unknown', head);
    else if (found.some((other) => other.field === field)) faults.add(spot, null, 'column-twice', head);
    else found.push({ field, column, head, index });
  }
  return found;
}

/** Null when something is wrong with it. */
function readRow(
  found: readonly Found[],
  spot: { readonly sheet: string | null; readonly line: number },
  cells: readonly (Cell | undefined)[],
  faults: Faults,
): Item['values'] | null {
  const values: Record<string, unknown> = {};
  let isWhole = true;
  for (const { field, column, head, index } of found) {
    const cell = cells[index];
    if (cell === undefined && !column.needed) continue;
    if (cell === undefined || cell === '' || cell.length === 0) {
      if (column.needed) {
        faults.add(spot, head, 'value-missing');
        isWhole = false;
      } else values[field] = column.empty;
      continue;
    }
    const value = cell === notComputed ? bad : column.read(cell);
    if (cell === notComputed) {
      faults.add(spot, head, 'value-not-computed');
      isWhole = false;
    } else if (value === bad) {
      faults.add(spot, head, 'value-bad', typeof cell === 'string' ? cell : cell.join(', '));
      isWhole = false;
    } else values[field] = value;
  }
  // Read by the columns of this table just above.
  return isWhole ? (values as Item['values']) : null;
}

function idOf(table: ImportTable, values: Item['values']): string {
  if ('id' in values && typeof values.id === 'string') return values.id;
  if ('course' in values && 'person' in values) return `${String(values.course)} ${String(values.person)}`;
  if ('schedule' in values && typeof values.schedule === 'string') return values.schedule;
  throw new Error(`A row of ${table} has no id`);
}

/** A row for each bell becomes an item for each schedule. */
function schedules(table: PlanTable, faults: Faults): PlanTable<'bells'> {
  const { sheet, heads } = table;
  const byId = new Map<string, { line: number; name: string | null | undefined; bells: ScheduleValues['bells'][number][] }>();
  for (const { id, line, values } of table.items) {
    const { name, number = 0, startsAt = '', endsAt = '' } = values as ValuesOf<'bells'>;
    const schedule = byId.get(id) ?? { line, name, bells: [] };
    if (schedule.bells.some((bell) => bell.number === number))
      faults.add({ sheet, line }, heads.get('number') ?? null, 'duplicate', String(number));
    else if (endsAt <= startsAt) faults.add({ sheet, line }, heads.get('endsAt') ?? null, 'value-bad', endsAt);
    else if (schedule.bells.some((bell) => (bell.number < number ? bell.endsAt > startsAt : endsAt > bell.startsAt)))
      faults.add({ sheet, line }, heads.get('startsAt') ?? null, 'times-overlap', startsAt);
    else schedule.bells.push({ number, startsAt, endsAt });
    byId.set(id, { ...schedule, name: schedule.name ?? name });
  }
  const items = [...byId].map(([id, { line, name, bells }]) => ({
    id,
    line,
    values: { ...(name !== undefined && { name }), bells: bells.toSorted((a, b) => a.number - b.number) },
  }));
  return { sheet, heads, items };
}
