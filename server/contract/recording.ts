// A recording as the browser reads it: the manifest of its tracks and parts, and the index of each part's fragments.
import { z } from 'zod';
import { Instant, LessonId, ParticipantId, PersonId, RecordingId, TrackId } from './ids.ts';
import { TrackSource } from './media.ts';
import { RecordingEndReason } from './reasons.ts';

export const RecordingState = z.enum(['recording', 'paused', 'ended']);
export type RecordingState = z.infer<typeof RecordingState>;

/** Milliseconds since the recording began, by the wall: time goes on while it is paused. */
const classTimeMs = z.number().nonnegative();

export const RecordingSpan = z.object({ fromMs: classTimeMs, toMs: classTimeMs });
export type RecordingSpan = z.infer<typeof RecordingSpan>;

/** Why nothing was captured although the class was being recorded. */
export const RecordingGapReason = z.enum(['recorder', 'server', 'media', 'storage']);
export type RecordingGapReason = z.infer<typeof RecordingGapReason>;

/** Names a file of one recording in `GET /api/recordings/:id/files/:file`. */
export const RecordingFile = z.string().regex(/^p\d{4,6}\.(mp4|webm|jsonl)$/);
export type RecordingFile = z.infer<typeof RecordingFile>;

/** A file that was made of a recording: pictures of the storyboard, the voices in one file, the whole in one file. Served at the same address. */
export const DerivedFile = z.string().regex(/^(s\d{4}\.jpg|thumbnail\.jpg|sound\.m4a|class\.mp4)$/);
export type DerivedFile = z.infer<typeof DerivedFile>;

/**
 * What is playable of one file. It begins on a key frame, its timestamps are class time, and from `startMs` to `endMs` it has no hole:
 * where a track was off (muted, camera off, line lost, recording paused) there is no part. A change of resolution begins a new one.
 * Where a passage was cut out, one file is several parts with the same `file` and `index`; the index then lists only what may be played,
 * and all other bytes are refused.
 */
export const RecordingPart = z.object({
  file: RecordingFile,
  /** One line per fragment, see `FragmentLine`. */
  index: RecordingFile,
  /** What `MediaSource.isTypeSupported` wants, for example `video/mp4; codecs="avc1.42e01f"`. */
  mime: z.string(),
  startMs: classTimeMs,
  endMs: classTimeMs,
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  /** Length of the initialisation segment: the first bytes of the file. */
  initBytes: z.number().int().positive(),
  /** Bytes that may be asked for. Grows while `open`. */
  bytes: z.number().int().positive(),
  /** Still being written. */
  open: z.boolean(),
});
export type RecordingPart = z.infer<typeof RecordingPart>;

export const RecordingTrack = z.object({
  trackId: TrackId,
  participantId: ParticipantId,
  name: z.string(),
  source: TrackSource,
  parts: z.array(RecordingPart),
});
export type RecordingTrack = z.infer<typeof RecordingTrack>;

export const RecordingManifest = z.object({
  id: RecordingId,
  lessonId: LessonId,
  state: RecordingState,
  startedAt: Instant,
  /** The class-time end of the last picture or sound, or the last pause when that is later. */
  durationMs: classTimeMs,
  endReason: RecordingEndReason.optional(),
  /** Nothing was captured here; a player skips it. */
  pauses: z.array(RecordingSpan),
  /** Something broke and nothing was captured, or not everything; a player skips them where no track has anything, and says so. */
  gaps: z.array(RecordingSpan.extend({ why: RecordingGapReason })),
  /** Taken out afterwards, the ends too; a player skips them without a word. */
  cuts: z.array(RecordingSpan),
  tracks: z.array(RecordingTrack),
});
export type RecordingManifest = z.infer<typeof RecordingManifest>;

/** One fragment in a part's index: begins at, lasts (both ms of class time), byte offset, byte length, 1 when it begins on a key frame. */
export const FragmentLine = z.tuple([
  classTimeMs,
  z.number().positive(),
  z.number().int().positive(),
  z.number().int().positive(),
  z.literal([0, 1]),
]);
export type FragmentLine = z.infer<typeof FragmentLine>;

export const RecordingSummary = z.object({
  id: RecordingId,
  lessonId: LessonId,
  /** Its own name; null: it is called like the lesson. */
  title: z.string().nullable(),
  state: RecordingState,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  endReason: RecordingEndReason.nullable(),
  startedBy: PersonId.nullable(),
  bytes: z.number().int().nonnegative(),
});
export type RecordingSummary = z.infer<typeof RecordingSummary>;

/** The answer to `GET /api/lessons/:id/recordings`, newest first. */
export const Recordings = z.object({ recordings: z.array(RecordingSummary) });
export type Recordings = z.infer<typeof Recordings>;
