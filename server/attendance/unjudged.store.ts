// Finds the lessons that are to be judged: over and without results, or marked because something has changed since.
import type { Kysely } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Until when a lesson must have ended for all, or by its time, for its room to be empty. */
export interface Over {
  readonly endedBefore: Instant;
  readonly timeOverBefore: Instant;
}

export class UnjudgedStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Newest first, of those that began within the span. A lesson on the campus needs no room, and without one there is nothing to judge by. */
  async fresh({ from, to }: Span, { endedBefore, timeOverBefore }: Over, limit: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('lesson')
      .leftJoin('attendance_lesson', 'attendance_lesson.lesson_id', 'lesson.id')
      .leftJoin('trace_chain', 'trace_chain.lesson_id', 'lesson.id')
      .select('lesson.id')
      .where('lesson.starts_at', '>=', from)
      .where('lesson.starts_at', '<', to)
      .where('lesson.cancelled', '=', 0)
      .where('attendance_lesson.lesson_id', 'is', null)
      .where('trace_chain.expired_at', 'is', null)
      .where((eb) => eb.or([eb('lesson.mode', '<>', 'on-site'), eb('trace_chain.lesson_id', 'is not', null)]))
      .where((eb) =>
        eb.or([eb('lesson.ended_at', '<=', endedBefore), eb(eb.fn.coalesce('lesson.extended_to', 'lesson.ends_at'), '<=', timeOverBefore)]),
      )
      .orderBy('lesson.starts_at', 'desc')
      .orderBy('lesson.id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.id);
  }

  /** When the last lesson within the span began, as it is planned or as it was judged; null where there is none. */
  async lastWithin({ from, to }: Span): Promise<Instant | null> {
    const lastOf = (table: 'lesson' | 'attendance_lesson') =>
      this.#db
        .selectFrom(table)
        .select('starts_at')
        .where('starts_at', '>=', from)
        .where('starts_at', '<', to)
        .orderBy('starts_at', 'desc')
        .limit(1)
        .executeTakeFirst();
    const [planned, judged] = await Promise.all([lastOf('lesson'), lastOf('attendance_lesson')]);
    if (planned === undefined || judged === undefined) return (planned ?? judged)?.starts_at ?? null;
    return Math.max(planned.starts_at, judged.starts_at);
  }

  /** Marked to be judged again; newest first. */
  async stale(limit: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('attendance_lesson')
      .select('lesson_id')
      .where('stale', '=', 1)
      .orderBy('starts_at', 'desc')
      .orderBy('lesson_id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.lesson_id);
  }

  async markStale(lessonIds: readonly string[]): Promise<void> {
    if (lessonIds.length === 0) return;
    await this.#db.updateTable('attendance_lesson').set({ stale: 1 }).where('lesson_id', 'in', lessonIds).execute();
  }

  /** Those of the span whose trace went on since, and those that were cancelled or moved: a crash may have come between the two. */
  async markOvertaken({ from, to }: Span): Promise<void> {
    await this.#db
      .updateTable('attendance_lesson')
      .set({ stale: 1 })
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .where('stale', '=', 0)
      .where((eb) =>
        eb.or([
          eb.exists(
            eb
              .selectFrom('trace_chain')
              .select('trace_chain.seq')
              .whereRef('trace_chain.lesson_id', '=', 'attendance_lesson.lesson_id')
              .whereRef('trace_chain.seq', '>', 'attendance_lesson.judged_seq')
              .where('trace_chain.expired_at', 'is', null),
          ),
          eb.not(
            eb.exists(
              eb
                .selectFrom('lesson')
                .select('lesson.id')
                .whereRef('lesson.id', '=', 'attendance_lesson.lesson_id')
                .whereRef('lesson.starts_at', '=', 'attendance_lesson.starts_at')
                .where('lesson.cancelled', '=', 0),
            ),
          ),
        ]),
      )
      .execute();
  }

  /** Whether the entries of the lesson were removed by their age. */
  async isExpired(lessonId: string): Promise<boolean> {
    const row = await this.#db.selectFrom('trace_chain').select('expired_at').where('lesson_id', '=', lessonId).executeTakeFirst();
    return row !== undefined && row.expired_at !== null;
  }
}
