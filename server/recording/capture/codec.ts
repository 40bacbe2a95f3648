// The codecs that a recording may hold, and what a depacketiser makes of their packets.

import type { RtpPacket } from './rtp.ts';

/** All that a player must know before the first picture; it changes only on a key frame. */
export type VideoConfig =
  | { readonly codec: 'h264'; readonly width: number; readonly height: number; readonly sps: Buffer; readonly pps: Buffer }
  | { readonly codec: 'vp8'; readonly width: number; readonly height: number }
  | {
      readonly codec: 'vp9';
      readonly width: number;
      readonly height: number;
      readonly profile: number;
      readonly bitDepth: number;
      /** As in the VP codec ISO media file format binding: 0 and 1 are 4:2:0, 2 is 4:2:2, 3 is 4:4:4. */
      readonly chroma: number;
    };

const mostPixelsAcross = 16_384;

/** Sizes come from the network, and files and players take only some: what says otherwise is no picture. */
export const isPictureSize = ({ width, height }: { readonly width: number; readonly height: number }): boolean =>
  width >= 1 && height >= 1 && width <= mostPixelsAcross && height <= mostPixelsAcross;

export type EncodedFrame = {
  readonly timestamp: number;
  /** In the form that the container stores: H.264 with four-byte lengths before each NAL unit, VP8 and VP9 as they are. */
  readonly data: Buffer;
  /** Present on key frames only. */
  readonly config: VideoConfig | undefined;
};

/** Joins the packets of a picture. Packets come in order; after a gap `reset` drops what was begun. */
export interface VideoDepacketiser {
  push(packet: RtpPacket): EncodedFrame | undefined;
  reset(): void;
}

/** Whether pictures of both can follow one another in one file. */
export const sameConfig = (a: VideoConfig, b: VideoConfig): boolean => {
  if (a.codec !== b.codec || a.width !== b.width || a.height !== b.height) return false;
  if (a.codec === 'h264' && b.codec === 'h264') return a.sps.equals(b.sps) && a.pps.equals(b.pps);
  if (a.codec === 'vp9' && b.codec === 'vp9') return a.profile === b.profile && a.bitDepth === b.bitDepth && a.chroma === b.chroma;
  return true;
};
