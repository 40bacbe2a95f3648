// Reads a sealed file by its plain offsets, while it grows.
import { FrameBroken, headerBytes, lengthOf, openFrame, sealFrame, tagOf } from './frame.ts';
import { FrameTable } from './frame-table.ts';
import type { FileEnd, FileMap, StoredBytes } from './frames.ts';

/** After a loss of power, what was not synced may be zeros: far more than a recorder leaves unsynced. */
const doubtfulBytes = 32 * 1024 * 1024;

interface Opened {
  readonly frame: number;
  readonly from: number;
  readonly plain: Buffer;
}

export class FrameMap implements FileMap {
  readonly #key: Buffer;
  readonly #frames: FrameTable;
  #growing: Promise<unknown> = Promise.resolve();

  constructor(key: Buffer, packed?: Buffer) {
    this.#key = key;
    this.#frames = new FrameTable(packed);
  }

  get end(): FileEnd {
    return this.#frames.endOf(this.#frames.count);
  }

  pack(): Buffer {
    return this.#frames.pack();
  }

  grow(stored: StoredBytes, storedBytes: number): Promise<number> {
    const grown = this.#growing.then(() => this.#grow(stored, storedBytes));
    this.#growing = grown.catch(() => undefined);
    return grown;
  }

  async *read(stored: StoredBytes, start: number, end: number): AsyncGenerator<Buffer> {
    if (start >= end) return;
    if (end > this.end.plainBytes) throw new FrameBroken('the file is shorter than it should be');
    const first = this.#frames.frameOf(start);
    for await (const { plain, from } of this.#open(stored, first, this.#frames.frameOf(end - 1) + 1))
      yield plain.subarray(Math.max(0, start - from), end - from);
  }

  async soundEnd(stored: StoredBytes, storedBytes: number): Promise<FileEnd> {
    await this.grow(stored, storedBytes);
    let sound = this.#frames.frameOf(Math.max(0, this.end.plainBytes - doubtfulBytes));
    try {
      for await (const { frame } of this.#open(stored, sound, this.#frames.count)) sound = frame + 1;
    } catch (error) {
      if (!(error instanceof FrameBroken)) throw error;
    }
    this.#frames.forgetFrom(sound);
    return this.end;
  }

  async cut(stored: StoredBytes, plainBytes: number): Promise<{ at: number; bytes: Buffer; end: FileEnd }> {
    if (plainBytes > this.end.plainBytes) throw new RangeError('a file cannot be cut to more than it has');
    const frame = this.#frames.frameOf(plainBytes);
    const before = this.#frames.endOf(frame);
    const kept: Buffer[] = [];
    for await (const piece of this.read(stored, before.plainBytes, plainBytes)) kept.push(piece);
    this.#frames.forgetFrom(frame);
    const plain = Buffer.concat(kept);
    if (plain.length === 0) return { at: before.storedBytes, bytes: plain, end: before };
    const bytes = sealFrame(this.#key, plain, before.plainBytes, before.tag);
    this.#frames.add(plain.length, tagOf(bytes));
    return { at: before.storedBytes, bytes, end: this.end };
  }

  async #grow(stored: StoredBytes, storedBytes: number): Promise<number> {
    if (storedBytes < this.end.storedBytes) this.#frames.forgetFrom(0);
    for (;;) {
      const { plainBytes, storedBytes: at } = this.end;
      if (storedBytes - at < headerBytes) return storedBytes - at;
      const header = await stored.read(at, headerBytes);
      const length = lengthOf(header, plainBytes);
      if (length === undefined || at + headerBytes + length > storedBytes) return storedBytes - at;
      this.#frames.add(length, tagOf(header));
    }
  }

  /** The frames from `first` up to `last`, not included, opened one after another. */
  async *#open(stored: StoredBytes, first: number, last: number): AsyncGenerator<Opened> {
    if (first >= last) return;
    let frame = first;
    let needed = this.#frames.storedBytesOf(frame);
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    for await (const chunk of stored.stream(this.#frames.endOf(first).storedBytes, this.#frames.endOf(last).storedBytes)) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes < needed) continue;
      let bytes = Buffer.concat(waiting);
      while (frame < last && bytes.length >= needed) {
        yield this.#opened(frame, bytes.subarray(0, needed));
        bytes = bytes.subarray(needed);
        frame += 1;
        needed = this.#frames.storedBytesOf(frame);
      }
      waiting = [bytes];
      waitingBytes = bytes.length;
    }
    if (frame < last) throw new FrameBroken('the file ends in the middle of a frame');
  }

  #opened(frame: number, bytes: Buffer): Opened {
    const from = this.#frames.startOf(frame);
    if (!this.#frames.tagOf(frame).equals(tagOf(bytes))) throw new FrameBroken(`the frame at ${from} was changed while it was read`);
    return { frame, from, plain: openFrame(this.#key, bytes, from, this.#frames.endOf(frame).tag) };
  }
}
