// What the files of recordings offer to those who build the server.
import type { RecordingId } from '../../contract/ids.ts';
import type { StorageState } from '../../contract/recording-keeping.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';

export type FilesCondition = Pick<StorageState, 'upload' | 'broken' | 'checkedAt'>;

/**
 * missing: nowhere · truncated: shorter than it was, or than the recording says · changed: other bytes than were summed ·
 * sealed: the bytes are right and cannot be decrypted · index: names what is not there, or cannot be read ·
 * unknown: nobody put it there · remote-missing, remote-changed: the copy in the remote store
 */
export type FileFaultKind = 'missing' | 'truncated' | 'changed' | 'sealed' | 'index' | 'unknown' | 'remote-missing' | 'remote-changed';

export interface FileFault {
  readonly recordingId: string;
  readonly file: string;
  readonly what: FileFaultKind;
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
  /** Reads every byte of one recording that is over, or of all, wherever they lie, and writes down what is broken. `not-found`: none of that id. */
  verify(only?: RecordingId, onFile?: (files: number) => void): Promise<VerifyReport>;
  /** A new key of the server wraps all keys of recordings; the older ones stay in its file. Safe beside a server that runs. Answers how many were wrapped anew. */
  rotateKey(): Promise<number>;
  /** Resolves when what was closed so far is summed. */
  settled(): Promise<void>;
  /** When the server listens: sums and carries what a dead process left, and checks all files once a night from then on. */
  start(): void;
  /** Safe twice. */
  close(): Promise<void>;
}
