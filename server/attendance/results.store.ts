// Owns the tables of judged lessons that reports add up: each lesson is written in one transaction.
import type { Kysely, Transaction } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { followStreaks, parts, type ResultRow } from './streaks.store.ts';
import type { Judged, Tally } from './tally.ts';

export interface JudgedLesson extends Judged {
  readonly lessonId: string;
  readonly courseId: string;
  readonly facultyId: string;
  readonly teacherId: string;
  readonly kind: string;
  readonly startsAt: Instant;
  readonly judgedAt: Instant;
  /** The last entry of the trace that was looked at. */
  readonly seq: number;
}

export class ResultsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the place of what was there of the lesson. */
  async put(judged: JudgedLesson): Promise<void> {
    const { lessonId, courseId, startsAt } = judged;
    const lesson = {
      ...{ course_id: courseId, faculty_id: judged.facultyId, teacher_id: judged.teacherId, kind: judged.kind, starts_at: startsAt },
      ...{
        judged_at: judged.judgedAt,
        held: judged.held ? 1 : 0,
        delay_minutes: judged.delayMinutes,
        taught_minutes: judged.taughtMinutes,
      },
      ...{ planned_minutes: judged.plannedMinutes, ...columnsOf(judged.tally), signed_at: judged.signedAt, signed_by: judged.signedBy },
      ...{ stale: 0, judged_seq: judged.seq },
    };
    const results = judged.results.map(({ personId, verdict, computed, minutes, share }) => ({
      ...{ lesson_id: lessonId, person_id: personId, course_id: courseId, starts_at: startsAt, verdict, computed, minutes, share },
    }));
    const groups = [...judged.groups].map(([id, tally]) => ({
      ...{ lesson_id: lessonId, group_id: id, starts_at: startsAt, ...columnsOf(tally) },
    }));
    await this.#db.transaction().execute(async (trx) => {
      const before = await takeAway(trx, lessonId);
      await trx
        .insertInto('attendance_lesson')
        .values({ lesson_id: lessonId, ...lesson })
        .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(lesson))
        .execute();
      for (const rows of parts(results)) await trx.insertInto('attendance_result').values(rows).execute();
      for (const rows of parts(groups)) await trx.insertInto('attendance_result_group').values(rows).execute();
      await followStreaks(trx, before, results);
    });
  }

  /** Of a lesson that is not judged after all. */
  async remove(lessonId: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const before = await takeAway(trx, lessonId);
      await trx.deleteFrom('attendance_lesson').where('lesson_id', '=', lessonId).execute();
      await followStreaks(trx, before, []);
    });
  }

  /** What the register was judged by is gone by its age: the results stay as they are. */
  async keep(lessonId: string): Promise<void> {
    await this.#db.updateTable('attendance_lesson').set({ stale: 0 }).where('lesson_id', '=', lessonId).execute();
  }

  /** What a lesson adds up to, and the row of one person; null while it is not judged, or is to be judged again. */
  async of(lessonId: string, personId: string): Promise<Summary | null> {
    const [lesson, counted, own] = await Promise.all([
      this.#db.selectFrom('attendance_lesson').selectAll().where('lesson_id', '=', lessonId).where('stale', '=', 0).executeTakeFirst(),
      this.#results(lessonId)
        .select((eb) => eb.fn.countAll<number>().as('expected'))
        .executeTakeFirstOrThrow(),
      this.#results(lessonId).select(['person_id', 'verdict', 'minutes']).where('person_id', '=', personId).execute(),
    ]);
    if (lesson === undefined) return null;
    const { present, late, left_early: leftEarly, absent } = lesson;
    return {
      totals: { expected: Number(counted.expected), present, late, leftEarly, absent },
      rows: own.map((row) => ({ personId: row.person_id, verdict: row.verdict, minutes: row.minutes })),
    };
  }

  #results(lessonId: string) {
    return this.#db.selectFrom('attendance_result').where('lesson_id', '=', lessonId);
  }
}

export interface Summary {
  readonly totals: Pick<Tally, 'present' | 'late' | 'leftEarly' | 'absent'> & { readonly expected: number };
  readonly rows: readonly { readonly personId: string; readonly verdict: string; readonly minutes: number }[];
}

async function takeAway(trx: Transaction<Database>, lessonId: string): Promise<ResultRow[]> {
  const before = await trx
    .selectFrom('attendance_result')
    .select(['person_id', 'course_id', 'starts_at', 'verdict'])
    .where('lesson_id', '=', lessonId)
    .execute();
  await trx.deleteFrom('attendance_result').where('lesson_id', '=', lessonId).execute();
  await trx.deleteFrom('attendance_result_group').where('lesson_id', '=', lessonId).execute();
  return before;
}

function columnsOf({ present, late, leftEarly, absent, excused, asynchronous, minutes }: Tally) {
  return { present, late, left_early: leftEarly, absent, excused, asynchronous, minutes };
}
