// The public chat of a room as it crosses the wire.
import { z } from 'zod';
import { Instant, MessageId, ParticipantId, PersonId } from './ids.ts';

export const ChatMessage = z.object({
  id: MessageId,
  participantId: ParticipantId,
  personId: PersonId,
  name: z.string(),
  at: Instant,
  text: z.string(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const chatRequests = {
  /** `clientId` makes a repeated send after a lost line harmless: the same message is answered again. */
  'chat:post': {
    input: z.object({ text: z.string().trim().min(1).max(2000), clientId: z.string().min(8).max(64) }),
    output: z.object({ message: ChatMessage }),
  },
} as const;
