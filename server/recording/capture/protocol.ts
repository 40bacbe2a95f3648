// What the server and the recorder's process say to one another: commands and what became of them, never a packet.
import { z } from 'zod';
import { ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import { TrackSource } from '../../contract/media.ts';
import { RecordingEndReason } from '../../contract/reasons.ts';
import { RecordingGapReason } from '../../contract/recording.ts';
import { RecordingEvent, Session } from '../format/format.ts';

const id = RecordingId;
/** Of a tap within a recording; of a track within a tap. Drawn by the recorder. */
const number = z.number().int();

const TrackInfo = z.object({ trackId: TrackId, participantId: ParticipantId, name: z.string(), source: TrackSource });

/** What the server asks of the recorder, and waits for. */
export const ToRecorder = z.discriminatedUnion('ask', [
  z.object({
    ask: z.literal('open'),
    id,
    session: Session,
    /** Base64; null: in plain. */
    key: z.string().nullable(),
    goesOnAfter: RecordingGapReason.nullable(),
    paused: z.boolean(),
    cameras: z.boolean(),
  }),
  z.object({ ask: z.literal('add'), id, info: TrackInfo }),
  z.object({ ask: z.literal('remove'), id, trackId: TrackId }),
  z.object({ ask: z.literal('media-reset'), id }),
  z.object({ ask: z.literal('pause'), id }),
  z.object({ ask: z.literal('resume'), id }),
  z.object({ ask: z.literal('cameras'), id, captured: z.boolean() }),
  z.object({ ask: z.literal('close'), id, reason: RecordingEndReason.nullable() }),
  z.object({
    ask: z.literal('track-changed'),
    id,
    tap: number,
    track: number,
    what: z.enum(['producer-paused', 'producer-resumed', 'ended']),
  }),
  /** Whether it lives. */
  z.object({ ask: z.literal('ping') }),
]);
export type ToRecorder = z.infer<typeof ToRecorder>;

const Extent = z.object({ endMs: z.number(), bytes: z.number(), indexBytes: z.number() });

export const SteeredTrack = z.object({
  kind: z.enum(['audio', 'video']),
  mimeType: z.string(),
  clockRate: z.number(),
  payloadType: z.number(),
  ssrc: z.number(),
  parameters: z.record(z.string(), z.unknown()),
  producerPaused: z.boolean(),
});

/** What the recorder asks of the server: to steer the media engine, and to be heard. */
export const FromRecorder = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('tap-open'), id, tap: number, port: z.number() }),
  z.object({ ask: z.literal('tap-close'), id, tap: number }),
  z.object({ ask: z.literal('attach'), id, tap: number, track: number, trackId: TrackId }),
  z.object({ ask: z.literal('track'), id, tap: number, track: number, what: z.enum(['resume', 'pause', 'key-frame', 'close']) }),
  z.object({
    ask: z.literal('progress'),
    id,
    bytes: z.number(),
    /** All that lies there, when the recording went on. */
    mended: z.array(RecordingEvent).nullable(),
    events: z.array(RecordingEvent),
    indexed: z.record(z.string(), Extent),
    /** Bytes of a fragment, and how long it waited for the disk. */
    written: z.array(z.tuple([z.number(), z.number()])),
  }),
  z.object({ ask: z.literal('failed'), id, fault: z.object({ message: z.string(), code: z.string().optional() }) }),
  z.object({
    ask: z.literal('track-fault'),
    id,
    trackId: TrackId,
    fault: z.object({ message: z.string(), code: z.string().optional() }),
    again: z.boolean(),
  }),
]);
export type FromRecorder = z.infer<typeof FromRecorder>;

export type Fault = { readonly message: string; readonly code?: string | undefined };

export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { message: error.message, code };
};

/** With its code, by which a full disk is known. */
export const errorOf = ({ message, code }: Fault): Error => Object.assign(new Error(message), code === undefined ? {} : { code });
