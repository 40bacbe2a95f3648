// Reads which groups lessons are for, by lesson and in Kazakh order: what everything that shows lessons needs.
import type { Kysely } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';

/** Each lesson is in the answer, also one without groups. */
export async function groupsOfLessons(
  db: Kysely<Database>,
  lessonIds: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const groups = new Map<string, { id: string; name: string }[]>(lessonIds.map((id) => [id, []]));
  // SQLite takes about 32,000 values in one statement.
  for (const some of inPieces(lessonIds, 5000)) {
    const rows = await db
      .selectFrom('lesson_group')
      .innerJoin('student_group', 'student_group.id', 'lesson_group.group_id')
      .select(['lesson_group.lesson_id', 'student_group.id', 'student_group.name'])
      .where('lesson_group.lesson_id', 'in', some)
      .orderBy('student_group.sort_key')
      .orderBy('student_group.id')
      .execute();
    for (const { lesson_id, id, name } of rows) groups.get(lesson_id)?.push({ id, name });
  }
  return groups;
}
