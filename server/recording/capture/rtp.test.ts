// RTP packets in all the forms that RFC 3550 allows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtp, sequenceDistance, timestampDistance } from './rtp.ts';

const build = (options: { csrcs: number; extensionWords: number | undefined; padding: number; payload: Uint8Array }): Buffer => {
  const { csrcs, extensionWords, padding, payload } = options;
  const first = 0x80 | (padding > 0 ? 0x20 : 0) | (extensionWords === undefined ? 0 : 0x10) | csrcs;
  const header = Buffer.from([first, 0x80 | 102, 0x12, 0x34, 0xff, 0xff, 0xff, 0x00, 0, 0, 4, 87]);
  const extension =
    extensionWords === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([Buffer.from([0xbe, 0xde, 0, extensionWords]), Buffer.alloc(extensionWords * 4)]);
  const pad = Buffer.alloc(padding, 0);
  if (padding > 0) pad.writeUInt8(padding, padding - 1);
  return Buffer.concat([header, Buffer.alloc(csrcs * 4), extension, payload, pad]);
};

describe('parseRtp', () => {
  it('finds the payload behind sources, extensions and before padding', () => {
    const packets = fc.record({
      csrcs: fc.integer({ min: 0, max: 15 }),
      extensionWords: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      padding: fc.integer({ min: 0, max: 255 }),
      payload: fc.uint8Array({ maxLength: 50 }),
    });
    fc.assert(
      fc.property(packets, (options) => {
        const packet = parseRtp(build(options));
        expect(packet).toMatchObject({ sequenceNumber: 0x1234, timestamp: 0xffffff00, ssrc: 1111, payloadType: 102, marker: true });
        expect(packet?.payload.equals(options.payload)).toBe(true);
      }),
    );
  });

  it('answers undefined for whatever else comes, and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void parseRtp(Buffer.from(bytes))));
    const whole = build({ csrcs: 3, extensionWords: 4, padding: 0, payload: new Uint8Array(0) });
    for (let length = 0; length < whole.length; length++) expect(parseRtp(whole.subarray(0, length))).toBeUndefined();
  });
});

describe('distances', () => {
  it('are the short way round the circle', () => {
    expect(sequenceDistance(65_535, 1)).toBe(2);
    expect(sequenceDistance(1, 65_535)).toBe(-2);
    expect(timestampDistance(0xffffff00, 0x100)).toBe(0x200);
    expect(timestampDistance(0x100, 0xffffff00)).toBe(-0x200);
  });
});
