// Turns the values of a plan into the columns of the database, for each table: what is new in whole, what changed only in what differs.
import { DateTime } from 'luxon';
import { SignInName } from '../contract/identity.ts';
import type { ImportTable } from '../contract/import.ts';
import { searchText, sortKey } from '../database/text.ts';
import { kindDefaults } from '../timetable/kind-defaults.ts';
import type { Row } from './bulk.ts';
import type { PlanValues } from './plan.ts';

/** Our id of what a row refers to. */
export type IdOf = (table: ImportTable, ref: string) => string;

export interface Writing {
  readonly idOf: IdOf;
  readonly source: string;
  readonly now: number;
  readonly timeZone: string;
}

type Values<T extends ImportTable> = PlanValues<T>;
const orNull = (write: Writing, table: ImportTable, ref: string | null | undefined) =>
  ref === null || ref === undefined ? null : write.idOf(table, ref);

/** As lists sort and find it. */
function listed(first: string, ...more: readonly string[]): { sort_key: string; search_text: string } {
  return { sort_key: sortKey(first), search_text: searchText(first, ...more) };
}

/** The columns of a row with all its values; those that the file does not decide are empty. Without `id`, `external_id` and `source`. */
export const columnsFor: { readonly [T in ImportTable]: (values: Values<T>, write: Writing) => Row } = {
  faculties: ({ name = '' }) => ({ name, ...listed(name) }),
  departments: ({ name = '', faculty = '' }, write) => ({ name, faculty_id: write.idOf('faculties', faculty), ...listed(name) }),
  programmes: ({ name = '', code = '', field = '', faculty = '', department }, write) => ({
    ...{ name, code, field, faculty_id: write.idOf('faculties', faculty) },
    department_id: orNull(write, 'departments', department),
    ...listed(code, name),
  }),
  groups: ({ name = '', faculty = '', programme }, write) => ({
    ...{ name, faculty_id: write.idOf('faculties', faculty), programme_id: orNull(write, 'programmes', programme) },
    ...listed(name),
  }),
  people: (values) => {
    const { name = '', email = null, language = null, roles = [] } = values;
    return {
      ...{ display_name: name, email, language, roles: JSON.stringify(roles) },
      sort_key: sortKey(name),
      search_text: searchText(name, signInNameOf(values), email),
    };
  },
  streams: ({ name = '', faculty = '' }, write) => ({ name, faculty_id: write.idOf('faculties', faculty), ...listed(name) }),
  places: ({ name = '', building = '', capacity = null }) => ({ name, building, capacity, ...listed(`${building} ${name}`) }),
  courses: ({ code = '', title = '', credits = null, hours = null, faculty = '', department }, write) => ({
    ...{ code, title, credits, planned_hours: hours, faculty_id: write.idOf('faculties', faculty) },
    department_id: orNull(write, 'departments', department),
    ...listed(code, title),
  }),
  enrolments: ({ role = 'student' }) => ({ role }),
  terms: ({ name = '', startsOn = '', endsOn = '' }) => ({ name, starts_on: startsOn, ends_on: endsOn }),
  bells: ({ name }) => ({ name: name ?? '' }),
  series: (values, write) => ({
    ...{ term_id: write.idOf('terms', values.term ?? ''), course_id: write.idOf('courses', values.course ?? '') },
    ...{ kind: values.kind ?? 'lecture', title: values.title ?? '', teacher_id: write.idOf('people', values.teacher ?? '') },
    ...{ place_id: orNull(write, 'places', values.place), mode: values.mode ?? 'online', weekday: values.weekday ?? 1 },
    weeks: JSON.stringify(values.weeks ?? 'every'),
    bell_schedule_id: orNull(write, 'bells', values.schedule),
    ...{ bell_first: values.bell?.[0] ?? null, bell_last: values.bell?.[1] ?? null },
    ...{ clock_starts_at: values.startsAt ?? null, clock_ends_at: values.endsAt ?? null },
    ...{ from_on: values.from ?? null, until_on: values.until ?? null },
  }),
  lessons: ({ kind = 'lecture', ...values }, write) => ({
    ...{ course_id: write.idOf('courses', values.course ?? ''), kind, title: values.title ?? '' },
    ...{
      teacher_id: write.idOf('people', values.teacher ?? ''),
      place_id: orNull(write, 'places', values.place),
      mode: values.mode ?? 'online',
    },
    starts_at: instant(values.date, values.startsAt, write.timeZone),
    ends_at: instant(values.date, values.endsAt, write.timeZone),
    cancelled: values.cancelled === true ? 1 : 0,
    rules: JSON.stringify(kindDefaults[kind]),
  }),
};

function instant(date = '', time = '', zone: string): number {
  return DateTime.fromISO(`${date}T${time}`, { zone }).toMillis();
}

/** Of a new account: as the file says, else made of the id. Nobody signs in with it before there is a password. */
export function signInNameOf({ id = '', signInName }: Values<'people'>): string {
  if (signInName !== null && signInName !== undefined) return signInName;
  const plain = id
    .replace(/[^\p{L}\p{N}._@-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 64);
  return SignInName.safeParse(plain).data ?? SignInName.parse(`id-${plain}`.slice(0, 64).padEnd(4, '0'));
}
