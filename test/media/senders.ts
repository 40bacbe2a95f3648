// Publishers that send synthetic sound and pictures at a steady pace.
import { extensionIds } from '../contract/rtp-samples.ts';
import type { RtcPeer } from './rtc-peer.ts';

const levelExtension = (decibels: number) => ({ id: extensionIds.level, payload: Buffer.from([0x80 | -decibels]) });
const midExtension = (mid: string) => ({ id: extensionIds.mid, payload: Buffer.from(mid) });
const ridExtension = (rid: string) => ({ id: extensionIds.rid, payload: Buffer.from(rid) });

const soundEveryMs = 20;

/** Loud; on a busy machine some packets come late, but none is left out. Where silence is not sent, one comes each 400 ms. Returns how to stop. */
export function sendSound(peer: RtcPeer, ssrc: number, decibels = -20, everyMs = soundEveryMs): () => void {
  const beganAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (const due = Math.floor((performance.now() - beganAt) / everyMs); sent < due; sent += 1) {
      const header = {
        payloadType: 111,
        ssrc,
        sequenceNumber: (sent + 1) & 0xffff,
        timestamp: sent * everyMs * 48,
        marker: false,
        extension: true,
        extensionProfile: 0xbede as const,
        extensions: [midExtension('a'), levelExtension(decibels)],
      };
      void peer.send(Buffer.alloc(80, 1), header);
    }
  }, soundEveryMs);
  return () => clearInterval(timer);
}

/** RFC 7741: a descriptor that begins partition 0, then a frame whose first bit says whether it is a key frame. */
const vp8Payload = (key: boolean, bytes: number): Buffer => {
  const frame = Buffer.alloc(bytes, 3);
  Buffer.from(key ? [0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00] : [0x10, 0x11]).copy(frame);
  return frame;
};

export interface Layer {
  readonly ssrc: number;
  readonly rid: string;
}

/** The size tells the layer apart at the other end. */
const sizedByLayer = (_key: boolean, index: number): number => 200 + 200 * index;

/** Simulcast at 25 frames a second, a key frame every half second; `active` may be changed at any moment. */
export class PictureSender {
  readonly #timer: NodeJS.Timeout;
  active: ReadonlySet<string>;

  /** `bytesOf`: what a frame of a layer weighs. */
  constructor(peer: RtcPeer, layers: readonly Layer[], bytesOf = sizedByLayer) {
    this.active = new Set(layers.map(({ rid }) => rid));
    const beganAt = Date.now();
    let frame = 0;
    this.#timer = setInterval(() => {
      frame += 1;
      layers.forEach(({ ssrc, rid }, index) => {
        if (!this.active.has(rid)) return;
        const header = {
          payloadType: 96,
          ssrc,
          sequenceNumber: frame & 0xffff,
          timestamp: frame * 3600,
          marker: true,
          extension: true,
          extensionProfile: 0xbede as const,
          extensions: [midExtension('v'), ridExtension(rid)],
        };
        void peer.send(vp8Payload(frame % 12 === 1, bytesOf(frame % 12 === 1, index)), header);
        // Without reports the worker cannot tell how the layers' times belong together, and never changes between them.
        if (frame % 12 === 1) void peer.report(ssrc, beganAt + frame * 40, header.timestamp);
      });
    }, 40);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
