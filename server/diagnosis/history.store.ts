// Writes quality histories: lines, their minutes, and who was not let in; removes what is too old.
import { type Kysely, sql } from 'kysely';
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { RefusalCode } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';
import type { Database } from '../database/tables.ts';

export interface QualityLine {
  readonly id: number;
  readonly lessonId: string;
  readonly personId: string;
  readonly connectionId: string;
  readonly role: RoomRole;
  /** Of guests by link. */
  readonly guestName: string | null;
  readonly device: string;
  readonly network: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
}

export interface QualityMinute {
  readonly lineId: number;
  readonly minute: number;
  readonly worker: number | null;
  readonly severity: number;
  readonly kinds: number;
  readonly steps: number;
  readonly troubled: number;
  readonly figures: string;
}

export interface QualityBatch {
  readonly lines: readonly QualityLine[];
  /** Their lines are written, or are in this batch. */
  readonly minutes: readonly QualityMinute[];
}

/** Where somebody was not let in: when asking for the token, or at the door of the room. */
export type RefusalPlace = 'token' | 'door';

export interface EntryRefusal {
  readonly lessonId: LessonId;
  readonly personId: PersonId;
  readonly place: RefusalPlace;
  readonly code: RefusalCode;
  readonly at: Instant;
  readonly times: number;
  readonly guestName: string | null;
  readonly device: string;
  readonly network: string;
}

/** Few enough that nobody waits for one statement. */
export const rowsPerBatch = 250;

export class HistoryStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The first number that no line has. */
  async nextId(): Promise<number> {
    const { last } = await this.#db
      .selectFrom('quality_line')
      .select((e) => e.fn.max('id').as('last'))
      .executeTakeFirstOrThrow();
    return Number(last ?? 0) + 1;
  }

  /** Lines that a crash left open end with the last minute that is known of them. */
  async closeOpen(): Promise<void> {
    await sql`
      update quality_line set closed_at = coalesce(
        (select (max(minute) + 1) * cast(60000 as bigint) from quality_minute where line_id = quality_line.id), opened_at)
      where closed_at is null`.execute(this.#db);
  }

  /** At most `rowsPerBatch` of each. What is there already is replaced. */
  async write({ lines, minutes }: QualityBatch): Promise<void> {
    if (lines.length > 0)
      await this.#db
        .insertInto('quality_line')
        .values(
          lines.map(({ lessonId, personId, connectionId, guestName, openedAt, closedAt, ...line }) => ({
            ...{ ...line, lesson_id: lessonId, person_id: personId, connection_id: connectionId },
            ...{ guest_name: guestName, opened_at: openedAt, closed_at: closedAt },
          })),
        )
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((e) => ({ role: e.ref('excluded.role'), closed_at: e.ref('excluded.closed_at') })),
        )
        .execute();
    if (minutes.length > 0)
      await this.#db
        .insertInto('quality_minute')
        .values(minutes.map(({ lineId, ...minute }) => ({ ...minute, line_id: lineId })))
        .onConflict((conflict) =>
          conflict.columns(['line_id', 'minute']).doUpdateSet((e) => ({
            ...{ worker: e.ref('excluded.worker'), severity: e.ref('excluded.severity'), kinds: e.ref('excluded.kinds') },
            ...{ steps: e.ref('excluded.steps'), troubled: e.ref('excluded.troubled'), figures: e.ref('excluded.figures') },
          })),
        )
        .execute();
  }

  async writeRefusals(refusals: readonly EntryRefusal[]): Promise<void> {
    if (refusals.length === 0) return;
    await this.#db
      .insertInto('entry_refusal')
      .values(
        refusals.map(({ lessonId, personId, guestName, ...refusal }) => ({
          ...{ ...refusal, lesson_id: lessonId, person_id: personId, guest_name: guestName },
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['lesson_id', 'person_id', 'place', 'code', 'at']).doUpdateSet((e) => ({ times: e.ref('excluded.times') })),
      )
      .execute();
  }

  /** The oldest lines with all their minutes, and in the end the refusals; answers how many lines. */
  async removeBefore(before: Instant, limit: number): Promise<number> {
    const oldest = this.#db.selectFrom('quality_line').select('id').where('opened_at', '<', before).orderBy('opened_at').limit(limit);
    const { numDeletedRows } = await this.#db.deleteFrom('quality_line').where('id', 'in', oldest).executeTakeFirstOrThrow();
    if (Number(numDeletedRows) < limit) await this.#db.deleteFrom('entry_refusal').where('at', '<', before).execute();
    return Number(numDeletedRows);
  }
}
