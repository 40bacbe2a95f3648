// Reads the catalogue of the database, faculties to courses, as an import compares it with a file.
import { type Loader, listsBy, mapOf, named, ofFaculty } from './known-rows.store.ts';

type CatalogueTable = 'faculties' | 'departments' | 'programmes' | 'groups' | 'streams' | 'places' | 'courses';

export const catalogue: { readonly [T in CatalogueTable]: Loader<T> } = {
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
};
