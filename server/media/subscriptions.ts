// What one client receives: offered paused, flowing once the client is ready, paused and later withdrawn when it is not wanted any more.
import type { ConsumerId, Instant, TrackId } from '../contract/ids.ts';
import type { KeptSubscription, RtpCapabilities, Subscription } from '../contract/media.ts';
import type { Notice } from '../contract/notices.ts';
import type { MediaTransport, Subscribed } from '../ports/media.ts';
import { layerOf } from './layers.ts';
import type { OfferedTrack, Want } from './wanted.ts';

/** Kept paused so long before it is withdrawn: a speaker who comes back, a page turned back, start at once. */
export const keptMs = 20_000;

interface Held {
  track: OfferedTrack;
  want: Want | null;
  unwantedSince: Instant;
  subscribed: Subscribed | null;
  /** The client has acknowledged the offer. */
  ready: boolean;
  /** What the engine was last told. */
  flows: boolean;
  /** What the client was last told; without a word it takes what it acknowledged to flow. */
  told: boolean;
  busy: boolean;
  closed: boolean;
  /** Goes on flowing until this one is ready: the same sound, not sent again when it is lost. */
  before: Held | null;
}

export interface SubscriptionsOptions {
  readonly transport: MediaTransport;
  readonly rtpCapabilities: RtpCapabilities;
  /** The line is known to lose packets. */
  readonly resendsSound: boolean;
  now(): Instant;
  tell(notice: Notice): void;
  /** A fault of one subscription, already contained. */
  failed(error: unknown): void;
}

export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #held = new Map<TrackId, Held>();
  readonly #byConsumer = new Map<ConsumerId, Held>();
  /** Tracks that this client cannot decode. */
  readonly #impossible = new Set<TrackId>();
  #resendsSound: boolean;
  #closed = false;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.#resendsSound = options.resendsSound;
  }

  get size(): number {
    return this.#byConsumer.size;
  }

  reconcile(wanted: ReadonlyMap<TrackId, Want>): void {
    if (this.#closed) return;
    for (const want of wanted.values()) {
      const held = this.#held.get(want.track.trackId);
      if (held === undefined) {
        if (!this.#impossible.has(want.track.trackId)) void this.#offer(want);
        continue;
      }
      held.want = want;
      held.track = want.track;
      void this.#settle(held);
    }
    for (const held of this.#held.values()) {
      if (held.want === null || wanted.has(held.track.trackId)) continue;
      held.want = null;
      held.unwantedSince = this.#options.now();
      void this.#settle(held);
    }
  }

  /** Answers what was never offered or is withdrawn. */
  async ready(consumerIds: readonly ConsumerId[]): Promise<ConsumerId[]> {
    const known = consumerIds.flatMap((consumerId) => this.#byConsumer.get(consumerId) ?? []);
    for (const held of known) held.ready = true;
    await Promise.all(known.map((held) => this.#settle(held)));
    for (const held of known) this.#dropBefore(held);
    return consumerIds.filter((consumerId) => !this.#byConsumer.has(consumerId));
  }

  /** L24: from now on; what flows already is replaced without a gap. */
  resendSound(): void {
    if (this.#resendsSound || this.#closed) return;
    this.#resendsSound = true;
    for (const held of [...this.#held.values()]) {
      if (held.subscribed?.kind !== 'audio') continue;
      if (held.want === null) this.withdraw(held.track.trackId);
      else void this.#offer(held.want, held);
    }
  }

  /** All that the client has, or is about to have. */
  kept(): KeptSubscription[] {
    return [...this.#byConsumer.values()].flatMap((held) => {
      if (held.subscribed === null) return [];
      held.told = flowsTo(held) && held.track.live;
      return [{ ...subscriptionOf(held.track, held.subscribed), flowing: held.told }];
    });
  }

  withdraw(trackId: TrackId): void {
    this.#impossible.delete(trackId);
    const held = this.#held.get(trackId);
    if (held === undefined) return;
    this.#held.delete(trackId);
    this.#dropBefore(held);
    this.#drop(held);
  }

  withdrawUnwanted(): void {
    const before = this.#options.now() - keptMs;
    for (const held of [...this.#held.values()]) if (held.want === null && held.unwantedSince <= before) this.withdraw(held.track.trackId);
  }

  /** The transport is closed with all that is on it; the client is told nothing. Safe twice. */
  close(): void {
    this.#closed = true;
    for (const held of this.#held.values()) {
      held.closed = true;
      if (held.before !== null) held.before.closed = true;
    }
    this.#held.clear();
    this.#byConsumer.clear();
  }

  async #offer(want: Want, before: Held | null = null): Promise<void> {
    const { transport, rtpCapabilities, tell, failed } = this.#options;
    const { track } = want;
    const held: Held = {
      track,
      want,
      unwantedSince: 0,
      subscribed: null,
      ready: false,
      flows: false,
      told: true,
      busy: false,
      closed: false,
      before,
    };
    this.#held.set(track.trackId, held);
    try {
      const subscribed = await transport.subscribe({ trackId: track.trackId, rtpCapabilities, resendsSound: this.#resendsSound });
      if (held.closed) return subscribed?.close();
      if (subscribed === null) {
        this.#notToBeHad(held);
        return;
      }
      held.subscribed = subscribed;
      this.#byConsumer.set(subscribed.consumerId, held);
      tell({ type: 'media-offered', subscription: subscriptionOf(track, subscribed) });
    } catch (error) {
      if (held.closed) return;
      this.#notToBeHad(held);
      failed(error);
    }
  }

  /** Tried again only with a new receive transport or after a new publication: what fails once would fail at every change in the room. */
  #notToBeHad({ track: { trackId }, before }: Held): void {
    if (before === null) {
      this.#held.delete(trackId);
      this.#impossible.add(trackId);
    } else {
      this.#held.set(trackId, before);
    }
  }

  #dropBefore(held: Held): void {
    if (held.before !== null) this.#drop(held.before);
    held.before = null;
  }

  #drop(held: Held): void {
    held.closed = true;
    const { subscribed } = held;
    if (subscribed === null) return;
    this.#byConsumer.delete(subscribed.consumerId);
    subscribed.close();
    this.#options.tell({ type: 'media-withdrawn', consumerId: subscribed.consumerId });
  }

  /** Brings the engine to what is wanted; one step at a time for each subscription, so that the last wish wins. */
  async #settle(held: Held): Promise<void> {
    const { subscribed } = held;
    if (subscribed === null || !held.ready || held.closed) return;
    this.#tellFlow(held, subscribed);
    if (held.busy) return;
    held.busy = true;
    try {
      for (let tile = held.want?.tile; !held.closed; tile = held.want?.tile) {
        const flows = flowsTo(held);
        if (tile) await subscribed.setLayer(layerOf(tile, subscribed.layers));
        if (held.flows !== flows && !held.closed) {
          await (flows ? subscribed.resume() : subscribed.pause());
          held.flows = flows;
        }
        if (held.flows === flowsTo(held) && tile === held.want?.tile) break;
      }
    } catch (error) {
      if (!held.closed) this.#options.failed(error);
    } finally {
      held.busy = false;
    }
  }

  #tellFlow(held: Held, subscribed: Subscribed): void {
    const flowing = flowsTo(held) && held.track.live;
    if (held.told === flowing) return;
    held.told = flowing;
    this.#options.tell({ type: 'media-flow', consumerId: subscribed.consumerId, flowing });
  }
}

function flowsTo({ want }: Held): boolean {
  return want?.flows === true;
}

function subscriptionOf({ trackId, participantId, source }: OfferedTrack, { consumerId, kind, rtpParameters }: Subscribed): Subscription {
  return { consumerId, trackId, participantId, source, kind, rtpParameters };
}
