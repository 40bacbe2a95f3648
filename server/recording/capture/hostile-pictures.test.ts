// What a sender's packets claim of their pictures harms neither the server nor the recording of the others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParticipantId, TrackId } from '../../contract/ids.ts';
import type { TapListener } from '../../ports/tap.ts';
import type { VideoDepacketiser } from './codec.ts';
import { H264Depacketiser } from './depacketise-h264.ts';
import { vp8Depacketiser } from './depacketise-vp8.ts';
import { vp9Depacketiser } from './depacketise-vp9.ts';
import type { TimedPacket } from './incoming.ts';
import { RecordedTrack } from './recorded-track.ts';
import { MemoryParts } from './testing/memory-parts.ts';
import { rtpClip } from './testing/rtp-source.ts';
import { ParticipantClock } from './track-clock.ts';
import { VideoRecorder } from './video-recorder.ts';

/** Writes bits and Exp-Golomb numbers, as a hostile encoder would. */
class BitWriter {
  #bits = '';

  fixed(value: number, count: number): this {
    this.#bits += value.toString(2).padStart(count, '0').slice(-count);
    return this;
  }

  golomb(...values: readonly number[]): this {
    for (const value of values) {
      const digits = (value + 1).toString(2);
      this.#bits += digits.padStart(digits.length * 2 - 1, '0');
    }
    return this;
  }

  bytes(): Buffer {
    return Buffer.from((this.#bits.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, '0'), 2)));
  }
}

type Claims = { readonly widthInBlocks: number; readonly heightInBlocks: number; readonly crop: number };

const spsOf = ({ widthInBlocks, heightInBlocks, crop }: Claims): Buffer => {
  const bits = new BitWriter()
    .fixed(0x6742c01f, 32)
    .golomb(0, 0, 0, 0, 1)
    .fixed(0, 1)
    .golomb(widthInBlocks - 1, heightInBlocks - 1);
  bits.fixed(0b11, 2).fixed(crop > 0 ? 1 : 0, 1);
  if (crop > 0) bits.golomb(crop, crop, crop, crop);
  return bits.fixed(0b01, 2).bytes();
};

const pps = Buffer.from('68ce3c80', 'hex');
const idr = Buffer.from([0x65, 1, 2, 3]);

let sequenceNumber = 0;
const packet = (payload: Buffer, over: Partial<TimedPacket> = {}): TimedPacket => ({
  ...{ sequenceNumber: sequenceNumber++, timestamp: 9000, ssrc: 1, payloadType: 96, marker: false, payload },
  ...{ arrivedAtMs: 100, capturedAtMs: 100, missing: 0 },
  ...over,
});

const recordH264 = (sets: readonly Buffer[]): MemoryParts => {
  const sink = new MemoryParts();
  const recorder = new VideoRecorder(new H264Depacketiser(), sink);
  recorder.begin(0);
  for (const set of sets) recorder.packet(packet(set), 100);
  recorder.packet(packet(idr, { marker: true }), 100);
  recorder.end(200);
  return sink;
};

/** As one NAL unit in fragments (FU-A). */
const inFragments = (nal: Buffer): Buffer[] => {
  const [indicator, header] = [0x60 | 28, nal.readUInt8(0) & 0x1f];
  const pieces: Buffer[] = [];
  for (let at = 1; at < nal.length; at += 1200) pieces.push(nal.subarray(at, at + 1200));
  return pieces.map((piece, i) => {
    const flags = (i === 0 ? 0x80 : 0) | (i === pieces.length - 1 ? 0x40 : 0);
    return Buffer.concat([Buffer.from([indicator, header | flags]), piece]);
  });
};

describe('no part begins on', () => {
  it('an H.264 picture that is larger than any, cropped to nothing or to less', () => {
    expect(recordH264([spsOf({ widthInBlocks: 80, heightInBlocks: 45, crop: 0 }), pps]).parts).toHaveLength(1);
    for (const claims of [
      { widthInBlocks: 10_000, heightInBlocks: 10_000, crop: 0 },
      { widthInBlocks: 1025, heightInBlocks: 1, crop: 0 },
      { widthInBlocks: 80, heightInBlocks: 40, crop: 160 },
      { widthInBlocks: 4, heightInBlocks: 4, crop: 16 },
      { widthInBlocks: 4, heightInBlocks: 4, crop: 100_000 },
    ])
      expect(recordH264([spsOf(claims), pps]).parts, JSON.stringify(claims)).toEqual([]);
  });

  it('a parameter set that is too long for a file', () => {
    const sps = spsOf({ widthInBlocks: 80, heightInBlocks: 45, crop: 0 });
    const longPps = Buffer.concat([pps, Buffer.alloc(70_000, 1)]);
    expect(recordH264([sps, ...inFragments(longPps)]).parts).toEqual([]);
    expect(recordH264([...inFragments(Buffer.concat([sps, Buffer.alloc(70_000, 1)])), pps]).parts).toEqual([]);
  });

  it('a VP8 or VP9 picture without width or height, or one that is too wide', () => {
    const vp8 = (width: number, height: number) =>
      Buffer.from([0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8, 0]);
    const vp9 = (width: number, height: number) =>
      Buffer.concat([
        Buffer.from([0x08]),
        new BitWriter()
          .fixed(0b10000010, 8)
          .fixed(0x498342, 24)
          .fixed(0b0010, 4)
          .fixed(width - 1, 16)
          .fixed(height - 1, 16)
          .fixed(0, 12)
          .bytes(),
      ]);
    const parts = (depacketiser: VideoDepacketiser, payload: Buffer) => {
      const sink = new MemoryParts();
      const recorder = new VideoRecorder(depacketiser, sink);
      recorder.packet(packet(payload, { marker: true }), 100);
      recorder.end(200);
      return sink.parts.map(({ header }) => [header.width, header.height]);
    };
    expect(parts(vp8Depacketiser(), vp8(640, 360))).toEqual([[640, 360]]);
    expect(parts(vp8Depacketiser(), vp8(0, 0))).toEqual([]);
    expect(parts(vp8Depacketiser(), vp8(640, 0))).toEqual([]);
    expect(parts(vp9Depacketiser(), vp9(640, 360))).toEqual([[640, 360]]);
    expect(parts(vp9Depacketiser(), vp9(65_536, 360))).toEqual([]);
  });
});

it('whatever parameter sets claim, parts that begin have a size that files can hold', () => {
  const claims = fc.record({
    widthInBlocks: fc.oneof(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1, max: 2 ** 31 })),
    heightInBlocks: fc.oneof(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1, max: 2 ** 31 })),
    crop: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })),
  });
  fc.assert(
    fc.property(claims, fc.uint8Array({ maxLength: 40 }), fc.nat(200), (claimed, noise, at) => {
      const sps = spsOf(claimed);
      Buffer.from(noise).copy(sps, at % sps.length);
      for (const { header } of recordH264([sps, pps]).parts)
        for (const across of [header.width ?? 0, header.height ?? 0]) expect(across > 0 && across <= 16_384).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('a picture that never ends is dropped', () => {
  const sink = new MemoryParts();
  const recorder = new VideoRecorder(vp8Depacketiser(), sink);
  const begin = Buffer.from([0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 2, 0x68, 1, 0]);
  recorder.packet(packet(begin), 100);
  const more = Buffer.alloc(1200);
  for (let sent = 0; sent < 5 * 1024 * 1024; sent += more.length) recorder.packet(packet(more), 100);
  recorder.packet(packet(more, { marker: true }), 100);
  expect(sink.parts).toEqual([]);
  recorder.packet(packet(begin, { marker: true, timestamp: 12_000 }), 133);
  expect(sink.parts).toHaveLength(1);
});

it('a track whose packets cannot be recorded is given up alone: its part ends, its consumer is closed, nothing is thrown', async () => {
  const packets = await rtpClip({ codec: 'vp8', seconds: 3, keyEverySeconds: 1 });
  const sink = new MemoryParts();
  const heard: string[] = [];
  let listener: TapListener | undefined;
  let now = 1_000_000;
  const track = new RecordedTrack(
    {
      info: { trackId: TrackId.parse('t'), participantId: ParticipantId.parse('p'), name: 'n', source: 'camera' },
      startedAt: now,
      now: () => now,
      clock: new ParticipantClock(),
      onEnded: () => heard.push('ended'),
      onFault: () => heard.push('fault'),
      sink: {
        partOpened: (header) => sink.partOpened(header),
        // As a container does that cannot write what it is given.
        fragment: () => {
          throw new RangeError('out of range');
        },
        partClosed: () => sink.partClosed(),
      },
    },
    true,
  );
  await track.attach({
    attach: async (trackId, its) => {
      listener = its;
      const nothing = async () => undefined;
      const close = async () => void heard.push('closed');
      const codec = { kind: 'video' as const, mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96, ssrc: 1111, parameters: {} };
      return { trackId, ...codec, producerPaused: false, resume: nothing, pause: nothing, requestKeyFrame: nothing, close };
    },
    close: async () => undefined,
  });
  for (const bytes of packets) {
    now += 10;
    if (now % 500 === 0) listener?.senderReport({ ssrc: 1111, ntpMs: now, rtpTimestamp: bytes.readUInt32BE(4) });
    listener?.packet(bytes, now);
    track.tick();
  }
  expect(sink.parts.map(({ closed }) => closed)).toEqual([true]);
  listener?.ended();
  await track.pause();
  await track.resume();
  await track.close();
  expect(heard).toEqual(['closed', 'fault']);
});
