// Writes one recording's directory as format.ts lays it out.

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackId } from '../../contract/ids.ts';
import { eventsFile, fragmentLine, line, partFiles, type RecordingEvent, type Session, sessionFile } from '../format/format.ts';
import { AppendFile, type OpenFile } from './append-file.ts';
import type { Fragment, PartHeader } from './part-sink.ts';

export type DirectoryOptions = {
  readonly root: string;
  readonly session: Session;
  readonly openFile: OpenFile;
  /** The first thing that went wrong; after it the recording cannot go on. */
  readonly onError: (error: unknown) => void;
  /** A fragment is on disk and indexed: its size, and how long that took. */
  readonly onWritten: (bytes: number, delayMs: number) => void;
};

/** An open part: fragments go in, the index follows the bytes. */
export type PartFile = {
  readonly file: string;
  fragment(fragment: Fragment): void;
  end(atMs: number): void;
};

export class RecordingDirectory {
  readonly #path: string;
  readonly #options: DirectoryOptions;
  readonly #events: AppendFile;
  readonly #open = new Set<{ readonly media: AppendFile; readonly index: AppendFile }>();
  readonly #closing = new Set<Promise<void>>();
  #parts = 0;
  #bytes = 0;
  #failed = false;

  private constructor(path: string, options: DirectoryOptions) {
    this.#path = path;
    this.#options = options;
    this.#events = this.#append(eventsFile);
  }

  /** Rejects when the directory cannot be made, or is there already. */
  static async create(options: DirectoryOptions): Promise<RecordingDirectory> {
    const path = join(options.root, options.session.id);
    await mkdir(options.root, { recursive: true });
    await mkdir(path);
    const temporary = join(path, `${sessionFile}.new`);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(line(options.session));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(path, sessionFile));
    return new RecordingDirectory(path, options);
  }

  /** Bytes of media on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  event(event: RecordingEvent): void {
    this.#events.append(Buffer.from(line(event)));
  }

  openPart(trackId: TrackId, header: PartHeader, atMs: number): PartFile {
    const names = partFiles(++this.#parts, header.extension);
    const { mime, width, height } = header;
    const startMs = Math.round(header.startMs);
    const initBytes = header.bytes.length;
    const size = width === undefined || height === undefined ? {} : { width, height };
    this.event({ type: 'part', at: atMs, trackId, ...names, mime, startMs, initBytes, ...size });
    const files = { media: this.#append(names.file), index: this.#append(names.index) };
    this.#open.add(files);
    let bytes = initBytes;
    let endMs = startMs;
    files.media.append(header.bytes);
    return {
      file: names.file,
      fragment: (fragment) => {
        const entry = fragmentLine(fragment.timeMs, fragment.durationMs, bytes, fragment.bytes.length, fragment.key);
        const handedAt = performance.now();
        bytes += fragment.bytes.length;
        endMs = entry[0] + entry[1];
        files.media.append(fragment.bytes, () => {
          files.index.append(Buffer.from(line(entry)), () => {
            this.#bytes += fragment.bytes.length;
            this.#options.onWritten(fragment.bytes.length, performance.now() - handedAt);
          });
        });
      },
      end: (at) => {
        const closed = this.#closePart(files, { type: 'part-end', at, file: names.file, endMs, bytes });
        this.#closing.add(closed);
        void closed.finally(() => this.#closing.delete(closed));
      },
    };
  }

  /** Against a loss of power; what is written already survives the death of the process. */
  async sync(): Promise<void> {
    // Media before their index, so that the index never names what is not there.
    for (const { media } of this.#open) await media.sync();
    for (const { index } of this.#open) await index.sync();
    await this.#events.sync();
  }

  /** Waits until all is on disk. Parts must have been ended before. */
  async close(last: RecordingEvent): Promise<void> {
    await Promise.all(this.#closing);
    this.event(last);
    await this.#events.close();
    await this.#syncNames();
  }

  async #closePart(files: { readonly media: AppendFile; readonly index: AppendFile }, end: RecordingEvent): Promise<void> {
    await files.media.close();
    await files.index.close();
    this.#open.delete(files);
    if (!this.#failed) this.event(end);
  }

  /** Makes the directory's own entries survive. */
  async #syncNames(): Promise<void> {
    const directory = await open(this.#path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  #append(name: string): AppendFile {
    return new AppendFile(this.#options.openFile, join(this.#path, name), (error) => {
      if (this.#failed) return;
      this.#failed = true;
      this.#options.onError(error);
    });
  }
}
