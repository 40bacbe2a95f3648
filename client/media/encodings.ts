// How each source is encoded: layers, bitrates, sound options.
import type { types } from 'mediasoup-client';
import type { TrackSource } from '../../server/contract/media.ts';

export type ProducerChoices = Pick<types.ProducerOptions, 'encodings' | 'codecOptions' | 'codec'>;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** H264 first: it alone has layers and a recording that every browser plays; VP8 next. */
export function preferredVideoCodec(codecs: readonly types.RtpCodecCapability[]): types.RtpCodecCapability | undefined {
  const named = (mimeType: string) => codecs.find((codec) => codec.mimeType.toLowerCase() === mimeType);
  return named('video/h264') ?? named('video/vp8');
}

/** L24: a lost packet is asked for again; where that would come too late, the next one carries a rough copy of it. */
const mended = { opusFec: true, opusNack: true } as const;

/** L26: of speech in one packet. At the usual 20 ms a quiet voice is more headers than sound. */
const voiceMs = 40;

/** `layered`: whether the browser encodes a screen in two sizes (Chromium does). */
export function choicesFor(
  source: TrackSource,
  size: PictureSize,
  codecs: readonly types.RtpCodecCapability[],
  layered = false,
): ProducerChoices {
  switch (source) {
    case 'microphone':
      return { codecOptions: { ...mended, opusPtime: voiceMs, opusDtx: true, opusStereo: false, opusMaxAverageBitrate: 40_000 } };
    case 'screen-audio':
      // Music and films: no pauses cut out, both channels.
      return { codecOptions: { ...mended, opusDtx: false, opusStereo: true, opusMaxAverageBitrate: 96_000 } };
    case 'camera':
      return withCodec(cameraLayers(size), codecs);
    case 'screen':
      return withCodec(layered ? screenLayers : [screenWhole], codecs);
  }
}

const screenWhole: types.RtpEncodingParameters = { maxBitrate: 2_500_000, maxFramerate: 15 };
/** The smaller one, for lines that carry no more (L1): still to be read, few pictures a second. Measured in H264 and VP8. */
const screenLayers: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 1.5, maxBitrate: 150_000, maxFramerate: 4, scalabilityMode: 'L1T1' },
  { ...screenWhole, scaleResolutionDownBy: 1, scalabilityMode: 'L1T1' },
];

/** Three layers from 960×540 on, below two: Chromium encodes no more. Lowest first. */
export function cameraLayers({ width, height }: PictureSize): types.RtpEncodingParameters[] {
  if (width * height >= 960 * 540) {
    return [
      { scaleResolutionDownBy: 4, maxBitrate: 120_000, scalabilityMode: 'L1T1' },
      { scaleResolutionDownBy: 2, maxBitrate: 400_000, scalabilityMode: 'L1T1' },
      { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T1' },
    ];
  }
  return [
    { scaleResolutionDownBy: 2, maxBitrate: 150_000, scalabilityMode: 'L1T1' },
    { scaleResolutionDownBy: 1, maxBitrate: 600_000, scalabilityMode: 'L1T1' },
  ];
}

function withCodec(encodings: types.RtpEncodingParameters[], codecs: readonly types.RtpCodecCapability[]): ProducerChoices {
  const codec = preferredVideoCodec(codecs);
  const codecOptions = { videoGoogleStartBitrate: 600 };
  return codec ? { encodings, codecOptions, codec } : { encodings, codecOptions };
}
