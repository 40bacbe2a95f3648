// Finds the lessons whose people an import has changed, in groups or courses, among those whose rooms may be open.
import type { Kysely } from 'kysely';
import type { ImportTable } from '../contract/import.ts';
import type { Database } from '../database/tables.ts';
import { spanOfOpenRooms } from '../timetable/door.ts';
import type { Application } from './application.ts';

/** Patterns and lessons that got other groups are told of by their facts. */
export async function lessonsWithNewPeople(db: Kysely<Database>, application: Application): Promise<readonly string[]> {
  const groups = changedGroups(application);
  const courses = changedCourses(application);
  if (groups.size + courses.size === 0) return [];
  const { from, to } = spanOfOpenRooms(application.applying.now);
  // All of some hours: cheaper than to name thousands of groups.
  const lessons = await db
    .selectFrom('lesson')
    .select(['id', 'course_id'])
    .where('starts_at', '>', from)
    .where('starts_at', '<', to)
    .execute();
  const members = await db
    .selectFrom('lesson_group')
    .innerJoin('lesson', 'lesson.id', 'lesson_group.lesson_id')
    .select(['lesson_id', 'group_id'])
    .where('starts_at', '>', from)
    .where('starts_at', '<', to)
    .execute();
  const ids = new Set(lessons.filter(({ course_id }) => courses.has(course_id)).map(({ id }) => id));
  for (const { lesson_id, group_id } of members) if (groups.has(group_id)) ids.add(lesson_id);
  return [...ids];
}

function changedGroups(application: Application): ReadonlySet<string> {
  const people = application.of('people');
  const refs = new Set((people?.added ?? []).flatMap(({ values }) => values.groups ?? []));
  for (const { item, known, fields } of people?.changed ?? []) {
    if (!fields.includes('groups')) continue;
    const [before, now] = [known.values.groups ?? [], item.values.groups ?? []];
    for (const ref of [...before, ...now]) if (!before.includes(ref) || !now.includes(ref)) refs.add(ref);
  }
  return idsOf(application, 'groups', refs);
}

function changedCourses(application: Application): ReadonlySet<string> {
  const enrolments = application.of('enrolments');
  const items = [...(enrolments?.added ?? []), ...(enrolments?.changed ?? []).map(({ item }) => item)];
  const gone = application.goneOf('enrolments').map((id) => id.split(' ')[0] ?? '');
  return new Set([...idsOf(application, 'courses', new Set(items.map(({ values }) => values.course ?? ''))), ...gone]);
}

function idsOf(application: Application, table: ImportTable, refs: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...refs].map((ref) => application.idOf(table, ref)));
}
