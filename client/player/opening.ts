// The picture to open with: the first track begins some moments after the recording does.
import type { RecordingTrack } from '../../server/contract/recording.ts';
import { isPicture } from './parts.ts';

type Track = Pick<RecordingTrack, 'source'> & { readonly parts: readonly { readonly startMs: number }[] };

/** A picture that comes later is no opening. */
const withinMs = 5000;

/** The moment whose pictures are shown at class time `at`. */
export function picturesMomentOf(tracks: readonly Track[], at: number): number {
  const firstMs = Math.min(...tracks.filter(isPicture).flatMap(({ parts }) => parts.map(({ startMs }) => startMs)));
  return firstMs <= withinMs ? Math.max(at, firstMs) : at;
}
