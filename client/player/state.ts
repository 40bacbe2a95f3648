// What a page is told about the player.
import type { RecordingGapReason, RecordingManifest, RecordingTrack } from '../../server/contract/recording.ts';
import type { BrokenWhy } from './broken.ts';
import type { FeedTrouble } from './feed.ts';

/** caught-up: at the end of what a running recording holds so far. */
export type PlayerStatus = 'paused' | 'playing' | 'waiting' | 'caught-up' | 'ended';

/** What is fetched at all: everything, no cameras, or no pictures. */
export const savers = ['all', 'screen', 'sound'] as const;
export type Saver = (typeof savers)[number];

export type Picture = Pick<RecordingTrack, 'trackId' | 'participantId' | 'name' | 'source'> & {
  readonly element: HTMLMediaElement;
  /** False until its first frame, and while it is missing. */
  readonly isReady: boolean;
  /** It was on, but cannot be shown at this moment. */
  readonly missing: BrokenWhy | null;
};

/** Something that was in class and is not here. */
export type Lack = {
  readonly why: BrokenWhy | RecordingGapReason;
  /** Of whom; null: of everybody. */
  readonly name: string | null;
  readonly source: RecordingTrack['source'] | null;
  /** Watching time. */
  readonly fromMs: number;
  /** How long, in class. */
  readonly lengthMs: number;
};

export type PlayerState = {
  readonly status: PlayerStatus;
  /** Of watching time, what is skipped left out. */
  readonly positionMs: number;
  readonly lengthMs: number;
  /** The same moment as class time. */
  readonly classMs: number;
  /** How far the class is ahead; null once it has ended. */
  readonly behindMs: number | null;
  /** Up to where everything is there, in watching time. */
  readonly bufferedMs: number;
  readonly speed: number;
  readonly volume: number;
  readonly isMuted: boolean;
  /** The screens and cameras that are on now and shown, in the recording's order. */
  readonly pictures: readonly Picture[];
  /** Cameras that are on now and not fetched. */
  readonly moreCameras: number;
  /** Whose microphone is on now. */
  readonly microphones: readonly RecordingTrack['participantId'][];
  readonly speaker: RecordingTrack['participantId'] | null;
  readonly saver: Saver;
  /** The line does not carry what is asked of it, or the person's device wants to save. */
  readonly offersSaver: boolean;
  readonly skipsSilence: boolean;
  /** Missing here, or just before. */
  readonly lacks: readonly Lack[];
  /** Why it does not go on, when it does not. */
  readonly trouble: FeedTrouble;
  /** Why sound cannot be heard: the browser does not know the codec, or the device makes none. */
  readonly unheard: 'unplayable' | 'unheard' | null;
  /** The browser wants another press of the button before it makes sound. */
  readonly isBlocked: boolean;
};

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** True when a page that shows the one need not be drawn again for the other. */
export function sameState(a: PlayerState, b: PlayerState): boolean {
  const flat = ({ pictures, ...rest }: PlayerState) => JSON.stringify([rest, pictures.map(({ element: _, ...picture }) => picture)]);
  return flat(a) === flat(b) && a.pictures.every(({ element }, index) => element === b.pictures[index]?.element);
}

/** The sound that the others follow comes from the first of these that is heard. */
export function soundsInOrder(manifest: Pick<RecordingManifest, 'tracks'>, leader: string | undefined): RecordingTrack[] {
  const rank = ({ name, source }: RecordingTrack): number => (source === 'microphone' ? (name === leader ? 0 : 1) : 2);
  const start = ({ parts }: RecordingTrack): number => parts[0]?.startMs ?? 0;
  return manifest.tracks
    .filter(({ source }) => source === 'microphone' || source === 'screen-audio')
    .toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b));
}
