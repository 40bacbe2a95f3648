// Puts messages together as one reads them: by day, and by author within a few minutes.
import type { ChatMessage } from '../../../server/contract/chat.ts';
import { dayKey } from '../../i18n/index.ts';

export interface Block {
  /** The id of its first message. */
  readonly key: string;
  readonly first: ChatMessage;
  readonly messages: readonly ChatMessage[];
  readonly startsDay: boolean;
}

const togetherMs = 3 * 60_000;

export function blocks(messages: readonly ChatMessage[], dayOf: (at: number) => string = dayKey): readonly Block[] {
  const result: { key: string; first: ChatMessage; messages: ChatMessage[]; startsDay: boolean }[] = [];
  for (const message of messages) {
    const block = result.at(-1);
    const before = block?.messages.at(-1);
    const sameDay = before !== undefined && dayOf(before.at) === dayOf(message.at);
    if (block && before && sameDay && before.participantId === message.participantId && message.at - before.at < togetherMs)
      block.messages.push(message);
    else result.push({ key: message.id, first: message, messages: [message], startsDay: !sameDay });
  }
  return result;
}
