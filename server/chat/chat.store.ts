// Keeps chat messages. The only file that reads or writes the table `chat_message`.
import type { Kysely, Selectable } from 'kysely';
import { ChatMessage } from '../contract/chat.ts';
import type { LessonId } from '../contract/ids.ts';
import type { ChatMessageTable, Database } from '../database/tables.ts';

export class ChatStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Returns what is kept: this message, or the one that the same person sent before with the same `clientId`. */
  async keep(lessonId: LessonId, message: ChatMessage, clientId: string): Promise<ChatMessage> {
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
