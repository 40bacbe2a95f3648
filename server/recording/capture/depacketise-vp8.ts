// Joins VP8 pictures from RTP (RFC 7741) and reads the size from key frames (RFC 6386, section 9.1).

import { isPictureSize, type VideoConfig, type VideoDepacketiser } from './codec.ts';
import { type Descriptor, PieceDepacketiser } from './depacketise-pieces.ts';

/** Length of the payload descriptor, and whether the packet begins a picture; `undefined` when it is cut short. */
const readDescriptor = (payload: Buffer): Descriptor | undefined => {
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

export const vp8Depacketiser = (): VideoDepacketiser => new PieceDepacketiser({ readDescriptor, readKeyFrame });
