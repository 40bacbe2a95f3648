// The presence check of a running class ("still there?"), as it crosses the wire.
import { z } from 'zod';
import { Instant, ParticipantId, PersonId } from './ids.ts';
import { PresenceCheckEndReason } from './reasons.ts';

export const CheckId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** How long people have to answer, from when they are asked. */
export const answerMs = 60_000;

/** What everybody may know of a check that runs. */
export const CheckView = z.object({
  id: CheckId,
  startedAt: Instant,
  /** For the asking person: later for those who were away when it began. */
  closesAt: Instant,
  /** Whether the asking person is asked, and has answered. */
  own: z.enum(['asked', 'answered', 'not-asked']),
});
export type CheckView = z.infer<typeof CheckView>;

/** Who teaches sees how it goes, by name, and the last one until the next. */
export const CheckResult = z.object({
  id: CheckId,
  by: PersonId,
  startedAt: Instant,
  closesAt: Instant,
  endedAt: Instant.nullable(),
  /** Why it ended; null while it runs. Only `time-over` judges those who did not answer. */
  reason: PresenceCheckEndReason.nullable(),
  people: z.array(
    z.object({
      participantId: ParticipantId,
      personId: PersonId,
      name: z.string(),
      outcome: z.enum(['answered', 'missed', 'not-there', 'no-line', 'running', 'not-judged']),
    }),
  ),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** One that waits for its random moment; only who teaches knows of it, and not when. */
export const PlannedCheck = z.object({ withinMinutes: z.number().int(), plannedAt: Instant, by: PersonId });
export type PlannedCheck = z.infer<typeof PlannedCheck>;

const Nothing = z.object({});
export const presenceCheckRequests = {
  /** Now (0), or at a moment that the server draws within so many minutes. One at a time: else `conflict`. */
  'check:start': { input: z.object({ withinMinutes: z.number().int().min(0).max(45) }), output: Nothing },
  /** Takes back one that waits, or ends one that runs; those who have not answered are then not judged by it. */
  'check:withdraw': { input: Nothing, output: Nothing },
  /** Twice is once. */
  'check:answer': { input: z.object({ checkId: CheckId }), output: Nothing },
} as const;
