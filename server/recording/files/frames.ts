/*
 * How the bytes of a recording lie in their files: in plain, byte for byte, or as a row of sealed frames, each made of one append
 * (of more than `mostInFrame`: of several):
 *
 *     4 bytes  "AuF1"
 *     4 bytes  length of the plain text, 1 to 1 MiB, big endian
 *     8 bytes  where it begins in the plain file, big endian
 *    12 bytes  nonce, random
 *    16 bytes  tag of AES-256-GCM
 *     n bytes  cipher text, as long as the plain text
 *
 * Key of the file: HKDF-SHA-256(key of the recording, no salt, info "auditoria recording file 1:" and the file's name).
 * Associated data: the first 16 bytes of the frame, then the tag of the frame before it (before the first: 16 zero bytes).
 *
 * So a frame opens only in its own file, at its own place, behind the very frame that it was written behind: none can be changed, moved,
 * swapped, left out, or put back as it was before a cut. That the *last* ones are missing, only the index and the sums in the database tell.
 *
 * Nonces are random and not counted: a counter would give the frame after a cut the nonce of the one that was cut off, which a thief of
 * an older copy may hold, and so give away both. Of 2³² frames under one key two would share a nonce with a chance of 2⁻³³; a class has
 * some 2¹⁴ in a file, and a file that is made anew under its old name adds as many.
 *
 * Nothing here reads or writes: bytes come in and go out by the caller.
 */
import { hkdfSync } from 'node:crypto';
import { mostInFrame, noTag, sealFrame, tagOf } from './frame.ts';
import { FrameMap } from './frame-map.ts';
import { plainSealing } from './plain-sealing.ts';

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
  /**
   * Looks at what was added; `storedBytes` is the length of the file now. Starts anew when it became shorter.
   * Answers the bytes beyond the last whole frame: of an append that is being written, or that a dead process did not finish.
   */
  grow(stored: StoredBytes, storedBytes: number): Promise<number>;
  /** The plain bytes from `start` up to `end`, not included. Throws `FrameBroken` for what was changed, and when `end` is beyond the end. */
  read(stored: StoredBytes, start: number, end: number): AsyncGenerator<Buffer>;
  /** For a file that a dead process, or a loss of power, left behind: grows, and keeps only what can be opened. Answers the new `end`. */
  soundEnd(stored: StoredBytes, storedBytes: number): Promise<FileEnd>;
  /**
   * How to cut the file to so many plain bytes, of which it must have as many: write `bytes` at `at`, and cut the file right behind them.
   * `end` is where the next append goes.
   */
  cut(stored: StoredBytes, plainBytes: number): Promise<{ readonly at: number; readonly bytes: Buffer; readonly end: FileEnd }>;
  /** For `map`, so that a long file need not be looked through again. Holds no secret. */
  pack(): Buffer;
}

/** One file's way of being stored. */
export interface Sealing {
  readonly isSealed: boolean;
  /** For a new file, or to go on behind `end` of its map. */
  sealer(after?: FileEnd): Sealer;
  map(packed?: Buffer): FileMap;
}

/** @param key 32 bytes, of the recording; null: the file is stored as it is, byte for byte. */
export const sealingOf = (key: Buffer | null, fileName: string): Sealing => {
  if (key === null) return plainSealing;
  if (key.length !== 32) throw new RangeError('the key of a recording has 32 bytes');
  const fileKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `auditoria recording file 1:${fileName}`, 32));
  return { isSealed: true, sealer: (after) => new FrameSealer(fileKey, after), map: (packed) => new FrameMap(fileKey, packed) };
};

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
    const [only] = frames;
    return frames.length === 1 && only ? only : Buffer.concat(frames);
  }

  #frame(plain: Buffer): Buffer {
    const { plainBytes, storedBytes, tag } = this.#end;
    const frame = sealFrame(this.#key, plain, plainBytes, tag);
    this.#end = { plainBytes: plainBytes + plain.length, storedBytes: storedBytes + frame.length, tag: tagOf(frame) };
    return frame;
  }
}
