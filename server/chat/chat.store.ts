// Keeps chat messages. The only file that reads or writes the table `chat_message`.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { ChatMessage } from '../contract/chat.ts';
import { LessonId } from '../contract/ids.ts';
import type { ChatMessageTable, Database } from '../database/tables.ts';
import { type Held, type Holding, held, noHolding } from '../holding/holding.ts';

const Posted = z.object({ lessonId: LessonId, message: ChatMessage, clientId: z.string() });
type Posted = z.infer<typeof Posted>;
/** Messages remembered that are not in the database yet. */
const mostHeld = 10_000;

export class ChatStore {
  readonly #db: Kysely<Database>;
  readonly #holding: Holding;
  readonly #put: (posted: Posted) => Promise<ChatMessage | Held>;
  /** By what the unique key of the table says, so that what is sent twice is still told once. */
  readonly #held = new Map<string, ChatMessage>();

  constructor(db: Kysely<Database>, holding: Holding = noHolding) {
    this.#db = db;
    this.#holding = holding;
    const write = (posted: Posted) => this.#write(posted);
    this.#put = holding.through('chat', Posted, write, async (held) => void (await Promise.all(held.map(write))));
  }

  /** Returns what is kept: this message, or the one that the same person sent before with the same `clientId`. */
  async keep(lessonId: LessonId, message: ChatMessage, clientId: string): Promise<ChatMessage> {
    const key = JSON.stringify([lessonId, message.personId, clientId]);
    const before = this.#held.get(key);
    if (before !== undefined) return before;
    const kept = await this.#put({ lessonId, message, clientId });
    if (kept !== held) return kept;
    const meanwhile = this.#held.get(key);
    if (meanwhile !== undefined) return meanwhile;
    if (this.#held.size >= mostHeld) this.#held.clear();
    this.#held.set(key, message);
    return message;
  }

  async #write({ lessonId, message, clientId }: Posted): Promise<ChatMessage> {
    const { id, participantId, personId, name, at, text } = message;
    const row = { id, lesson_id: lessonId, participant_id: participantId, person_id: personId, name, at, text, client_id: clientId };
    const { numInsertedOrUpdatedRows: kept } = await this.#db
      .insertInto('chat_message')
      .values(row)
      .onConflict((conflict) => conflict.columns(['lesson_id', 'person_id', 'client_id']).doNothing())
      .executeTakeFirstOrThrow();
    if (kept === 1n) return message;
    const before = await this.#db
      .selectFrom('chat_message')
      .selectAll()
      .where('lesson_id', '=', lessonId)
      .where('person_id', '=', personId)
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow();
    return asMessage(before);
  }

  /** The last ones of a lesson, oldest first. */
  async latest(lessonId: LessonId, limit: number): Promise<ChatMessage[]> {
    this.#holding.checkComplete();
    const rows = await this.#db
      .selectFrom('chat_message')
      .selectAll()
      .where('lesson_id', '=', lessonId)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.reverse().map(asMessage);
  }
}

function asMessage(row: Selectable<ChatMessageTable>): ChatMessage {
  return ChatMessage.parse({
    id: row.id,
    participantId: row.participant_id,
    personId: row.person_id,
    name: row.name,
    at: row.at,
    text: row.text,
  });
}
