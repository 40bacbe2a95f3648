// The part of a room that is on one worker: a router with its transports and the tracks that are published on it.
import type { types } from 'mediasoup';
import type { TrackId } from '../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Carried, nothingCarried } from './carried.ts';
import { mediaCodecs } from './codecs.ts';
import { type Listening, withAllAnnounced } from './listen-infos.ts';
import type { Limits } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import { MediasoupTransport } from './transport.ts';
import { weigh } from './weighing.ts';
import type { LiveWorker } from './workers.ts';

/**
 * Where the estimation of a viewer's line begins: enough for a camera's middle layer and the sound, which nearly every line carries; from
 * there it finds the rest within seconds.
 */
const firstOutgoingBps = 1_000_000;
/**
 * RFC 7675 allows 30 seconds. Browsers ask for consent every two to six; half of the time still survives several lost checks, and lets a
 * path that is gone be known by the time that the heartbeat of the socket notices.
 */
const consentSeconds = 15;

export interface PartOptions {
  readonly live: LiveWorker;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly listening: Listening;
  /** What is kept free for somebody who comes to receive. */
  readonly viewerUnits: number;
  /** The worker died. Not called once the part is closed. */
  failed(): void;
  /** Of the whole room, as this router has it. */
  track(trackId: TrackId, on: RoomPart): Promise<RoomTrack | undefined>;
  published(track: RoomTrack, on: RoomPart, audible: boolean): void;
  tellLevels(router: types.Router, producer: types.Producer, hear: (decibels: number) => void): Promise<void>;
}

export class RoomPart {
  readonly router: types.Router;
  readonly #options: PartOptions;
  readonly #leave: () => void;
  readonly #transports = new Set<MediasoupTransport>();
  readonly #published = new Set<RoomTrack>();
  readonly #uses = new Map<TrackId, number>();

  private constructor(options: PartOptions, router: types.Router, leave: () => void) {
    this.#options = options;
    this.router = router;
    this.#leave = leave;
  }

  /** Rejects when the worker does not do it. */
  static async open(options: PartOptions): Promise<RoomPart> {
    const { worker, users } = options.live;
    let isOpen = false;
    const user = {
      failed: (): void => {
        if (isOpen) options.failed();
      },
    };
    users.add(user);
    try {
      const router = await worker.createRouter({ mediaCodecs });
      isOpen = true;
      return new RoomPart(options, router, () => users.delete(user));
    } catch (error) {
      users.delete(user);
      throw error;
    }
  }

  async openTransport(direction: 'send' | 'receive'): Promise<MediasoupTransport> {
    const { live, clock, limits, listening, viewerUnits } = this.#options;
    const options = { webRtcServer: live.server, enableUdp: true, enableTcp: true, preferUdp: true, iceConsentTimeout: consentSeconds };
    const isViewer = direction === 'receive';
    const transport = await this.router.createWebRtcTransport(
      isViewer ? { ...options, initialAvailableOutgoingBitrate: firstOutgoingBps } : options,
    );
    const opened = new MediasoupTransport(transport, {
      clock,
      limits,
      worker: live.worker.pid,
      iceCandidates: withAllAnnounced(listening, transport.iceCandidates),
      reserved: isViewer ? viewerUnits : 0,
      track: (trackId) => this.#options.track(trackId, this),
      published: (track, audible) => this.#add(track, audible),
      consumed: (trackId, consumer) => this.consumed(trackId, consumer),
      tellLevels: (producer, hear) => this.#options.tellLevels(this.router, producer, hear),
      weigh: (producer) => weigh({ router: this.router, producer, clock }),
    });
    this.#transports.add(opened);
    transport.observer.once('close', () => this.#transports.delete(opened));
    return opened;
  }

  /** Somebody receives the track through this router: as long as so, it stays here. */
  consumed(trackId: TrackId, consumer: types.Consumer): void {
    this.#uses.set(trackId, (this.#uses.get(trackId) ?? 0) + 1);
    consumer.observer.once('close', () => {
      const left = (this.#uses.get(trackId) ?? 0) - 1;
      if (left > 0) this.#uses.set(trackId, left);
      else this.#uses.delete(trackId);
    });
  }

  uses(trackId: TrackId): boolean {
    return this.#uses.has(trackId);
  }

  get published(): Iterable<RoomTrack> {
    return this.#published;
  }

  carried(): Carried {
    const sum = { ...nothingCarried, rooms: 1, transports: this.#transports.size, producers: this.#published.size };
    for (const { rate } of this.#published) sum.packetsPerSecond += rate.received;
    const now = this.#options.clock.now();
    for (const transport of this.#transports) {
      const { flowing, reserved, packetsPerSecond, consumers } = transport.carried(now);
      sum.flowing += flowing;
      sum.reserved += reserved;
      sum.packetsPerSecond += packetsPerSecond;
      sum.consumers += consumers;
    }
    return sum;
  }

  /** Safe twice. */
  close(): void {
    this.#leave();
    this.router.close();
  }

  #add(track: RoomTrack, audible: boolean): void {
    this.#published.add(track);
    track.producer.observer.once('close', () => this.#published.delete(track));
    this.#options.published(track, this, audible);
  }
}
