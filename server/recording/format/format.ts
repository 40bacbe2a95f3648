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
 * Crash. What the index names is whole. Bytes of a part beyond its last index line, and an unfinished last line of any `.jsonl`,
 * are no part of the recording: they are never served, and are cut off when the server starts again.
 */
import { z } from 'zod';
import { Instant, LessonId, ParticipantId, PersonId, RecordingId, TrackId } from '../../contract/ids.ts';
import { TrackSource } from '../../contract/media.ts';
import { RecordingEndReason } from '../../contract/reasons.ts';
import { FragmentLine, RecordingFile } from '../../contract/recording.ts';

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

const parsedLines = (text: string): unknown[] =>
  wholeLines(text)
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => JSON.parse(one));

/** A line that is no event is passed over: one of them must not cost the class its recording. */
export const readEvents = (text: string): RecordingEvent[] =>
  wholeLines(text)
    .split('\n')
    .flatMap((one) => eventOf(one) ?? []);

const eventOf = (text: string): RecordingEvent | undefined => {
  try {
    return RecordingEvent.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const readIndex = (text: string): FragmentLine[] => parsedLines(text).map((value) => FragmentLine.parse(value));

/** How far a part is whole. */
export type PartExtent = { readonly endMs: number; readonly bytes: number };

/** `undefined` while the part has no fragment. `text` may be the tail of an index. */
export const extentOf = (text: string): PartExtent | undefined => {
  const last = wholeLines(text).trimEnd().split('\n').at(-1);
  if (!last) return undefined;
  const [timeMs, durationMs, offset, bytes] = FragmentLine.parse(JSON.parse(last));
  return { endMs: timeMs + durationMs, bytes: offset + bytes };
};
