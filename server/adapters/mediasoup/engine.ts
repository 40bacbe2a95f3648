// The media engine of the running server: mediasoup behind the media port.
import type { LessonId } from '../../contract/ids.ts';
import type { RtpCapabilities } from '../../contract/media.ts';
import type { ExpectedLoad, MediaEngine, MediaRoom, WorkerLoad } from '../../ports/media.ts';
import { mediaCodecs, offeredCapabilities } from './codecs.ts';
import { Fleet } from './fleet.ts';
import { type Limits, limitsFor } from './placement.ts';
import { MediasoupRoom } from './room.ts';
import { type WorkerOptions, Workers } from './workers.ts';

export interface MediasoupOptions extends WorkerOptions {
  /** What a worker is given to carry; missing: as measured. */
  readonly limits?: Limits;
}

export class MediasoupEngine implements MediaEngine {
  readonly rtpCapabilities: RtpCapabilities;
  readonly #options: MediasoupOptions;
  readonly #fleet: Fleet;

  private constructor(options: MediasoupOptions, workers: Workers, rtpCapabilities: RtpCapabilities) {
    this.#options = options;
    this.#fleet = new Fleet(workers, options.clock, options.limits ?? limitsFor({ viewersPerWorker: 150 }));
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

  async openRoom(lessonId: LessonId, expected: ExpectedLoad): Promise<MediaRoom> {
    const { clock, log } = this.#options;
    const { rtpCapabilities } = this;
    return MediasoupRoom.open({ lessonId, expected, rtpCapabilities, fleet: this.#fleet, listening: this.#options, clock, log });
  }

  load(): Promise<readonly WorkerLoad[]> {
    return this.#fleet.load();
  }

  drain(pid: number, drained: boolean): boolean {
    return this.#fleet.drain(pid, drained);
  }

  async close(): Promise<void> {
    this.#fleet.close();
  }
}
