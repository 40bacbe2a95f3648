// A file that only grows: appends are queued in memory and written one after another, and the first failure is told once.

import type { FileHandle } from 'node:fs/promises';

export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

/** More than this waiting, and the disk is too slow for the class. */
const mostWaitingBytes = 64 * 1024 * 1024;

export class StorageTooSlow extends Error {}

/** Never rejects: what goes wrong is told to `onError`, after which nothing more is written. */
export class AppendFile {
  readonly #opening: Promise<FileHandle | undefined>;
  readonly #onError: (error: unknown) => void;
  #waiting: { readonly bytes: Buffer; readonly written: () => void }[] = [];
  #waitingBytes = 0;
  #pumping: Promise<void> | undefined;
  #failed = false;
  #closed = false;

  constructor(open: OpenFile, path: string, onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#opening = open(path, 'ax').catch((error: unknown) => {
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
    if (!file || this.#failed || this.#closed) return;
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
      const bytes = Buffer.concat(batch.map((one) => one.bytes));
      this.#waiting = [];
      try {
        await file.appendFile(bytes);
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
