// From the engine's own counters to what the classroom is told of one transport.
import type { types } from 'mediasoup';
import type { TrackId } from '../../contract/ids.ts';
import type { TrackSource } from '../../contract/media.ts';
import type { TrackStats, TransportStats } from '../../ports/media.ts';

export interface PublishedCounters {
  readonly trackId: TrackId;
  readonly source: TrackSource;
  readonly clockRate: number;
  /** How its smallest layer is told apart. */
  readonly smallest: Pick<types.RtpEncodingParameters, 'ssrc' | 'rid'>;
  /** One for each layer that ever came. */
  readonly streams: readonly types.ProducerStat[];
}

interface Counters {
  readonly worker: number;
  readonly transport: types.WebRtcTransportStat | undefined;
  /** Of the subscription that is reported on most often; undefined where nothing flows. */
  readonly subscription: readonly (types.ConsumerStat | types.ProducerStat)[] | undefined;
  /** Whether pictures in layers flow: only by them a line is estimated. */
  readonly isEstimated: boolean;
  readonly published: readonly PublishedCounters[];
}

export function measured({ worker, transport, subscription, isEstimated, published }: Counters): TransportStats {
  const sent = subscription?.find(({ type }) => type === 'outbound-rtp');
  const came = subscription?.find(({ type }) => type === 'inbound-rtp');
  const streams = published.flatMap((track) => track.streams);
  const roundTripMs = sent?.roundTripTime ?? 0;
  return {
    worker,
    bytesIn: transport?.bytesReceived ?? 0,
    bytesOut: transport?.bytesSent ?? 0,
    packetsIn: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    packetsLostIn: streams.reduce((sum, { packetsLost }) => sum + Math.max(0, packetsLost), 0),
    bpsIn: transport?.recvBitrate ?? 0,
    bpsOut: transport?.sendBitrate ?? 0,
    lossIn: transport?.rtpPacketLossReceived ?? 0,
    // Without transport-cc towards this client only its receiver reports tell (RFC 3550: 256ths); what was missing when it came here is not its line's loss.
    lossOut:
      (isEstimated ? transport?.rtpPacketLossSent : undefined) ?? Math.max(0, (sent?.fractionLost ?? 0) - (came?.fractionLost ?? 0)) / 256,
    roundTripMs: roundTripMs > 0 ? roundTripMs : null,
    availableBps: (isEstimated ? transport?.availableOutgoingBitrate : undefined) ?? null,
    path: pathOf(transport),
    tracks: published.map(trackStats),
  };
}

function pathOf(transport: types.WebRtcTransportStat | undefined): TransportStats['path'] {
  const tuple = transport?.iceSelectedTuple;
  return tuple === undefined ? null : { protocol: tuple.protocol, remoteAddress: tuple.remoteIp ?? null };
}

/** Layers that rest would hide how the others are: the best one counts. */
function trackStats({ trackId, source, clockRate, smallest, streams }: PublishedCounters): TrackStats {
  const best = streams.toSorted((a, b) => b.score - a.score || b.packetCount - a.packetCount)[0];
  const isSmallest = ({ rid, ssrc }: types.ProducerStat): boolean => (rid === undefined ? ssrc === smallest.ssrc : rid === smallest.rid);
  return {
    trackId,
    source,
    smallestBytes: (streams.find(isSmallest) ?? streams[0])?.byteCount ?? 0,
    bytes: streams.reduce((sum, { byteCount }) => sum + byteCount, 0),
    packets: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    score: best?.score ?? null,
    jitterMs: best === undefined ? null : (best.jitter / clockRate) * 1000,
  };
}
