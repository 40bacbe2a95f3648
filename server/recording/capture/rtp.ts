// Reads RTP packets (RFC 3550, section 5.1) and measures distances between their wrapping numbers.

export type RtpPacket = {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly marker: boolean;
  /** A view into the packet's buffer, without padding. */
  readonly payload: Buffer;
};

const fixedHeaderBytes = 12;

/** `undefined` when the bytes are no RTP packet of version 2. */
export const parseRtp = (bytes: Buffer): RtpPacket | undefined => {
  if (bytes.length < fixedHeaderBytes || bytes.readUInt8(0) >> 6 !== 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  let start = fixedHeaderBytes + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0;
  const end = bytes.length - padding;
  if (start > end) return undefined;
  return {
    sequenceNumber: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    payload: bytes.subarray(start, end),
  };
};

/** How far `to` lies ahead of `from` on a 16-bit circle: −32768 to 32767. */
export const sequenceDistance = (from: number, to: number): number => ((to - from) << 16) >> 16;

/** How far `to` lies ahead of `from` on a 32-bit circle. */
export const timestampDistance = (from: number, to: number): number => (to - from) | 0;
