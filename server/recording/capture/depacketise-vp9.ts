// Joins VP9 pictures of one spatial layer from RTP (RFC 9628) and reads key frames' headers (VP9 bitstream, section 6.2).

import { BitReader } from './bits.ts';
import { isPictureSize, type VideoConfig, type VideoDepacketiser } from './codec.ts';
import { type Descriptor, PieceDepacketiser } from './depacketise-pieces.ts';

/** `undefined` when the packet is cut short. */
const readDescriptor = (payload: Buffer): Descriptor | undefined => {
  try {
    return readWholeDescriptor(payload);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const readWholeDescriptor = (payload: Buffer): Descriptor => {
  const first = payload.readUInt8(0);
  const [hasPictureId, isPredicted, hasLayers, isFlexible] = [first & 0x80, first & 0x40, first & 0x20, first & 0x10];
  let at = 1;
  if (hasPictureId) at += payload.readUInt8(at) & 0x80 ? 2 : 1;
  if (hasLayers) at += isFlexible ? 1 : 2;
  if (isFlexible && isPredicted) {
    let more = true;
    for (let i = 0; i < 3 && more; i++) more = (payload.readUInt8(at++) & 1) !== 0;
  }
  if (first & 0x02) {
    const structure = payload.readUInt8(at++);
    const layers = (structure >> 5) + 1;
    if (structure & 0x10) at += layers * 4;
    if (structure & 0x08) {
      for (let groups = payload.readUInt8(at++); groups > 0; groups--) at += 1 + ((payload.readUInt8(at) >> 2) & 3);
    }
  }
  return { bytes: at, begins: (first & 0x08) !== 0 };
};

const syncCode = 0x498342;
const rgb = 7;

const readKeyFrame = (frame: Buffer): VideoConfig | undefined => {
  try {
    const bits = new BitReader(frame);
    if (bits.read(2) !== 2) return undefined;
    const low = bits.read(1);
    const profile = bits.read(1) * 2 + low;
    if (profile === 3) bits.read(1);
    const showsExisting = bits.flag();
    const isDelta = bits.flag();
    if (showsExisting || isDelta) return undefined;
    bits.read(2);
    if (bits.read(24) !== syncCode) return undefined;
    const bitDepth = profile < 2 ? 8 : bits.flag() ? 12 : 10;
    let chroma = 1;
    if (bits.read(3) === rgb) {
      chroma = 3;
      if (profile % 2 === 1) bits.read(1);
    } else {
      bits.read(1);
      if (profile % 2 === 1) {
        const halvedX = bits.flag();
        const halvedY = bits.flag();
        chroma = halvedX ? (halvedY ? 1 : 2) : 3;
        bits.read(1);
      }
    }
    const size = { width: bits.read(16) + 1, height: bits.read(16) + 1 };
    return isPictureSize(size) ? { codec: 'vp9', ...size, profile, bitDepth, chroma } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

export const vp9Depacketiser = (): VideoDepacketiser => new PieceDepacketiser({ readDescriptor, readKeyFrame });
