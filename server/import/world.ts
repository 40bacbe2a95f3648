// What is in the database already, in the words of the plan: by the ids of the other system.
import type { ImportTable } from '../contract/import.ts';
import type { PlanValues } from './plan.ts';

/** Something that rows refer to. */
export interface Referred {
  readonly id: string;
  readonly name: string;
  /** Of what belongs to one. */
  readonly facultyId?: string;
  readonly code?: string;
  readonly title?: string;
  readonly email?: string | null;
  readonly isTeacher?: boolean;
  readonly isDefault?: boolean;
  /** Of a stream, as rows refer to them. */
  readonly groups?: readonly string[];
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly bells?: ReadonlyMap<number, { readonly startsAt: string; readonly endsAt: string }>;
}

export interface Refs {
  readonly byRef: ReadonlyMap<string, Referred>;
  /** Of an id of ours. */
  readonly refOf: ReadonlyMap<string, string>;
}

export interface Known<T extends ImportTable = ImportTable> {
  readonly id: string;
  readonly source: string | null;
  /** Every column. */
  readonly values: Required<PlanValues<T>>;
  /** Taken out by an import before; back when a file names it again. */
  readonly isGone?: boolean;
  /** Neither changed nor gone, whatever the file says: a lesson that has begun, an administrator. */
  readonly isFixed?: boolean;
  /** Columns that were decided by hand, and the file no longer decides. */
  readonly byHand?: ReadonlySet<string>;
}

export interface World {
  readonly refs: { readonly [T in ImportTable]?: Refs };
  readonly rows: { readonly [T in ImportTable]?: ReadonlyMap<string, Known<T>> };
  /** Whose each sign-in name is. */
  readonly signInNames: ReadonlyMap<string, string>;
}

/** Which columns name rows of which table. */
export const references: { readonly [T in ImportTable]: Readonly<Partial<Record<keyof PlanValues<T>, ImportTable>>> } = {
  faculties: {},
  departments: { faculty: 'faculties' },
  programmes: { faculty: 'faculties', department: 'departments' },
  groups: { faculty: 'faculties', programme: 'programmes' },
  people: { groups: 'groups' },
  streams: { faculty: 'faculties', groups: 'groups' },
  places: {},
  courses: { faculty: 'faculties', department: 'departments' },
  enrolments: { course: 'courses', person: 'people' },
  terms: {},
  bells: {},
  series: { term: 'terms', course: 'courses', teacher: 'people', groups: 'groups', streams: 'streams', place: 'places', schedule: 'bells' },
  lessons: { course: 'courses', teacher: 'people', groups: 'groups', place: 'places' },
};

export function targetsOf(table: ImportTable): [field: string, target: ImportTable][] {
  return Object.entries<ImportTable>(references[table]);
}
