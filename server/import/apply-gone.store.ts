// Takes out of the database what a source no longer names.
import type { Kysely } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { type Application, stored } from './application.ts';

/** What keeps a row that is gone: it stays, and belongs to no source any more. */
const keptBy = {
  departments: [
    ['programme', 'department_id'],
    ['course', 'department_id'],
  ],
  programmes: [['student_group', 'programme_id']],
  groups: [
    ['group_member', 'group_id'],
    ['stream_group', 'group_id'],
    ['series_group', 'group_id'],
    ['lesson_group', 'group_id'],
  ],
  streams: [['series_stream', 'stream_id']],
  places: [
    ['series', 'place_id'],
    ['lesson', 'place_id'],
  ],
  courses: [
    ['enrolment', 'course_id'],
    ['series', 'course_id'],
    ['lesson', 'course_id'],
  ],
  terms: [['series', 'term_id']],
  bells: [['series', 'bell_schedule_id']],
} as const;

/** Resolves with the people who were disabled. */
export async function removeGone(db: Kysely<Database>, application: Application): Promise<readonly string[]> {
  const { now } = application.applying;
  const gone = application.goneOf.bind(application);
  for (const some of inPieces(gone('lessons')))
    await db
      .updateTable('lesson')
      .set((eb) => ({ cancelled: 1, ended_at: now, sequence: eb('sequence', '+', 1), changed_at: now }))
      .where('id', 'in', some)
      .execute();
  for (const some of inPieces(gone('series')))
    await db.updateTable('series').set({ removed_at: now, needs_layout: 1 }).where('id', 'in', some).execute();
  for (const id of gone('enrolments')) {
    const [course = '', person = ''] = id.split(' ');
    await db.deleteFrom('enrolment').where('course_id', '=', course).where('person_id', '=', person).execute();
  }
  const people = gone('people');
  for (const some of inPieces(people)) {
    await db.updateTable('person').set({ disabled: 2, disabled_at: now }).where('id', 'in', some).where('disabled', '=', 0).execute();
    await db.deleteFrom('session').where('person_id', 'in', some).execute();
  }
  for (const table of ['bells', 'terms', 'courses', 'places', 'streams', 'groups', 'programmes', 'departments'] as const)
    await removeUnused(db, table, gone(table));
  // Roles may be limited to a faculty, and nobody is to lose a limit with it.
  for (const some of inPieces(gone('faculties'))) await db.updateTable('faculty').set({ source: null }).where('id', 'in', some).execute();
  return people;
}

async function removeUnused(db: Kysely<Database>, table: keyof typeof keptBy, ids: readonly string[]): Promise<void> {
  const { ref } = db.dynamic;
  for (const some of inPieces(ids)) {
    const used = new Set<string>();
    for (const [other, column] of keptBy[table]) {
      const rows = await db.selectFrom(other).select(ref<string>(column)).distinct().where(ref(column), 'in', some).execute();
      for (const row of rows) for (const id of Object.values(row)) used.add(String(id));
    }
    const unused = some.filter((id) => !used.has(id));
    if (unused.length > 0) await db.deleteFrom(stored[table]).where('id', 'in', unused).execute();
    if (used.size > 0)
      await db
        .updateTable(stored[table])
        .set({ source: null })
        .where('id', 'in', [...used])
        .execute();
  }
}
