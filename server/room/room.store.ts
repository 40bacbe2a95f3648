// Keeps what of a room outlives the server. The only file that reads or writes the table `room`.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Instant, LessonId } from '../contract/ids.ts';
import { RoomCloseReason } from '../contract/reasons.ts';
import type { Database } from '../database/tables.ts';
import { type Holding, noHolding } from '../holding/holding.ts';
import { DurableRoom } from './durable.ts';

/** A saved room is an open one. */
const Change = z.discriminatedUnion('what', [
  z.object({ what: z.literal('saved'), lessonId: LessonId, room: DurableRoom }),
  z.object({ what: z.literal('closed'), lessonId: LessonId, at: Instant, reason: RoomCloseReason }),
]);
type Change = z.infer<typeof Change>;

export class RoomStore {
  readonly #db: Kysely<Database>;
  readonly #holding: Holding;
  readonly #put: (change: Change) => Promise<unknown>;

  constructor(db: Kysely<Database>, holding: Holding = noHolding) {
    this.#db = db;
    this.#holding = holding;
    const write = (change: Change) => this.#write(change);
    this.#put = holding.through('room', Change, write, async (held) => {
      for (const change of lastOf(held)) await write(change);
    });
  }

  /** Null for a room that never was. Throws `DatabaseAway` while something waits that was acknowledged. */
  async load(lessonId: LessonId): Promise<DurableRoom | null> {
    this.#holding.checkComplete();
    const row = await this.#db.selectFrom('room').select('state').where('lesson_id', '=', lessonId).executeTakeFirst();
    return row === undefined ? null : DurableRoom.parse(JSON.parse(row.state));
  }

  async save(lessonId: LessonId, room: DurableRoom): Promise<void> {
    await this.#put({ what: 'saved', lessonId, room });
  }

  async close(lessonId: LessonId, at: Instant, reason: RoomCloseReason): Promise<void> {
    await this.#put({ what: 'closed', lessonId, at, reason });
  }

  async #write(change: Change): Promise<void> {
    const { lessonId } = change;
    if (change.what === 'closed') {
      const closed = { closed_at: change.at, close_reason: change.reason };
      await this.#db.updateTable('room').set(closed).where('lesson_id', '=', lessonId).execute();
      return;
    }
    const open = { state: JSON.stringify(change.room), closed_at: null, close_reason: null };
    await this.#db
      .insertInto('room')
      .values({ lesson_id: lessonId, opened_at: change.room.openedAt, ...open })
      .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(open))
      .execute();
  }
}

/** The last state of each room says all of those before; a closing keeps the state. */
function lastOf(changes: readonly Change[]): readonly Change[] {
  const rooms = new Map<LessonId, readonly Change[]>();
  for (const change of changes) {
    const before = rooms.get(change.lessonId) ?? [];
    rooms.set(change.lessonId, change.what === 'saved' ? [change] : [...before.filter(({ what }) => what === 'saved'), change]);
  }
  return [...rooms.values()].flat();
}
