// The trace of a lesson as evidence: how it is proven unchanged, and what an exported bundle holds, as they cross the wire.
import { z } from 'zod';
import { Instant, LessonId, LocalDate } from './ids.ts';

/** SHA-256, lower-case hex. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What is wrong, and where. `seq` counts the lesson's entries from 1. */
export const TraceFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entry-changed'), lessonId: LessonId, seq: z.number().int(), at: Instant.nullable() }),
  z.object({ kind: z.literal('personal-changed'), lessonId: LessonId, seq: z.number().int() }),
  z.object({ kind: z.literal('entry-missing'), lessonId: LessonId, seq: z.number().int() }),
  z.object({ kind: z.literal('entry-inserted'), lessonId: LessonId, seq: z.number().int() }),
  z.object({ kind: z.literal('out-of-order'), lessonId: LessonId, seq: z.number().int() }),
  z.object({ kind: z.literal('cut-off'), lessonId: LessonId, seq: z.number().int(), sealedSeq: z.number().int() }),
  /** The chain is whole in itself and is not the one that was signed: it was written anew. */
  z.object({ kind: z.literal('not-as-sealed'), lessonId: LessonId, seq: z.number().int(), day: LocalDate }),
  z.object({ kind: z.literal('lesson-missing'), lessonId: LessonId, day: LocalDate }),
  z.object({ kind: z.literal('day-missing'), day: LocalDate }),
  z.object({ kind: z.literal('day-changed'), day: LocalDate }),
  z.object({ kind: z.literal('signature-wrong'), day: LocalDate, keyId: z.string() }),
  z.object({ kind: z.literal('key-unknown'), day: LocalDate, keyId: z.string() }),
  /** The head in the database is not the copy that is kept beside it. */
  z.object({ kind: z.literal('not-as-witnessed'), day: LocalDate }),
  z.object({ kind: z.literal('unreadable'), line: z.number().int() }),
]);
export type TraceFault = z.infer<typeof TraceFault>;

export const TraceProof = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  lessons: z.number().int(),
  days: z.number().int(),
  /** Entries after the last signed head: chained, not yet signed. */
  unsealed: z.number().int(),
  /** Entries whose personal part was removed by law; the rest of them is proven. */
  erased: z.number().int(),
  /** Lessons whose trace was removed by the rule of how long it is kept. */
  expired: z.number().int(),
  /** At most 100. */
  faults: z.array(TraceFault),
  checkedAt: Instant,
  durationMs: z.number().int(),
});
export type TraceProof = z.infer<typeof TraceProof>;

/** The signed head of a day: RFC 9162 Merkle tree over the heads of the lessons that grew since the head before. */
export const DayHead = z.object({
  day: LocalDate,
  /** 1, 2, 3 … without gaps. */
  number: z.number().int(),
  lessons: z.number().int(),
  root: Hash,
  previous: Hash,
  hash: Hash,
  keyId: z.string(),
  /** Ed25519 (RFC 8032) over `hash`, base64url. */
  signature: z.string(),
  signedAt: Instant,
});
export type DayHead = z.infer<typeof DayHead>;

export const TraceKey = z.object({
  id: z.string(),
  /** Raw Ed25519 public key, base64url (as `x` in RFC 8037). */
  publicKey: z.string(),
  createdAt: Instant,
  retiredAt: Instant.nullable(),
  /** By the key before, over this key's id and public key; null for the first. */
  endorsedBy: z.string().nullable(),
  endorsement: z.string().nullable(),
});
export type TraceKey = z.infer<typeof TraceKey>;

export const TraceState = z.object({
  keys: z.array(TraceKey),
  /** Newest first. */
  heads: z.array(DayHead),
  totalHeads: z.number().int(),
  unsealedLessons: z.number().int(),
  entries: z.number().int(),
});
export type TraceState = z.infer<typeof TraceState>;
export const TraceStateQuery = z.object({ page: z.coerce.number().int().min(0).max(10_000).default(0) });
