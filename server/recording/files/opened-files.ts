// What the files of recordings offer to those who build the server.
import type { RecordingId } from '../../contract/ids.ts';
import type { StorageState } from '../../contract/recording-keeping.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';

export type FilesCondition = Pick<StorageState, 'upload' | 'broken' | 'checkedAt'>;

/** One thing that is wrong, in words for an operator. `file` is empty where it is the whole recording. */
export interface FileFault {
  readonly recordingId: string;
  readonly file: string;
  readonly what: string;
}

export interface VerifyReport {
  readonly recordings: number;
  readonly files: number;
  readonly bytes: number;
  readonly faults: readonly FileFault[];
}

/** Answer of `openRecordingFiles` in server/app-recording-files.ts. */
export interface OpenedFiles {
  readonly files: RecordingFiles;
  /** For the page of the store: what waits to be carried away, and what the last check found. */
  condition(): Promise<FilesCondition>;
  /** Reads every byte of one recording, or of all, and writes down what is broken. */
  verify(only?: RecordingId, onFile?: (files: number) => void): Promise<VerifyReport>;
  /** When the server listens: sums and carries what a dead process left, and checks all files once a night from then on. */
  start(): void;
  /** Safe twice. */
  close(): Promise<void>;
}
