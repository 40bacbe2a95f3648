// What every maker of a file is given: the recording as viewers see it, and where to work.
import type { RecordingManifest } from '../../contract/recording.ts';
import type { Chapter } from '../../contract/recording-page.ts';
import type { WatchingTime } from '../../contract/watching-time.ts';
import type { RecordingFolder } from '../../ports/recording-files.ts';
import type { Insight } from '../insight/insight.ts';
import type { Playback } from '../playback/playback.service.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { WorkingFolder } from './working-folder.ts';

export interface Making {
  readonly recording: StoredRecording;
  readonly title: string;
  readonly manifest: RecordingManifest;
  readonly watching: WatchingTime;
  /** Null where the recording could not be looked through. */
  readonly insight: Insight | null;
  /** Class time. */
  readonly chapters: readonly Chapter[];
  readonly folder: RecordingFolder;
  readonly playback: Pick<Playback, 'index'>;
  readonly work: WorkingFolder;
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  /** Between two pieces: 0 to 1. Rejects with `CalledOff` when the file is not wanted any more, with `ExportFault` when the disk is full. */
  readonly reached: (progress: number) => Promise<void>;
}

/** Of a file that was put into the recording's folder. */
export interface Made {
  readonly bytes: number;
}
