// What the service of recordings needs of a recorder, wherever that runs.

import type { LessonId, TrackId } from '../../contract/ids.ts';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import type { RecordingGapReason } from '../../contract/recording.ts';
import type { Session } from '../format/format.ts';
import type { RecordingProgress } from '../format/live-manifest.ts';
import type { RecordedTrackInfo } from './recorded-track.ts';

export type RecorderStart = {
  readonly session: Session;
  /** 32 bytes; null: files lie in plain. */
  readonly key: Buffer | null;
  /** Null: a new recording; else one that is there goes on after it broke off. Nobody may write there. */
  readonly goesOnAfter: RecordingGapReason | null;
  readonly paused: boolean;
  /** Whether cameras are captured. */
  readonly cameras: boolean;
  readonly progress: RecordingProgress;
  readonly onWritten: (bytes: number, delayMs: number) => void;
  /** Nothing more can be written. Told once. */
  readonly onFailed: (error: unknown) => void;
  /** A track cannot be recorded just now (`again`: it is tried once more) or at all. */
  readonly onTrackFault: (trackId: TrackId, error: unknown, again: boolean) => void;
};

export interface RunningRecorder {
  /** Of media on disk. */
  readonly bytes: number;
  /** Records the track from now on. A track that is known already is left as it is. */
  add(info: RecordedTrackInfo): void;
  remove(trackId: TrackId): void;
  /** Captures nothing from the call on; resolves when the media engine sends nothing either. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  captureCameras(captured: boolean): Promise<void>;
  /** The room's media is gone, and with it tap and tracks; tracks that are published anew come through `add`. */
  mediaReset(): void;
  /** Ends all parts and resolves when everything is on disk that can be. Null: the recording will go on. Safe twice. */
  close(reason: RecordingEndReason | null): Promise<void>;
}

/** Rejects when the directory cannot be made, or cannot be read to go on. */
export type OpenRecorder = (lessonId: LessonId, start: RecorderStart) => Promise<RunningRecorder>;
