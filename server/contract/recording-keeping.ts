// How recordings are kept: the store and how full it is, the trash, legal holds.
import { z } from 'zod';
import { Instant, LessonId, RecordingId } from './ids.ts';
import { RecordingState } from './recording.ts';
import { LessonKind } from './timetable.ts';

/** `tight`: somebody should act; `scarce`: cameras are not captured any more; `full`: nothing is. */
export const SpaceLevel = z.enum(['ample', 'tight', 'scarce', 'full']);
export type SpaceLevel = z.infer<typeof SpaceLevel>;

export const StorageState = z.object({
  store: z.enum(['disk', 's3']),
  encrypted: z.boolean(),
  level: SpaceLevel,
  /** Of the file system that recordings are written to. */
  disk: z.object({ totalBytes: z.number(), freeBytes: z.number() }),
  /** By settings; null: none. */
  quotaBytes: z.number().nullable(),
  usedBytes: z.number(),
  trashBytes: z.number(),
  /** So long a recording in the trash can be taken out again. */
  trashDays: z.number().int(),
  recordings: z.number().int(),
  /** By what came in over the last 14 days and what retention will free; null: it is not filling, or too little is known. */
  fullAt: Instant.nullable(),
  perDayBytes: z.number(),
  /** Waiting to be carried to the remote store; null where there is none. */
  upload: z.object({ waitingBytes: z.number(), since: Instant.nullable(), fault: z.string().nullable() }).nullable(),
  byKind: z.array(
    z.object({
      kind: LessonKind,
      recordings: z.number().int(),
      bytes: z.number(),
      days: z.number().int().nullable(),
      afterwards: z.enum(['archive', 'delete']),
    }),
  ),
  /** Found broken at the last check of all files. */
  broken: z.array(z.object({ recordingId: RecordingId, file: z.string(), what: z.string() })),
  checkedAt: Instant.nullable(),
});
export type StorageState = z.infer<typeof StorageState>;

/** How long recordings are kept, said before one comes in: every kind of lesson once. `days` null: without a limit. */
export const KeepingRules = z.object({
  rules: z.array(z.object({ kind: LessonKind, days: z.number().int().nullable(), afterwards: z.enum(['archive', 'delete']) })),
});
export type KeepingRules = z.infer<typeof KeepingRules>;

export const KeptRecordingsQuery = z.object({
  show: z.enum(['kept', 'archived', 'held', 'trash']).default('kept'),
  search: z.string().max(120).optional(),
  page: z.coerce.number().int().min(0).max(100_000).default(0),
});
export const KeptRecording = z.object({
  id: RecordingId,
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  kind: LessonKind,
  teacherName: z.string(),
  state: RecordingState,
  startedAt: Instant,
  bytes: z.number(),
  /** When retention will archive or delete it; null: never, or held. */
  next: z.object({ at: Instant, afterwards: z.enum(['archive', 'delete']) }).nullable(),
  archivedAt: Instant.nullable(),
  hold: z.object({ reason: z.string(), by: z.string(), at: Instant }).nullable(),
  /** In the trash since; its bytes are gone for good at `purgeAt`. `by` is empty when the rules put it there; `purging`: no way back any more. */
  trash: z.object({ at: Instant, by: z.string(), purgeAt: Instant, purging: z.boolean() }).nullable(),
});
export type KeptRecording = z.infer<typeof KeptRecording>;
export const KeptRecordings = z.object({ recordings: z.array(KeptRecording), total: z.number().int() });
export const NewHold = z.object({ reason: z.string().trim().min(3).max(500) });
