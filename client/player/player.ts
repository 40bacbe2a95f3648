// Plays a recording: what a page can ask of it, whichever way the browser has to do it.
import type { TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import type { Span } from '../../server/contract/watching-time.ts';
import { mediaSourceClass } from './codecs.ts';
import { NativePlayer } from './native-player.ts';
import type { Stretch } from './played.ts';
import type { PlayerState, Saver } from './state.ts';
import { TracksPlayer } from './tracks-player.ts';

export interface Player {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => PlayerState;
  /** A recording that still runs has grown, or something was cut out of it. */
  update(manifest: RecordingManifest): void;
  /** Must be called by a press of the viewer's, where the browser wants one. */
  play(): void;
  pause(): void;
  toggle(): void;
  /** To a moment of watching time. */
  seek(positionMs: number): void;
  seekBy(ms: number): void;
  /** To a moment of class time. */
  seekClass(classMs: number): void;
  setSpeed(speed: number): void;
  setVolume(volume: number): void;
  setMuted(isMuted: boolean): void;
  setSaver(saver: Saver): void;
  /** The viewer does not want to save. */
  declineSaver(): void;
  /** Class time of what nobody spoke in. */
  setSilences(silences: readonly Span[]): void;
  setSkipsSilence(skips: boolean): void;
  /** Decibels that each voice lacks. */
  setGains(gains: readonly { readonly trackId: string; readonly db: number }[]): void;
  /** A camera that is fetched whoever speaks. */
  pin(trackId: TrackId | null): void;
  /** As many cameras as are seen at once. */
  setMostCameras(most: number): void;
  retry(): void;
  /** What was played since the last time this was asked, in class time. */
  takePlayed(): Stretch[];
  close(): void;
}

export type PlayerOptions = {
  readonly manifest: RecordingManifest;
  /** `editor`: the manifest is one with all that was left out. */
  readonly as?: 'viewer' | 'editor' | undefined;
  /** Whose microphone leads, by name: the teacher's. */
  readonly leader?: string | undefined;
  /** Class time. */
  readonly openAtMs?: number | undefined;
  /** The server does not know what the manifest names, or refuses it: a newer one is wanted. */
  readonly onStale?: (() => void) | undefined;
  /** A short-lived address of the whole as HLS, for browsers that play nothing else. */
  readonly streamAddress: () => Promise<string>;
};

export function openPlayer(options: PlayerOptions): Player {
  return mediaSourceClass() ? new TracksPlayer(options) : new NativePlayer(options);
}
