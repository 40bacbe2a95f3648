// The size that a WebP or JPEG file says it has; what is neither has none.
import type { StillType } from '../contract/ladder.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Null when the bytes do not begin as a file of that type does. Nothing is decoded. */
export function pictureSize(type: StillType, bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return type === 'image/webp' ? sizeOfWebp(view) : sizeOfJpeg(view);
  } catch (error) {
    // Cut off before its size is told.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const riff = 0x52494646;
const webp = 0x57454250;
const lossy = 0x56503820;
const lossless = 0x5650384c;
const extended = 0x56503858;

/** RFC 9649: a RIFF file whose first chunk is `VP8 `, `VP8L` or `VP8X`. */
function sizeOfWebp(view: DataView): PictureSize | null {
  if (view.getUint32(0) !== riff || view.getUint32(8) !== webp) return null;
  switch (view.getUint32(12)) {
    case lossy:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case lossless: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case extended:
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** ISO 10918-1: segments up to the first frame header, which holds the size. */
function sizeOfJpeg(view: DataView): PictureSize | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
