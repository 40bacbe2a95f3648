// Takes chat messages: kept first, then told to the room.
import { randomBytes } from 'node:crypto';
import type { ChatMessage } from '../contract/chat.ts';
import { type Instant, type LessonId, MessageId } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { ChatStore } from './chat.store.ts';

export interface ChatServiceOptions {
  readonly rooms: {
    /** Throws `Refused` when this participant may not write now. */
    author(ref: ConnectionRef): { readonly name: string };
    record(lessonId: LessonId, facts: readonly Fact[]): Promise<void>;
  };
  readonly chats: ChatStore;
  readonly clock: Clock;
}

export class ChatService {
  readonly #options: ChatServiceOptions;
  #posted = 0;

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** R15: a message that was sent before under the same `clientId` is answered again and told to nobody twice. */
  async post(ref: ConnectionRef, text: string, clientId: string): Promise<ChatMessage> {
    const { rooms, chats, clock } = this.#options;
    const { name } = rooms.author(ref);
    const { lessonId, participantId, personId } = ref;
    const at = clock.now();
    const message: ChatMessage = { id: this.#newId(at), participantId, personId, name, at, text };
    const kept = await chats.keep(lessonId, message, clientId);
    if (kept === message) await rooms.record(lessonId, [{ type: 'message-posted', lessonId, at, personId, participantId, message }]);
    return kept;
  }

  /** Sorts as it was posted, also within one millisecond. */
  #newId(at: Instant): MessageId {
    this.#posted += 1;
    const order = (this.#posted % 0x1000000).toString(16).padStart(6, '0');
    return MessageId.parse(`${at.toString(16).padStart(12, '0')}-${order}-${randomBytes(6).toString('hex')}`);
  }
}
