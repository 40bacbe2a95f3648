// Joins VP8 pictures from RTP (RFC 7741) and reads the size from key frames (RFC 6386, section 9.1).

import { type EncodedFrame, isPictureSize, type VideoConfig, type VideoDepacketiser } from './codec.ts';
import type { RtpPacket } from './rtp.ts';

/** Length of the payload descriptor, and whether the packet begins a picture; `undefined` when it is cut short. */
const readDescriptor = (payload: Buffer): { readonly bytes: number; readonly begins: boolean } | undefined => {
  const first = payload[0];
  if (first === undefined) return undefined;
  const begins = (first & 0x10) !== 0 && (first & 0x0f) === 0;
  if (!(first & 0x80)) return { bytes: 1, begins };
  const extension = payload[1];
  if (extension === undefined) return undefined;
  let bytes = 2;
  if (extension & 0x80) bytes += (payload[bytes] ?? 0) & 0x80 ? 2 : 1;
  if (extension & 0x40) bytes += 1;
  if (extension & 0x30) bytes += 1;
  return { bytes, begins };
};

const readKeyFrame = (frame: Buffer): VideoConfig | undefined => {
  const isKey = frame.length >= 10 && (frame.readUInt8(0) & 1) === 0;
  if (!isKey || frame.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  const size = { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
  return isPictureSize(size) ? { codec: 'vp8', ...size } : undefined;
};

export class Vp8Depacketiser implements VideoDepacketiser {
  #timestamp: number | undefined;
  #pieces: Buffer[] = [];

  push({ timestamp, payload, marker }: RtpPacket): EncodedFrame | undefined {
    const descriptor = readDescriptor(payload);
    if (!descriptor || payload.length <= descriptor.bytes) return undefined;
    if (timestamp !== this.#timestamp) this.reset();
    // A picture whose beginning is missing is of no use.
    if (this.#pieces.length === 0 && !descriptor.begins) return undefined;
    this.#timestamp = timestamp;
    this.#pieces.push(payload.subarray(descriptor.bytes));
    if (!marker) return undefined;
    const data = Buffer.concat(this.#pieces);
    this.reset();
    return { timestamp, data, config: readKeyFrame(data) };
  }

  reset(): void {
    this.#timestamp = undefined;
    this.#pieces = [];
  }
}
