// Reads how many of those expected came to judged lessons: by course and kind of lesson, and by group.
import { type Kysely, sql } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';

export interface TurnoutRow {
  readonly came: number;
  readonly expected: number;
}

// Who watched the recording later was not there, and neither was who is excused.
const came = sql<number>`sum(t.present + t.late + t.left_early)`.as('came');
const expected = sql<number>`sum(t.present + t.late + t.left_early + t.absent + t.excused + t.asynchronous)`.as('expected');

export class TurnoutStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Of lessons since then that were held. */
  async ofCourses(
    courseIds: readonly string[],
    since: Instant,
  ): Promise<(TurnoutRow & { readonly courseId: string; readonly kind: string })[]> {
    const rows = [];
    for (const part of inPieces(courseIds)) {
      const found = await this.#db
        .selectFrom('attendance_lesson as t')
        .select(['t.course_id', 't.kind', came, expected])
        .where('t.course_id', 'in', part)
        .where('t.starts_at', '>=', since)
        .where('t.held', '=', 1)
        .groupBy(['t.course_id', 't.kind'])
        .execute();
      rows.push(...found);
    }
    return rows.map((row) => ({ courseId: row.course_id, kind: row.kind, ...counts(row) }));
  }

  /** Of all lessons of these groups since then that were held. */
  async ofGroups(groupIds: readonly string[], since: Instant): Promise<Map<string, TurnoutRow>> {
    const rows = [];
    for (const part of inPieces(groupIds)) {
      const found = await this.#db
        .selectFrom('attendance_result_group as t')
        .innerJoin('attendance_lesson', 'attendance_lesson.lesson_id', 't.lesson_id')
        .select(['t.group_id', came, expected])
        .where('t.group_id', 'in', part)
        .where('t.starts_at', '>=', since)
        .where('attendance_lesson.held', '=', 1)
        .groupBy('t.group_id')
        .execute();
      rows.push(...found);
    }
    return new Map(rows.map((row) => [row.group_id, counts(row)]));
  }
}

/** PostgreSQL gives sums as texts. */
function counts(row: TurnoutRow): TurnoutRow {
  return { came: Number(row.came), expected: Number(row.expected) };
}
