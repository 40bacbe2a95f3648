// Reads weekly patterns as people see them: with names, by weekday and time, searched and paged in the database.
import { type InferResult, type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { CourseId, FacultyId, GroupId, PersonId, PlaceId, SeriesId, StreamId, TermId } from '../contract/ids.ts';
import type { Series } from '../contract/planning.ts';
import { LessonKind, RoomRules, TeachingMode } from '../contract/timetable.ts';
import type { Database } from '../database/tables.ts';
import { searchPatterns } from '../database/text.ts';
import { patternOf } from './series.ts';

export interface SeriesFilter {
  readonly termId?: string | undefined;
  readonly courseId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly teacherId?: string | undefined;
  readonly facultyId?: string | undefined;
  /** Missing: all. */
  readonly facultyIds?: readonly string[] | undefined;
  readonly search?: string | undefined;
}

/** Where a page ended: weekday, time, id. */
export type SeriesPlace = readonly [number, string, string];

export class SeriesListStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Null for what is removed, too. */
  async find(id: string): Promise<Series | null> {
    const row = await seriesQuery(this.#db).where('series.id', '=', id).where('series.removed_at', 'is', null).executeTakeFirst();
    if (row === undefined) return null;
    return (await this.#named([row]))[0] ?? null;
  }

  async page(
    filter: SeriesFilter,
    after: SeriesPlace | null,
    limit: number,
  ): Promise<{ readonly series: Series[]; readonly last: SeriesPlace | null }> {
    let query = this.#filtered(filter);
    if (after !== null) {
      const [weekday, startsAt, id] = after;
      query = query.where(sql<boolean>`(series.weekday, ${startOf}, series.id) > (${weekday}, ${startsAt}, ${id})`);
    }
    const rows = await query
      .orderBy('series.weekday')
      .orderBy(startOf)
      .orderBy('series.id')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { series: await this.#named(shown), last: last === undefined ? null : [last.weekday, last.starts, last.id] };
  }

  async count(filter: SeriesFilter): Promise<number> {
    const row = await this.#filtered(filter)
      .clearSelect()
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  #filtered({ termId, courseId, groupId, teacherId, facultyId, facultyIds, search }: SeriesFilter) {
    let query = seriesQuery(this.#db).where('series.removed_at', 'is', null);
    if (termId !== undefined) query = query.where('series.term_id', '=', termId);
    if (courseId !== undefined) query = query.where('series.course_id', '=', courseId);
    if (teacherId !== undefined) query = query.where('series.teacher_id', '=', teacherId);
    if (facultyId !== undefined) query = query.where('course.faculty_id', '=', facultyId);
    if (facultyIds !== undefined) query = query.where('course.faculty_id', 'in', facultyIds);
    const groups = this.#db.selectFrom('student_group').select('student_group.id');
    if (groupId !== undefined) query = query.where('series.id', 'in', withGroups(this.#db, groups.where('student_group.id', '=', groupId)));
    for (const pattern of searchPatterns(search ?? '')) {
      query = query.where((eb) =>
        eb.or([
          ...(['course.search_text', 'person.search_text', 'place.search_text'] as const).map((text) => like(sql.ref(text), pattern)),
          eb('series.id', 'in', withGroups(this.#db, groups.where(like(sql.ref('student_group.search_text'), pattern)))),
        ]),
      );
    }
    return query;
  }

  /** One after the other: inside a transaction there is one connection. */
  async #named(rows: readonly Row[]): Promise<Series[]> {
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    const groups = await this.#db
      .selectFrom('series_group')
      .innerJoin('student_group', 'student_group.id', 'series_group.group_id')
      .select(['series_group.series_id', 'student_group.id', 'student_group.name'])
      .where('series_group.series_id', 'in', ids)
      .orderBy('student_group.sort_key')
      .execute();
    const streams = await this.#db
      .selectFrom('series_stream')
      .innerJoin('stream', 'stream.id', 'series_stream.stream_id')
      .select(['series_stream.series_id', 'stream.id', 'stream.name'])
      .where('series_stream.series_id', 'in', ids)
      .orderBy('stream.sort_key')
      .execute();
    const lessons = await this.#db
      .selectFrom('lesson')
      .select(['series_id', (eb) => eb.fn.countAll<number>().as('count')])
      .where('series_id', 'in', ids)
      .where('cancelled', '=', 0)
      .groupBy('series_id')
      .execute();
    return rows.map((row) => ({
      id: SeriesId.parse(row.id),
      externalId: row.external_id,
      termId: TermId.parse(row.term_id),
      course: {
        ...{ id: CourseId.parse(row.course_id), code: row.course_code, title: row.course_title },
        facultyId: FacultyId.parse(row.faculty_id),
      },
      kind: LessonKind.parse(row.kind),
      title: row.title,
      teacher: { id: PersonId.parse(row.teacher_id), displayName: row.teacher_name },
      groups: groups.flatMap((one) => (one.series_id === row.id ? [{ id: GroupId.parse(one.id), name: one.name }] : [])),
      streams: streams.flatMap((one) => (one.series_id === row.id ? [{ id: StreamId.parse(one.id), name: one.name }] : [])),
      place: row.place_id === null ? null : { id: PlaceId.parse(row.place_id), name: [row.building, row.place_name].join(', ') },
      mode: TeachingMode.parse(row.mode),
      ...patternOf(row),
      startsAt: row.starts,
      endsAt: row.ends,
      rules: row.rules === null ? null : RoomRules.parse(JSON.parse(row.rules)),
      lessons: Number(lessons.find((one) => one.series_id === row.id)?.count ?? 0),
    }));
  }
}

const startOf = sql<string>`coalesce(bell.starts_at, series.clock_starts_at, '00:00')`;
const endOf = sql<string>`coalesce(last_bell.ends_at, series.clock_ends_at, '00:00')`;

function seriesQuery(db: Kysely<Database>) {
  return db
    .selectFrom('series')
    .innerJoin('course', 'course.id', 'series.course_id')
    .innerJoin('person', 'person.id', 'series.teacher_id')
    .leftJoin('place', 'place.id', 'series.place_id')
    .leftJoin('bell', (join) =>
      join.onRef('bell.schedule_id', '=', 'series.bell_schedule_id').onRef('bell.number', '=', 'series.bell_first'),
    )
    .leftJoin('bell as last_bell', (join) =>
      join.onRef('last_bell.schedule_id', '=', 'series.bell_schedule_id').onRef('last_bell.number', '=', 'series.bell_last'),
    )
    .selectAll('series')
    .select(['course.code as course_code', 'course.title as course_title', 'course.faculty_id', 'person.display_name as teacher_name'])
    .select(['place.building', 'place.name as place_name', startOf.as('starts'), endOf.as('ends')]);
}
type Row = InferResult<ReturnType<typeof seriesQuery>>[number];

function like(text: ReturnType<typeof sql.ref>, pattern: string) {
  return sql<boolean>`${text} like ${pattern} escape '\\'`;
}

/** Ids of patterns in which the groups take part, themselves or in a stream. */
function withGroups(db: Kysely<Database>, groups: SelectQueryBuilder<Database, 'student_group', { id: string }>) {
  return db
    .selectFrom('series_group')
    .select('series_group.series_id')
    .where('series_group.group_id', 'in', groups)
    .union(
      db
        .selectFrom('series_stream')
        .innerJoin('stream_group', 'stream_group.stream_id', 'series_stream.stream_id')
        .select('series_stream.series_id')
        .where('stream_group.group_id', 'in', groups),
    );
}
