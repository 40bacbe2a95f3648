// Owns the tables of lessons: finds them for a person and a span of time, adds and changes them.
import { type ExpressionBuilder, type InferResult, type Kysely, sql, type Transaction } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import { LessonKind, RoomRules, TeachingMode } from '../contract/timetable.ts';
import { alone } from '../database/alone.ts';
import type { Database } from '../database/tables.ts';
import { byHandFrom, marksOf } from './by-hand.ts';
import { findConflicts } from './conflicts.store.ts';
import type { Found, Wanted } from './conflicts.ts';
import { reachBackMs } from './door.ts';
import type { LessonRecord } from './lesson.ts';
import { groupsOfLessons } from './lesson-groups.store.ts';

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What is undefined does not narrow. */
export interface LessonFilter {
  readonly groupId?: string | undefined;
  readonly teacherId?: string | undefined;
  readonly facultyId?: string | undefined;
  readonly facultyIds?: readonly string[] | undefined;
  readonly courseId?: string | undefined;
  readonly placeId?: string | undefined;
  readonly kind?: LessonKind | undefined;
}

export interface NewLessonRow {
  readonly id: string;
  readonly courseId: string;
  readonly kind: LessonKind;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly teacherId: string;
  readonly rules: RoomRules;
  readonly groupIds: readonly string[];
  /** Missing: none, and online. */
  readonly placeId?: string | null;
  readonly mode?: TeachingMode;
  readonly createdBy: string | null;
  readonly createdAt: Instant;
}

type FindConflicts = (wanted: readonly Wanted[]) => Promise<Found>;

export class TimetableStore {
  readonly #db: Kysely<Database>;
  /** Builders of queries never change: what everybody who enters needs is begun once. */
  readonly #lessons: ReturnType<typeof lessonQuery>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
    this.#lessons = lessonQuery(db);
  }

  async find(id: string): Promise<LessonRecord | null> {
    const row = await this.#lessons.where('lesson.id', '=', id).executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** In the order of the ids; unknown ones are left out. */
  async findAll(ids: readonly string[]): Promise<LessonRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.#lessons.where('lesson.id', 'in', ids).execute();
    const records = new Map(rows.map((row) => [row.id, recordOf(row)]));
    return ids.flatMap((id) => records.get(id) ?? []);
  }

  async findByGuestLink(hash: string): Promise<LessonRecord | null> {
    const row = await this.#lessons.where('lesson.guest_link_hash', '=', hash).executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** Those that fit all of the filter. */
  async listAll(span: Span, limit: number, filter: LessonFilter = {}): Promise<LessonRecord[]> {
    const { groupId, teacherId, facultyId, facultyIds, courseId, placeId, kind } = filter;
    const ofGroup = this.#db.selectFrom('lesson_group').select('lesson_id');
    const rows = await this.#lessons
      .where(touches(span))
      .$if(groupId !== undefined, (query) => query.where('lesson.id', 'in', ofGroup.where('group_id', '=', groupId ?? '')))
      .$if(teacherId !== undefined, (query) => query.where('lesson.teacher_id', '=', teacherId ?? ''))
      .$if(courseId !== undefined, (query) => query.where('lesson.course_id', '=', courseId ?? ''))
      .$if(placeId !== undefined, (query) => query.where('lesson.place_id', '=', placeId ?? ''))
      .$if(kind !== undefined, (query) => query.where('lesson.kind', '=', kind ?? ''))
      .$if(facultyId !== undefined, (query) => query.where('course.faculty_id', '=', facultyId ?? ''))
      .$if(facultyIds !== undefined, (query) => query.where('course.faculty_id', 'in', facultyIds ?? []))
      .orderBy('lesson.starts_at')
      .orderBy('lesson.id')
      .limit(limit)
      .execute();
    return rows.map(recordOf);
  }

  /** Each way to be tied to a lesson is looked up by its own index; one condition with `or` would read the whole university's week. */
  async listOf(personId: string, span: Span, limit: number): Promise<LessonRecord[]> {
    const mine = this.#db
      .selectFrom('lesson')
      .select('lesson.id')
      .where('lesson.teacher_id', '=', personId)
      .where(touches(span))
      .union(
        this.#db
          .selectFrom('group_member')
          .innerJoin('lesson_group', 'lesson_group.group_id', 'group_member.group_id')
          .innerJoin('lesson', 'lesson.id', 'lesson_group.lesson_id')
          .select('lesson.id')
          .where('group_member.person_id', '=', personId)
          .where(touches(span)),
      )
      .union(
        this.#db
          .selectFrom('enrolment')
          .innerJoin('lesson', 'lesson.course_id', 'enrolment.course_id')
          .select('lesson.id')
          .where('enrolment.person_id', '=', personId)
          .where(touches(span)),
      );
    const rows = await this.#lessons.where('lesson.id', 'in', mine).orderBy('lesson.starts_at').orderBy('lesson.id').limit(limit).execute();
    return rows.map(recordOf);
  }

  groupsOf(lessonIds: readonly string[]): Promise<Map<string, { id: string; name: string }[]>> {
    return groupsOfLessons(this.#db, lessonIds);
  }

  /** Runs `work`, all or nothing, while nothing else changes the plan. */
  alone<T>(work: (inside: { readonly add: (lesson: NewLessonRow) => Promise<void>; readonly conflicts: FindConflicts }) => Promise<T>) {
    return alone(this.#db, (trx) =>
      work({ add: (lesson) => insertLessons(trx, [lesson]), conflicts: (wanted) => findConflicts(trx, wanted) }),
    );
  }

  conflicts(wanted: readonly Wanted[]): Promise<Found> {
    return findConflicts(this.#db, wanted);
  }

  /** Only the first end of a lesson that has begun counts. */
  async end(id: string, at: Instant): Promise<void> {
    await this.#db
      .updateTable('lesson')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where('starts_at', '<=', at)
      .execute();
  }

  async extend(id: string, endsAt: Instant): Promise<void> {
    await this.#db.updateTable('lesson').set({ extended_to: endsAt }).where('id', '=', id).execute();
  }

  async guestLink(id: string): Promise<string | null> {
    const row = await this.#db.selectFrom('lesson').select('guest_link').where('id', '=', id).executeTakeFirst();
    return row?.guest_link ?? null;
  }

  async setGuestLink(id: string, link: { readonly link: string; readonly hash: string } | null): Promise<void> {
    await this.#db
      .updateTable('lesson')
      .set({ guest_link: link?.link ?? null, guest_link_hash: link?.hash ?? null })
      .where('id', '=', id)
      .execute();
  }
}

function lessonQuery(db: Kysely<Database>) {
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person', 'person.id', 'lesson.teacher_id')
    .leftJoin('place', 'place.id', 'lesson.place_id')
    .select([
      'course.faculty_id',
      'lesson.place_id',
      'place.name as place_name',
      'place.building',
      'lesson.mode',
      'lesson.series_id',
      'lesson.by_hand',
      'lesson.note',
      'lesson.id',
      'lesson.course_id',
      'course.code as course_code',
      'course.title as course_title',
      'lesson.kind',
      'lesson.title',
      'lesson.starts_at',
      'lesson.ends_at',
      'lesson.extended_to',
      'lesson.ended_at',
      'lesson.cancelled',
      'lesson.teacher_id',
      'person.display_name as teacher_name',
      'lesson.rules',
    ]);
}

type LessonRow = InferResult<ReturnType<typeof lessonQuery>>[number];

function recordOf(row: LessonRow): LessonRecord {
  return {
    id: row.id,
    courseId: row.course_id,
    courseCode: row.course_code,
    courseTitle: row.course_title,
    kind: LessonKind.parse(row.kind),
    title: row.title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    extendedTo: row.extended_to,
    endedAt: row.ended_at,
    cancelled: row.cancelled === 1,
    teacherId: row.teacher_id,
    teacherName: row.teacher_name,
    rules: RoomRules.parse(JSON.parse(row.rules)),
    facultyId: row.faculty_id,
    place: row.place_id === null ? null : { id: row.place_id, name: row.place_name ?? '', building: row.building ?? '' },
    mode: TeachingMode.parse(row.mode),
    seriesId: row.series_id,
    marks: marksOf(byHandFrom(row.by_hand)),
    note: row.note,
  };
}

function touches(span: Span) {
  return (eb: ExpressionBuilder<Database, 'lesson'>) =>
    eb.and([
      eb('lesson.starts_at', '<', span.to),
      eb('lesson.starts_at', '>', span.from - reachBackMs),
      eb(sql<number>`coalesce(lesson.extended_to, lesson.ends_at)`, '>', span.from),
    ]);
}

/** Inside the caller's transaction. */
export async function insertLessons(trx: Transaction<Database>, lessons: readonly NewLessonRow[]): Promise<void> {
  const rows = lessons.map((lesson) => ({
    id: lesson.id,
    course_id: lesson.courseId,
    kind: lesson.kind,
    title: lesson.title,
    starts_at: lesson.startsAt,
    ends_at: lesson.endsAt,
    extended_to: null,
    ended_at: null,
    cancelled: 0,
    teacher_id: lesson.teacherId,
    rules: JSON.stringify(lesson.rules),
    guest_link_hash: null,
    guest_link: null,
    created_by: lesson.createdBy,
    created_at: lesson.createdAt,
    place_id: lesson.placeId ?? null,
    mode: lesson.mode ?? 'online',
  }));
  await trx.insertInto('lesson').values(rows).execute();
  const groups = lessons.flatMap((lesson) => lesson.groupIds.map((groupId) => ({ lesson_id: lesson.id, group_id: groupId })));
  if (groups.length > 0) await trx.insertInto('lesson_group').values(groups).execute();
}
