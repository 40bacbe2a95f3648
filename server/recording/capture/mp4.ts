// Fragmented MP4 with one track of H.264, VP9 or Opus: header, and fragments of one moof and one mdat each.

import type { VideoConfig } from './codec.ts';
import type { Container, Sample } from './container.ts';
import { readSps } from './h264-sps.ts';
import { box, fullBox, text, u8, u16, u32, u64 } from './mp4-boxes.ts';
import { opusClockRate } from './opus.ts';

type MediaDescription = {
  readonly kind: 'audio' | 'video';
  readonly mime: string;
  readonly timescale: number;
  readonly sampleEntry: Buffer;
  readonly width: number | undefined;
  readonly height: number | undefined;
};

const trackId = 1;
const unityMatrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
/** Sample flags (section 8.8.3.1): depends on no other sample; depends on others and is no sync sample. */
const keyFlags = 0x02000000;
const deltaFlags = 0x01010000;

export class Mp4Container implements Container {
  readonly extension = 'mp4';
  readonly mime: string;
  readonly timescale: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly #media: MediaDescription;
  #sequence = 0;

  constructor(media: MediaDescription) {
    this.#media = media;
    this.mime = media.mime;
    this.timescale = media.timescale;
    this.width = media.width;
    this.height = media.height;
  }

  header(): Buffer {
    const { kind, timescale, sampleEntry, width = 0, height = 0 } = this.#media;
    const isVideo = kind === 'video';
    const tkhd = fullBox(
      'tkhd',
      0,
      3,
      u32(0, 0, trackId, 0, 0, 0, 0),
      u16(0, 0, isVideo ? 0 : 0x0100, 0),
      unityMatrix,
      u32(width * 0x10000, height * 0x10000),
    );
    const undeterminedLanguage = 0x55c4;
    const mdhd = fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(undeterminedLanguage, 0));
    const hdlr = fullBox('hdlr', 0, 0, u32(0), text(isVideo ? 'vide' : 'soun'), u32(0, 0, 0), u8(0));
    const mediaHeader = isVideo ? fullBox('vmhd', 0, 1, u32(0, 0)) : fullBox('smhd', 0, 0, u32(0));
    const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
    const noSamples = [
      fullBox('stts', 0, 0, u32(0)),
      fullBox('stsc', 0, 0, u32(0)),
      fullBox('stsz', 0, 0, u32(0, 0)),
      fullBox('stco', 0, 0, u32(0)),
    ];
    const stbl = box('stbl', fullBox('stsd', 0, 0, u32(1), sampleEntry), ...noSamples);
    const mdia = box('mdia', mdhd, hdlr, box('minf', mediaHeader, dinf, stbl));
    const mvhd = fullBox(
      'mvhd',
      0,
      0,
      u32(0, 0, 1000, 0, 0x10000),
      u16(0x0100, 0),
      u32(0, 0),
      unityMatrix,
      u32(0, 0, 0, 0, 0, 0, trackId + 1),
    );
    const mvex = box('mvex', fullBox('trex', 0, 0, u32(trackId, 1, 0, 0, isVideo ? deltaFlags : keyFlags)));
    return Buffer.concat([box('ftyp', text('iso6'), u32(0), text('iso6iso5mp41')), box('moov', mvhd, box('trak', tkhd, mdia), mvex)]);
  }

  fragment(samples: readonly Sample[]): Buffer {
    this.#sequence++;
    const first = samples[0];
    if (!first) throw new RangeError('a fragment has at least one sample');
    const isVideo = this.#media.kind === 'video';
    const entryWords = isVideo ? 3 : 2;
    const entries = Buffer.alloc(samples.length * entryWords * 4);
    samples.forEach((sample, i) => {
      const at = i * entryWords * 4;
      entries.writeUInt32BE(sample.duration, at);
      entries.writeUInt32BE(sample.data.length, at + 4);
      if (isVideo) entries.writeUInt32BE(sample.key ? keyFlags : deltaFlags, at + 8);
    });
    const data = Buffer.concat(samples.map((sample) => sample.data));
    const moof = (dataOffset: number): Buffer => {
      // data-offset, sample-duration and sample-size present; for video sample-flags too.
      const trun = fullBox('trun', 0, isVideo ? 0x701 : 0x301, u32(samples.length, dataOffset), entries);
      const defaultBaseIsMoof = 0x020000;
      const traf = box('traf', fullBox('tfhd', 0, defaultBaseIsMoof, u32(trackId)), fullBox('tfdt', 1, 0, u64(first.time)), trun);
      return box('moof', fullBox('mfhd', 0, 0, u32(this.#sequence)), traf);
    };
    const mdatHeaderBytes = 8;
    return Buffer.concat([moof(moof(0).length + mdatHeaderBytes), u32(data.length + mdatHeaderBytes), text('mdat'), data]);
  }
}

/** Times in a picture's file are those of RTP's 90 kHz. */
const videoTimescale = 90_000;

const visualEntry = (type: string, width: number, height: number, configuration: Buffer): Buffer =>
  box(
    type,
    u8(0, 0, 0, 0, 0, 0),
    u16(1, 0, 0, 0, 0, 0, 0, 0, 0, width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(0x18, 0xffff),
    configuration,
  );

type H264Config = Extract<VideoConfig, { codec: 'h264' }>;
type Vp9Config = Extract<VideoConfig, { codec: 'vp9' }>;

export const h264Mp4 = ({ width, height, sps, pps }: H264Config): Container => {
  const profile = sps.readUInt8(1);
  const summary = readSps(sps);
  const hasExtension = summary !== undefined && [100, 110, 122, 144].includes(profile);
  const extension = hasExtension
    ? u8(0xfc | summary.chromaFormat, 0xf8 | (summary.bitDepthLuma - 8), 0xf8 | (summary.bitDepthChroma - 8), 0)
    : Buffer.alloc(0);
  const avcC = box('avcC', u8(1, ...sps.subarray(1, 4), 0xff, 0xe1), u16(sps.length), sps, u8(1), u16(pps.length), pps, extension);
  const mime = `video/mp4; codecs="avc1.${sps.toString('hex', 1, 4)}"`;
  return new Mp4Container({
    kind: 'video',
    mime,
    timescale: videoTimescale,
    width,
    height,
    sampleEntry: visualEntry('avc1', width, height, avcC),
  });
};

/** The least level whose largest picture holds this one (VP9 levels, by luma samples). */
const vp9Level = (width: number, height: number): number => {
  const levels: readonly (readonly [number, number])[] = [
    [36_864, 10],
    [73_728, 11],
    [122_880, 20],
    [245_760, 21],
    [552_960, 30],
    [983_040, 31],
    [2_228_224, 40],
    [8_912_896, 50],
  ];
  return levels.find(([most]) => width * height <= most)?.[1] ?? 60;
};

export const vp9Mp4 = ({ width, height, profile, bitDepth, chroma }: Vp9Config): Container => {
  const level = vp9Level(width, height);
  const unspecified = 2;
  const vpcC = fullBox('vpcC', 1, 0, u8(profile, level, bitDepth * 16 + chroma * 2, unspecified, unspecified, unspecified, 0, 0));
  const two = (value: number): string => String(value).padStart(2, '0');
  const mime = `video/mp4; codecs="vp09.${two(profile)}.${two(level)}.${two(bitDepth)}"`;
  return new Mp4Container({
    kind: 'video',
    mime,
    timescale: videoTimescale,
    width,
    height,
    sampleEntry: visualEntry('vp09', width, height, vpcC),
  });
};

/** Opus is always described as stereo: a decoder turns a mono packet into two equal channels, and senders change between them at will. */
export const opusMp4 = (): Container => {
  const channels = 2;
  // No pre-skip: the parts are pieces of a running stream, and their times are right without it.
  const dOps = box('dOps', u8(0, channels), u16(0), u32(opusClockRate), u16(0), u8(0));
  const sampleEntry = box('Opus', u8(0, 0, 0, 0, 0, 0), u16(1), u32(0, 0), u16(channels, 16, 0, 0), u32(opusClockRate * 0x10000), dOps);
  return new Mp4Container({
    kind: 'audio',
    mime: 'audio/mp4; codecs="opus"',
    timescale: opusClockRate,
    width: undefined,
    height: undefined,
    sampleEntry,
  });
};
