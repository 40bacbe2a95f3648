// Where the files of recordings lie: in a folder, or in an S3 store behind it; in plain, or encrypted. All sizes and offsets are those of the plain content.
import type { Readable } from 'node:stream';

/** A name within one recording: `session.json`, `p0001.mp4`, `class.mp4`. Never a path. */
export type FileName = string;

/** The files of one recording. Rejects with `Refused('not-found')` when they are gone, and with `Error` when they are broken. */
export interface RecordingFolder {
  /** Whole bytes; undefined when there is no such file. A file that is being written is as long as what is whole of it. */
  size(name: FileName): Promise<number | undefined>;
  /** From `start` up to and with `end`. The stream errors when what lies there was changed by a stranger. */
  stream(name: FileName, start: number, end: number): Promise<Readable>;
  /** A small file, or its end: at most `tailBytes` of it. Undefined when there is no such file. */
  text(name: FileName, tailBytes?: number): Promise<string | undefined>;
  names(): Promise<FileName[]>;
  /** Appears whole or not at all. For what is made of a recording; the recorder itself appends. */
  write(name: FileName, source: Readable | Buffer): Promise<{ readonly bytes: number }>;
  /** Moves a finished plain file from a working folder here; the same promise as `write`. */
  adopt(name: FileName, path: string): Promise<{ readonly bytes: number }>;
  remove(name: FileName): Promise<void>;
  /** All bytes, wherever they lie, copies and unfinished uploads too. Safe twice. */
  removeAll(): Promise<void>;
}

/** What identifies the files of a recording: of its row in the database. */
export interface RecordingPlace {
  readonly id: string;
  readonly directory: string;
  /** Wrapped; null: in plain. */
  readonly sealedKey: string | null;
}

export interface RecordingFiles {
  of(place: RecordingPlace): RecordingFolder;
  /** A key for the new recording of this id, wrapped for the database and for no other id; null where nothing is encrypted. */
  newKey(recordingId: string): string | null;
  /** The key itself, for the recorder's own process and `sealingOf`: 32 bytes; null: in plain. Throws when our own key is not the one that wrapped it. */
  open(place: Pick<RecordingPlace, 'id' | 'sealedKey'>): Buffer | null;
  /** The recording will not grow any more: its files are summed, and carried to the remote store where there is one. */
  closed(place: RecordingPlace): void;
  close(): Promise<void>;
}
