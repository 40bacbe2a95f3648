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

export const maximumMessageLength = 2000;

/** Control characters except line breaks and tabs, and those that turn the direction of what follows: they could make a message look like something else. */
const deceptive = /[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;

export const MessageText = z
  .string()
  .max(4 * maximumMessageLength)
  .transform((text) => text.replace(/\r\n?/gu, '\n').replace(deceptive, '').normalize('NFC').trim())
  .pipe(z.string().min(1).max(maximumMessageLength));

export const chatRequests = {
  /** `clientId` makes a repeated send after a lost line harmless: the same message is answered again. */
  'chat:post': {
    input: z.object({ text: MessageText, clientId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/) }),
    output: z.object({ message: ChatMessage }),
  },
} as const;
