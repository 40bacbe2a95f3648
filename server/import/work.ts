// One import from its file to its lessons: reads, checks, compares, and if told to, writes and lays out. Runs in a thread of its own.
import { readFile } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { CalendarDay } from '../contract/calendar.ts';
import {
  type ImportClashes,
  type ImportFormat,
  type ImportStep,
  ImportTable,
  type TableDifference,
  type TableFault,
} from '../contract/import.ts';
import { alone } from '../database/alone.ts';
import type { OpenDatabase } from '../database/open.ts';
import type { Database } from '../database/tables.ts';
import { type Applied, applyChanges } from './apply.store.ts';
import { Bulk } from './bulk.ts';
import { checked, Known } from './check.ts';
import { clashesOf } from './clashes.ts';
import { type Changes, changesOf, namesIn, shown, type TableChanges } from './difference.ts';
import { Faults, Unreadable } from './faults.ts';
import { KnownStore } from './known.store.ts';
import { checkNames } from './names.ts';
import type { Plan } from './plan.ts';
import { formatOf, readTables, unreadable } from './read-file.ts';
import { readIcal } from './read-ical.ts';
import { readPut } from './read-put.ts';
import { type Scope, within } from './scope.ts';
import type { World } from './world.ts';

export interface Task {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly table: ImportTable | null;
  readonly course: string | null;
  readonly scope: Scope;
  readonly now: number;
  readonly timeZone: string;
  /** Another system's call, not a file: of one table, or of one row of it. */
  readonly put: { readonly table: ImportTable; readonly item: string | null } | null;
}

export interface ReadResult {
  readonly format: ImportFormat | null;
  readonly difference: TableDifference[];
  readonly faults: TableFault[];
  readonly faultTotal: number;
  readonly clashes: ImportClashes;
}

export interface ApplyResult extends ReadResult, Applied {
  /** False: there were faults, and nothing was written. */
  readonly applied: boolean;
  /** Lessons are still to be laid out. */
  readonly laysOut: boolean;
}

/** The days of the academic calendar that differ. */
export type ReadDays = (db: Kysely<Database>) => Promise<readonly CalendarDay[]>;
export type Progress = (step: ImportStep, done: number, total: number) => void;

interface Compared extends ReadResult {
  readonly changes: Changes;
  readonly world: World;
  readonly isFaulty: boolean;
}

export class Work {
  readonly #database: OpenDatabase;
  readonly #readDays: ReadDays;
  readonly #progress: Progress;

  constructor(database: OpenDatabase, readDays: ReadDays, progress: Progress = () => undefined) {
    this.#database = database;
    this.#readDays = readDays;
    this.#progress = progress;
  }

  async read(task: Task): Promise<ReadResult> {
    const { changes: _changes, world: _world, isFaulty: _isFaulty, ...result } = await this.#compare(task);
    return result;
  }

  /**
   * Compares anew, for the database may have changed since the file was read, and writes all of it or nothing.
   * @param alongside what is to be written in the same transaction, given what is being done
   */
  async apply(
    task: Task,
    withGone: boolean,
    alongside?: (db: Kysely<Database>, result: ReadResult) => Promise<void>,
  ): Promise<ApplyResult> {
    const { changes, world, isFaulty, ...result } = await this.#compare(task);
    if (isFaulty) return { ...result, applied: false, facts: [], disabledIds: [], lessonIds: [], laysOut: false };
    const { source, now, timeZone } = task;
    const total = Object.values(changes).reduce(
      (sum, { added, changed, gone }: TableChanges) => sum + added.length + changed.length + (withGone ? gone.length : 0),
      0,
    );
    let done = 0;
    this.#progress('writing', 0, total);
    const written = await alone(this.#database.db, async (trx) => {
      // As PersonStore.alone: accounts have a lock of their own.
      await trx
        .insertInto('server_value')
        .values({ name: 'people-lock', value: '' })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
        .execute();
      const bulk = new Bulk(trx, this.#database.dialect, (rows) => {
        done += rows;
        this.#progress('writing', Math.min(done, total), total);
      });
      const applied = await applyChanges(trx, bulk, { changes, world, source, withGone, now, timeZone });
      await alongside?.(trx, result);
      return applied;
    });
    return { ...result, ...written, applied: true, laysOut: true };
  }

  async #compare(task: Task): Promise<Compared> {
    const { source, now, timeZone } = task;
    this.#progress('reading', 0, 0);
    const bytes = await readFile(task.path);
    const known = new KnownStore(this.#database.db);
    const asked = { source, now, timeZone };
    const { format, plan: read, faults, isComplete, world: seen } = await this.#plan(task, bytes, known);
    this.#progress('checking', 0, 0);
    const tables = tablesIn(read);
    const world = seen ?? (await known.world({ ...asked, tables }));
    const plan = faults.total > 0 && tables.length === 0 ? read : checked(read, world, faults);
    checkNames(plan, world, faults);
    this.#progress('comparing', 0, 0);
    const all = changesOf(plan, world, { source, isComplete });
    const lookup = new Known(plan, world);
    const changes = within(task.scope, all, plan, world, lookup, faults);
    const isFaulty = faults.total > 0;
    const difference = isFaulty ? [] : shown(changes, plan, world);
    // Nobody looks at what another system puts before it is there.
    const clashes =
      isFaulty || task.put !== null
        ? noClashes
        : clashesOf({ plan, world, lookup, names: namesIn(plan, world), days: await this.#readDays(this.#database.db), ...asked });
    return { format, changes, world, isFaulty, difference, faults: faults.first(), faultTotal: faults.total, clashes };
  }

  async #plan(
    { name, table, course, put, source, now, timeZone }: Task,
    bytes: Buffer,
    known: KnownStore,
  ): Promise<{ format: ImportFormat | null; plan: Plan; faults: Faults; isComplete: boolean; world?: World }> {
    const faults = new Faults();
    if (put !== null) return { format: 'json', faults, ...readPut(bytes, put, faults) };
    const format = formatOf(bytes, name);
    if (format === null) return { format, plan: {}, faults: unreadable(new Unreadable('file-unreadable'), faults), isComplete: true };
    if (format !== 'ical') return { ...(await readTables({ bytes, name, table }, format)), isComplete: true };
    const world = await known.world({ tables: ['lessons'], source, now, timeZone });
    const plan = readIcal({ text: bytes.toString('utf8'), timeZone, now, course }, world, faults);
    return { format, plan, faults, isComplete: true, world };
  }
}

const noClashes: ImportClashes = { total: 0, list: [] };

function tablesIn(plan: Plan): ImportTable[] {
  return ImportTable.options.filter((table) => plan[table] !== undefined);
}
