// Joins pictures from RTP payloads that only put a descriptor before each piece, as VP8 and VP9 do.

import type { EncodedFrame, VideoConfig, VideoDepacketiser } from './codec.ts';
import type { RtpPacket } from './rtp.ts';

/** Length of a payload's descriptor, and whether the packet begins a picture. */
export type Descriptor = { readonly bytes: number; readonly begins: boolean };

/** What tells one such codec from the other. */
export interface PieceFormat {
  /** `undefined` when the descriptor is cut short. */
  readDescriptor(payload: Buffer): Descriptor | undefined;
  /** `undefined` for all but a key frame of a possible size. */
  readKeyFrame(frame: Buffer): VideoConfig | undefined;
}

export class PieceDepacketiser implements VideoDepacketiser {
  readonly #format: PieceFormat;
  #timestamp: number | undefined;
  #pieces: Buffer[] = [];

  constructor(format: PieceFormat) {
    this.#format = format;
  }

  push({ timestamp, payload, marker }: RtpPacket): EncodedFrame | undefined {
    const descriptor = this.#format.readDescriptor(payload);
    if (!descriptor || payload.length <= descriptor.bytes) return undefined;
    if (timestamp !== this.#timestamp) this.reset();
    // A picture whose beginning is missing is of no use.
    if (this.#pieces.length === 0 && !descriptor.begins) return undefined;
    this.#timestamp = timestamp;
    this.#pieces.push(payload.subarray(descriptor.bytes));
    if (!marker) return undefined;
    const data = Buffer.concat(this.#pieces);
    this.reset();
    return { timestamp, data, config: this.#format.readKeyFrame(data) };
  }

  reset(): void {
    this.#timestamp = undefined;
    this.#pieces = [];
  }
}
