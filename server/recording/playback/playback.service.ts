// What of a recording may be played: the manifest of its files, with what its teachers left out taken out of it.
import type { FragmentLine, RecordingFile, RecordingManifest } from '../../contract/recording.ts';
import type { NewRecordingEdit } from '../../contract/recording-edits.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { ByteRange } from './byte-range.ts';

/** `editor` sees all that is there; what was cut is listed, and nothing taken out. */
export type As = 'viewer' | 'editor';

export interface PlayableFile {
  readonly mime: string;
  /** As long as what is whole of it. */
  readonly bytes: number;
  /** Still being written. */
  readonly open: boolean;
}

export interface Playback {
  /** Throws `Refused('not-found')` when its files are gone. */
  view(recording: StoredRecording, as: As): Promise<RecordingManifest>;
  /** The lines of an index that may be played, in order; empty for a file that the view does not name. */
  index(recording: StoredRecording, index: RecordingFile, as: As): Promise<readonly FragmentLine[]>;
  /** A media file of the view; undefined for all else. */
  file(recording: StoredRecording, file: RecordingFile, as: As): Promise<PlayableFile | undefined>;
  /** Whether all bytes of the range may be given out. */
  allowed(recording: StoredRecording, file: RecordingFile, range: ByteRange, as: As): Promise<boolean>;
}

export interface PlaybackOptions {
  readonly files: Pick<RecordingFiles, 'of'>;
  /** Those that hold, oldest first. */
  readonly edits: (recording: StoredRecording) => Promise<readonly NewRecordingEdit[]>;
}
