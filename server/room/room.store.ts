// Keeps what of a room outlives the server. The only file that reads or writes the table `room`.
import type { Kysely } from 'kysely';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { RoomCloseReason } from '../contract/reasons.ts';
import type { Database } from '../database/tables.ts';
import { DurableRoom } from './durable.ts';

export class RoomStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Null for a room that never was. */
  async load(lessonId: LessonId): Promise<DurableRoom | null> {
    const row = await this.#db.selectFrom('room').select('state').where('lesson_id', '=', lessonId).executeTakeFirst();
    return row === undefined ? null : DurableRoom.parse(JSON.parse(row.state));
  }

  /** A saved room is an open one. */
  async save(lessonId: LessonId, room: DurableRoom): Promise<void> {
    const open = { state: JSON.stringify(room), closed_at: null, close_reason: null };
    await this.#db
      .insertInto('room')
      .values({ lesson_id: lessonId, opened_at: room.openedAt, ...open })
      .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(open))
      .execute();
  }

  async close(lessonId: LessonId, at: Instant, reason: RoomCloseReason): Promise<void> {
    await this.#db.updateTable('room').set({ closed_at: at, close_reason: reason }).where('lesson_id', '=', lessonId).execute();
  }
}
