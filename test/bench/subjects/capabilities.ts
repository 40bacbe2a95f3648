// What a client of the measurements says that it can receive: as Chromium has it, near enough, or without bandwidth estimation.
import type { RtpCapabilities, RtpParameters } from '../../../server/contract/media.ts';
import { type Dress, uris } from '../loadgen/tracks.ts';

const estimation: readonly string[] = ['transport-cc', 'goog-remb', uris.twcc, uris.abs];

export function clientCapabilities({ codecs, headerExtensions }: RtpCapabilities, dress: Dress): RtpCapabilities {
  const isWanted = (name: string): boolean => dress === 'browser' || !estimation.includes(name);
  return {
    codecs: codecs.map((codec) => ({ ...codec, rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => isWanted(type)) })),
    headerExtensions: headerExtensions.filter(({ direction, uri }) => direction !== 'recvonly' && isWanted(uri)),
  };
}

/** The number under which the server sends transport-wide sequence numbers; 0 when it does not. */
export const transportCcOf = ({ headerExtensions }: Pick<RtpParameters, 'headerExtensions'>): number =>
  headerExtensions.find(({ uri }) => uri === uris.twcc)?.id ?? 0;
