// What stands around the player of a recording: who may do what, what was made of it, its timeline, and one's own notes.
import { z } from 'zod';
import { Instant, LessonId, ParticipantId, RecordingId, RecordingMarkId, RecordingNoteId } from './ids.ts';
import { DerivedFile, RecordingSpan, RecordingState } from './recording.ts';
import { Publication } from './recording-edits.ts';
import { LessonKind } from './timetable.ts';

/** Milliseconds of class time. */
const at = z.number().int().nonnegative();

export const CaptionLanguage = z.enum(['kk', 'ru', 'en']);
export type CaptionLanguage = z.infer<typeof CaptionLanguage>;

export const ExportKind = z.enum(['mp4', 'm4a']);
export type ExportKind = z.infer<typeof ExportKind>;

/** `outdated`: made before the latest edit; it is not given out any more, and made anew where the settings say so. */
export const RecordingExport = z.object({
  kind: ExportKind,
  state: z.enum(['none', 'waiting', 'running', 'ready', 'failed', 'outdated']),
  /** 0 to 1 while it runs. */
  progress: z.number().min(0).max(1),
  bytes: z.number().int().nullable(),
  madeAt: Instant.nullable(),
  /** Only while `failed`. */
  fault: z.enum(['no-space', 'not-readable', 'encoder']).nullable(),
});
export type RecordingExport = z.infer<typeof RecordingExport>;

/** Small pictures in sheets: picture n shows watching time n × everyMs, left to right, then down, then the next sheet. */
export const Storyboard = z.object({
  everyMs: z.number().int().positive(),
  columns: z.number().int().positive(),
  rows: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  sheets: z.array(DerivedFile),
});
export type Storyboard = z.infer<typeof Storyboard>;

export const RecordingPage = z.object({
  id: RecordingId,
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  kind: LessonKind,
  /** The lesson's teacher, as the recording's people are called. */
  teacherName: z.string(),
  state: RecordingState,
  startedAt: Instant,
  /** `download`: the files below may be fetched. `seeViews`: who watched how much. */
  may: z.object({ edit: z.boolean(), caption: z.boolean(), download: z.boolean(), seeViews: z.boolean(), note: z.boolean() }),
  /** Only for those who may edit; else null. */
  publication: Publication.nullable(),
  /** To be shown across the picture; null: nothing is. */
  watermark: z.string().nullable(),
  exports: z.array(RecordingExport),
  storyboard: Storyboard.nullable(),
  captions: z.array(CaptionLanguage),
  /** Where this person stopped, on whatever device; null: never watched, or watched to the end. */
  position: z.object({ atMs: at, savedAt: Instant }).nullable(),
});
export type RecordingPage = z.infer<typeof RecordingPage>;

export const MarkKind = z.enum(['important', 'chapter']);
export type MarkKind = z.infer<typeof MarkKind>;
/** May be empty. */
export const MarkText = z.string().trim().max(120);

export const RecordingMark = z.object({ id: RecordingMarkId, kind: MarkKind, atMs: at, text: z.string() });
export type RecordingMark = z.infer<typeof RecordingMark>;
export const NewMark = z.object({ kind: MarkKind, atMs: at, text: MarkText });
export const MarkChange = z.object({ atMs: at.optional(), text: MarkText.optional() });

/** A place to go to. `name` is who shared or spoke; `text` is what a teacher wrote. */
export const Chapter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), atMs: at }),
  z.object({ kind: z.literal('mark'), atMs: at, mark: RecordingMark }),
  z.object({ kind: z.literal('screen'), atMs: at, name: z.string() }),
  /** The shared screen changed as a whole: another slide or window. */
  z.object({ kind: z.literal('slide'), atMs: at, name: z.string() }),
  z.object({ kind: z.literal('speaker'), atMs: at, name: z.string(), participantId: ParticipantId }),
]);
export type Chapter = z.infer<typeof Chapter>;

export const SpokenSpans = z.object({
  participantId: ParticipantId,
  name: z.string(),
  /** [from, to] of class time, in order. */
  spans: z.array(z.tuple([at, at])),
});

export const RecordingTimeline = z.object({
  /** In order of time. What was cut out is not here. */
  chapters: z.array(Chapter),
  chat: z.array(z.object({ id: z.string(), atMs: at, name: z.string(), participantId: ParticipantId, text: z.string(), own: z.boolean() })),
  /** When this person asked: own messages with a question, and raised hands. */
  questions: z.array(z.object({ atMs: at, kind: z.enum(['message', 'hand']) })),
  /** Who speaks when, and when nobody does; null until it was worked out. */
  speech: z.object({ people: z.array(SpokenSpans), silences: z.array(RecordingSpan) }).nullable(),
  /** Decibels that make each voice as loud as the others (EBU R 128); tracks that are missing need none. */
  gains: z.array(z.object({ trackId: z.string(), db: z.number() })),
});
export type RecordingTimeline = z.infer<typeof RecordingTimeline>;

/** A bookmark is a note without text. Nobody else sees it. */
export const RecordingNote = z.object({ id: RecordingNoteId, atMs: at, text: z.string(), changedAt: Instant });
export type RecordingNote = z.infer<typeof RecordingNote>;
const NoteText = z.string().trim().max(4000);
export const NewNote = z.object({
  atMs: at,
  text: NoteText,
  /** Made by the client: a note that is sent twice is there once. */
  clientId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
});
export const NoteChange = z.object({ atMs: at.optional(), text: NoteText.optional() });

/** `null` when it was watched to its end. `savedAt` by the device's clock: the latest wins. */
export const NewPosition = z.object({ atMs: at.nullable(), savedAt: Instant });

/** Class time; what is shown, downloaded or uploaded as WebVTT counts watching time, as the file made of the recording does. */
export const Cue = z
  .object({ fromMs: at, toMs: at, text: z.string().trim().min(1).max(1000) })
  .refine((cue) => cue.toMs > cue.fromMs, 'ends before it begins');
export type Cue = z.infer<typeof Cue>;
export const CaptionTrack = z.object({ language: CaptionLanguage, cues: z.array(Cue), changedAt: Instant, changedBy: z.string() });
export type CaptionTrack = z.infer<typeof CaptionTrack>;
/** `changedAt` of the track that was edited, null for a new one: refused with `conflict` when somebody else was faster. */
export const NewCaptions = z.object({ cues: z.array(Cue).max(10_000), changedAt: Instant.nullable() });
/** A whole WebVTT file; refused with `bad-request` and `details.line` where it cannot be read. Replaces what is there. */
export const CaptionUpload = z.object({ vtt: z.string().max(2_000_000) });
