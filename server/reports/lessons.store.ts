// Reads the lessons that are judged, one by one or added up, in statements that are each short.
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { Ids } from './open.ts';
import type { Span } from './period.ts';
import type { Counts } from './tally.ts';

export interface JudgedLesson {
  readonly id: string;
  readonly title: string;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly kind: string;
  readonly startsAt: number;
  readonly held: boolean;
  readonly signed: boolean;
  readonly delayMinutes: number;
  readonly taughtMinutes: number;
  readonly plannedMinutes: number;
  /** Of its students. */
  readonly counts: Counts;
}

/** The lessons of one course by one teacher, added up. */
export interface LessonSum {
  readonly facultyId: string;
  readonly courseId: string;
  readonly teacherId: string;
  readonly held: number;
  readonly notHeld: number;
  /** Held, and nobody has signed the register. */
  readonly unsigned: number;
  readonly delayMinutes: number;
  readonly counts: Counts;
}

export interface LessonFilter {
  readonly teacherId?: string;
  readonly courseIds?: Ids | undefined;
  readonly facultyIds?: Ids | undefined;
}

const isTrue = sql<SqlBool>`1 = 1`;

export class LessonsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order in which they began. */
  async find(filter: LessonFilter, { from, to }: Span): Promise<JudgedLesson[]> {
    let lessons = judgedLessons(this.#db)
      .where('judged.starts_at', '>=', from)
      .where('judged.starts_at', '<', to)
      .where(within('judged.course_id', filter.courseIds))
      .where(within('judged.faculty_id', filter.facultyIds))
      .orderBy('judged.starts_at')
      .orderBy('judged.lesson_id');
    if (filter.teacherId !== undefined) lessons = lessons.where('judged.teacher_id', '=', filter.teacherId);
    return (await lessons.execute()).map(lessonOf);
  }

  /** Those that the group belonged to, in the order in which they began. */
  async ofGroup(groupId: string, courseIds: Ids, { from, to }: Span): Promise<JudgedLesson[]> {
    const rows = await judgedLessons(this.#db)
      .innerJoin('attendance_result_group as part', 'part.lesson_id', 'judged.lesson_id')
      .where('part.group_id', '=', groupId)
      .where('part.starts_at', '>=', from)
      .where('part.starts_at', '<', to)
      .where(within('judged.course_id', courseIds))
      .orderBy('part.starts_at')
      .orderBy('part.lesson_id')
      .execute();
    return rows.map(lessonOf);
  }

  /** In no order. */
  async byId(ids: readonly string[]): Promise<JudgedLesson[]> {
    const lessons: JudgedLesson[] = [];
    for (const piece of inPieces(ids))
      lessons.push(...(await judgedLessons(this.#db).where('judged.lesson_id', 'in', piece).execute()).map(lessonOf));
    return lessons;
  }

  /** Meant for a few days of a faculty, or one day of all: a statement holds up the other reports on SQLite. */
  async sums(filter: Pick<LessonFilter, 'facultyIds' | 'courseIds'>, by: 'faculty' | 'teacher', { from, to }: Span): Promise<LessonSum[]> {
    const keys = by === 'faculty' ? sql`faculty_id, '' as course_id, '' as teacher_id` : sql`faculty_id, course_id, teacher_id`;
    const { rows } = await sql<
      SumRow & { faculty_id: string; course_id: string; teacher_id: string; delay: number } & Record<
          'lessons' | 'held' | 'unsigned',
          number
        >
    >`
      select ${keys}, count(*) as lessons, ${sum('held')} as held,
        cast(sum(case when held = 1 and signed_at is null then 1 else 0 end) as bigint) as unsigned,
        sum(case when held = 1 then delay_minutes else 0 end) as delay, ${sums()}
      from attendance_lesson
      where starts_at >= ${from} and starts_at < ${to} and ${within('faculty_id', filter.facultyIds)} and ${within('course_id', filter.courseIds)}
      group by ${by === 'faculty' ? sql`faculty_id` : sql`faculty_id, course_id, teacher_id`}`.execute(this.#db);
    return rows.map((row) => ({
      ...{ facultyId: row.faculty_id, courseId: row.course_id, teacherId: row.teacher_id },
      ...{ held: row.held, notHeld: row.lessons - row.held, unsigned: row.unsigned, delayMinutes: row.delay },
      counts: countsOf(row, row.held),
    }));
  }

  /** By group. Meant for a few groups at a time. */
  async groupSums(groupIds: readonly string[], courseIds: Ids | undefined, { from, to }: Span): Promise<Map<string, Counts>> {
    if (groupIds.length === 0) return new Map();
    const ofCourses =
      courseIds === undefined || courseIds === 'every'
        ? isTrue
        : sql<SqlBool>`lesson_id in (select lesson_id from attendance_lesson where ${within('course_id', courseIds)} and starts_at >= ${from} and starts_at < ${to})`;
    const { rows } = await sql<SumRow & { group_id: string; lessons: number }>`
      select group_id, ${sums()},
        cast(sum(case when present + late + left_early + absent + excused + asynchronous > 0 then 1 else 0 end) as bigint) as lessons
      from attendance_result_group
      where group_id in (${sql.join(groupIds)}) and starts_at >= ${from} and starts_at < ${to} and ${ofCourses}
      group by group_id`.execute(this.#db);
    return new Map(rows.map((row) => [row.group_id, countsOf(row, row.lessons)]));
  }
}

type SumRow = Readonly<Record<'present' | 'late' | 'left_early' | 'absent' | 'excused' | 'asynchronous' | 'minutes', number>>;

type LessonRow = Awaited<ReturnType<ReturnType<typeof judgedLessons>['execute']>>[number];

function lessonOf(row: LessonRow): JudgedLesson {
  return {
    ...{ id: row.lesson_id, title: row.title, courseId: row.course_id, courseTitle: row.course_title, kind: row.kind },
    ...{ startsAt: row.starts_at, held: row.held === 1, signed: row.signed_at !== null },
    ...{ delayMinutes: row.delay_minutes, taughtMinutes: row.taught_minutes, plannedMinutes: row.planned_minutes },
    counts: countsOf(row, row.held),
  };
}

function countsOf(row: SumRow, lessons: number): Counts {
  const { present, late, left_early: leftEarly, absent, excused, asynchronous, minutes } = row;
  return { lessons, present, late, leftEarly, absent, excused, asynchronous, minutes };
}

function sum(column: string) {
  return sql`cast(sum(${sql.ref(column)}) as bigint)`;
}

function sums() {
  const columns = ['present', 'late', 'left_early', 'absent', 'excused', 'asynchronous'];
  return sql`${sql.join(columns.map((column) => sql`${sum(column)} as ${sql.ref(column)}`))}, sum(minutes) as minutes`;
}

/** True for every row where nothing limits them. */
export function within(column: string, ids: Ids | undefined): Expression<SqlBool> {
  if (ids === undefined || ids === 'every') return isTrue;
  return ids.size === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join([...ids])})`;
}

function judgedLessons(db: Kysely<Database>) {
  return db
    .selectFrom('attendance_lesson as judged')
    .innerJoin('lesson', 'lesson.id', 'judged.lesson_id')
    .innerJoin('course', 'course.id', 'judged.course_id')
    .select([
      ...(['judged.lesson_id', 'lesson.title', 'judged.course_id', 'course.title as course_title', 'judged.kind'] as const),
      ...(['judged.starts_at', 'judged.held', 'judged.signed_at', 'judged.delay_minutes', 'judged.taught_minutes'] as const),
      ...(['judged.planned_minutes', 'judged.present', 'judged.late', 'judged.left_early', 'judged.absent'] as const),
      ...(['judged.excused', 'judged.asynchronous', 'judged.minutes'] as const),
    ]);
}
