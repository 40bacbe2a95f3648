// Reads what people said and asked while a class was recorded: the chat as it is now, and raised hands.
import type { Kysely } from 'kysely';
import { ChatMessage } from '../../contract/chat.ts';
import type { Instant, LessonId } from '../../contract/ids.ts';
import type { Database } from '../../database/tables.ts';
import type { ClassTalk } from './study.ts';

/** What a class can write in hours; more would be no replay. */
const mostMessages = 5000;

export class TalkStore implements ClassTalk {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async messages(lessonId: LessonId, from: Instant, to: Instant): Promise<ChatMessage[]> {
    const rows = await this.#db
      .selectFrom('chat_message')
      .select(['id', 'participant_id', 'person_id', 'name', 'at', 'text'])
      .where('lesson_id', '=', lessonId)
      .where('at', '>=', from)
      .where('at', '<=', to)
      .orderBy('at')
      .orderBy('id')
      .limit(mostMessages)
      .execute();
    return rows.map(({ participant_id, person_id, ...row }) =>
      ChatMessage.parse({ ...row, participantId: participant_id, personId: person_id }),
    );
  }

  /** Of everybody at once: 200 people who ask together are one question. */
  async hands(lessonId: LessonId, from: Instant, to: Instant): Promise<{ readonly personId: string; readonly at: Instant }[]> {
    const rows = await this.#db
      .selectFrom('trace_entry')
      .select(['person_id', 'at'])
      .where('lesson_id', '=', lessonId)
      .where('kind', '=', 'hand-raised')
      .where('at', '>=', from)
      .where('at', '<=', to)
      .orderBy('seq')
      .execute();
    return rows.flatMap(({ person_id, at }) => (person_id === null ? [] : [{ personId: person_id, at: Number(at) }]));
  }
}
