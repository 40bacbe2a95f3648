// Owns the table of lessons missed in a row: counted anew for whoever a judged lesson changed something for.
import type { Transaction } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { type Attended, streakOf } from './streak.ts';

export interface ResultRow {
  readonly person_id: string;
  readonly course_id: string;
  readonly starts_at: Instant;
  readonly verdict: string;
}

/** A statement may carry 32,766 parameters on SQLite; a result has eight. */
const rowsPerStatement = 500;

/** Of one lesson, before and after it was judged; the results are written already. */
export async function followStreaks(trx: Transaction<Database>, before: readonly ResultRow[], after: readonly ResultRow[]): Promise<void> {
  const [was, is] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const changed = [...before.filter((row) => !is.has(keyOf(row))), ...after.filter((row) => !was.has(keyOf(row)))];
  for (const [courseId, rows] of Map.groupBy(changed, (row) => row.course_id)) {
    const people = [...new Set(rows.map((row) => row.person_id))];
    for (const ids of parts(people)) await recount(trx, courseId, ids);
  }
}

async function recount(trx: Transaction<Database>, courseId: string, personIds: readonly string[]): Promise<void> {
  const results = await trx
    .selectFrom('attendance_result')
    .select(['person_id', 'starts_at', 'verdict'])
    .where('person_id', 'in', personIds)
    .where('course_id', '=', courseId)
    .orderBy('starts_at')
    .orderBy('lesson_id')
    .execute();
  const lessons = Map.groupBy(results, (row) => row.person_id);
  await trx.deleteFrom('attendance_streak').where('course_id', '=', courseId).where('person_id', 'in', personIds).execute();
  const rows = personIds.flatMap((personId) => {
    const attended = (lessons.get(personId) ?? []).map((row): Attended => ({ startsAt: row.starts_at, verdict: row.verdict }));
    const streak = streakOf(attended);
    return streak === null
      ? []
      : { course_id: courseId, person_id: personId, missed: streak.missed, since: streak.since, last_at: streak.lastAt };
  });
  if (rows.length > 0) await trx.insertInto('attendance_streak').values(rows).execute();
}

function keyOf({ person_id, course_id, starts_at, verdict }: ResultRow): string {
  return `${course_id} ${person_id} ${starts_at} ${verdict}`;
}

export function parts<T>(all: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < all.length; at += rowsPerStatement) pieces.push(all.slice(at, at + rowsPerStatement));
  return pieces;
}
