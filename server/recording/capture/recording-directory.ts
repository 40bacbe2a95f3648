// Writes one recording's directory as format.ts lays it out.

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackId } from '../../contract/ids.ts';
import { type FileEnd, sealingOf } from '../files/frames.ts';
import { eventsFile, fragmentLine, line, partFiles, type RecordingEvent, type Session, sessionFile } from '../format/format.ts';
import type { RecordingProgress } from '../format/live-manifest.ts';
import type { Mended } from '../format/repair.ts';
import { AppendFile, type OpenFile } from './append-file.ts';
import type { Fragment, PartHeader } from './part-sink.ts';

export type DirectoryOptions = {
  readonly root: string;
  readonly session: Session;
  /** Null: files lie in plain. */
  readonly key: Buffer | null;
  readonly openFile: OpenFile;
  /** The first thing that went wrong; after it nothing more is written. */
  readonly onError: (error: unknown) => void;
  /** A fragment is on disk and indexed: its size, and how long that took. */
  readonly onWritten: (bytes: number, delayMs: number) => void;
  readonly progress: Pick<RecordingProgress, 'event' | 'indexed'>;
};

/** An open part: fragments go in, the index follows the bytes. */
export type PartFile = {
  readonly file: string;
  fragment(fragment: Fragment): void;
  end(atMs: number): void;
};

type Files = { readonly media: AppendFile; readonly index: AppendFile };

export class RecordingDirectory {
  readonly #path: string;
  readonly #options: DirectoryOptions;
  readonly #events: AppendFile;
  readonly #open = new Set<Files>();
  readonly #closing = new Set<Promise<void>>();
  #parts: number;
  #bytes: number;
  #failed = false;

  private constructor(path: string, options: DirectoryOptions, mended?: Mended) {
    this.#path = path;
    this.#options = options;
    this.#parts = mended?.parts ?? 0;
    this.#bytes = mended?.bytes ?? 0;
    this.#events = this.#append(eventsFile, mended?.eventsEnd);
  }

  /** Rejects when the directory cannot be made, or is there already. */
  static async create(options: DirectoryOptions): Promise<RecordingDirectory> {
    const { root, session, key } = options;
    const path = join(root, session.id);
    await mkdir(root, { recursive: true });
    await mkdir(path);
    const temporary = join(path, `${sessionFile}.new`);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(
        sealingOf(key, sessionFile)
          .sealer()
          .seal(Buffer.from(line(session))),
      );
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(path, sessionFile));
    return new RecordingDirectory(path, options);
  }

  /** Goes on with one that was made before. */
  static goOn(options: DirectoryOptions, mended: Mended): RecordingDirectory {
    return new RecordingDirectory(join(options.root, options.session.id), options, mended);
  }

  /** Bytes of media on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  event(event: RecordingEvent): void {
    this.#events.append(Buffer.from(line(event)), () => this.#options.progress.event(event));
  }

  /** Resolves when all events so far are with the operating system. */
  written(): Promise<void> {
    return this.#events.drained();
  }

  openPart(trackId: TrackId, header: PartHeader, atMs: number): PartFile {
    const { file, index } = partFiles(++this.#parts, header.extension);
    const { mime, width, height } = header;
    const startMs = Math.round(header.startMs);
    const initBytes = header.bytes.length;
    const size = width === undefined || height === undefined ? {} : { width, height };
    this.event({ type: 'part', at: atMs, trackId, file, index, mime, startMs, initBytes, ...size });
    const files = { media: this.#append(file), index: this.#append(index) };
    this.#open.add(files);
    let bytes = initBytes;
    let indexBytes = 0;
    let endMs = startMs;
    files.media.append(header.bytes);
    return {
      file,
      fragment: (fragment) => {
        const entry = fragmentLine(fragment.timeMs, fragment.durationMs, bytes, fragment.bytes.length, fragment.key);
        const handedAt = performance.now();
        bytes += fragment.bytes.length;
        endMs = entry[0] + entry[1];
        files.media.append(fragment.bytes, () => {
          const text = Buffer.from(line(entry));
          files.index.append(text, () => {
            indexBytes += text.length;
            this.#bytes += fragment.bytes.length;
            this.#options.progress.indexed(file, { endMs: entry[0] + entry[1], bytes: entry[2] + entry[3], indexBytes });
            this.#options.onWritten(fragment.bytes.length, performance.now() - handedAt);
          });
        });
      },
      end: (at) => {
        const closed = this.#closePart(files, { type: 'part-end', at, file, endMs, bytes });
        this.#closing.add(closed);
        void closed.finally(() => this.#closing.delete(closed));
      },
    };
  }

  /** Against a loss of power; what is written already survives the death of the process. */
  async sync(): Promise<void> {
    await this.#events.sync();
    // Media before their index, so that the index never names what is not there.
    for (const { media } of this.#open) await media.sync();
    for (const { index } of this.#open) await index.sync();
  }

  /** Waits until all is on disk. Parts must have been ended before. */
  async close(last: RecordingEvent | null): Promise<void> {
    await Promise.all(this.#closing);
    if (last) this.event(last);
    await this.#events.close();
    await this.#syncNames();
  }

  async #closePart(files: Files, end: RecordingEvent): Promise<void> {
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

  #append(name: string, after?: FileEnd): AppendFile {
    return new AppendFile({
      open: this.#options.openFile,
      path: join(this.#path, name),
      flags: after ? 'a' : 'ax',
      sealer: sealingOf(this.#options.key, name).sealer(after),
      onError: (error) => {
        if (this.#failed) return;
        this.#failed = true;
        this.#options.onError(error);
      },
    });
  }
}
