// Who is expected, here and missing while the class runs, as it crosses the wire.
import { z } from 'zod';
import { Instant, PersonId } from './ids.ts';

/** While the class runs, for the panel of who teaches: names and numbers only. */
export const LiveRegister = z.object({
  expected: z.number().int(),
  here: z.number().int(),
  missing: z.array(
    z.object({
      personId: PersonId,
      name: z.string(),
      groups: z.array(z.string()),
      state: z.enum(['not-come', 'left', 'lost', 'waiting']),
      since: Instant.nullable(),
      /** When they were last sent a message to come. */
      calledAt: Instant.nullable(),
    }),
  ),
  guests: z.array(z.object({ personId: PersonId, name: z.string(), here: z.boolean() })),
  /** Whether the asking person may call the missing. */
  mayCall: z.boolean(),
});
export type LiveRegister = z.infer<typeof LiveRegister>;
export const CallMissing = z.object({ people: z.union([z.literal('all'), z.array(PersonId).min(1).max(300)]) });
export const Called = z.object({ called: z.number().int(), tooSoon: z.number().int() });
