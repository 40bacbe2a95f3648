// Reads the terms, bells, weekly patterns and single lessons of the database, as an import compares them with a file.
import { DateTime } from 'luxon';
import { PatternWeeks } from '../contract/planning.ts';
import { LessonKind, TeachingMode } from '../contract/timetable.ts';
import { bellsOf, type Loader, listsBy, mapOf, named } from './known-rows.store.ts';
import { ownRef } from './plan.ts';

const byHandFields: Readonly<Record<string, readonly string[]>> = {
  time: ['date', 'startsAt', 'endsAt'],
  teacher: ['teacher'],
  place: ['place', 'mode'],
  groups: ['groups'],
  title: ['title'],
  cancelled: ['cancelled'],
};

export const terms: Loader<'terms'> = async (db) =>
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
  );

export const bells: Loader<'bells'> = async (db) => {
  const bells = await bellsOf(db);
  return mapOf(
    await db
      .selectFrom('bell_schedule')
      .select([...named, 'source'])
      .execute(),
    ({ id, name }) => ({ name, bells: bells.get(id) ?? [] }),
  );
};

export const series: Loader<'series'> = async (db, refOf) => {
  const groups = listsBy(await db.selectFrom('series_group').select(['series_id as owner', 'group_id as id']).execute(), (id) =>
    refOf('groups', id),
  );
  const streams = listsBy(await db.selectFrom('series_stream').select(['series_id as owner', 'stream_id as id']).execute(), (id) =>
    refOf('streams', id),
  );
  const rows = await db.selectFrom('series').selectAll().execute();
  return mapOf(
    // No file can name those that were made by hand, but they are in its way all the same.
    rows.map((row) => ({ ...row, externalId: row.external_id ?? ownRef(row.id) })),
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
};

export const lessons: Loader<'lessons'> = async (db, refOf, { source, timeZone, now }) => {
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
};
