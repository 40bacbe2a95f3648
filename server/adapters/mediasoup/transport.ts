// One client's WebRTC transport: what is published and subscribed on it.
import type { types } from 'mediasoup';
import { ConsumerId, type TrackId, TransportId } from '../../contract/ids.ts';
import type { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters, TransportParameters } from '../../contract/media.ts';
import type { IceState } from '../../contract/reasons.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaTransport, Published, Subscribed, TransportListener, TransportStats } from '../../ports/media.ts';
import { subscriberCapabilities, toContract, toMediasoup } from './codecs.ts';

const keyFrameRequestDelayMs = 1000;
/** A path that is not found by then is not there: browsers give up after about as long. */
const connectWithinMs = 15_000;

/** The tracks of the room that the transport belongs to. */
export interface RoomTracks {
  track(trackId: TrackId): RoomTrack | undefined;
  add(trackId: TrackId, track: RoomTrack, audible: boolean): void;
}

/** mediasoup copies a producer's parameters at every look; what each subscription asks for is kept beside. */
export interface RoomTrack {
  readonly producer: types.Producer;
  readonly mimeType: string;
  readonly layers: number;
}

export class MediasoupTransport implements MediaTransport {
  readonly parameters: TransportParameters;
  readonly #transport: types.WebRtcTransport;
  readonly #tracks: RoomTracks;
  readonly #producers = new Set<types.Producer>();
  readonly #consumers = new Set<types.Consumer>();
  readonly #clock: Pick<Clock, 'now'>;
  #ice: IceState = 'new';
  #connectAskedAt: number | null = null;

  constructor(transport: types.WebRtcTransport, tracks: RoomTracks, clock: Pick<Clock, 'now'>) {
    this.#transport = transport;
    this.#tracks = tracks;
    this.#clock = clock;
    const look = (): void => this.#look();
    transport.observer.on('icestatechange', look);
    transport.observer.on('dtlsstatechange', look);
    this.parameters = {
      id: TransportId.parse(transport.id),
      iceParameters: transport.iceParameters,
      iceCandidates: transport.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
    };
  }

  listen(listener: TransportListener): void {
    let up = false;
    const look = (): void => {
      const { iceState, dtlsState } = this.#transport;
      const now = dtlsState === 'connected' && (iceState === 'connected' || iceState === 'completed');
      const lost = iceState === 'disconnected' || dtlsState === 'failed' || dtlsState === 'closed';
      if (now && !up) listener.connected();
      if (lost && up) listener.disconnected();
      if (now || lost) up = now;
    };
    this.#transport.on('icestatechange', look);
    this.#transport.on('dtlsstatechange', look);
  }

  get ice(): IceState {
    const late = this.#connectAskedAt !== null && this.#clock.now() - this.#connectAskedAt > connectWithinMs;
    return this.#ice === 'new' && late ? 'failed' : this.#ice;
  }

  #look(): void {
    const { iceState, dtlsState } = this.#transport;
    // What it was before it was closed is what counts.
    if (iceState === 'closed') return;
    if (dtlsState === 'failed') this.#ice = 'failed';
    else if (iceState === 'disconnected' || dtlsState === 'closed') this.#ice = 'disconnected';
    else this.#ice = iceState === 'new' ? 'new' : 'connected';
  }

  async connect(dtls: DtlsParameters): Promise<void> {
    this.#connectAskedAt ??= this.#clock.now();
    // As DTLS client the browser leaves the choice of the SRTP suite to the worker, whose order begins with AES-GCM.
    if (dtls.role === 'server') throw new Refused('bad-request', 'The client has to be the DTLS client.');
    await this.#attempt(() => this.#transport.connect({ dtlsParameters: { role: 'client', fingerprints: dtls.fingerprints } }));
  }

  restartIce(): Promise<IceParameters> {
    return this.#attempt(() => this.#transport.restartIce());
  }

  async publish(options: Parameters<MediaTransport['publish']>[0]): Promise<Published> {
    const { trackId, kind, source, paused } = options;
    const producer = await this.#attempt(() =>
      this.#transport.produce({
        id: trackId,
        kind,
        rtpParameters: toMediasoup(options.rtpParameters),
        paused,
        ...(kind === 'video' ? { keyFrameRequestDelay: keyFrameRequestDelayMs } : {}),
      }),
    );
    this.#producers.add(producer);
    producer.observer.once('close', () => this.#producers.delete(producer));
    const { codecs, encodings } = producer.rtpParameters;
    const layers = producer.type === 'simulcast' ? (encodings?.length ?? 1) : 1;
    this.#tracks.add(trackId, { producer, mimeType: codecs[0]?.mimeType ?? '', layers }, source === 'microphone');
    return {
      trackId,
      pause: () => quietly(producer, () => producer.pause()),
      resume: () => quietly(producer, () => producer.resume()),
      close: () => producer.close(),
    };
  }

  async subscribe(options: { readonly trackId: TrackId; readonly rtpCapabilities: RtpCapabilities }): Promise<Subscribed | null> {
    const track = this.#tracks.track(options.trackId);
    if (track === undefined) return null;
    const { producer, mimeType, layers } = track;
    const rtpCapabilities = subscriberCapabilities(options.rtpCapabilities).for({ kind: producer.kind, mimeType, layered: layers > 1 });
    // Asked beforehand, mediasoup needs no error for the ordinary case that a browser lacks a codec.
    if (!rtpCapabilities.codecs?.some((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase())) return null;
    let consumer: types.Consumer;
    try {
      consumer = await this.#transport.consume({ producerId: producer.id, rtpCapabilities, paused: true });
    } catch (error) {
      if (producer.closed) return null;
      if (this.#transport.closed) throw gone();
      // mediasoup names this error and no other for codecs that do not meet.
      if (error instanceof Error && error.name === 'UnsupportedError') return null;
      if (error instanceof TypeError) throw new Refused('bad-request', `The RTP capabilities are faulty: ${error.message}`);
      throw error;
    }
    this.#consumers.add(consumer);
    consumer.observer.once('close', () => this.#consumers.delete(consumer));
    return new MediasoupSubscribed(consumer, layers);
  }

  async stats(): Promise<TransportStats> {
    return this.#attempt(async () => {
      const flowing = [...this.#consumers].find((consumer) => !consumer.paused && !consumer.producerPaused);
      const receiving = Promise.allSettled([...this.#producers].map((producer) => producer.getStats()));
      const [[transport], of, received] = await Promise.all([this.#transport.getStats(), flowing?.getStats(), receiving]);
      const streams = received.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
      const sent = of?.find(({ type }) => type === 'outbound-rtp');
      const roundTripMs = sent?.roundTripTime ?? 0;
      return {
        bytesIn: transport?.bytesReceived ?? 0,
        bytesOut: transport?.bytesSent ?? 0,
        packetsIn: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
        packetsLostIn: streams.reduce((sum, { packetsLost }) => sum + Math.max(0, packetsLost), 0),
        bpsIn: transport?.recvBitrate ?? 0,
        bpsOut: transport?.sendBitrate ?? 0,
        lossIn: transport?.rtpPacketLossReceived ?? 0,
        // Without transport-cc towards this client only its receiver reports tell (RFC 3550: 256ths).
        lossOut: transport?.rtpPacketLossSent ?? (sent?.fractionLost ?? 0) / 256,
        roundTripMs: roundTripMs > 0 ? roundTripMs : null,
        availableBps: transport?.availableOutgoingBitrate ?? null,
      };
    });
  }

  close(): void {
    this.#transport.close();
  }

  async #attempt<T>(act: () => Promise<T>): Promise<T> {
    if (this.#transport.closed) throw gone();
    try {
      return await act();
    } catch (error) {
      if (this.#transport.closed) throw gone();
      if (error instanceof Refused) throw error;
      // The worker and mediasoup's own checks refuse a client's parameters with plain errors.
      throw new Refused('bad-request', `The media engine refused: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

class MediasoupSubscribed implements Subscribed {
  readonly consumerId: ConsumerId;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: RtpParameters;
  readonly layers: number;
  readonly #consumer: types.Consumer;
  #wanted: { readonly spatialLayer: number; readonly temporalLayer: number | null } | null = null;

  constructor(consumer: types.Consumer, layers: number) {
    this.#consumer = consumer;
    this.consumerId = ConsumerId.parse(consumer.id);
    this.kind = consumer.kind;
    this.rtpParameters = toContract(consumer.rtpParameters);
    this.layers = layers;
  }

  pause(): Promise<void> {
    return quietly(this.#consumer, () => this.#consumer.pause());
  }

  resume(): Promise<void> {
    return quietly(this.#consumer, () => this.#consumer.resume());
  }

  async setLayer(spatial: number, temporal?: number): Promise<void> {
    const spatialLayer = Math.max(0, Math.min(spatial, this.layers - 1));
    const temporalLayer = temporal ?? null;
    if (this.layers === 1 || (spatialLayer === this.#wanted?.spatialLayer && temporalLayer === this.#wanted.temporalLayer)) return;
    this.#wanted = { spatialLayer, temporalLayer };
    const layers = { spatialLayer, ...(temporalLayer === null ? {} : { temporalLayer }) };
    await quietly(this.#consumer, () => this.#consumer.setPreferredLayers(layers));
  }

  close(): void {
    this.#consumer.close();
  }
}

/** What has just closed needs neither pause nor resume. */
async function quietly(target: { readonly closed: boolean }, act: () => Promise<void>): Promise<void> {
  if (target.closed) return;
  try {
    await act();
  } catch (error) {
    if (!target.closed) throw error;
  }
}

function gone(): Refused {
  return new Refused('media-unavailable', 'The transport is closed.');
}
