// Which tracks are fetched: all sound, and of the pictures what the viewer sees and the line carries.
import type { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import type { RecordingTrack } from '../../server/contract/recording.ts';
import { isOn } from './parts.ts';
import type { Saver } from './state.ts';

export type Choice = {
  readonly saver: Saver;
  readonly mostCameras: number;
  /** A camera that the viewer wants to see. */
  readonly pinned: TrackId | null;
};

export type Known = {
  /** Class time. */
  readonly at: number;
  readonly speaker: ParticipantId | null;
  readonly isOpen: (trackId: TrackId) => boolean;
};

type Track = Pick<RecordingTrack, 'trackId' | 'participantId' | 'source'> & {
  readonly parts: readonly { readonly startMs: number; readonly endMs: number }[];
};

/** Cameras that are open already stay: who has just spoken may speak again, and opening one takes a while. */
export function chosenOf<T extends Track>(tracks: readonly T[], { saver, mostCameras, pinned }: Choice, known: Known): T[] {
  const rank = (track: Track): number => {
    if (track.trackId === pinned) return 4;
    if (!isOn(track.parts, known.at)) return 0;
    if (track.participantId === known.speaker) return 3;
    return known.isOpen(track.trackId) ? 2 : 1;
  };
  const cameras = tracks.filter(({ source }) => source === 'camera').toSorted((a, b) => rank(b) - rank(a));
  const shown = new Set(saver === 'all' ? cameras.slice(0, mostCameras) : []);
  return tracks.filter((track) => {
    if (track.source === 'camera') return shown.has(track);
    return track.source !== 'screen' || saver !== 'sound';
  });
}
