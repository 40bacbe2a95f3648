// Reads the lessons of a time with what was kept, judged and recorded of them: one row for each, as lean as the board needs.
import { type ExpressionBuilder, type InferResult, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { CourseId, FacultyId, type Instant, LessonId, PersonId } from '../contract/ids.ts';
import { LessonKind, RoomRules, TeachingMode } from '../contract/timetable.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { byHandFrom, marksOf } from '../timetable/by-hand.ts';
import { reachBackMs } from '../timetable/door.ts';
import type { PlannedLesson } from './lesson.ts';
import type { Evidence } from './past.ts';

/** Lessons that run in a span, or whose planned start lies in it. */
export type When =
  | { readonly touching: { readonly from: Instant; readonly to: Instant } }
  | { readonly from: Instant; readonly to: Instant };

export interface Whose {
  /** Of these faculties, or taught by this person. */
  readonly facultyIds: 'every' | readonly string[];
  readonly teacherId: string | null;
}

export interface Narrowed {
  readonly facultyId?: string | undefined;
  readonly building?: string | undefined;
  readonly kind?: LessonKind | undefined;
}

export interface PastLesson {
  readonly lesson: PlannedLesson;
  readonly evidence: Evidence;
}

/** Of the rules of a room the board needs this. */
const Recorded = z.object({ recording: RoomRules.shape.recording });

export class SituationLessons {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By start, then title. */
  async list(when: When, whose: Whose | 'everybody', narrowed: Narrowed, limit: number): Promise<PastLesson[]> {
    const { facultyId, building, kind } = narrowed;
    const rows = await lessonQuery(this.#db)
      .where(within(when))
      .$if(whose !== 'everybody', (query) => query.where(seenBy(whose)))
      .$if(facultyId !== undefined, (query) => query.where('course.faculty_id', '=', facultyId ?? ''))
      .$if(building !== undefined, (query) =>
        query.where((eb) => eb(eb.fn.coalesce('place.building', sql<string>`''`), '=', building ?? '')),
      )
      .$if(kind !== undefined, (query) => query.where('lesson.kind', '=', kind ?? ''))
      .orderBy('lesson.starts_at')
      .orderBy('lesson.title')
      .orderBy('lesson.id')
      .limit(limit)
      .execute();
    return rows.map(readRow);
  }

  /** Those that there are. */
  async find(ids: readonly string[]): Promise<PastLesson[]> {
    const found = [];
    for (const part of inPieces(ids)) found.push(...(await lessonQuery(this.#db).where('lesson.id', 'in', part).execute()));
    return found.map(readRow);
  }

  /** Names, in order. */
  async groupsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const groups = new Map<string, string[]>(ids.map((id) => [id, []]));
    for (const part of inPieces(ids)) {
      const rows = await this.#db
        .selectFrom('lesson_group')
        .innerJoin('student_group', 'student_group.id', 'lesson_group.group_id')
        .select(['lesson_group.lesson_id', 'student_group.name'])
        .where('lesson_group.lesson_id', 'in', part)
        .orderBy('student_group.sort_key')
        .orderBy('student_group.id')
        .execute();
      for (const { lesson_id, name } of rows) groups.get(lesson_id)?.push(name);
    }
    return groups;
  }

  /** By name. */
  async faculties(): Promise<readonly { readonly id: FacultyId; readonly name: string }[]> {
    const rows = await this.#db.selectFrom('faculty').select(['id', 'name']).orderBy('sort_key').orderBy('id').execute();
    return rows.map(({ id, name }) => ({ id: FacultyId.parse(id), name }));
  }
}

function lessonQuery(db: Kysely<Database>) {
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person', 'person.id', 'lesson.teacher_id')
    .leftJoin('place', 'place.id', 'lesson.place_id')
    .leftJoin('lesson_situation as kept', 'kept.lesson_id', 'lesson.id')
    .leftJoin('person as leader', 'leader.id', 'kept.led_by')
    .leftJoin('attendance_lesson as judged', 'judged.lesson_id', 'lesson.id')
    .select([
      ...(['lesson.id', 'lesson.title', 'lesson.kind', 'lesson.mode', 'lesson.starts_at', 'lesson.ends_at', 'lesson.extended_to'] as const),
      ...(['lesson.ended_at', 'lesson.cancelled', 'lesson.teacher_id', 'lesson.rules', 'lesson.by_hand', 'lesson.course_id'] as const),
      ...(['course.code', 'course.title as course_title', 'course.faculty_id', 'person.display_name as teacher_name'] as const),
      ...(['place.id as place_id', 'place.name as place_name', 'place.building'] as const),
      ...(['kept.watched_since', 'kept.held as kept_held', 'kept.begun_at', 'kept.ended_at as kept_ended_at'] as const),
      ...(['kept.came', 'kept.expected', 'leader.id as leader_id', 'leader.display_name as leader_name'] as const),
      ...(['judged.held as judged_held', 'judged.delay_minutes', 'judged.present', 'judged.late', 'judged.left_early'] as const),
      ...(['judged.absent', 'judged.excused', 'judged.asynchronous'] as const),
    ])
    .select((eb) => {
      const recordings = eb.selectFrom('recording').select('recording.id').whereRef('recording.lesson_id', '=', 'lesson.id');
      return [eb.exists(recordings).as('is_recorded'), eb.exists(recordings.where('recording.state', '<>', 'ended')).as('is_recording')];
    });
}

type Row = InferResult<ReturnType<typeof lessonQuery>>[number];
type Builder = ExpressionBuilder<Database, 'lesson' | 'course'>;

function within(when: When) {
  return (eb: Builder) => {
    if (!('touching' in when)) return eb.and([eb('lesson.starts_at', '>=', when.from), eb('lesson.starts_at', '<', when.to)]);
    const { from, to } = when.touching;
    return eb.and([
      eb('lesson.starts_at', '<', to),
      eb('lesson.starts_at', '>', from - reachBackMs),
      eb(sql<number>`coalesce(lesson.extended_to, lesson.ends_at)`, '>', from),
    ]);
  };
}

function seenBy(whose: Whose | 'everybody') {
  return (eb: Builder) => {
    if (whose === 'everybody' || whose.facultyIds === 'every') return eb.lit(true);
    const { facultyIds, teacherId } = whose;
    return eb.or([
      ...(teacherId === null ? [] : [eb('lesson.teacher_id', '=', teacherId)]),
      ...(facultyIds.length === 0 ? [] : [eb('course.faculty_id', 'in', facultyIds)]),
    ]);
  };
}

function readRow(row: Row): PastLesson {
  return { lesson: lessonOf(row), evidence: evidenceOf(row) };
}

function lessonOf(row: Row): PlannedLesson {
  const extended = row.extended_to !== null && row.extended_to > row.ends_at;
  return {
    lessonId: LessonId.parse(row.id),
    title: row.title,
    kind: LessonKind.parse(row.kind),
    mode: TeachingMode.parse(row.mode),
    course: { id: CourseId.parse(row.course_id), code: row.code, title: row.course_title },
    facultyId: FacultyId.parse(row.faculty_id),
    teacher: { id: PersonId.parse(row.teacher_id), displayName: row.teacher_name },
    place: row.place_id === null ? null : { name: row.place_name ?? '', building: row.building ?? '' },
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    extendedTo: row.extended_to,
    endedAt: row.ended_at,
    cancelled: row.cancelled === 1,
    marks: [...marksOf(byHandFrom(row.by_hand)), ...(extended ? [{ type: 'extended' as const, from: row.ends_at }] : [])],
    recordingDue: Recorded.parse(JSON.parse(row.rules)).recording === 'always',
  };
}

function evidenceOf(row: Row): Evidence {
  const { watched_since: watchedSince, judged_held: held } = row;
  const come = (row.present ?? 0) + (row.late ?? 0) + (row.left_early ?? 0);
  return {
    kept:
      watchedSince === null
        ? null
        : {
            ...{ watchedSince, held: row.kept_held === 1, begunAt: row.begun_at, endedAt: row.kept_ended_at },
            ...{ came: row.came ?? 0, expected: row.expected ?? 0 },
            ledBy: row.leader_id === null ? null : { id: row.leader_id, name: row.leader_name ?? '' },
          },
    judged:
      held === null
        ? null
        : {
            ...{ held: held === 1, delayMinutes: row.delay_minutes ?? 0, came: come },
            expected: come + (row.absent ?? 0) + (row.excused ?? 0) + (row.asynchronous ?? 0),
          },
    // SQLite says 1, PostgreSQL true.
    isRecorded: Boolean(row.is_recorded),
    isRecording: Boolean(row.is_recording),
  };
}
