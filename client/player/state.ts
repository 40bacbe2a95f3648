// What a page is told about the player.
import type { RecordingManifest, RecordingTrack } from '../../server/contract/recording.ts';
import type { FeedTrouble } from './feed.ts';

/** caught-up: at the end of what a running recording holds so far. */
export type PlayerStatus = 'paused' | 'playing' | 'waiting' | 'caught-up' | 'ended';

export type Picture = Pick<RecordingTrack, 'trackId' | 'participantId' | 'name' | 'source'> & {
  readonly element: HTMLMediaElement;
  /** False until its first frame, and for good where the browser cannot play it. */
  readonly isReady: boolean;
  readonly isUnplayable: boolean;
};

export type PlayerState = {
  readonly status: PlayerStatus;
  /** Of watching time, pauses left out. */
  readonly positionMs: number;
  readonly lengthMs: number;
  readonly speed: number;
  readonly volume: number;
  readonly isMuted: boolean;
  /** The screens and cameras that are on now, in the recording's order. */
  readonly pictures: readonly Picture[];
  /** Whose microphone is on now. */
  readonly microphones: readonly RecordingTrack['participantId'][];
  readonly speaker: RecordingTrack['participantId'] | null;
  /** Why it does not go on, when it does not. */
  readonly trouble: Exclude<FeedTrouble, 'unplayable'>;
  readonly isSoundUnplayable: boolean;
  /** The browser wants another press of the button before it makes sound. */
  readonly isBlocked: boolean;
};

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The sound that the others follow comes from the first of these that is heard. */
export function soundsInOrder(manifest: RecordingManifest, leader: string | undefined): RecordingTrack[] {
  const rank = ({ name, source }: RecordingTrack): number => (source === 'microphone' ? (name === leader ? 0 : 1) : 2);
  const start = ({ parts }: RecordingTrack): number => parts[0]?.startMs ?? 0;
  return manifest.tracks
    .filter(({ source }) => source === 'microphone' || source === 'screen-audio')
    .toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b));
}
