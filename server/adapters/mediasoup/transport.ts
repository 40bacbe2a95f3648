// One client's WebRTC transport: what is published and subscribed on it.
import type { types } from 'mediasoup';
import { type Instant, type TrackId, TransportId } from '../../contract/ids.ts';
import type { DtlsParameters, IceParameters, TransportParameters } from '../../contract/media.ts';
import type { IceState } from '../../contract/reasons.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaTransport, PictureWeight, Published, Subscribed, SubscribeOptions, TransportStats } from '../../ports/media.ts';
import type { Carried } from './carried.ts';
import { subscriberCapabilities, toMediasoup } from './codecs.ts';
import { Flow } from './flow.ts';
import { measured, type PublishedCounters } from './measured.ts';
import { PacketRate } from './packet-rate.ts';
import { consumerUnits, type Limits, units } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import { MediasoupSubscribed, quietly } from './subscribed.ts';

const keyFrameRequestDelayMs = 1000;
/** A path that is not found by then is not there: browsers give up after about as long. */
const connectWithinMs = 15_000;

/** Of 10: about one packet in twenty is missing, and was not sent again in time. */
const strainedFromScore = 8;

/** So long somebody who came in counts as if everything flowed to them already. */
const reservedForMs = 30_000;

type PublishedAs = Omit<PublishedCounters, 'streams'>;

export interface TransportOptions {
  /** Process id of the worker. */
  readonly worker: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits: Pick<Limits, 'consumersPerTransport' | 'producersPerTransport'>;
  readonly iceCandidates: TransportParameters['iceCandidates'];
  /** Consumer units that this transport will likely need; 0 for sending. */
  readonly reserved: number;
  /** Of the room, brought to this router where it is not here; undefined when there is no such track (any more). */
  track(trackId: TrackId): Promise<RoomTrack | undefined>;
  published(track: RoomTrack, audible: boolean): void;
  consumed(trackId: TrackId, consumer: types.Consumer): void;
  tellLevels(producer: types.Producer, hear: (decibels: number) => void): Promise<void>;
  weigh(producer: types.Producer): Promise<PictureWeight | null>;
}

export class MediasoupTransport implements MediaTransport {
  readonly parameters: TransportParameters;
  readonly #transport: types.WebRtcTransport;
  readonly #options: TransportOptions;
  readonly #producers = new Map<types.Producer, PublishedAs>();
  readonly #flows = new Map<types.Consumer, Flow>();
  readonly #openedAt: Instant;
  /** Asked for, not there yet. */
  readonly #coming = { consumers: 0, producers: 0 };
  readonly #strained: (() => void)[] = [];
  #ice: IceState = 'new';
  #connectAskedAt: number | null = null;

  constructor(transport: types.WebRtcTransport, options: TransportOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#openedAt = options.clock.now();
    const look = (): void => this.#look();
    transport.observer.on('icestatechange', look);
    transport.observer.on('dtlsstatechange', look);
    this.parameters = {
      id: TransportId.parse(transport.id),
      iceParameters: transport.iceParameters,
      iceCandidates: options.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
    };
  }

  onStrained(strained: () => void): void {
    this.#strained.push(strained);
  }

  get ice(): IceState {
    const late = this.#connectAskedAt !== null && this.#options.clock.now() - this.#connectAskedAt > connectWithinMs;
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
    this.#connectAskedAt ??= this.#options.clock.now();
    // As DTLS client the browser leaves the choice of the SRTP suite to the worker, whose order begins with AES-GCM.
    if (dtls.role === 'server') throw new Refused('bad-request', 'The client has to be the DTLS client.');
    await this.#attempt(() => this.#transport.connect({ dtlsParameters: { role: 'client', fingerprints: dtls.fingerprints } }));
  }

  restartIce(): Promise<IceParameters> {
    return this.#attempt(() => this.#transport.restartIce());
  }

  async publish(options: Parameters<MediaTransport['publish']>[0]): Promise<Published> {
    const { trackId, kind, source, paused } = options;
    const producer = await this.#within('producers', this.#producers.size, () =>
      this.#attempt(() =>
        this.#transport.produce({
          id: trackId,
          kind,
          rtpParameters: toMediasoup(options.rtpParameters),
          paused,
          ...(kind === 'video' ? { keyFrameRequestDelay: keyFrameRequestDelayMs } : {}),
        }),
      ),
    );
    const { codecs, encodings } = producer.rtpParameters;
    this.#producers.set(producer, { trackId, source, clockRate: codecs[0]?.clockRate ?? 90_000, smallest: encodings?.[0] ?? {} });
    producer.observer.once('close', () => this.#producers.delete(producer));
    const layers = producer.type === 'simulcast' ? (encodings?.length ?? 1) : 1;
    const track = { trackId, producer, mimeType: codecs[0]?.mimeType ?? '', layers, rate: new PacketRate(producer) };
    this.#options.published(track, source === 'microphone');
    return {
      trackId,
      pause: () => quietly(producer, () => producer.pause()),
      resume: () => quietly(producer, () => producer.resume()),
      tellLevels: (hear) => this.#options.tellLevels(producer, hear),
      weigh: () => this.#options.weigh(producer),
      close: () => producer.close(),
    };
  }

  subscribe(options: SubscribeOptions): Promise<Subscribed | null> {
    const { trackId } = options;
    return this.#within('consumers', this.#flows.size, async () => {
      const track = await this.#track(trackId);
      if (track === undefined) return null;
      const subscribed = await this.#consume(track, options);
      if (subscribed !== null || !track.producer.closed) return subscribed;
      // Brought here once, and given up as unused at this very moment: it is brought again.
      const again = await this.#track(trackId);
      return again === undefined ? null : this.#consume(again, options);
    });
  }

  /** Of this transport, in consumer units. */
  carried(now: Instant): Pick<Carried, 'flowing' | 'reserved' | 'packetsPerSecond' | 'consumers'> {
    let flowing = 0;
    let packetsPerSecond = 0;
    for (const producer of this.#producers.keys()) flowing += producer.paused ? units.held : consumerUnits(producer.kind, null);
    for (const flow of this.#flows.values()) {
      flowing += flow.units;
      packetsPerSecond += flow.packetsPerSecond;
    }
    const isNew = now - this.#openedAt < reservedForMs;
    const reserved = isNew ? Math.max(0, this.#options.reserved - flowing) : 0;
    return { flowing, reserved, packetsPerSecond, consumers: this.#flows.size };
  }

  async stats(): Promise<TransportStats> {
    return this.#attempt(async () => {
      // Pictures are reported on every second, sound every five; only pictures in layers are estimated by, and what was estimated before them is old.
      const flowing = [...this.#flows].filter(([, flow]) => flow.flows).map(([consumer]) => consumer);
      const isEstimated = flowing.some(({ type }) => type === 'simulcast');
      const reported = flowing.find(({ kind }) => kind === 'video') ?? flowing[0];
      const receiving = Promise.allSettled([...this.#producers].map(([producer, as]) => countersOf(producer, as)));
      const [[transport], subscription, received] = await Promise.all([this.#transport.getStats(), reported?.getStats(), receiving]);
      return measured({
        worker: this.#options.worker,
        transport,
        subscription,
        isEstimated,
        published: received.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
      });
    });
  }

  close(): void {
    this.#transport.close();
  }

  async #track(trackId: TrackId): Promise<RoomTrack | undefined> {
    try {
      return await this.#options.track(trackId);
    } catch (error) {
      throw this.#transport.closed ? gone() : error;
    }
  }

  async #consume({ trackId, producer, mimeType, layers, rate }: RoomTrack, options: SubscribeOptions): Promise<Subscribed | null> {
    const rtpCapabilities = subscriberCapabilities(options.rtpCapabilities).for({ kind: producer.kind, mimeType, layered: layers > 1 });
    // Asked beforehand, mediasoup needs no error for the ordinary case that a browser lacks a codec.
    if (!rtpCapabilities.codecs?.some((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase())) return null;
    let consumer: types.Consumer;
    try {
      // L24
      const enableRtx = producer.kind === 'video' || options.resendsSound === true;
      consumer = await this.#transport.consume({ producerId: producer.id, rtpCapabilities, paused: true, enableRtx });
    } catch (error) {
      if (producer.closed) return null;
      if (this.#transport.closed) throw gone();
      // mediasoup names this error and no other for codecs that do not meet.
      if (error instanceof Error && error.name === 'UnsupportedError') return null;
      if (error instanceof TypeError) throw new Refused('bad-request', `The RTP capabilities are faulty: ${error.message}`);
      throw error;
    }
    this.#flows.set(consumer, new Flow(consumer, layers, rate));
    consumer.observer.once('close', () => this.#flows.delete(consumer));
    let score = 10;
    consumer.on('score', (told) => {
      const isWorse = told.score < score && told.score <= strainedFromScore;
      score = told.score;
      if (isWorse) for (const tell of this.#strained) tell();
    });
    this.#options.consumed(trackId, consumer);
    return new MediasoupSubscribed(consumer, layers);
  }

  async #within<T>(what: 'consumers' | 'producers', open: number, act: () => Promise<T>): Promise<T> {
    const most = this.#options.limits[`${what}PerTransport`];
    if (open + this.#coming[what] >= most) throw new Refused('too-many-requests', `A transport carries at most ${most} ${what}.`);
    this.#coming[what] += 1;
    try {
      return await act();
    } finally {
      this.#coming[what] -= 1;
    }
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

async function countersOf(producer: types.Producer, as: PublishedAs): Promise<PublishedCounters> {
  return { ...as, streams: await producer.getStats() };
}

function gone(): Refused {
  return new Refused('media-unavailable', 'The transport is closed.');
}
