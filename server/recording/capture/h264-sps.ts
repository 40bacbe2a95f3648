// Reads from an H.264 sequence parameter set what a file's header must say (H.264, section 7.3.2.1.1).

import { BitReader } from './bits.ts';
import { isPictureSize } from './codec.ts';

export type SpsSummary = {
  readonly width: number;
  readonly height: number;
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
};

const profilesWithChroma: readonly number[] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/** Takes out the 03 that keeps a NAL unit free of start codes. */
const withoutEmulationPrevention = (nal: Buffer): Buffer => {
  const kept: number[] = [];
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    kept.push(byte);
  }
  return Buffer.from(kept);
};

const skipScalingList = (bits: BitReader, size: number): void => {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
};

const mostChromaFormat = 3;
const mostBitDepth = 14;

/** `undefined` when the bytes are no whole parameter set, or one that describes no picture. */
export const readSps = (nal: Buffer): SpsSummary | undefined => {
  try {
    const summary = readWholeSps(nal);
    const { chromaFormat, bitDepthLuma, bitDepthChroma } = summary;
    const isSound = chromaFormat <= mostChromaFormat && bitDepthLuma <= mostBitDepth && bitDepthChroma <= mostBitDepth;
    return isSound && isPictureSize(summary) ? summary : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const readWholeSps = (nal: Buffer): SpsSummary => {
  const bits = new BitReader(withoutEmulationPrevention(nal));
  bits.read(8);
  const profile = bits.read(8);
  bits.read(16);
  bits.unsigned();
  let chromaFormat = 1;
  let bitDepthLuma = 8;
  let bitDepthChroma = 8;
  let separatePlanes = false;
  if (profilesWithChroma.includes(profile)) {
    chromaFormat = bits.unsigned();
    if (chromaFormat === 3) separatePlanes = bits.flag();
    bitDepthLuma = bits.unsigned() + 8;
    bitDepthChroma = bits.unsigned() + 8;
    bits.flag();
    if (bits.flag()) {
      for (let i = 0; i < (chromaFormat === 3 ? 12 : 8); i++) if (bits.flag()) skipScalingList(bits, i < 6 ? 16 : 64);
    }
  }
  bits.unsigned();
  const orderType = bits.unsigned();
  if (orderType === 0) bits.unsigned();
  if (orderType === 1) {
    bits.flag();
    bits.signed();
    bits.signed();
    for (let left = bits.unsigned(); left > 0; left--) bits.signed();
  }
  bits.unsigned();
  bits.flag();
  const widthInBlocks = bits.unsigned() + 1;
  const heightInUnits = bits.unsigned() + 1;
  const framesOnly = bits.flag();
  if (!framesOnly) bits.flag();
  bits.flag();
  const crop = bits.flag() ? { left: bits.unsigned(), right: bits.unsigned(), top: bits.unsigned(), bottom: bits.unsigned() } : undefined;
  const fieldFactor = framesOnly ? 1 : 2;
  const subsampled = separatePlanes ? 0 : chromaFormat;
  const unitX = subsampled === 1 || subsampled === 2 ? 2 : 1;
  const unitY = (subsampled === 1 ? 2 : 1) * fieldFactor;
  return {
    width: widthInBlocks * 16 - ((crop?.left ?? 0) + (crop?.right ?? 0)) * unitX,
    height: heightInUnits * 16 * fieldFactor - ((crop?.top ?? 0) + (crop?.bottom ?? 0)) * unitY,
    chromaFormat,
    bitDepthLuma,
    bitDepthChroma,
  };
};
