// What was found out about a recording by looking through it once: who spoke when, when the shared screen changed, how loud each voice is, small pictures.
import { z } from 'zod';
import { ParticipantId, TrackId } from '../../contract/ids.ts';
import { DerivedFile, RecordingSpan } from '../../contract/recording.ts';
import { Storyboard } from '../../contract/recording-page.ts';

export const insightFile = 'insight.json';

/** Whole milliseconds of class time. */
const at = z.number().int().nonnegative();

/** `insight.json`. It is made of what viewers see: what was cut or left out is not in it. */
export const Insight = z.object({
  version: z.literal(1),
  /** Of the recording, when it was made. */
  edition: z.number().int().nonnegative(),
  /** Null where there is no picture. */
  storyboard: Storyboard.nullable(),
  thumbnail: DerivedFile.nullable(),
  /** By microphone; [from, to] in order and without overlaps. Who never spoke is not here. */
  speech: z.array(z.object({ participantId: ParticipantId, name: z.string(), spans: z.array(z.tuple([at, at])) })),
  /** Where nobody speaks and no shared screen sounds, and there is something to watch; in order. */
  silences: z.array(RecordingSpan),
  /** When a shared screen changed as a whole; in order. */
  slides: z.array(z.object({ atMs: at, participantId: ParticipantId, name: z.string() })),
  /** By how many decibels a track of sound is to be made louder so that all are alike (EBU R 128); none for what is silent throughout. */
  gains: z.array(z.object({ trackId: TrackId, gainDb: z.number() })),
});
export type Insight = z.infer<typeof Insight>;
