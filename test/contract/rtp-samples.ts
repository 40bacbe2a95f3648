// RTP parameters and capabilities as browsers send them, small enough to read.
import type { RtpCapabilities, RtpParameters } from '../../server/contract/media.ts';
import type { ExpectedLoad } from '../../server/ports/media.ts';

const mid = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const rid = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';
const level = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const transportCc = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

export const extensionIds = { mid: 1, rid: 2, transportCc: 5, level: 6 } as const;

export function opus(ssrc: number): RtpParameters {
  return {
    mid: 'a',
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc' }],
      },
    ],
    headerExtensions: [
      { uri: mid, id: extensionIds.mid },
      { uri: level, id: extensionIds.level },
    ],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: `cname${ssrc}` },
  };
}

/** One encoding for each SSRC, smallest picture first. */
export function vp8(...ssrcs: readonly number[]): RtpParameters {
  return {
    mid: 'v',
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }, { type: 'transport-cc' }],
      },
    ],
    headerExtensions: [
      { uri: mid, id: extensionIds.mid },
      { uri: rid, id: extensionIds.rid },
      { uri: transportCc, id: extensionIds.transportCc },
    ],
    encodings: ssrcs.map((ssrc, index) => (ssrcs.length === 1 ? { ssrc } : { ssrc, rid: `r${index}`, scalabilityMode: 'L1T1' })),
    rtcp: { cname: 'camera' },
  };
}

export const unknownCodec: RtpParameters = {
  ...vp8(77),
  codecs: [{ mimeType: 'video/theora', payloadType: 97, clockRate: 90_000 }],
};

/** Of a client that cannot decode pictures. */
export const soundOnly = (capabilities: RtpCapabilities): RtpCapabilities => ({
  ...capabilities,
  codecs: capabilities.codecs.filter(({ kind }) => kind === 'audio'),
});

/** What a room with a handful of people asks of a worker. */
export const fewPeople: ExpectedLoad = { viewers: 5, pictures: 1 };
