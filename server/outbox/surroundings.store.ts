// Reads what an event needs beside its ids when it is told: the lesson with its course and groups, and, where wanted, names.
import type { Kysely } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';

export interface ToldLesson {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly teacherId: string;
  readonly course: { readonly id: string; readonly code: string; readonly title: string };
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** What a register says of a student. */
export interface ToldVerdict {
  readonly personId: string;
  readonly verdict: string;
  readonly minutes: number;
  /** From 0 to 1. */
  readonly share: number;
}

export interface ToldRegister {
  /** The last entry of the trace that it was made from. */
  readonly judgedSeq: number;
  readonly verdicts: readonly ToldVerdict[];
}

export class SurroundingsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async lessons(ids: readonly string[]): Promise<ReadonlyMap<string, ToldLesson>> {
    const found = new Map<string, ToldLesson>();
    for (const piece of inPieces([...new Set(ids)])) {
      const rows = await this.#db
        .selectFrom('lesson')
        .innerJoin('course', 'course.id', 'lesson.course_id')
        .select(['lesson.id', 'lesson.title', 'lesson.kind', 'starts_at', 'ends_at', 'teacher_id', 'course_id', 'code'])
        .select('course.title as course_title')
        .where('lesson.id', 'in', piece)
        .execute();
      const groups = await this.#db
        .selectFrom('lesson_group')
        .innerJoin('student_group', 'student_group.id', 'lesson_group.group_id')
        .select(['lesson_id', 'student_group.id', 'name'])
        .where('lesson_id', 'in', piece)
        .orderBy('student_group.id')
        .execute();
      const byLesson = Map.groupBy(groups, (row) => row.lesson_id);
      for (const { id, title, kind, starts_at, ends_at, teacher_id, course_id, code, course_title } of rows)
        found.set(id, {
          ...{ id, title, kind, startsAt: starts_at, endsAt: ends_at, teacherId: teacher_id },
          course: { id: course_id, code, title: course_title },
          groups: (byLesson.get(id) ?? []).map((group) => ({ id: group.id, name: group.name })),
        });
    }
    return found;
  }

  /** Of lessons that are judged. */
  async registers(ids: readonly string[]): Promise<ReadonlyMap<string, ToldRegister>> {
    const found = new Map<string, ToldRegister>();
    for (const lessonId of new Set(ids)) {
      const lesson = await this.#db
        .selectFrom('attendance_lesson')
        .select('judged_seq')
        .where('lesson_id', '=', lessonId)
        .executeTakeFirst();
      if (lesson === undefined) continue;
      const rows = this.#db.selectFrom('attendance_result').select(['person_id', 'verdict', 'minutes', 'share']);
      const verdicts = await rows.where('lesson_id', '=', lessonId).orderBy('person_id').execute();
      found.set(lessonId, {
        judgedSeq: lesson.judged_seq,
        verdicts: verdicts.map(({ person_id, ...rest }) => ({ personId: person_id, ...rest })),
      });
    }
    return found;
  }

  async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const piece of inPieces([...new Set(ids)])) {
      const rows = await this.#db.selectFrom('person').select(['id', 'display_name']).where('id', 'in', piece).execute();
      for (const row of rows) found.set(row.id, row.display_name);
    }
    return found;
  }
}
