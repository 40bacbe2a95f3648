// How the bytes of a recording lie in their files: in plain, or as a chain of sealed frames. No input or output but what the caller hands in.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A sealed file is a row of frames, each made of one append (of more than `mostInFrame`: of several):
 *
 *     4 bytes  "AuF1"
 *     4 bytes  length of the plain text, 1 to 1 MiB, big endian
 *     8 bytes  where it begins in the plain file, big endian
 *    12 bytes  nonce, random
 *    16 bytes  tag of AES-256-GCM
 *     n bytes  cipher text, as long as the plain text
 *
 * Key of the file: HKDF-SHA-256(key of the recording, no salt, info "auditoria recording file 1:" and the file's name).
 * Associated data: the first 16 bytes of the frame, then the tag of the frame before it (of the first: 16 zero bytes).
 *
 * So a frame opens only in its own file, at its own place, after the very frame that it was written after: none can be changed, moved,
 * swapped, left out or put back as it was before a cut. That the *last* ones are missing, only the index and the sums in the database tell.
 *
 * Nonces are random and not counted: a counter would give the frame after a cut the nonce of the one that was cut off, which a thief of
 * an older copy may hold, and so give away both. Of 2³² frames under one key two would share a nonce with a chance of 2⁻³³; a class has some 2¹⁴.
 */
export const mostInFrame = 1024 * 1024;
const magic = Buffer.from('AuF1');
const tagBytes = 16;
const boundBytes = 16;
const nonceAt = boundBytes;
const tagAt = nonceAt + 12;
export const headerBytes = tagAt + tagBytes;
/** After a loss of power, what was not synced may be zeros: far more than a recorder leaves unsynced. */
const doubtfulBytes = 32 * 1024 * 1024;

/** What lies there is not what was written. */
export class FrameBroken extends Error {}

/** Bytes as they are stored. `end` is not included. */
export interface StoredBytes {
  /** Shorter at the end of the file. */
  read(start: number, length: number): Promise<Buffer>;
  stream(start: number, end: number): AsyncIterable<Buffer>;
}

/** Where the next append goes. */
export interface FileEnd {
  readonly plainBytes: number;
  readonly storedBytes: number;
  /** Of the last frame; empty in a plain file. */
  readonly tag: Buffer;
}

/** Turns appends to one file into what is to be appended to what lies there. Every answer must be written, in order, whole or as the last. */
export interface Sealer {
  readonly end: FileEnd;
  seal(plain: Buffer): Buffer;
}

/** What is known of one file that may grow: which stored bytes hold which plain ones. To be kept as long as the file is read. */
export interface FileMap {
  /** As far as the last `grow` saw whole frames. */
  readonly end: FileEnd;
  /** Looks at what was added; `storedBytes` is the length of the file now. Starts anew when it became shorter. Answers the bytes beyond the last whole frame. */
  grow(stored: StoredBytes, storedBytes: number): Promise<number>;
  /** The plain bytes from `start` up to `end`, not included. Throws `FrameBroken` for what was changed, and when `end` is beyond the end. */
  read(stored: StoredBytes, start: number, end: number): AsyncGenerator<Buffer>;
  /** For a file that a dead process, or a loss of power, left behind: the end of what can be read. */
  soundEnd(stored: StoredBytes, storedBytes: number): Promise<FileEnd>;
  /** How to cut the file to so many plain bytes: write `bytes` at `at`, and cut the file right behind them. Not for more bytes than there are. */
  cut(stored: StoredBytes, plainBytes: number): Promise<{ readonly at: number; readonly bytes: Buffer; readonly end: FileEnd }>;
}

/** One file's way of being stored. */
export interface Sealing {
  readonly isSealed: boolean;
  /** For a new file, or to go on after `end` of its map. */
  sealer(after?: FileEnd): Sealer;
  map(): FileMap;
}

/** @param key 32 bytes, of the recording; null: the file is stored as it is, byte for byte. */
export const sealingOf = (key: Buffer | null, fileName: string): Sealing => {
  if (key === null) return plainSealing;
  if (key.length !== 32) throw new RangeError('the key of a recording has 32 bytes');
  const fileKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `auditoria recording file 1:${fileName}`, 32));
  return { isSealed: true, sealer: (after) => new FrameSealer(fileKey, after), map: () => new FrameMap(fileKey) };
};

const noTag = Buffer.alloc(tagBytes);
const nothing = Buffer.alloc(0);

class FrameSealer implements Sealer {
  readonly #key: Buffer;
  #end: FileEnd;

  constructor(key: Buffer, after: FileEnd = { plainBytes: 0, storedBytes: 0, tag: noTag }) {
    this.#key = key;
    this.#end = after;
  }

  get end(): FileEnd {
    return this.#end;
  }

  seal(plain: Buffer): Buffer {
    const frames: Buffer[] = [];
    for (let from = 0; from < plain.length; from += mostInFrame) frames.push(this.#frame(plain.subarray(from, from + mostInFrame)));
    return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
  }

  #frame(plain: Buffer): Buffer {
    const frame = Buffer.allocUnsafe(headerBytes + plain.length);
    magic.copy(frame);
    frame.writeUInt32BE(plain.length, 4);
    frame.writeBigUInt64BE(BigInt(this.#end.plainBytes), 8);
    const nonce = randomBytes(12);
    nonce.copy(frame, nonceAt);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.concat([frame.subarray(0, boundBytes), this.#end.tag]));
    cipher.update(plain).copy(frame, headerBytes);
    cipher.final();
    const tag = cipher.getAuthTag();
    tag.copy(frame, tagAt);
    this.#end = { plainBytes: this.#end.plainBytes + plain.length, storedBytes: this.#end.storedBytes + frame.length, tag };
    return frame;
  }
}

class FrameMap implements FileMap {
  readonly #key: Buffer;
  /** Where each frame begins in plain, and last where the next will. Stored, frame i begins `i * headerBytes` later. */
  #starts: number[] = [0];
  #tags: Buffer[] = [];
  #growing: Promise<unknown> = Promise.resolve();

  constructor(key: Buffer) {
    this.#key = key;
  }

  get end(): FileEnd {
    return this.#endAt(this.#tags.length);
  }

  async grow(stored: StoredBytes, storedBytes: number): Promise<number> {
    const grown = this.#growing.then(() => this.#grow(stored, storedBytes));
    this.#growing = grown.catch(() => {});
    return grown;
  }

  async *read(stored: StoredBytes, start: number, end: number): AsyncGenerator<Buffer> {
    if (start >= end) return;
    if (end > this.end.plainBytes) throw new FrameBroken('the file is shorter than it should be');
    const first = this.#frameOf(start);
    for await (const { plain, from } of this.#open(stored, first, this.#frameOf(end - 1) + 1))
      yield plain.subarray(Math.max(0, start - from), end - from);
  }

  async soundEnd(stored: StoredBytes, storedBytes: number): Promise<FileEnd> {
    await this.grow(stored, storedBytes);
    const frames = this.#tags.length;
    let sound = this.#frameOf(Math.max(0, this.end.plainBytes - doubtfulBytes));
    try {
      for await (const { frame } of this.#open(stored, sound, frames)) sound = frame + 1;
    } catch (error) {
      if (!(error instanceof FrameBroken)) throw error;
    }
    return this.#endAt(Math.min(sound, frames));
  }

  async cut(stored: StoredBytes, plainBytes: number): Promise<{ at: number; bytes: Buffer; end: FileEnd }> {
    if (plainBytes > this.end.plainBytes) throw new RangeError('a file cannot be cut to more than it has');
    const frame = this.#frameOf(plainBytes);
    const before = this.#endAt(frame);
    this.#forgetFrom(frame + 1);
    const kept: Buffer[] = [];
    for await (const piece of this.read(stored, before.plainBytes, plainBytes)) kept.push(piece);
    this.#forgetFrom(frame);
    const sealer = new FrameSealer(this.#key, before);
    return { at: before.storedBytes, bytes: sealer.seal(Buffer.concat(kept)), end: sealer.end };
  }

  async #grow(stored: StoredBytes, storedBytes: number): Promise<number> {
    if (storedBytes < this.end.storedBytes) this.#forgetFrom(0);
    for (;;) {
      const { plainBytes, storedBytes: at } = this.end;
      if (storedBytes - at < headerBytes) return storedBytes - at;
      const header = await stored.read(at, headerBytes);
      const length = lengthOf(header, plainBytes);
      if (length === undefined || at + headerBytes + length > storedBytes) return storedBytes - at;
      this.#starts.push(plainBytes + length);
      this.#tags.push(Buffer.from(header.subarray(tagAt)));
    }
  }

  /** The frames from `first` up to `last`, not included, opened. */
  async *#open(stored: StoredBytes, first: number, last: number): AsyncGenerator<{ frame: number; from: number; plain: Buffer }> {
    let frame = first;
    if (frame >= last) return;
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    for await (const chunk of stored.stream(this.#endAt(first).storedBytes, this.#endAt(last).storedBytes)) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      let needed = this.#storedBytesOf(frame);
      if (waitingBytes < needed) continue;
      let bytes = Buffer.concat(waiting);
      while (frame < last && bytes.length >= needed) {
        yield { frame, from: this.#starts[frame] ?? 0, plain: this.#opened(frame, bytes.subarray(0, needed)) };
        bytes = bytes.subarray(needed);
        frame += 1;
        needed = this.#storedBytesOf(frame);
      }
      waiting = [bytes];
      waitingBytes = bytes.length;
    }
    if (frame < last) throw new FrameBroken('the file ends in the middle of a frame');
  }

  #opened(frame: number, bytes: Buffer): Buffer {
    const from = this.#starts[frame] ?? 0;
    const tag = bytes.subarray(tagAt, headerBytes);
    const cipher = bytes.subarray(headerBytes);
    if (lengthOf(bytes, from) !== cipher.length || !this.#tags[frame]?.equals(tag))
      throw new FrameBroken(`the frame at ${from} was changed`);
    const opening = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(nonceAt, tagAt), { authTagLength: tagBytes });
    opening.setAAD(Buffer.concat([bytes.subarray(0, boundBytes), this.#endAt(frame).tag]));
    opening.setAuthTag(tag);
    const plain = opening.update(cipher);
    try {
      opening.final();
    } catch (error) {
      throw new FrameBroken(`the frame at ${from} was changed, or belongs elsewhere`, { cause: error });
    }
    return plain;
  }

  /** The frame that holds this plain byte; behind the last: as many as there are. */
  #frameOf(plainByte: number): number {
    let low = 0;
    let high = this.#tags.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle + 1] ?? 0) <= plainByte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #storedBytesOf(frame: number): number {
    return headerBytes + (this.#starts[frame + 1] ?? 0) - (this.#starts[frame] ?? 0);
  }

  #endAt(frames: number): FileEnd {
    const plainBytes = this.#starts[frames] ?? 0;
    return { plainBytes, storedBytes: plainBytes + frames * headerBytes, tag: this.#tags[frames - 1] ?? noTag };
  }

  #forgetFrom(frame: number): void {
    this.#starts.length = Math.min(this.#starts.length, frame + 1);
    this.#tags.length = Math.min(this.#tags.length, frame);
  }
}

/** Undefined when no frame that belongs at this plain offset begins here. */
const lengthOf = (header: Buffer, plainAt: number): number | undefined => {
  if (header.length < headerBytes || !header.subarray(0, 4).equals(magic)) return undefined;
  const length = header.readUInt32BE(4);
  const isHere = header.readBigUInt64BE(8) === BigInt(plainAt);
  return isHere && length > 0 && length <= mostInFrame ? length : undefined;
};

const plainEnd = (bytes: number): FileEnd => ({ plainBytes: bytes, storedBytes: bytes, tag: nothing });

const plainSealing: Sealing = {
  isSealed: false,
  sealer(after = plainEnd(0)) {
    let end = after;
    return {
      get end() {
        return end;
      },
      seal(plain) {
        end = plainEnd(end.plainBytes + plain.length);
        return plain;
      },
    };
  },
  map() {
    let end = plainEnd(0);
    return {
      get end() {
        return end;
      },
      async grow(_stored, storedBytes) {
        end = plainEnd(storedBytes);
        return 0;
      },
      async *read(stored, start, until) {
        if (start >= until) return;
        if (until > end.plainBytes) throw new FrameBroken('the file is shorter than it should be');
        yield* stored.stream(start, until);
      },
      soundEnd: async (_stored, storedBytes) => plainEnd(storedBytes),
      async cut(_stored, plainBytes) {
        end = plainEnd(plainBytes);
        return { at: plainBytes, bytes: nothing, end };
      },
    };
  },
};
