// Takes chat messages: kept first, then told to the room.
import { randomBytes } from 'node:crypto';
import type { ChatMessage } from '../contract/chat.ts';
import { type LessonId, MessageId } from '../contract/ids.ts';
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

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** R15: a message that was sent before under the same `clientId` is answered again and told to nobody twice. */
  async post(ref: ConnectionRef, text: string, clientId: string): Promise<ChatMessage> {
    const { rooms, chats, clock } = this.#options;
    const { name } = rooms.author(ref);
    const { lessonId, participantId, personId } = ref;
    const at = clock.now();
    const message: ChatMessage = { id: MessageId.parse(randomBytes(12).toString('base64url')), participantId, personId, name, at, text };
    const kept = await chats.keep(lessonId, message, clientId);
    if (kept === message) await rooms.record(lessonId, [{ type: 'message-posted', lessonId, at, personId, participantId, message }]);
    return kept;
  }
}
