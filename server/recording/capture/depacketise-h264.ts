// Joins H.264 pictures from RTP (RFC 6184: single NAL units, STAP-A and FU-A).

import type { EncodedFrame, VideoConfig, VideoDepacketiser } from './codec.ts';
import { readSps } from './h264-sps.ts';
import type { RtpPacket } from './rtp.ts';

const nalType = { slice: 1, idr: 5, sps: 7, pps: 8, delimiter: 9, stapA: 24, fuA: 28 } as const;

/** A file's header counts the bytes of a parameter set in 16 bits. */
const mostSetBytes = 0xffff;

/** Parameter sets are kept apart from the pictures: they go into the file's header, and a change of them begins a new part. */
export class H264Depacketiser implements VideoDepacketiser {
  #timestamp: number | undefined;
  #nals: Buffer[] = [];
  #fragments: Buffer[] = [];
  #sps: Buffer | undefined;
  #pps: Buffer | undefined;

  push({ timestamp, payload, marker }: RtpPacket): EncodedFrame | undefined {
    if (timestamp !== this.#timestamp) this.reset();
    this.#timestamp = timestamp;
    if (payload.length > 0) this.#take(payload);
    return marker ? this.#finish(timestamp) : undefined;
  }

  reset(): void {
    this.#timestamp = undefined;
    this.#nals = [];
    this.#fragments = [];
  }

  #take(payload: Buffer): void {
    const type = payload.readUInt8(0) & 0x1f;
    if (type === nalType.stapA) this.#takeAggregate(payload);
    else if (type === nalType.fuA) this.#takeFragment(payload);
    else this.#takeNal(payload);
  }

  #takeAggregate(payload: Buffer): void {
    let at = 1;
    while (at + 2 <= payload.length) {
      const size = payload.readUInt16BE(at);
      at += 2;
      if (size === 0 || at + size > payload.length) return;
      this.#takeNal(payload.subarray(at, at + size));
      at += size;
    }
  }

  #takeFragment(payload: Buffer): void {
    if (payload.length < 3) return;
    const indicator = payload.readUInt8(0);
    const header = payload.readUInt8(1);
    const begins = (header & 0x80) !== 0;
    if (begins) this.#fragments = [Buffer.from([(indicator & 0xe0) | (header & 0x1f)])];
    else if (this.#fragments.length === 0) return;
    this.#fragments.push(payload.subarray(2));
    if (!(header & 0x40)) return;
    this.#takeNal(Buffer.concat(this.#fragments));
    this.#fragments = [];
  }

  #takeNal(nal: Buffer): void {
    const type = nal.readUInt8(0) & 0x1f;
    const isSet = type === nalType.sps || type === nalType.pps;
    if (isSet && nal.length > mostSetBytes) return;
    if (type === nalType.sps) this.#sps = Buffer.from(nal);
    else if (type === nalType.pps) this.#pps = Buffer.from(nal);
    else if (type >= nalType.slice && type < nalType.delimiter) this.#nals.push(nal);
  }

  #finish(timestamp: number): EncodedFrame | undefined {
    const nals = this.#nals;
    this.reset();
    const types = nals.map((nal) => nal.readUInt8(0) & 0x1f);
    if (!types.some((type) => type >= nalType.slice && type <= nalType.idr)) return undefined;
    const config = types.includes(nalType.idr) ? this.#config() : undefined;
    const data = Buffer.concat(
      nals.flatMap((nal) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(nal.length);
        return [length, nal];
      }),
    );
    return { timestamp, data, config };
  }

  #config(): VideoConfig | undefined {
    if (!this.#sps || !this.#pps) return undefined;
    const summary = readSps(this.#sps);
    return summary && { codec: 'h264', width: summary.width, height: summary.height, sps: this.#sps, pps: this.#pps };
  }
}
