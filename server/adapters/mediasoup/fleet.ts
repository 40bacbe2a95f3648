// All media workers and what all rooms put on them: says where the next room, the next viewer and the next publisher go.
import type { Clock, Timer } from '../../ports/clock.ts';
import type { WorkerLoad } from '../../ports/media.ts';
import { type Carried, nothingCarried, plus } from './carried.ts';
import { type Burden, type Candidate, type Limits, placePublisher, placeRoom, placeViewer, usedOf } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import type { LiveWorker, Workers } from './workers.ts';

const sampleEveryMs = 2_000;
/** Each is a question to the worker; those who are not asked this time are asked the next. */
const tracksPerSample = 16;

export interface CarriedRoom {
  readonly carriers: readonly LiveWorker[];
  carriedOn(live: LiveWorker): Carried;
  expectedOn(live: LiveWorker, workers: number): number;
  publishedOn(live: LiveWorker): Iterable<RoomTrack>;
  close(): void;
}

export class Fleet {
  readonly limits: Limits;
  readonly rooms = new Set<CarriedRoom>();
  readonly #workers: Workers;
  readonly #clock: Pick<Clock, 'now' | 'every'>;
  readonly #timer: Timer;
  #turn = 0;

  constructor(workers: Workers, clock: Pick<Clock, 'now' | 'every'>, limits: Limits) {
    this.limits = limits;
    this.#workers = workers;
    this.#clock = clock;
    this.#timer = clock.every(sampleEveryMs, () => void this.#sample());
  }

  giveUp(live: LiveWorker, error: unknown): void {
    this.#workers.giveUp(live, error);
  }

  /** Undefined while no worker lives. */
  forRoom(): LiveWorker | undefined {
    const live = this.#workers.live();
    return live[placeRoom(live.map((worker) => this.#burden(worker)))];
  }

  /** Undefined when all workers are full, or none lives. */
  forViewer(room: CarriedRoom, needed: number): LiveWorker | undefined {
    const { workers, candidates } = this.#candidates(room);
    return workers[placeViewer(candidates, needed, this.limits)];
  }

  /** Undefined when no worker lives or takes one more transport. */
  forPublisher(room: CarriedRoom): LiveWorker | undefined {
    const { workers, candidates } = this.#candidates(room);
    return workers[placePublisher(candidates, this.limits)];
  }

  async load(): Promise<readonly WorkerLoad[]> {
    const loads = await Promise.allSettled(this.#workers.live().map((live) => this.#loadOf(live)));
    return loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value] : []));
  }

  /** All rooms and workers. Safe twice. */
  close(): void {
    this.#timer.cancel();
    for (const room of [...this.rooms]) room.close();
    this.#workers.close();
  }

  async #loadOf(live: LiveWorker): Promise<WorkerLoad> {
    const usage = await live.worker.getResourceUsage();
    const { rooms, transports, producers, consumers } = this.#carried(live);
    return {
      pid: live.worker.pid,
      cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000,
      cpuShare: live.usage.cpuShare,
      packetsPerSecond: live.usage.packetsPerSecond,
      budget: { used: usedOf(this.#burden(live)), limit: this.limits.planned },
      ...{ rooms, transports, producers, consumers },
    };
  }

  #candidates(room: CarriedRoom): { readonly workers: readonly LiveWorker[]; readonly candidates: readonly Candidate[] } {
    const live = this.#workers.live();
    const own = room.carriers.filter((worker) => live.includes(worker));
    const workers = [...own, ...live.filter((worker) => !own.includes(worker))];
    return { workers, candidates: workers.map((worker) => ({ carries: own.includes(worker), burden: this.#burden(worker, room) })) };
  }

  #carried(live: LiveWorker): Carried {
    return [...this.rooms].reduce((sum, room) => plus(sum, room.carriedOn(live)), nothingCarried);
  }

  /** Without what is expected of one room, when that room asks for itself. */
  #burden(live: LiveWorker, asking?: CarriedRoom): Burden {
    const { flowing, reserved, transports } = this.#carried(live);
    const workers = this.#workers.live().length;
    let expected = 0;
    for (const room of this.rooms) if (room !== asking) expected += room.expectedOn(live, workers);
    const { cpuShare, packetsPerSecond } = live.usage;
    return { flowing, reserved, expected, packetsPerSecond, cpuShare, transports };
  }

  async #sample(): Promise<void> {
    for (const live of this.#workers.live()) {
      const tracks = [...this.rooms].flatMap((room) => [...room.publishedOn(live)]);
      const from = tracks.length === 0 ? 0 : (this.#turn * tracksPerSample) % tracks.length;
      const asked = [...tracks.slice(from), ...tracks.slice(0, from)].slice(0, tracksPerSample);
      const now = this.#clock.now();
      // A track that closed meanwhile, or a worker that does not answer, is seen elsewhere.
      await Promise.allSettled(asked.map(({ rate }) => rate.read(now)));
      live.usage.packetsPerSecond = this.#carried(live).packetsPerSecond;
    }
    this.#turn += 1;
  }
}
