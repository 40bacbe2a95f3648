// Receives what the server offers: pictures to be shown by tiles, voices to be played.
import type { types } from 'mediasoup-client';
import type { ConsumerId, ParticipantId } from '../../server/contract/ids.ts';
import type { IceParameters, KeptSubscription, KeptTransport, Subscription, TrackSource } from '../../server/contract/media.ts';
import { ask, type Call } from './calls.ts';
import type { Observable } from './observable.ts';
import { isSentAgain, LateSound } from './resent-sound.ts';
import { capabilitiesToWire, fromWire, type IceServers } from './shapes.ts';
import type { SoundOut } from './sound.ts';
import { type GivenTransport, openTransport, type TendedTransport, type TransportEvents } from './transports.ts';

export interface Picture {
  readonly stream: MediaStream;
  /** False while its owner has paused it or the server holds it back. */
  readonly flowing: boolean;
}

export type Pictures = ReadonlyMap<string, Picture>;

export function pictureKey(participantId: ParticipantId, source: TrackSource): string {
  return `${participantId} ${source}`;
}

interface Received {
  readonly consumer: types.Consumer;
  readonly key: string;
}

export class Receiver {
  readonly #call: Call;
  readonly #device: types.Device;
  readonly #pictures: Observable<Pictures>;
  readonly #sound: SoundOut;
  readonly #received = new Map<ConsumerId, Received>();
  /** Offered, and being taken up. */
  readonly #taking = new Set<ConsumerId>();
  /** Told about before the consumer was ready. */
  readonly #withdrawn = new Set<ConsumerId>();
  readonly #stopped = new Set<ConsumerId>();
  readonly #waitToBeReady: ConsumerId[] = [];
  readonly #lateSound = new LateSound(() => this.stats());
  #tended: TendedTransport | undefined;
  #closed = false;
  /** The server may offer before its answer about the transport has arrived. */
  readonly #opened: Promise<void>;
  #hasOpened: () => void = () => undefined;

  constructor(options: { call: Call; device: types.Device; pictures: Observable<Pictures>; sound: SoundOut }) {
    this.#call = options.call;
    this.#device = options.device;
    this.#pictures = options.pictures;
    this.#sound = options.sound;
    this.#opened = new Promise((resolve) => {
      this.#hasOpened = resolve;
    });
  }

  /** `given`: what the answer to the join brought; the server knows then what this device can decode. */
  async open(iceServers: IceServers, given: GivenTransport | undefined, events: TransportEvents): Promise<void> {
    const tended = await openTransport({ call: this.#call, device: this.#device, iceServers, direction: 'receive', given, ...events });
    if (this.#closed) {
      tended.close();
      return;
    }
    this.#tended = tended;
    this.#hasOpened();
    if (!given) await ask(this.#call, 'media:receive', { rtpCapabilities: capabilitiesToWire(this.#device.recvRtpCapabilities) });
  }

  async offered(subscription: Subscription): Promise<void> {
    const { consumerId } = subscription;
    await this.#opened;
    const transport = this.#tended?.transport;
    if (!transport || transport.closed || this.#has(consumerId) || this.#withdrawn.delete(consumerId)) return;
    this.#taking.add(consumerId);
    try {
      await this.#take(transport, subscription);
    } finally {
      this.#taking.delete(consumerId);
    }
  }

  async #take(transport: types.Transport, subscription: Subscription): Promise<void> {
    const { consumerId, trackId, participantId, source, kind } = subscription;
    const consumer = await transport.consume({
      id: consumerId,
      producerId: trackId,
      kind,
      rtpParameters: fromWire(subscription.rtpParameters),
      // Picture and sound of one source share a stream, so that the browser keeps them in step.
      streamId: `${participantId}-${source === 'screen-audio' || source === 'screen' ? 'screen' : 'person'}`,
    });
    if (this.#closed || this.#withdrawn.delete(consumerId)) {
      consumer.close();
      return;
    }
    const key = pictureKey(participantId, source);
    this.#received.set(consumerId, { consumer, key });
    if (isSentAgain(subscription) && consumer.rtpReceiver) this.#lateSound.add(consumerId, consumer.rtpReceiver);
    if (kind === 'audio') this.#sound.add(consumerId, consumer.track);
    else this.#show(key, { stream: new MediaStream([consumer.track]), flowing: !this.#stopped.has(consumerId) });
    this.#ready(consumerId);
  }

  /** Those who become ready in one turn are told together. */
  #ready(consumerId: ConsumerId): void {
    this.#waitToBeReady.push(consumerId);
    if (this.#waitToBeReady.length > 1) return;
    setTimeout(() => {
      const consumerIds = this.#waitToBeReady.splice(0);
      void this.#tellReady(consumerIds);
    });
  }

  async #tellReady(consumerIds: ConsumerId[]): Promise<void> {
    const ready = await this.#call('media:ready', { consumerIds });
    // Withdrawn meanwhile, or an offer for the transport before this one.
    if (ready.ok) for (const consumerId of ready.value.unknown) this.withdrawn(consumerId);
  }

  withdrawn(consumerId: ConsumerId): void {
    const received = this.#received.get(consumerId);
    this.#stopped.delete(consumerId);
    if (!received) {
      this.#withdrawn.add(consumerId);
      return;
    }
    this.#received.delete(consumerId);
    this.#sound.remove(consumerId);
    this.#lateSound.remove(consumerId);
    this.#hide(received);
    received.consumer.close();
  }

  flow(consumerId: ConsumerId, flowing: boolean): void {
    if (flowing) this.#stopped.delete(consumerId);
    else this.#stopped.add(consumerId);
    const received = this.#received.get(consumerId);
    if (!received) return;
    const picture = this.#pictures.value.get(received.key);
    if (picture && this.#owns(received) && picture.flowing !== flowing) this.#show(received.key, { ...picture, flowing });
  }

  /** What the browser knows of the way in; undefined while there is none. */
  stats(): Promise<RTCStatsReport> | undefined {
    return this.#tended?.transport.getStats();
  }

  /** What is here, or about to be. */
  known(): readonly ConsumerId[] {
    return [...this.#received.keys(), ...this.#taking];
  }

  /** L21: takes up what changed while nothing could be heard of the server; `known` was here when it was asked. False when it holds another transport, or none. */
  async takeUp(kept: KeptTransport | null, subscriptions: readonly KeptSubscription[], known: readonly ConsumerId[]): Promise<boolean> {
    if (kept === null || kept.id !== this.#tended?.id) return false;
    void this.lookWith(kept.iceParameters);
    const holds = new Set(subscriptions.map(({ consumerId }) => consumerId));
    for (const consumerId of known) if (!holds.has(consumerId)) this.withdrawn(consumerId);
    for (const { consumerId, flowing } of subscriptions) this.flow(consumerId, flowing);
    // That it was ready may not have been heard.
    for (const { consumerId } of subscriptions) if (this.#received.has(consumerId)) this.#ready(consumerId);
    await Promise.all(subscriptions.map((subscription) => this.offered(subscription)));
    return true;
  }

  async lookWith(ice: IceParameters): Promise<void> {
    await this.#tended?.lookWith(ice);
  }

  close(): void {
    this.#closed = true;
    this.#hasOpened();
    for (const consumerId of [...this.#received.keys()]) this.withdrawn(consumerId);
    this.#tended?.close();
  }

  #has(consumerId: ConsumerId): boolean {
    return this.#received.has(consumerId) || this.#taking.has(consumerId);
  }

  #show(key: string, picture: Picture): void {
    this.#pictures.set(new Map(this.#pictures.value).set(key, picture));
  }

  #hide(received: Received): void {
    if (received.consumer.kind === 'audio' || !this.#owns(received)) return;
    const pictures = new Map(this.#pictures.value);
    pictures.delete(received.key);
    this.#pictures.set(pictures);
  }

  /** A newer consumer of the same source may have taken the place already. */
  #owns({ key, consumer }: Received): boolean {
    return this.#pictures.value.get(key)?.stream.getTracks().includes(consumer.track) === true;
  }
}
