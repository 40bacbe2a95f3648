// How many messages of others have come since the chat was last on the screen.
import { useClassroom, useObservable } from '../../pages/room/classroom.ts';
import { useRoom } from '../../session/useSession.ts';

export function useUnread(): number {
  const { readUntil } = useClassroom();
  const seen = useObservable(readUntil);
  return useRoom((room) => room.chat.filter((message) => message.at > seen && message.participantId !== room.self.participantId).length);
}
