// Keeps what of a room outlives the server. The only file that reads or writes the table `room`.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Instant, LessonId } from '../contract/ids.ts';
import { RoomCloseReason } from '../contract/reasons.ts';
import type { Database } from '../database/tables.ts';
import { type Holding, noHolding } from '../holding/holding.ts';
import { DurableRoom } from './durable.ts';

const Saved = z.object({ lessonId: LessonId, room: DurableRoom });
const Closed = z.object({ lessonId: LessonId, at: Instant, reason: RoomCloseReason });

export class RoomStore {
  readonly #db: Kysely<Database>;
  readonly #holding: Holding;
  readonly #save: (saved: z.infer<typeof Saved>) => Promise<unknown>;
  readonly #close: (closed: z.infer<typeof Closed>) => Promise<unknown>;

  constructor(db: Kysely<Database>, holding: Holding = noHolding) {
    this.#db = db;
    this.#holding = holding;
    this.#save = holding.through('room', Saved, (saved) => this.#writeOpen(saved));
    this.#close = holding.through('room-closed', Closed, (closed) => this.#writeClosed(closed));
  }

  /** Null for a room that never was. Throws `DatabaseAway` while something waits that was acknowledged. */
  async load(lessonId: LessonId): Promise<DurableRoom | null> {
    this.#holding.checkComplete();
    const row = await this.#db.selectFrom('room').select('state').where('lesson_id', '=', lessonId).executeTakeFirst();
    return row === undefined ? null : DurableRoom.parse(JSON.parse(row.state));
  }

  /** A saved room is an open one. */
  async save(lessonId: LessonId, room: DurableRoom): Promise<void> {
    await this.#save({ lessonId, room });
  }

  async close(lessonId: LessonId, at: Instant, reason: RoomCloseReason): Promise<void> {
    await this.#close({ lessonId, at, reason });
  }

  async #writeOpen({ lessonId, room }: z.infer<typeof Saved>): Promise<void> {
    const open = { state: JSON.stringify(room), closed_at: null, close_reason: null };
    await this.#db
      .insertInto('room')
      .values({ lesson_id: lessonId, opened_at: room.openedAt, ...open })
      .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(open))
      .execute();
  }

  async #writeClosed({ lessonId, at, reason }: z.infer<typeof Closed>): Promise<void> {
    await this.#db.updateTable('room').set({ closed_at: at, close_reason: reason }).where('lesson_id', '=', lessonId).execute();
  }
}
