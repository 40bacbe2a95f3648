// Reads what rows of an import may refer to: whatever is there already, from whichever source.
import type { ImportTable } from '../contract/import.ts';
import { bellsOf, type Db, listsBy, named, ofFaculty } from './known-rows.store.ts';
import { ownRef } from './plan.ts';
import type { Referred, Refs } from './world.ts';

/** To the other tables nothing refers. */
export type ReferredTable = Exclude<ImportTable, 'enrolments' | 'series' | 'lessons'>;
export const isReferred = (table: ImportTable): table is ReferredTable =>
  table !== 'enrolments' && table !== 'series' && table !== 'lessons';

export async function readRefs(db: Db, table: ReferredTable): Promise<Refs> {
  const rows = await referred[table](db);
  const byRef = new Map<string, Referred>();
  const refOf = new Map<string, string>();
  for (const { externalId, ...row } of rows) {
    const ref = externalId ?? ownRef(row.id);
    byRef.set(ref, row);
    refOf.set(row.id, ref);
  }
  return { byRef, refOf };
}

type ReferredRow = Referred & { readonly externalId: string | null };

const referred: { readonly [T in ReferredTable]: (db: Db) => Promise<ReferredRow[]> } = {
  faculties: (db) => db.selectFrom('faculty').select(named).execute(),
  departments: (db) => db.selectFrom('department').select(ofFaculty).execute(),
  programmes: (db) => db.selectFrom('programme').select(ofFaculty).execute(),
  groups: (db) => db.selectFrom('student_group').select(ofFaculty).execute(),
  streams: async (db) => {
    const rows = await db.selectFrom('stream').select(ofFaculty).execute();
    const links = await db
      .selectFrom('stream_group')
      .innerJoin('student_group', 'student_group.id', 'group_id')
      .select(['stream_id as owner', 'group_id as id', 'external_id'])
      .execute();
    const refs = new Map(links.map(({ id, external_id }) => [id, external_id ?? ownRef(id)]));
    const groups = listsBy(links, (id) => refs.get(id) ?? null);
    return rows.map((row) => ({ ...row, groups: groups.get(row.id) ?? [] }));
  },
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
