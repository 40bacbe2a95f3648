// Where the frames of one file begin and how their tags read, packed, because a class of hours has tens of thousands.
import { headerBytes, noTag, tagBytes } from './frame.ts';
import type { FileEnd } from './frames.ts';

const entryBytes = 4 + tagBytes;

export class FrameTable {
  #count = 0;
  /** Where each frame begins in plain, and last where the next will. In the file, frame i begins `i * headerBytes` later. */
  #starts = new Float64Array(17);
  #tags = Buffer.alloc(16 * tagBytes);

  constructor(packed: Buffer = Buffer.alloc(0)) {
    for (let at = 0; at + entryBytes <= packed.length; at += entryBytes)
      this.add(packed.readUInt32BE(at), packed.subarray(at + 4, at + entryBytes));
  }

  get count(): number {
    return this.#count;
  }

  add(plainBytes: number, tag: Buffer): void {
    if (this.#count + 1 === this.#starts.length) this.#grow();
    tag.copy(this.#tags, this.#count * tagBytes);
    this.#starts[this.#count + 1] = this.startOf(this.#count) + plainBytes;
    this.#count += 1;
  }

  /** For a file beside it, so that it need not be read off the frames again. */
  pack(): Buffer {
    const packed = Buffer.alloc(this.#count * entryBytes);
    for (let frame = 0; frame < this.#count; frame += 1) {
      packed.writeUInt32BE(this.startOf(frame + 1) - this.startOf(frame), frame * entryBytes);
      this.tagOf(frame).copy(packed, frame * entryBytes + 4);
    }
    return packed;
  }

  forgetFrom(frame: number): void {
    this.#count = Math.min(this.#count, frame);
  }

  startOf(frame: number): number {
    return this.#starts[frame] ?? 0;
  }

  tagOf(frame: number): Buffer {
    return this.#tags.subarray(frame * tagBytes, (frame + 1) * tagBytes);
  }

  storedBytesOf(frame: number): number {
    return headerBytes + this.startOf(frame + 1) - this.startOf(frame);
  }

  /** Behind so many frames. */
  endOf(frames: number): FileEnd {
    const plainBytes = this.startOf(frames);
    return { plainBytes, storedBytes: plainBytes + frames * headerBytes, tag: frames === 0 ? noTag : Buffer.from(this.tagOf(frames - 1)) };
  }

  /** The frame that holds this plain byte; behind the last: as many as there are. */
  frameOf(plainByte: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle + 1) <= plainByte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const starts = new Float64Array(this.#starts.length * 2);
    starts.set(this.#starts);
    const tags = Buffer.alloc(starts.length * tagBytes);
    this.#tags.copy(tags);
    this.#starts = starts;
    this.#tags = tags;
  }
}
