// Reads the accounts and enrolments of the database, as an import compares them with a file.
import { z } from 'zod';
import { Language } from '../contract/identity.ts';
import { type Loader, listsBy, mapOf } from './known-rows.store.ts';
import { ownRef } from './plan.ts';
import type { ImportRole } from './words.ts';
import type { Known } from './world.ts';

const Roles = z.array(z.string());
const given: readonly ImportRole[] = ['assistant', 'student', 'teacher'];

export const people: Loader<'people'> = async (db, refOf) => {
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
};

export const enrolments: Loader<'enrolments'> = async (db, refOf) => {
  const rows = await db.selectFrom('enrolment').select(['course_id', 'person_id', 'role', 'source']).execute();
  const known = new Map<string, Known<'enrolments'>>();
  for (const { course_id, person_id, role, source } of rows) {
    const [course, person] = [refOf('courses', course_id), refOf('people', person_id)];
    if (course === null || person === null) continue;
    const values = { course, person, role: role === 'assistant' ? ('assistant' as const) : ('student' as const) };
    known.set(`${course} ${person}`, { id: `${course_id} ${person_id}`, source, values });
  }
  return known;
};

function importedRef(ref: string | null): string | null {
  return ref === null || ref.startsWith(ownRef('')) ? null : ref;
}

function isGiven(role: string): boolean {
  return given.some((one) => one === role);
}
