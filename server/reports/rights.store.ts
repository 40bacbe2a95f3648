// Reads what ties a person to courses and groups within a span: teaching there, helping there, or the faculty.
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { Span } from './period.ts';

/** Whose ties are asked for: a person, and the faculties that the person watches over. */
export interface Tied {
  readonly personId: string;
  readonly facultyIds: ReadonlySet<string>;
}

export class RightsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Courses in which the person teaches within the span, or helps. */
  async coursesOf(personId: string, { from, to }: Span): Promise<Set<string>> {
    const taught = await this.#db
      .selectFrom('lesson')
      .select('course_id')
      .distinct()
      .where('teacher_id', '=', personId)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .where('cancelled', '=', 0)
      .execute();
    const helped = await this.#db
      .selectFrom('enrolment')
      .select('course_id')
      .where('person_id', '=', personId)
      .where('role', '=', 'assistant')
      .execute();
    return new Set([...taught, ...helped].map((row) => row.course_id));
  }

  /** Groups whose lessons the person teaches within the span. */
  async groupsTaughtBy(personId: string, { from, to }: Span): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
      .select('lesson_group.group_id')
      .distinct()
      .where('lesson.teacher_id', '=', personId)
      .where('lesson.starts_at', '>=', from)
      .where('lesson.starts_at', '<', to)
      .where('lesson.cancelled', '=', 0)
      .execute();
    return rows.map((row) => row.group_id);
  }

  /** Of the group's lessons within the span, the courses that the person is tied to by such a lesson. */
  async coursesOfGroup(groupId: string, tied: Tied, { from, to }: Span): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom('lesson_group')
      .innerJoin('lesson', 'lesson.id', 'lesson_group.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select('lesson.course_id')
      .distinct()
      .where('lesson_group.group_id', '=', groupId)
      .where('lesson.starts_at', '>=', from)
      .where('lesson.starts_at', '<', to)
      .where('lesson.cancelled', '=', 0)
      .where((eb) =>
        eb.or([eb('lesson.teacher_id', '=', tied.personId), isWatched('course.faculty_id', tied), helps('lesson.course_id', tied)]),
      )
      .execute();
    return new Set(rows.map((row) => row.course_id));
  }

  /** Likewise of the lessons in which the student was judged. */
  async coursesOfStudent(studentId: string, tied: Tied, { from, to }: Span): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom('attendance_result')
      .innerJoin('attendance_lesson', 'attendance_lesson.lesson_id', 'attendance_result.lesson_id')
      .select('attendance_result.course_id')
      .distinct()
      .where('attendance_result.person_id', '=', studentId)
      .where('attendance_result.starts_at', '>=', from)
      .where('attendance_result.starts_at', '<', to)
      .where((eb) =>
        eb.or([
          eb('attendance_lesson.teacher_id', '=', tied.personId),
          isWatched('attendance_lesson.faculty_id', tied),
          helps('attendance_result.course_id', tied),
        ]),
      )
      .execute();
    return new Set(rows.map((row) => row.course_id));
  }

  /** The faculties of the courses in which the person teaches within the span. */
  async facultiesTaughtIn(teacherId: string, { from, to }: Span): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select('course.faculty_id')
      .distinct()
      .where('lesson.teacher_id', '=', teacherId)
      .where('lesson.starts_at', '>=', from)
      .where('lesson.starts_at', '<', to)
      .execute();
    return new Set(rows.map((row) => row.faculty_id));
  }

  /** Of the groups that somebody is in. */
  async facultiesOfStudent(personId: string): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom('group_member')
      .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
      .select('student_group.faculty_id')
      .distinct()
      .where('group_member.person_id', '=', personId)
      .execute();
    return new Set(rows.map((row) => row.faculty_id));
  }
}

function isWatched(column: string, { facultyIds }: Tied): Expression<SqlBool> {
  return facultyIds.size === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join([...facultyIds])})`;
}

function helps(column: string, { personId }: Tied): Expression<SqlBool> {
  return sql<SqlBool>`exists (select 1 from enrolment where course_id = ${sql.ref(column)} and person_id = ${personId} and role = 'assistant')`;
}
