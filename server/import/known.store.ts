// Reads what the database has of each table of an import, to compare a file with. Other modules own these tables: reading them row by row
// through their services would take minutes where this takes a second.
import type { Kysely } from 'kysely';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { Language } from '../contract/identity.ts';
import type { ImportTable } from '../contract/import.ts';
import { PatternWeeks } from '../contract/planning.ts';
import { LessonKind, TeachingMode } from '../contract/timetable.ts';
import type { Database } from '../database/tables.ts';
import { ownRef } from './plan.ts';
import type { ImportRole } from './words.ts';
import { type Known, type Referred, type Refs, targetsOf, type World } from './world.ts';

type Db = Kysely<Database>;
const Roles = z.array(z.string());
const given: readonly ImportRole[] = ['assistant', 'student', 'teacher'];
const byHandFields: Readonly<Record<string, readonly string[]>> = {
  time: ['date', 'startsAt', 'endsAt'],
  teacher: ['teacher'],
  place: ['place', 'mode'],
  groups: ['groups'],
  title: ['title'],
  cancelled: ['cancelled'],
};

export interface Asked {
  readonly tables: readonly ImportTable[];
  /** Whose single lessons are looked at: their ids mean something within a source only. */
  readonly source: string;
  readonly timeZone: string;
  readonly now: number;
}

type RefOf = (table: ImportTable, id: string | null) => string | null;

export class KnownStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async world(asked: Asked): Promise<World> {
    const wanted = new Set(asked.tables.flatMap((table) => [table, ...targetsOf(table).map(([, target]) => target)]));
    // What a course or a group belongs to decides who may change what hangs on it.
    if (wanted.has('enrolments') || wanted.has('series') || wanted.has('lessons')) wanted.add('faculties');
    const refs: { [T in ImportTable]?: Refs } = {};
    for (const table of wanted)
      if (table !== 'enrolments' && table !== 'series' && table !== 'lessons') refs[table] = await this.#refs(table);
    const refOf: RefOf = (table, id) => (id === null ? null : (refs[table]?.refOf.get(id) ?? null));
    const rows: { [T in ImportTable]?: ReadonlyMap<string, Known<T>> } = {};
    const load = async <T extends ImportTable>(table: T) => {
      const map: ReadonlyMap<string, Known<T>> = await loaders[table](this.#db, refOf, asked);
      Object.assign(rows, { [table]: map });
    };
    for (const table of asked.tables) await load(table);
    const names = asked.tables.includes('people') ? await this.#db.selectFrom('person').select(['id', 'sign_in_name']).execute() : [];
    return { refs, rows, signInNames: new Map(names.map((row) => [row.sign_in_name, row.id])) };
  }

  async #refs(table: Exclude<ImportTable, 'enrolments' | 'series' | 'lessons'>): Promise<Refs> {
    const rows = await referred[table](this.#db);
    const byRef = new Map<string, Referred>();
    const refOf = new Map<string, string>();
    for (const { externalId, ...row } of rows) {
      const ref = externalId ?? ownRef(row.id);
      byRef.set(ref, row);
      refOf.set(row.id, ref);
    }
    return { byRef, refOf };
  }
}

type ReferredRow = Referred & { readonly externalId: string | null };
const named = ['id', 'external_id as externalId', 'name'] as const;
const ofFaculty = [...named, 'faculty_id as facultyId'] as const;

const referred: { readonly [T in Exclude<ImportTable, 'enrolments' | 'series' | 'lessons'>]: (db: Db) => Promise<ReferredRow[]> } = {
  faculties: (db) => db.selectFrom('faculty').select(named).execute(),
  departments: (db) => db.selectFrom('department').select(ofFaculty).execute(),
  programmes: (db) => db.selectFrom('programme').select(ofFaculty).execute(),
  groups: (db) => db.selectFrom('student_group').select(ofFaculty).execute(),
  streams: (db) => db.selectFrom('stream').select(ofFaculty).execute(),
  places: async (db) => {
    const rows = await db.selectFrom('place').select(named).select('building').execute();
    return rows.map(({ building, name, ...row }) => ({ ...row, name: `${building}, ${name}`, title: name }));
  },
  people: async (db) => {
    const rows = await db
      .selectFrom('person')
      .select(['id', 'external_id as externalId', 'display_name as name', 'email', 'roles'])
      .where('anonymised_at', 'is', null)
      .execute();
    return rows.map(({ roles, ...row }) => ({ ...row, isTeacher: roles.includes('"teacher"') }));
  },
  courses: async (db) => {
    const rows = await db
      .selectFrom('course')
      .select(['id', 'external_id as externalId', 'code', 'title', 'faculty_id as facultyId'])
      .execute();
    return rows.map((row) => ({ ...row, name: `${row.code} ${row.title}` }));
  },
  terms: (db) => db.selectFrom('term').select(named).select(['starts_on as startsOn', 'ends_on as endsOn']).execute(),
  bells: async (db) => {
    const rows = await db.selectFrom('bell_schedule').select(named).select('is_default').execute();
    const bells = await bellsOf(db);
    return rows.map(({ is_default, ...row }) => ({
      ...row,
      isDefault: is_default === 1,
      bells: new Map((bells.get(row.id) ?? []).map((bell) => [bell.number, bell])),
    }));
  },
};

type Loaders = { readonly [T in ImportTable]: (db: Db, refOf: RefOf, asked: Asked) => Promise<Map<string, Known<T>>> };

const loaders: Loaders = {
  faculties: async (db) =>
    mapOf(
      await db
        .selectFrom('faculty')
        .select([...named, 'source'])
        .execute(),
      ({ name }, id) => ({ id, name }),
    ),
  departments: async (db, refOf) =>
    mapOf(
      await db
        .selectFrom('department')
        .select([...ofFaculty, 'source'])
        .execute(),
      ({ name, facultyId }, id) => ({
        ...{ id, name },
        faculty: refOf('faculties', facultyId) ?? '',
      }),
    ),
  programmes: async (db, refOf) =>
    mapOf(
      await db
        .selectFrom('programme')
        .select([...ofFaculty, 'source', 'department_id', 'code', 'field'])
        .execute(),
      ({ name, code, field, facultyId, department_id }, id) => ({
        ...{ id, name, code, field },
        faculty: refOf('faculties', facultyId) ?? '',
        department: refOf('departments', department_id),
      }),
    ),
  groups: async (db, refOf) =>
    mapOf(
      await db
        .selectFrom('student_group')
        .select([...ofFaculty, 'source', 'programme_id'])
        .execute(),
      (row, id) => ({
        ...{ id, name: row.name },
        faculty: refOf('faculties', row.facultyId) ?? '',
        programme: refOf('programmes', row.programme_id),
      }),
    ),
  people: (db, refOf) => people(db, refOf),
  streams: async (db, refOf) => {
    const groups = listsBy(await db.selectFrom('stream_group').select(['stream_id as owner', 'group_id as id']).execute(), (id) =>
      refOf('groups', id),
    );
    return mapOf(
      await db
        .selectFrom('stream')
        .select([...ofFaculty, 'source'])
        .execute(),
      (row, id) => ({
        ...{ id, name: row.name },
        faculty: refOf('faculties', row.facultyId) ?? '',
        groups: groups.get(row.id) ?? [],
      }),
    );
  },
  places: async (db) =>
    mapOf(
      await db
        .selectFrom('place')
        .select([...named, 'source', 'building', 'capacity'])
        .execute(),
      ({ name, building, capacity }, id) => ({
        ...{ id, name, building, capacity },
      }),
    ),
  courses: async (db, refOf) =>
    mapOf(
      await db
        .selectFrom('course')
        .select(['id', 'external_id as externalId', 'source', 'faculty_id', 'department_id', 'code', 'title', 'credits', 'planned_hours'])
        .execute(),
      ({ code, title, credits, ...row }, id) => ({
        ...{ id, code, title, credits, hours: row.planned_hours },
        faculty: refOf('faculties', row.faculty_id) ?? '',
        department: refOf('departments', row.department_id),
      }),
    ),
  enrolments: async (db, refOf) => {
    const rows = await db.selectFrom('enrolment').select(['course_id', 'person_id', 'role', 'source']).execute();
    const known = new Map<string, Known<'enrolments'>>();
    for (const { course_id, person_id, role, source } of rows) {
      const [course, person] = [refOf('courses', course_id), refOf('people', person_id)];
      if (course === null || person === null) continue;
      const values = { course, person, role: role === 'assistant' ? ('assistant' as const) : ('student' as const) };
      known.set(`${course} ${person}`, { id: `${course_id} ${person_id}`, source, values });
    }
    return known;
  },
  terms: async (db) =>
    mapOf(
      await db
        .selectFrom('term')
        .innerJoin('academic_year', 'academic_year.id', 'term.year_id')
        .select([
          'term.id',
          'term.external_id as externalId',
          'term.source',
          'term.name',
          'term.starts_on',
          'term.ends_on',
          'academic_year.name as year',
        ])
        .execute(),
      ({ name, year, starts_on, ends_on }, id) => ({ id, name, year, startsOn: starts_on, endsOn: ends_on }),
    ),
  bells: async (db) => {
    const bells = await bellsOf(db);
    return mapOf(
      await db
        .selectFrom('bell_schedule')
        .select([...named, 'source'])
        .execute(),
      ({ id, name }) => ({ name, bells: bells.get(id) ?? [] }),
    );
  },
  series: (db, refOf) => series(db, refOf),
  lessons: (db, refOf, asked) => lessons(db, refOf, asked),
};

async function people(db: Db, refOf: RefOf): Promise<Map<string, Known<'people'>>> {
  const members = await db.selectFrom('group_member').select(['person_id as owner', 'group_id as id']).execute();
  // A group that was made by hand is not the file's to decide.
  const groups = listsBy(members, (id) => importedRef(refOf('groups', id)));
  const rows = await db
    .selectFrom('person')
    .select(['id', 'external_id as externalId', 'source', 'display_name', 'email', 'language', 'roles', 'disabled', 'sign_in_name'])
    .where('external_id', 'is not', null)
    .where('anonymised_at', 'is', null)
    .execute();
  return mapOf(
    rows,
    (row, id) => ({
      ...{ id, name: row.display_name, email: row.email, signInName: row.sign_in_name },
      language: row.language === null ? null : Language.parse(row.language),
      roles: given.filter((role) => row.roles.includes(`"${role}"`)),
      groups: groups.get(row.id) ?? [],
    }),
    (row) => ({ isGone: row.disabled === 2, isFixed: Roles.parse(JSON.parse(row.roles)).some((role) => !isGiven(role)) }),
  );
}

async function series(db: Db, refOf: RefOf): Promise<Map<string, Known<'series'>>> {
  const groups = listsBy(await db.selectFrom('series_group').select(['series_id as owner', 'group_id as id']).execute(), (id) =>
    refOf('groups', id),
  );
  const streams = listsBy(await db.selectFrom('series_stream').select(['series_id as owner', 'stream_id as id']).execute(), (id) =>
    refOf('streams', id),
  );
  const rows = await db.selectFrom('series').selectAll().select('external_id as externalId').where('external_id', 'is not', null).execute();
  return mapOf(
    rows,
    (row, id) => ({
      ...{ id, title: row.title, weekday: row.weekday, startsAt: row.clock_starts_at, endsAt: row.clock_ends_at },
      ...{ from: row.from_on, until: row.until_on, kind: LessonKind.parse(row.kind), mode: TeachingMode.parse(row.mode) },
      weeks: PatternWeeks.parse(JSON.parse(row.weeks)),
      bell: row.bell_first === null || row.bell_last === null ? null : ([row.bell_first, row.bell_last] as const),
      term: refOf('terms', row.term_id) ?? '',
      course: refOf('courses', row.course_id) ?? '',
      teacher: refOf('people', row.teacher_id) ?? '',
      place: refOf('places', row.place_id),
      schedule: refOf('bells', row.bell_schedule_id),
      groups: groups.get(row.id) ?? [],
      streams: streams.get(row.id) ?? [],
    }),
    (row) => ({ isGone: row.removed_at !== null }),
  );
}

async function lessons(db: Db, refOf: RefOf, { source, timeZone, now }: Asked): Promise<Map<string, Known<'lessons'>>> {
  const rows = await db.selectFrom('lesson').selectAll().select('external_id as externalId').where('source', '=', source).execute();
  const members = await db
    .selectFrom('lesson_group')
    .innerJoin('lesson', 'lesson.id', 'lesson_group.lesson_id')
    .select(['lesson_id as owner', 'group_id as id'])
    .where('lesson.source', '=', source)
    .execute();
  const groups = listsBy(members, (id) => refOf('groups', id));
  const local = (at: number) => DateTime.fromMillis(at, { zone: timeZone });
  return mapOf(
    rows,
    (row, id) => ({
      ...{ id, title: row.title, cancelled: row.cancelled === 1, kind: LessonKind.parse(row.kind), mode: TeachingMode.parse(row.mode) },
      ...{ date: local(row.starts_at).toFormat('yyyy-MM-dd'), startsAt: local(row.starts_at).toFormat('HH:mm') },
      endsAt: local(row.ends_at).toFormat('HH:mm'),
      course: refOf('courses', row.course_id) ?? '',
      teacher: refOf('people', row.teacher_id) ?? '',
      place: refOf('places', row.place_id),
      groups: groups.get(row.id) ?? [],
    }),
    (row) => {
      const byHand: unknown = JSON.parse(row.by_hand);
      const fields = typeof byHand === 'object' && byHand !== null ? Object.keys(byHand) : [];
      return {
        isFixed: row.starts_at <= now,
        isGone: row.cancelled === 1,
        byHand: new Set(fields.flatMap((field) => byHandFields[field] ?? [])),
      };
    },
  );
}

interface Row {
  readonly id: string;
  readonly externalId: string | null;
  readonly source: string | null;
}

/** Only what has an id of the other system can be found again by it. */
function mapOf<R extends Row, T extends ImportTable>(
  rows: readonly R[],
  valuesOf: (row: R, externalId: string) => Known<T>['values'],
  more: (row: R) => Partial<Known<T>> = () => ({}),
): Map<string, Known<T>> {
  const known = new Map<string, Known<T>>();
  for (const row of rows) {
    if (row.externalId === null) continue;
    known.set(row.externalId, { id: row.id, source: row.source, values: valuesOf(row, row.externalId), ...more(row) });
  }
  return known;
}

function listsBy(
  rows: readonly { readonly owner: string; readonly id: string }[],
  refOf: (id: string) => string | null,
): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { owner, id } of rows) {
    const ref = refOf(id);
    if (ref === null) continue;
    const refs = lists.get(owner);
    if (refs === undefined) lists.set(owner, [ref]);
    else refs.push(ref);
  }
  for (const refs of lists.values()) refs.sort();
  return lists;
}

async function bellsOf(db: Db): Promise<Map<string, { number: number; startsAt: string; endsAt: string }[]>> {
  const rows = await db.selectFrom('bell').select(['schedule_id', 'number', 'starts_at', 'ends_at']).orderBy('number').execute();
  const bells = new Map<string, { number: number; startsAt: string; endsAt: string }[]>();
  for (const { schedule_id, number, starts_at, ends_at } of rows)
    bells.set(schedule_id, [...(bells.get(schedule_id) ?? []), { number, startsAt: starts_at, endsAt: ends_at }]);
  return bells;
}

function importedRef(ref: string | null): string | null {
  return ref === null || ref.startsWith(ownRef('')) ? null : ref;
}

function isGiven(role: string): boolean {
  return given.some((one) => one === role);
}
