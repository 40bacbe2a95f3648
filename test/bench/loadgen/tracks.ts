// What is sent in a measurement: as RTP parameters for the server, and as commands for the load generator.
import type { RtpParameters } from '../../../server/contract/media.ts';

/** `browser`: as Chromium sends, with all that bandwidth estimation needs; `plain`: without. */
export type Dress = 'plain' | 'browser';
export type VideoCodec = 'VP8' | 'H264';

export interface SendCommand {
  readonly kind: 'audio' | 'video';
  readonly codec: string;
  readonly ssrc: number;
  readonly pt: number;
  readonly mid: string;
  readonly rid: string;
  readonly kbps: number;
  readonly fps: number;
  readonly bytes: number;
  readonly midExt: number;
  readonly ridExt: number;
  readonly absExt: number;
  readonly twccExt: number;
  readonly levelExt: number;
}

export interface TrackPlan {
  readonly source: 'microphone' | 'camera';
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: RtpParameters;
  readonly commands: readonly SendCommand[];
}

export const uris = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  rid: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  abs: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  twcc: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  level: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
} as const;
const ids = { mid: 1, rid: 2, abs: 4, twcc: 5, level: 10 } as const;
type Extension = keyof typeof ids;

export const soundBytes = 100;
export const videoBytes = 1100;
export const soundPerSecond = 50;
const framesPerSecond = 30;
const h264 = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };

const idOf = (used: readonly Extension[], extension: Extension): number => (used.includes(extension) ? ids[extension] : 0);
const headerExtensions = (used: readonly Extension[]) => used.map((name) => ({ uri: uris[name], id: ids[name] }));
const extensionIds = (used: readonly Extension[]) => ({
  midExt: idOf(used, 'mid'),
  ridExt: idOf(used, 'rid'),
  absExt: idOf(used, 'abs'),
  twccExt: idOf(used, 'twcc'),
  levelExt: idOf(used, 'level'),
});

/** Like Opus with voice: 50 packets a second. @param ssrc unique in the run, steps of 10 */
export function microphone(ssrc: number, dress: Dress): TrackPlan {
  const used: readonly Extension[] = dress === 'plain' ? ['mid', 'level'] : ['mid', 'abs', 'twcc', 'level'];
  const feedback = dress === 'plain' ? [] : [{ type: 'transport-cc' }];
  const codec = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } };
  return {
    source: 'microphone',
    kind: 'audio',
    rtpParameters: {
      mid: 'a',
      codecs: [{ ...codec, rtcpFeedback: feedback }],
      headerExtensions: headerExtensions(used),
      encodings: [{ ssrc, dtx: true }],
      rtcp: { cname: `c${ssrc}`, reducedSize: true },
    },
    commands: [
      {
        ...{ kind: 'audio', codec: 'opus', ssrc, pt: 111, mid: 'a', rid: '', kbps: 0, fps: 0, bytes: soundBytes },
        ...extensionIds(used),
      },
    ],
  };
}

/**
 * @param layersKbps what each layer has, the smallest picture first; a browser's camera has three
 */
export function camera(ssrc: number, dress: Dress, codec: VideoCodec, layersKbps: readonly number[]): TrackPlan {
  const layered = layersKbps.length > 1;
  const used: readonly Extension[] = [
    'mid',
    ...(layered ? (['rid'] as const) : []),
    ...(dress === 'plain' ? [] : (['abs', 'twcc'] as const)),
  ];
  const estimation = dress === 'plain' ? [] : [{ type: 'goog-remb' }, { type: 'transport-cc' }];
  const rtcpFeedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }, ...estimation];
  const layers = layersKbps.map((kbps, index) => ({ kbps, ssrc: ssrc + index, rid: layered ? `r${index}` : '' }));
  return {
    source: 'camera',
    kind: 'video',
    rtpParameters: {
      mid: 'v',
      codecs: [
        { mimeType: `video/${codec}`, payloadType: 96, clockRate: 90_000, parameters: codec === 'H264' ? h264 : {}, rtcpFeedback },
        { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
      ],
      headerExtensions: headerExtensions(used),
      encodings: layers.map((layer, index) => ({
        ssrc: layer.ssrc,
        rtx: { ssrc: ssrc + 5 + index },
        ...(layered ? { rid: layer.rid, scalabilityMode: 'L1T1' } : {}),
      })),
      rtcp: { cname: `c${ssrc}`, reducedSize: true },
    },
    commands: layers.map((layer) => ({
      ...{ kind: 'video', codec, ssrc: layer.ssrc, pt: 96, mid: 'v', rid: layer.rid },
      ...{ kbps: layer.kbps, fps: framesPerSecond, bytes: videoBytes },
      ...extensionIds(used),
    })),
  };
}

/** Packets a second of a layer. */
export const videoPerSecond = (kbps: number): number => (kbps * 1000) / 8 / videoBytes;
