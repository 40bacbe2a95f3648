// One import that is being written: its changes, and which id of ours each id of the other system is.
import { randomBytes } from 'node:crypto';
import { ImportTable } from '../contract/import.ts';
import type { Database } from '../database/tables.ts';
import type { Changes, TableChanges } from './difference.ts';
import { ownIdOf } from './plan.ts';
import type { Writing } from './rows.ts';
import type { World } from './world.ts';

export interface Applying {
  readonly changes: Changes;
  readonly world: World;
  readonly source: string;
  readonly withGone: boolean;
  readonly now: number;
  readonly timeZone: string;
}

/** Where each table of an import is kept. */
export const stored = {
  faculties: 'faculty',
  departments: 'department',
  programmes: 'programme',
  groups: 'student_group',
  people: 'person',
  streams: 'stream',
  places: 'place',
  courses: 'course',
  enrolments: 'enrolment',
  terms: 'term',
  bells: 'bell_schedule',
  series: 'series',
  lessons: 'lesson',
} as const satisfies Record<ImportTable, keyof Database>;

export const newId = () => randomBytes(12).toString('base64url');

export class Application {
  readonly applying: Applying;
  readonly write: Writing;
  /** By table and id of the other system. */
  readonly #new = new Map<ImportTable, Map<string, string>>();

  constructor(applying: Applying) {
    this.applying = applying;
    const { source, now, timeZone } = applying;
    this.write = { idOf: (table, ref) => this.idOf(table, ref), source, now, timeZone };
    for (const table of ImportTable.options) {
      const found: TableChanges | undefined = applying.changes[table];
      if (found !== undefined && table !== 'enrolments') this.#new.set(table, new Map(found.added.map(({ id }) => [id, newId()])));
    }
  }

  of<T extends ImportTable>(table: T): TableChanges<T> | undefined {
    return this.applying.changes[table];
  }

  idOf(table: ImportTable, ref: string): string {
    const id = ownIdOf(ref) ?? this.#new.get(table)?.get(ref) ?? this.applying.world.refs[table]?.byRef.get(ref)?.id;
    if (id === undefined) throw new Error(`Nothing in ${table} has the id that a row refers to`);
    return id;
  }

  /** Our ids of what is gone, where that is wished. */
  goneOf(table: ImportTable): readonly string[] {
    const found: TableChanges | undefined = this.of(table);
    return this.applying.withGone ? (found?.gone ?? []).map(({ known }) => known.id) : [];
  }
}
