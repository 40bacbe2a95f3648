// The socket requests of the chat: names and shapes to calls of the service.
import type { chatRequests } from '../contract/chat.ts';
import type { Handlers } from '../edge/answer.ts';
import type { ChatService } from './chat.service.ts';

export function chatHandlers(chat: ChatService): Handlers<keyof typeof chatRequests, 'in-room'> {
  return {
    'chat:post': {
      phases: ['in-room'],
      handle: async ({ text, clientId }, { connection }) => ({ message: await chat.post(connection, text, clientId) }),
    },
  };
}
