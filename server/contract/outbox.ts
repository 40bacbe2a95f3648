// What goes out to other systems, statement by statement, as administrators see it.
import { z } from 'zod';
import { Instant } from './ids.ts';

export const DestinationId = z.string().regex(/^[a-z0-9-]{1,40}$/);

export const Destination = z.object({
  id: DestinationId,
  kind: z.enum(['lrs', 'webhook']),
  /** Without user, password and query. */
  url: z.string(),
  /** All events up to this number have been delivered, or lie with the dead. */
  position: z.number().int(),
  /** The last number there is. */
  last: z.number().int(),
  state: z.enum(['idle', 'sending', 'waiting', 'paused', 'not-configured']),
  /** Since when, and how often in a row, it has failed; null while all is well. */
  failing: z.object({ since: Instant, attempts: z.number().int(), error: z.string(), nextAt: Instant }).nullable(),
  dead: z.number().int(),
  deliveredAt: Instant.nullable(),
});
export type Destination = z.infer<typeof Destination>;
export const Destinations = z.object({ destinations: z.array(Destination), first: z.number().int(), last: z.number().int() });

/** One that the other side refused for good. */
export const DeadLetter = z.object({
  seq: z.number().int(),
  kind: z.string(),
  at: Instant,
  failedAt: Instant,
  attempts: z.number().int(),
  error: z.string(),
  /** What was to be sent, as JSON text. */
  body: z.string(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
export const DeadLetters = z.object({ letters: z.array(DeadLetter), total: z.number().int() });
export const DeadLettersQuery = z.object({ page: z.coerce.number().int().min(0).max(10_000).default(0) });

/** Goes back: everything from this number on is sent again, with the same ids. */
export const Replay = z.object({ fromSeq: z.number().int().min(1) });
