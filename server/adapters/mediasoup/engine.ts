// The media engine of the running server: mediasoup behind the media port.
import type { types } from 'mediasoup';
import type { LessonId } from '../../contract/ids.ts';
import type { RtpCapabilities } from '../../contract/media.ts';
import { Refused } from '../../contract/reply.ts';
import type { ExpectedLoad, MediaEngine, MediaRoom, WorkerLoad } from '../../ports/media.ts';
import { mediaCodecs, offeredCapabilities } from './codecs.ts';
import { MediasoupRoom } from './room.ts';
import { type LiveWorker, type WorkerOptions, Workers } from './workers.ts';

export type MediasoupOptions = WorkerOptions;

export class MediasoupEngine implements MediaEngine {
  readonly #options: MediasoupOptions;
  readonly #workers: Workers;
  readonly #rooms = new Map<MediasoupRoom, LiveWorker>();

  readonly rtpCapabilities: RtpCapabilities;

  private constructor(options: MediasoupOptions, workers: Workers, rtpCapabilities: RtpCapabilities) {
    this.#options = options;
    this.#workers = workers;
    this.rtpCapabilities = rtpCapabilities;
  }

  /** Rejects when the workers cannot be started. */
  static async open(options: MediasoupOptions): Promise<MediasoupEngine> {
    const workers = await Workers.open(options);
    // They depend on nothing but the codecs; mediasoup tells them of a router only.
    const router = await workers.live()[0]?.worker.createRouter({ mediaCodecs });
    if (router === undefined) throw new Error('No media worker could be started.');
    router.close();
    return new MediasoupEngine(options, workers, offeredCapabilities(router.rtpCapabilities));
  }

  async openRoom(lessonId: LessonId, _expected: ExpectedLoad): Promise<MediaRoom> {
    const live = this.#workers.leastUsed();
    if (live === undefined) throw new Refused('media-unavailable', 'No media worker is alive just now.');
    // Counted from the first moment, so that rooms opened together spread over the workers.
    const user = { failed: (): void => room?.failed() };
    let room: MediasoupRoom | undefined;
    live.users.add(user);
    let router: types.Router;
    try {
      router = await live.worker.createRouter({ mediaCodecs });
    } catch (error) {
      live.users.delete(user);
      this.#workers.giveUp(live, error);
      throw new Refused('media-unavailable', 'The media worker failed while the room was opened.');
    }
    const { clock, log } = this.#options;
    const opened = new MediasoupRoom({ lessonId, router, server: live.server, pid: live.worker.pid, clock, log });
    room = opened;
    this.#rooms.set(opened, live);
    opened.whenGone(() => {
      live.users.delete(user);
      this.#rooms.delete(opened);
    });
    return opened;
  }

  async load(): Promise<readonly WorkerLoad[]> {
    const loads = await Promise.allSettled(this.#workers.live().map((live) => this.#loadOf(live)));
    return loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value] : []));
  }

  async #loadOf(live: LiveWorker): Promise<WorkerLoad> {
    const usage = await live.worker.getResourceUsage();
    const counts = { rooms: 0, transports: 0, producers: 0, consumers: 0 };
    for (const [room, of] of this.#rooms) {
      if (of !== live) continue;
      const own = room.counts();
      counts.rooms += 1;
      counts.transports += own.transports;
      counts.producers += own.producers;
      counts.consumers += own.consumers;
    }
    const cpuSeconds = (usage.ru_utime + usage.ru_stime) / 1000;
    return {
      pid: live.worker.pid,
      cpuSeconds,
      cpuShare: null,
      packetsPerSecond: 0,
      budget: { used: counts.consumers, limit: 750 },
      ...counts,
    };
  }

  async close(): Promise<void> {
    for (const room of [...this.#rooms.keys()]) room.close();
    this.#workers.close();
  }
}
