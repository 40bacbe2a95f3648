// Packets that are cut short, malformed or hostile harm no depacketiser; the forms that encoders do not show are joined right.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { H264Depacketiser } from './depacketise-h264.ts';
import { vp8Depacketiser } from './depacketise-vp8.ts';
import { vp9Depacketiser } from './depacketise-vp9.ts';
import { readSps } from './h264-sps.ts';
import { opusConcealment, opusTicks } from './opus.ts';
import type { RtpPacket } from './rtp.ts';

const packet = (payload: Uint8Array, over: Partial<RtpPacket> = {}): RtpPacket => ({
  sequenceNumber: 1,
  timestamp: 9000,
  ssrc: 1,
  payloadType: 96,
  marker: false,
  payload: Buffer.from(payload),
  ...over,
});

describe('all depacketisers', () => {
  it('survive any bytes', () => {
    const packets = fc.array(
      fc.record({ payload: fc.uint8Array({ maxLength: 30 }), marker: fc.boolean(), timestamp: fc.integer({ min: 0, max: 2 }) }),
    );
    fc.assert(
      fc.property(packets, (list) => {
        for (const depacketiser of [new H264Depacketiser(), vp8Depacketiser(), vp9Depacketiser()]) {
          for (const { payload, marker, timestamp } of list) depacketiser.push(packet(payload, { marker, timestamp }));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('H.264', () => {
  // 1280×720, constrained baseline, level 3.1, as Chromium's encoder writes it.
  const sps = Buffer.from('6742c01f8c8d402802dd900f08846a', 'hex');
  const pps = Buffer.from('68ce3c80', 'hex');
  const idr = Buffer.from([0x65, 1, 2, 3, 4, 5, 6, 7]);
  const withLength = (nal: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, nal.length >> 8, nal.length & 255]), nal]);

  it('takes parameter sets from an aggregate and the picture from fragments', () => {
    const aggregate = Buffer.concat([Buffer.from([0x78]), ...[sps, pps].map((nal) => withLength(nal).subarray(2))]);
    const depacketiser = new H264Depacketiser();
    expect(depacketiser.push(packet(aggregate))).toBeUndefined();
    expect(depacketiser.push(packet(Buffer.from([0x7c, 0x85, 1, 2, 3])))).toBeUndefined();
    const frame = depacketiser.push(packet(Buffer.from([0x7c, 0x45, 4, 5, 6, 7]), { marker: true }));
    expect(frame?.data.equals(withLength(idr))).toBe(true);
    expect(frame?.config).toMatchObject({ codec: 'h264', width: 1280, height: 720, sps, pps });
  });

  it('does not call a picture a key frame while its parameter sets are unknown', () => {
    expect(new H264Depacketiser().push(packet(idr, { marker: true }))?.config).toBeUndefined();
  });

  it('makes no picture of parameter sets alone', () => {
    expect(new H264Depacketiser().push(packet(sps, { marker: true }))).toBeUndefined();
  });

  it('drops a picture of which a fragment is missing', () => {
    const depacketiser = new H264Depacketiser();
    depacketiser.push(packet(Buffer.from([0x7c, 0x85, 1, 2, 3])));
    depacketiser.reset();
    expect(depacketiser.push(packet(Buffer.from([0x7c, 0x45, 4, 5]), { marker: true }))).toBeUndefined();
  });

  it('reads no size from a parameter set that is cut short', () => {
    for (let length = 1; length < 8; length++) expect(readSps(sps.subarray(0, length))).toBeUndefined();
  });
});

describe('VP8', () => {
  it('skips picture id, layer fields and drops a picture without its beginning', () => {
    const depacketiser = vp8Depacketiser();
    const keyFrame = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01];
    const frame = depacketiser.push(packet(Buffer.from([0x90, 0xe0, 0x81, 0x02, 7, 0x20, ...keyFrame]), { marker: true }));
    expect(frame?.config).toEqual({ codec: 'vp8', width: 640, height: 360 });
    expect(depacketiser.push(packet(Buffer.from([0x00, 1, 2, 3]), { marker: true, timestamp: 1 }))).toBeUndefined();
  });
});

describe('Opus', () => {
  it('tells how long a packet lasts', () => {
    const silk60 = 3 << 3;
    const celt20 = 31 << 3;
    expect(opusTicks(Buffer.from([silk60]))).toBe(2880);
    expect(opusTicks(Buffer.from([celt20, 1]))).toBe(960);
    expect(opusTicks(Buffer.from([celt20 | 1, 1]))).toBe(1920);
    expect(opusTicks(Buffer.from([celt20 | 3, 3]))).toBe(2880);
    expect(opusTicks(Buffer.alloc(0))).toBe(0);
  });

  it('conceals in the mode of the packet before', () => {
    expect(opusConcealment(Buffer.from([0x7b, 1, 2]))).toEqual({ packet: Buffer.from([0x78]), ticks: 960 });
  });
});
