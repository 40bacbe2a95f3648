// Owns the tables of weekly patterns: what they are, and which of them their lessons no longer follow.
import type { Kysely } from 'kysely';
import type { BellScheduleId, StreamId, TermId } from '../contract/ids.ts';
import type { NewSeries } from '../contract/planning.ts';
import type { Database } from '../database/tables.ts';
import { columnsOf } from './series.ts';

interface MarkedDays {
  readonly firstOn: string;
  readonly lastOn: string;
  readonly weekdays: readonly number[];
  readonly facultyId: string | null;
}

export class SeriesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add(id: string, series: NewSeries, now: number): Promise<void> {
    const { termId, ...rest } = series;
    await this.#db
      .insertInto('series')
      .values({ id, term_id: termId, ...rowOf(rest), external_id: null, source: null, removed_at: null, created_at: now })
      .execute();
    await this.#setGroups(id, series);
  }

  async change(id: string, series: Omit<NewSeries, 'termId'>): Promise<void> {
    await this.#db
      .updateTable('series')
      .set({ ...rowOf(series), needs_layout: 1 })
      .where('id', '=', id)
      .execute();
    await this.#db.deleteFrom('series_group').where('series_id', '=', id).execute();
    await this.#db.deleteFrom('series_stream').where('series_id', '=', id).execute();
    await this.#setGroups(id, series);
  }

  async remove(id: string, now: number): Promise<void> {
    await this.#db.updateTable('series').set({ removed_at: now, needs_layout: 1 }).where('id', '=', id).execute();
  }

  /** Groups of the streams, as they are now. */
  async groupsOfStreams(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.selectFrom('stream_group').select('group_id').distinct().where('stream_id', 'in', ids).execute();
    return rows.map((row) => row.group_id);
  }

  /** The first field that names something which is not there; null when all is. `teacherIdBefore` need be no teacher any longer. */
  async unknownField(series: NewSeries, teacherIdBefore: string | null): Promise<keyof NewSeries | null> {
    const { courseId, teacherId, groupIds, streamIds, placeId } = series;
    const db = this.#db;
    const count = async (found: Promise<readonly unknown[]>) => (await found).length;
    if ((await count(db.selectFrom('course').select('id').where('id', '=', courseId).execute())) === 0) return 'courseId';
    const teacher = db.selectFrom('person').select('id').where('id', '=', teacherId).where('roles', 'like', '%"teacher"%');
    if (teacherId !== teacherIdBefore && (await count(teacher.where('disabled', '=', 0).execute())) === 0) return 'teacherId';
    const groups = groupIds.length === 0 ? [] : await db.selectFrom('student_group').select('id').where('id', 'in', groupIds).execute();
    if (groups.length < groupIds.length) return 'groupIds';
    const streams = streamIds.length === 0 ? [] : await db.selectFrom('stream').select('id').where('id', 'in', streamIds).execute();
    if (streams.length < streamIds.length) return 'streamIds';
    if (placeId !== null && (await count(db.selectFrom('place').select('id').where('id', '=', placeId).execute())) === 0) return 'placeId';
    return null;
  }

  async facultyOf(courseId: string): Promise<string | null> {
    return (await this.#db.selectFrom('course').select('faculty_id').where('id', '=', courseId).executeTakeFirst())?.faculty_id ?? null;
  }

  /** A removed term has no lessons; patterns that were removed before any lesson of theirs began leave nothing behind. */
  async useTerm(id: TermId): Promise<boolean> {
    await this.#db
      .deleteFrom('series')
      .where('term_id', '=', id)
      .where('removed_at', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('lesson').select('lesson.id').whereRef('lesson.series_id', '=', 'series.id'))),
      )
      .execute();
    return (await this.#db.selectFrom('series').select('id').where('term_id', '=', id).limit(1).execute()).length > 0;
  }

  async bellsUsed(id: BellScheduleId): Promise<ReadonlySet<number>> {
    const rows = await this.#db
      .selectFrom('series')
      .select(['bell_first', 'bell_last'])
      .distinct()
      .where('bell_schedule_id', '=', id)
      .where('removed_at', 'is', null)
      .execute();
    return new Set(rows.flatMap(({ bell_first, bell_last }) => [bell_first ?? [], bell_last ?? []].flat()));
  }

  async releaseSchedule(id: BellScheduleId): Promise<void> {
    await this.#db
      .updateTable('series')
      .set({ bell_schedule_id: null, bell_first: null, bell_last: null })
      .where('bell_schedule_id', '=', id)
      .where('removed_at', 'is not', null)
      .execute();
  }

  async markTerm(id: TermId): Promise<void> {
    await this.#mark().where('term_id', '=', id).execute();
  }

  async markSchedule(id: BellScheduleId): Promise<void> {
    await this.#mark().where('bell_schedule_id', '=', id).execute();
  }

  async markStream(id: StreamId): Promise<void> {
    const of = this.#db.selectFrom('series_stream').select('series_id').where('stream_id', '=', id);
    await this.#mark().where('id', 'in', of).execute();
  }

  /** Some days differ in one faculty only, and the course has another one now. */
  async markCourse(id: string): Promise<void> {
    await this.#mark().where('course_id', '=', id).execute();
  }

  async markDays({ firstOn, lastOn, weekdays, facultyId }: MarkedDays): Promise<void> {
    const terms = this.#db.selectFrom('term').select('id').where('starts_on', '<=', lastOn).where('ends_on', '>=', firstOn);
    let marked = this.#mark().where('weekday', 'in', weekdays).where('term_id', 'in', terms);
    if (facultyId !== null) {
      const courses = this.#db.selectFrom('course').select('id').where('faculty_id', '=', facultyId);
      marked = marked.where('course_id', 'in', courses);
    }
    await marked.execute();
  }

  #mark() {
    return this.#db.updateTable('series').set({ needs_layout: 1 });
  }

  async #setGroups(id: string, { groupIds, streamIds }: Pick<NewSeries, 'groupIds' | 'streamIds'>): Promise<void> {
    const groups = groupIds.map((groupId) => ({ series_id: id, group_id: groupId }));
    if (groups.length > 0) await this.#db.insertInto('series_group').values(groups).execute();
    const streams = streamIds.map((streamId) => ({ series_id: id, stream_id: streamId }));
    if (streams.length > 0) await this.#db.insertInto('series_stream').values(streams).execute();
  }
}

function rowOf(series: Omit<NewSeries, 'termId'>) {
  return {
    course_id: series.courseId,
    kind: series.kind,
    title: series.title,
    teacher_id: series.teacherId,
    place_id: series.placeId,
    mode: series.mode,
    ...columnsOf(series),
    rules: series.rules && JSON.stringify(series.rules),
  };
}
