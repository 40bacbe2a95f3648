// WebM with one VP8 track, written as it comes: header, then clusters (RFC 8794 and RFC 9559).

import type { VideoConfig } from './codec.ts';
import type { Container, Sample } from './container.ts';

const id = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  flagLacing: 0x9c,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  referenceBlock: 0xfb,
} as const;

/** Big-endian, in as few bytes as hold it, at least one. */
const unsigned = (value: number): Buffer => {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
};

const signed16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(Math.max(-32_768, Math.min(32_767, value)));
  return bytes;
};

/** Always eight bytes, so that sizes need no second thought. */
const size = (bytes: number): Buffer => {
  const coded = Buffer.alloc(8);
  coded.writeBigUInt64BE(BigInt(bytes) | (1n << 56n));
  return coded;
};
const unknownSize = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

const element = (elementId: number, ...content: readonly Buffer[]): Buffer =>
  Buffer.concat([unsigned(elementId), size(content.reduce((sum, part) => sum + part.length, 0)), ...content]);
const number = (elementId: number, value: number): Buffer => element(elementId, unsigned(value));
const string = (elementId: number, value: string): Buffer => element(elementId, Buffer.from(value));

const trackNumber = 1;

type Vp8Config = Extract<VideoConfig, { codec: 'vp8' }>;

export class Vp8Webm implements Container {
  readonly extension = 'webm';
  readonly mime = 'video/webm; codecs="vp8"';
  readonly timescale = 1000;
  readonly width: number;
  readonly height: number;
  #previous: number | undefined;

  constructor({ width, height }: Vp8Config) {
    this.width = width;
    this.height = height;
  }

  header(): Buffer {
    const head = element(
      id.ebml,
      number(id.ebmlVersion, 1),
      number(id.ebmlReadVersion, 1),
      number(id.ebmlMaxIdLength, 4),
      number(id.ebmlMaxSizeLength, 8),
      string(id.docType, 'webm'),
      number(id.docTypeVersion, 4),
      number(id.docTypeReadVersion, 2),
    );
    const nanosecondsPerTick = 1_000_000;
    const info = element(
      id.info,
      number(id.timestampScale, nanosecondsPerTick),
      string(id.muxingApp, 'Auditoria'),
      string(id.writingApp, 'Auditoria'),
    );
    const entry = element(
      id.trackEntry,
      number(id.trackNumber, trackNumber),
      number(id.trackUid, 1),
      number(id.trackType, 1),
      number(id.flagLacing, 0),
      string(id.codecId, 'V_VP8'),
      element(id.video, number(id.pixelWidth, this.width), number(id.pixelHeight, this.height)),
    );
    return Buffer.concat([head, unsigned(id.segment), unknownSize, info, element(id.tracks, entry)]);
  }

  /** Block groups, because only they carry a duration, without which Firefox shows holes. */
  fragment(samples: readonly Sample[]): Buffer {
    const first = samples[0];
    if (!first) throw new RangeError('a fragment has at least one sample');
    const groups = samples.map(({ time, duration, data, key }) => {
      const block = element(id.block, Buffer.from([0x80 | trackNumber]), signed16(time - first.time), Buffer.from([0]), data);
      const reference = key ? [] : [element(id.referenceBlock, signed16((this.#previous ?? time - 1) - time))];
      this.#previous = time;
      return element(id.blockGroup, block, number(id.blockDuration, duration), ...reference);
    });
    return element(id.cluster, number(id.timestamp, first.time), ...groups);
  }
}
