// One room's router: its transports, the tracks published into it, and who is audible.
import type { types } from 'mediasoup';
import { type LessonId, TrackId } from '../../contract/ids.ts';
import type { RtpCapabilities } from '../../contract/media.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaRoom, MediaRoomListener, MediaTransport } from '../../ports/media.ts';
import type { RecordingTap, TapSteering } from '../../ports/tap.ts';
import { UdpTap } from '../../recording/capture/udp-tap.ts';
import { offeredCapabilities } from './codecs.ts';
import { MediasoupTap } from './tap.ts';
import { MediasoupTransport, type RoomTrack } from './transport.ts';
import type { WorkerLog } from './workers.ts';

const volumeIntervalMs = 300;
const audibleFromDecibels = -60;
const mostAudible = 10;
const firstOutgoingBps = 1_000_000;
/**
 * RFC 7675 allows 30 seconds. Browsers ask for consent every two to six; half of the time still survives several lost checks, and lets a
 * path that is gone be known by the time that the heartbeat of the socket notices.
 */
const consentSeconds = 15;

export interface MediasoupRoomOptions {
  readonly lessonId: LessonId;
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  /** Of the worker. */
  readonly pid: number;
  readonly clock: Clock;
  readonly log: WorkerLog;
}

export class MediasoupRoom implements MediaRoom {
  readonly lessonId: LessonId;
  readonly rtpCapabilities: RtpCapabilities;
  readonly #router: types.Router;
  readonly #server: types.WebRtcServer;
  readonly #clock: Clock;
  readonly #log: WorkerLog;
  readonly #pid: number;
  readonly #listeners: MediaRoomListener[] = [];
  readonly #tracks = new Map<TrackId, RoomTrack>();
  #levels: Promise<types.AudioLevelObserver> | null = null;
  readonly #counts = { transports: 0, consumers: 0 };
  #gone: (() => void) | null = null;
  #closed = false;

  constructor(options: MediasoupRoomOptions) {
    this.lessonId = options.lessonId;
    this.#router = options.router;
    this.#server = options.server;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#pid = options.pid;
    this.rtpCapabilities = offeredCapabilities(options.router.rtpCapabilities);
  }

  workers(): readonly number[] {
    return [this.#pid];
  }

  listen(listener: MediaRoomListener): void {
    this.#listeners.push(listener);
  }

  /** Once, when the room is closed or its worker died. */
  whenGone(gone: () => void): void {
    this.#gone = gone;
  }

  counts(): { readonly transports: number; readonly producers: number; readonly consumers: number } {
    return { ...this.#counts, producers: this.#tracks.size };
  }

  async openTransport(direction: 'send' | 'receive'): Promise<MediaTransport> {
    const options = { webRtcServer: this.#server, enableUdp: true, enableTcp: true, preferUdp: true, iceConsentTimeout: consentSeconds };
    const transport = await this.#attempt(() =>
      this.#router.createWebRtcTransport(
        direction === 'receive' ? { ...options, initialAvailableOutgoingBitrate: firstOutgoingBps } : options,
      ),
    );
    this.#counts.transports += 1;
    transport.observer.once('close', () => {
      this.#counts.transports -= 1;
    });
    transport.observer.on('newconsumer', (consumer) => {
      this.#counts.consumers += 1;
      consumer.observer.once('close', () => {
        this.#counts.consumers -= 1;
      });
    });
    const tracks = {
      track: (trackId: TrackId) => this.#tracks.get(trackId),
      add: (trackId: TrackId, track: RoomTrack, audible: boolean) => this.#add(trackId, track, audible),
    };
    return new MediasoupTransport(transport, tracks, this.#clock);
  }

  openTap(): Promise<RecordingTap> {
    return this.#attempt(() => UdpTap.open({ clock: this.#clock, steer: (port) => this.steerTap(port) }));
  }

  steerTap(port: number): Promise<TapSteering> {
    return this.#attempt(() =>
      MediasoupTap.open({ router: this.#router, producer: (trackId) => this.#tracks.get(trackId)?.producer, port }),
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#router.close();
    this.#end();
  }

  /** Called when the worker died: mediasoup has closed all objects by itself. */
  failed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#end();
    for (const listener of this.#listeners) listener.failed();
  }

  #end(): void {
    this.#tracks.clear();
    this.#gone?.();
  }

  #add(trackId: TrackId, track: RoomTrack, audible: boolean): void {
    this.#tracks.set(trackId, track);
    track.producer.observer.once('close', () => this.#tracks.delete(trackId));
    if (audible) void this.#measure(track.producer);
  }

  /** The observer is made with the first microphone: most of the time of a join is spent on such round trips. */
  async #measure(producer: types.Producer): Promise<void> {
    try {
      this.#levels ??= this.#openLevels();
      const levels = await this.#levels;
      if (!producer.closed) await levels.addProducer({ producerId: producer.id });
    } catch (error) {
      // A producer or router that closed meanwhile needs no measuring; a track that cannot be measured is still carried.
      if (!producer.closed && !this.#router.closed) this.#log.warn({ error }, 'a microphone’s level cannot be measured');
    }
  }

  async #openLevels(): Promise<types.AudioLevelObserver> {
    const levels = await this.#router.createAudioLevelObserver({
      interval: volumeIntervalMs,
      maxEntries: mostAudible,
      threshold: audibleFromDecibels,
    });
    levels.on('volumes', (volumes) => {
      const audible = volumes.map(({ producer, volume }) => ({ trackId: TrackId.parse(producer.id), decibels: volume }));
      for (const listener of this.#listeners) listener.volumes(audible);
    });
    levels.on('silence', () => {
      for (const listener of this.#listeners) listener.volumes([]);
    });
    return levels;
  }

  async #attempt<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Refused('media-unavailable', 'The room’s media are closed.');
    try {
      return await act();
    } catch (error) {
      if (this.#router.closed) throw new Refused('media-unavailable', 'The room’s media were closed meanwhile.');
      throw error;
    }
  }
}
