// Takes chat messages: kept first, then told to the room.
import { randomBytes } from 'node:crypto';
import type { ChatMessage } from '../contract/chat.ts';
import { type Instant, type LessonId, MessageId } from '../contract/ids.ts';
import type { Fact, FactOf } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { ChatStore } from './chat.store.ts';

/** Messages that are known to be told: what is sent again is so soon. */
const mostRemembered = 1000;

export interface ChatServiceOptions {
  readonly rooms: {
    /** Throws `Refused` when this participant may not write now. */
    author(ref: ConnectionRef): { readonly name: string };
    record(lessonId: LessonId, facts: readonly Fact[]): Promise<void>;
  };
  readonly chats: ChatStore;
  readonly trace: {
    /** Whether it says this, of whatever time. Throws `DatabaseAway` when that cannot be known now. */
    tells(fact: FactOf<'message-posted'>): Promise<boolean>;
  };
  readonly clock: Clock;
}

export class ChatService {
  readonly #options: ChatServiceOptions;
  /** Under way, by who sends what. */
  readonly #posting = new Map<string, Promise<ChatMessage>>();
  /** The latest at the end. */
  readonly #told = new Set<MessageId>();
  #posted = 0;

  constructor(options: ChatServiceOptions) {
    this.#options = options;
  }

  /** R15: a message that was sent before under the same `clientId` is answered again and told to nobody twice. */
  async post(ref: ConnectionRef, text: string, clientId: string): Promise<ChatMessage> {
    const { name } = this.#options.rooms.author(ref);
    const key = JSON.stringify([ref.lessonId, ref.personId, clientId]);
    const before = this.#posting.get(key);
    if (before !== undefined) return before;
    const posting = this.#post(ref, { name, text }, clientId).finally(() => this.#posting.delete(key));
    this.#posting.set(key, posting);
    return posting;
  }

  async #post(ref: ConnectionRef, said: Pick<ChatMessage, 'name' | 'text'>, clientId: string): Promise<ChatMessage> {
    const { rooms, chats, clock } = this.#options;
    const { lessonId, participantId, personId } = ref;
    const at = clock.now();
    const message: ChatMessage = { ...said, id: this.#newId(at), participantId, personId, at };
    const kept = await chats.keep(lessonId, message, clientId);
    const fact: FactOf<'message-posted'> = { type: 'message-posted', lessonId, at, personId, participantId, message: kept };
    // The server may have died, or the room been given up, when it was kept and not told yet.
    if (kept === message || !(await this.#isTold(fact))) await rooms.record(lessonId, [fact]);
    this.#remember(kept.id);
    return kept;
  }

  async #isTold(fact: FactOf<'message-posted'>): Promise<boolean> {
    return this.#told.has(fact.message.id) || (await this.#options.trace.tells(fact));
  }

  #remember(id: MessageId): void {
    this.#told.delete(id);
    this.#told.add(id);
    const [oldest] = this.#told;
    if (this.#told.size > mostRemembered && oldest !== undefined) this.#told.delete(oldest);
  }

  /** Sorts as it was posted, also within one millisecond. */
  #newId(at: Instant): MessageId {
    this.#posted += 1;
    const order = (this.#posted % 0x1000000).toString(16).padStart(6, '0');
    return MessageId.parse(`${at.toString(16).padStart(12, '0')}-${order}-${randomBytes(6).toString('hex')}`);
  }
}
