// One room on the media workers: where its people are put, its tracks wherever they are published, and who is audible.
import type { types } from 'mediasoup';
import type { Instant, LessonId, TrackId } from '../../contract/ids.ts';
import type { RtpCapabilities } from '../../contract/media.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExpectedLoad, MediaRoom, MediaRoomListener, MediaTransport } from '../../ports/media.ts';
import type { RecordingTap, TapSteering } from '../../ports/tap.ts';
import { UdpTap } from '../../recording/capture/udp-tap.ts';
import { type Carried, nothingCarried } from './carried.ts';
import type { Fleet } from './fleet.ts';
import { RoomLevels } from './levels.ts';
import type { Listening } from './listen-infos.ts';
import { loopbackInfo } from './loopback.ts';
import { RoomPart } from './part.ts';
import { RoomPipes } from './pipes.ts';
import { outstanding, shareOf, viewerUnits } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import { MediasoupTap } from './tap.ts';
import type { LiveWorker, WorkerLog } from './workers.ts';

export interface MediasoupRoomOptions {
  readonly lessonId: LessonId;
  readonly expected: ExpectedLoad;
  readonly rtpCapabilities: RtpCapabilities;
  readonly fleet: Fleet;
  readonly listening: Listening;
  readonly clock: Clock;
  readonly log: WorkerLog;
}

export class MediasoupRoom implements MediaRoom {
  readonly lessonId: LessonId;
  readonly rtpCapabilities: RtpCapabilities;
  readonly #options: MediasoupRoomOptions;
  readonly #openedAt: Instant;
  readonly #listenInfo: types.TransportListenInfo;
  readonly #listeners: MediaRoomListener[] = [];
  /** In the order in which the room came to them; the first is where it began. */
  readonly #parts = new Map<LiveWorker, RoomPart>();
  readonly #opening = new Map<LiveWorker, Promise<RoomPart>>();
  /** How many are just being let on to a worker. */
  readonly #arriving = new Map<LiveWorker, number>();
  readonly #tracks = new Map<TrackId, { readonly track: RoomTrack; readonly part: RoomPart }>();
  readonly #levels: RoomLevels;
  readonly #pipes: RoomPipes;
  readonly #first: LiveWorker;
  #closed = false;

  private constructor(options: MediasoupRoomOptions, first: LiveWorker) {
    const { clock, log, listening } = options;
    this.lessonId = options.lessonId;
    this.rtpCapabilities = options.rtpCapabilities;
    this.#options = options;
    this.#first = first;
    this.#openedAt = clock.now();
    this.#listenInfo = loopbackInfo(listening.portBase);
    this.#pipes = new RoomPipes({ clock, log, listenInfo: this.#listenInfo });
    this.#levels = new RoomLevels({
      clock,
      tell: (volumes) => {
        for (const listener of this.#listeners) listener.volumes(volumes);
      },
    });
  }

  /** Counted on its worker from the first moment, so that rooms opened together spread. Throws `Refused('media-unavailable')`. */
  static async open(options: MediasoupRoomOptions): Promise<MediasoupRoom> {
    const first = options.fleet.forRoom();
    if (first === undefined) throw new Refused('media-unavailable', 'No media worker is alive just now.');
    const room = new MediasoupRoom(options, first);
    options.fleet.rooms.add(room);
    try {
      await room.#part(first);
    } catch (error) {
      room.close();
      throw error;
    }
    return room;
  }

  listen(listener: MediaRoomListener): void {
    this.#listeners.push(listener);
  }

  async openTransport(direction: 'send' | 'receive', forWhom: 'anybody' | 'leading' = 'anybody'): Promise<MediaTransport> {
    this.#checkOpen();
    const { fleet, expected } = this.#options;
    const viewing = direction === 'receive' ? fleet.forViewer(this, viewerUnits(expected)) : undefined;
    const live = viewing ?? (direction === 'send' || forWhom === 'leading' ? fleet.forPublisher(this) : undefined);
    if (live === undefined) throw new Refused('media-unavailable', 'Every media worker carries as much as it can.');
    this.#arrive(live, 1);
    try {
      // A worker that the room had not come to yet, and that fails, takes nothing from it.
      const part = await this.#part(live).catch(() => this.#firstPart());
      return await this.#attempt(part, () => part.openTransport(direction));
    } finally {
      this.#arrive(live, -1);
    }
  }

  async openTap(): Promise<RecordingTap> {
    return this.#attempt(this.#firstPart(), () => UdpTap.open({ clock: this.#options.clock, steer: (port) => this.steerTap(port) }));
  }

  /** All tracks come to one router, so that all are told by one worker's clock. */
  async steerTap(port: number): Promise<TapSteering> {
    const part = this.#firstPart();
    return this.#attempt(part, () =>
      MediasoupTap.open({
        router: part.router,
        listenInfo: this.#listenInfo,
        port,
        track: (trackId) => this.#trackOn(trackId, part),
        consumed: (trackId, consumer) => part.consumed(trackId, consumer),
      }),
    );
  }

  workers(): readonly number[] {
    return [...this.#parts.keys()].map(({ worker }) => worker.pid);
  }

  /** The workers that carry it or are about to, in the order in which it came to them. */
  get carriers(): readonly LiveWorker[] {
    return [...new Set([...this.#parts.keys(), ...this.#opening.keys()])];
  }

  carriedOn(live: LiveWorker): Carried {
    const part = this.#parts.get(live);
    const arriving = (this.#arriving.get(live) ?? 0) * viewerUnits(this.#options.expected);
    if (part === undefined) return { ...nothingCarried, reserved: arriving };
    const [own, pipes] = [part.carried(), this.#pipes.carriedOn(part)];
    return {
      ...own,
      flowing: own.flowing + pipes.flowing,
      reserved: own.reserved + arriving,
      packetsPerSecond: own.packetsPerSecond + pipes.packetsPerSecond,
    };
  }

  /** What a worker will likely still have to carry of this room, which carries so much on each by now; only those that are open take more. */
  expectedOn(live: LiveWorker, open: readonly LiveWorker[], carried: ReadonlyMap<LiveWorker, Carried>): number {
    if (!open.includes(live)) return 0;
    const { expected, clock, fleet } = this.#options;
    let all = 0;
    for (const { flowing, reserved } of carried.values()) all += flowing + reserved;
    const left = outstanding(expected, all, clock.now() - this.#openedAt);
    if (left === 0) return 0;
    if (!open.includes(this.#first)) return left / open.length;
    const { flowing, reserved } = carried.get(this.#first) ?? nothingCarried;
    return shareOf(left, { isFirst: live === this.#first, carriedByFirst: flowing + reserved, workers: open.length }, fleet.limits);
  }

  publishedOn(live: LiveWorker): Iterable<RoomTrack> {
    return this.#parts.get(live)?.published ?? [];
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.fleet.rooms.delete(this);
    this.#levels.close();
    this.#pipes.close();
    this.#tracks.clear();
    for (const part of this.#parts.values()) part.close();
    this.#parts.clear();
  }

  /** One of its workers died: half a room would be worse than one that is opened anew. */
  #failed(): void {
    if (this.#closed) return;
    this.close();
    for (const listener of this.#listeners) listener.failed();
  }

  #arrive(live: LiveWorker, by: 1 | -1): void {
    this.#arriving.set(live, (this.#arriving.get(live) ?? 0) + by);
  }

  #firstPart(): RoomPart {
    const [part] = this.#parts.values();
    if (part === undefined) throw new Refused('media-unavailable', 'The room’s media are closed.');
    return part;
  }

  /** All who come at the same time get the same. */
  #part(live: LiveWorker): Promise<RoomPart> {
    const part = this.#parts.get(live);
    if (part !== undefined) return Promise.resolve(part);
    let opening = this.#opening.get(live);
    if (opening === undefined) {
      opening = this.#openPart(live).finally(() => this.#opening.delete(live));
      this.#opening.set(live, opening);
    }
    return opening;
  }

  async #openPart(live: LiveWorker): Promise<RoomPart> {
    const { clock, fleet, listening, expected } = this.#options;
    let part: RoomPart;
    try {
      part = await RoomPart.open({
        ...{ live, clock, listening, limits: fleet.limits, viewerUnits: viewerUnits(expected) },
        failed: () => this.#failed(),
        track: (trackId, on) => this.#trackOn(trackId, on),
        published: (track, on, audible) => this.#published(track, on, audible),
        tellLevels: (router, producer, hear) => this.#levels.watch(router, producer, hear),
      });
    } catch (error) {
      fleet.giveUp(live, error);
      throw new Refused('media-unavailable', 'The media worker failed while the room was opened.');
    }
    if (this.#closed) part.close();
    this.#checkOpen();
    this.#parts.set(live, part);
    return part;
  }

  async #trackOn(trackId: TrackId, part: RoomPart): Promise<RoomTrack | undefined> {
    const published = this.#tracks.get(trackId);
    if (published === undefined || published.part === part) return published?.track;
    return this.#pipes.bring(published.track, published.part, part);
  }

  #published(track: RoomTrack, part: RoomPart, audible: boolean): void {
    const { trackId, producer } = track;
    this.#tracks.set(trackId, { track, part });
    producer.observer.once('close', () => this.#tracks.delete(trackId));
    if (!audible) return;
    this.#levels.measure(part.router, producer).catch((error: unknown) => {
      // A producer or router that closed meanwhile needs no measuring; a track that cannot be measured is still carried.
      if (!producer.closed && !part.router.closed)
        this.#options.log.warn({ error, trackId }, 'The level of a microphone cannot be measured');
    });
  }

  #checkOpen(): void {
    if (this.#closed) throw new Refused('media-unavailable', 'The room’s media are closed.');
  }

  async #attempt<T>(part: RoomPart, act: () => Promise<T>): Promise<T> {
    this.#checkOpen();
    try {
      return await act();
    } catch (error) {
      if (part.router.closed) throw new Refused('media-unavailable', 'The room’s media were closed meanwhile.');
      throw error;
    }
  }
}
