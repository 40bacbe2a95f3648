/*
 * The recording format, all of it.
 *
 * One directory for each recording, named by its id:
 *
 *   session.json    what it is a recording of (`Session`); written once, first
 *   events.jsonl    what happened, one `RecordingEvent` a line, appended while the class goes on
 *   p0001.mp4       a part: initialisation segment, then fragments. `.webm` where the codec is VP8
 *   p0001.jsonl     its index: one `FragmentLine` of the contract for each fragment, appended once the fragment's bytes are written
 *   p0002.mp4 …
 *
 * Time. All times are class time: milliseconds since `startedAt`, by the wall. It goes on while the recording is paused; nothing is
 * captured then, no part reaches into a pause, and a player skips the pauses that the manifest lists. Timestamps inside the parts
 * (`tfdt`, cluster timestamps) are class time too, so parts of one track can be appended to one source buffer as they are.
 *
 * Parts. A part begins on a key frame and has no hole. It ends when its track goes off (muted, camera off, recording paused, line lost
 * for two seconds) or when the picture's size or codec parameters change; when the track is on again, the next part begins.
 * Within a part, a picture that is late or lost is covered by the one before, and missing sound by concealment or silence.
 * Fragments last about half a second; they may begin on a delta frame, and the index says which ones a player can enter at.
 *
 * Gaps. Where something broke (the recorder, the server, the room's media, the store), the same recording goes on in new parts, and a `gap`
 * event says from when to when, and why. Gaps may overlap one another, and parts of tracks that were not touched.
 *
 * Sealed. Where recordings are encrypted, every file is a row of frames (files/frames.ts), one for each append; all lengths and offsets
 * here are of the plain bytes.
 *
 * Crash. What the index names is whole. Bytes of a part beyond its last index line, and an unfinished last line of any `.jsonl`,
 * are no part of the recording: they are never served, and are cut off before the recording goes on or ends. Parts that no event names are removed.
 */
import { z } from 'zod';
import { Instant, LessonId, ParticipantId, PersonId, RecordingId, TrackId } from '../../contract/ids.ts';
import { TrackSource } from '../../contract/media.ts';
import { RecordingEndReason } from '../../contract/reasons.ts';
import { FragmentLine, RecordingFile, RecordingGapReason } from '../../contract/recording.ts';

export const formatVersion = 1;
export const sessionFile = 'session.json';
export const eventsFile = 'events.jsonl';

export const partFiles = (number: number, extension: 'mp4' | 'webm'): { readonly file: RecordingFile; readonly index: RecordingFile } => {
  const name = `p${String(number).padStart(4, '0')}`;
  return { file: `${name}.${extension}`, index: `${name}.jsonl` };
};

export const Session = z.object({
  format: z.literal(formatVersion),
  id: RecordingId,
  lessonId: LessonId,
  startedAt: Instant,
  startedBy: PersonId.nullable(),
});
export type Session = z.infer<typeof Session>;

const at = z.number().nonnegative();
const size = z.number().int().positive();

export const RecordingEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('track'), at, trackId: TrackId, participantId: ParticipantId, name: z.string(), source: TrackSource }),
  z.object({
    type: z.literal('part'),
    at,
    trackId: TrackId,
    file: RecordingFile,
    index: RecordingFile,
    mime: z.string(),
    startMs: at,
    initBytes: size,
    width: size.optional(),
    height: size.optional(),
  }),
  z.object({ type: z.literal('part-end'), at, file: RecordingFile, endMs: at, bytes: size }),
  z.object({ type: z.literal('paused'), at }),
  z.object({ type: z.literal('resumed'), at }),
  z.object({ type: z.literal('gap'), at, fromMs: at, toMs: at, why: RecordingGapReason }),
  /** Cameras are left out from here on for want of space, or captured again. */
  z.object({ type: z.literal('cameras'), at, captured: z.boolean() }),
  z.object({ type: z.literal('end'), at, reason: RecordingEndReason }),
]);
export type RecordingEvent = z.infer<typeof RecordingEvent>;
export type PartEvent = Extract<RecordingEvent, { type: 'part' }>;

export const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** Times in whole milliseconds, rounded so that fragments that touch still touch. */
export const fragmentLine = (timeMs: number, durationMs: number, offset: number, bytes: number, key: boolean): FragmentLine => {
  const begins = Math.round(timeMs);
  return [begins, Math.max(1, Math.round(timeMs + durationMs) - begins), offset, bytes, key ? 1 : 0];
};

/** The text up to and with its last line break: what was written whole. */
export const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

/** A line that is no event is passed over: one of them must not cost the class its recording. */
export const readEvents = (text: string): RecordingEvent[] =>
  wholeLines(text)
    .split('\n')
    .flatMap((one) => eventOf(one) ?? []);

const eventOf = (text: string): RecordingEvent | undefined => RecordingEvent.safeParse(parsed(text)).data;

/** `undefined` for what is no JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** As far as it is an index: after a line that is none, nothing is known of the bytes. */
export const readIndex = (text: string): FragmentLine[] => {
  const lines: FragmentLine[] = [];
  for (const one of wholeLines(text).split('\n').slice(0, -1)) {
    const read = FragmentLine.safeParse(parsed(one)).data;
    if (!read) break;
    lines.push(read);
  }
  return lines;
};

/** How far a part is whole. */
export type PartExtent = { readonly endMs: number; readonly bytes: number };

export const extentOfLine = ([timeMs, durationMs, offset, bytes]: FragmentLine): PartExtent => ({
  endMs: timeMs + durationMs,
  bytes: offset + bytes,
});

/** `undefined` while the part has no fragment. `text` may be the tail of an index. */
export const extentOf = (text: string): PartExtent | undefined => {
  const last = wholeLines(text).trimEnd().split('\n').at(-1);
  const read = last ? FragmentLine.safeParse(parsed(last)).data : undefined;
  return read && extentOfLine(read);
};
