// A file that only grows: appends are queued in memory and written one after another, and the first failure is told once.

import type { FileHandle } from 'node:fs/promises';
import type { Sealer } from '../files/frames.ts';

export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

/** More than this waiting, and the disk is too slow for the class. */
const mostWaitingBytes = 64 * 1024 * 1024;

export class StorageTooSlow extends Error {}

export type AppendFileOptions = {
  readonly open: OpenFile;
  readonly path: string;
  /** `ax` makes it, `a` goes on with one that is there. */
  readonly flags: 'ax' | 'a';
  /** All that waits is written as one piece, which is sealed where recordings are. */
  readonly sealer: Sealer;
  readonly onError: (error: unknown) => void;
};

/** Never rejects: what goes wrong is told to `onError`, after which nothing more is written. */
export class AppendFile {
  readonly #opening: Promise<FileHandle | undefined>;
  readonly #sealer: Sealer;
  readonly #onError: (error: unknown) => void;
  #waiting: { readonly bytes: Buffer; readonly written: () => void }[] = [];
  #waitingBytes = 0;
  #pumping: Promise<void> | undefined;
  #isDirty = false;
  #failed = false;
  #closed = false;

  constructor({ open, path, flags, sealer, onError }: AppendFileOptions) {
    this.#sealer = sealer;
    this.#onError = onError;
    this.#opening = open(path, flags).catch((error: unknown) => {
      this.#fail(error);
      return undefined;
    });
  }

  /** `written` is called when these bytes are with the operating system. */
  append(bytes: Buffer, written: () => void = () => {}): void {
    if (this.#failed) return;
    this.#waiting.push({ bytes, written });
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > mostWaitingBytes) this.#fail(new StorageTooSlow('too many bytes wait to be written'));
    this.#pumping ??= this.#pump();
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#opening;
    while (this.#pumping) await this.#pumping;
  }

  /** What was written so far survives a loss of power. */
  async sync(): Promise<void> {
    const file = await this.#opening;
    if (!file || this.#failed || this.#closed || !this.#isDirty) return;
    this.#isDirty = false;
    await file.datasync().catch((error: unknown) => this.#fail(error));
  }

  async close(): Promise<void> {
    await this.drained();
    await this.sync();
    if (this.#closed) return;
    this.#closed = true;
    const file = await this.#opening;
    await file?.close().catch((error: unknown) => this.#fail(error));
  }

  async #pump(): Promise<void> {
    const file = await this.#opening;
    while (file && !this.#failed && this.#waiting.length > 0) {
      const batch = this.#waiting;
      const bytes = joined(batch);
      this.#waiting = [];
      try {
        await writeWhole(file, this.#sealer.seal(bytes));
        this.#isDirty = true;
        this.#waitingBytes -= bytes.length;
        for (const one of batch) one.written();
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#pumping = undefined;
  }

  #fail(error: unknown): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#failed) return;
    this.#failed = true;
    this.#onError(error);
  }
}

const joined = (batch: readonly { readonly bytes: Buffer }[]): Buffer => {
  const [only] = batch;
  return batch.length === 1 && only ? only.bytes : Buffer.concat(batch.map(({ bytes }) => bytes));
};

const writeWhole = async (file: FileHandle, bytes: Buffer): Promise<void> => {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
};
