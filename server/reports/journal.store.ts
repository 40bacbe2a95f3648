// Reads the lines of the electronic journal in their order: lesson by lesson, and within it student by student.
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { within } from './lessons.store.ts';
import type { Ids, Open } from './open.ts';
import type { Span } from './period.ts';

export interface JournalLesson {
  readonly id: string;
  readonly externalId: string | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly courseCode: string;
  readonly courseTitle: string;
  readonly kind: string;
  readonly teacherId: string;
  readonly signedAt: number | null;
}

export interface JournalFilter {
  readonly open: Open;
  readonly courseIds: Ids;
  readonly groupId?: string | undefined;
}

export class JournalStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** From the one named on. */
  async lessons(
    { open, courseIds, groupId }: JournalFilter,
    { from, to }: Span,
    first: { readonly startsAt: number; readonly lessonId: string },
    limit: number,
  ): Promise<JournalLesson[]> {
    let found = this.#db
      .selectFrom('attendance_lesson as judged')
      .select('judged.lesson_id')
      .where('judged.starts_at', '>=', Math.max(from, first.startsAt))
      .where('judged.starts_at', '<', to)
      .where(sql<SqlBool>`(judged.starts_at, judged.lesson_id) >= (${first.startsAt}, ${first.lessonId})`)
      .where(within('judged.course_id', courseIds))
      .orderBy('judged.starts_at')
      .orderBy('judged.lesson_id')
      .limit(limit);
    if (open !== 'every')
      found = found.where(sql<SqlBool>`(${within('judged.course_id', open.courseIds)} or ${within('judged.faculty_id', open.facultyIds)})`);
    if (groupId !== undefined)
      found = found.where(
        sql<SqlBool>`exists (select 1 from attendance_result_group as part where part.lesson_id = judged.lesson_id and part.group_id = ${groupId})`,
      );
    const rows = await this.#db
      .selectFrom(found.as('found'))
      .innerJoin('attendance_lesson as judged', 'judged.lesson_id', 'found.lesson_id')
      .innerJoin('lesson', 'lesson.id', 'judged.lesson_id')
      .innerJoin('course', 'course.id', 'judged.course_id')
      .select([
        ...([
          'judged.lesson_id as id',
          'lesson.external_id as externalId',
          'judged.starts_at as startsAt',
          'lesson.ends_at as endsAt',
        ] as const),
        ...(['course.code as courseCode', 'course.title as courseTitle', 'judged.kind', 'judged.teacher_id as teacherId'] as const),
        'judged.signed_at as signedAt',
      ])
      .orderBy('judged.starts_at')
      .orderBy('judged.lesson_id')
      .execute();
    return rows;
  }

  /** Of one lesson, by their ids. */
  async students(lessonId: string, after: string, groupId: string | undefined, limit: number) {
    let rows = this.#db
      .selectFrom('attendance_result')
      .select(['person_id as personId', 'verdict', 'minutes'])
      .where('lesson_id', '=', lessonId)
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(limit);
    if (groupId !== undefined)
      rows = rows.where('person_id', 'in', this.#db.selectFrom('group_member').select('person_id').where('group_id', '=', groupId));
    return rows.execute();
  }

  /** By lesson. */
  async groupIdsOf(lessonIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const groups = new Map<string, Set<string>>();
    if (lessonIds.length === 0) return groups;
    const rows = await this.#db.selectFrom('lesson_group').select(['lesson_id', 'group_id']).where('lesson_id', 'in', lessonIds).execute();
    for (const { lesson_id, group_id } of rows) groups.set(lesson_id, (groups.get(lesson_id) ?? new Set()).add(group_id));
    return groups;
  }
}
