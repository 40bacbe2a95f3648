// How many messages of others have come since the chat was last on the screen.
import type { RoomState } from '../../session/state.ts';

export function unread({ chat, self }: RoomState, readUntil: number): number {
  return chat.filter((message) => message.at > readUntil && message.participantId !== self.participantId).length;
}
