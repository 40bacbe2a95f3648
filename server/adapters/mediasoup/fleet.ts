// All media workers and what all rooms put on them: says where the next room, the next viewer and the next publisher go.
import type { Instant } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { WorkerLoad } from '../../ports/media.ts';
import { type Carried, nothingCarried, plus } from './carried.ts';
import { Draining } from './draining.ts';
import { type Burden, type Candidate, type Limits, placePublisher, placeRoom, placeViewer, usedOf } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import type { LiveWorker, Workers } from './workers.ts';

const sampleEveryMs = 2_000;
/** Each is a question to the worker; those who are not asked this time are asked the next. */
const tracksPerSample = 16;
/** In so short a time no more people come to other rooms than a worker has room for beyond its plan. */
const tallyForMs = 250;

export interface CarriedRoom {
  readonly carriers: readonly LiveWorker[];
  carriedOn(live: LiveWorker): Carried;
  /** `open`: the workers that take what is new. */
  expectedOn(live: LiveWorker, open: readonly LiveWorker[], carried: ReadonlyMap<LiveWorker, Carried>): number;
  publishedOn(live: LiveWorker): Iterable<RoomTrack>;
  close(): void;
}

/** What one room carries on one worker, and will likely still. */
interface Share {
  readonly carried: Carried;
  readonly expected: number;
}

interface Shares {
  readonly all: Share;
  readonly rooms: ReadonlyMap<CarriedRoom, Share>;
}

type Tally = ReadonlyMap<LiveWorker, Shares>;

const nothing: Share = { carried: nothingCarried, expected: 0 };

export class Fleet {
  readonly limits: Limits;
  readonly rooms = new Set<CarriedRoom>();
  readonly #workers: Workers;
  readonly #clock: Pick<Clock, 'now' | 'every'>;
  readonly #timer: Timer;
  readonly #draining = new Draining<LiveWorker>();
  #turn = 0;
  #tallied: { readonly at: Instant; readonly tally: Tally } = { at: 0, tally: new Map() };

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
    const open = this.#draining.open(this.#workers.live());
    return open[placeRoom(open.map((worker) => this.#burden(worker)))];
  }

  /** Undefined when all workers are full, or none lives. */
  forViewer(room: CarriedRoom, needed: number): LiveWorker | undefined {
    const { workers, candidates } = this.#candidates(room, this.#draining.open(this.#workers.live()));
    return workers[placeViewer(candidates, needed, this.limits)];
  }

  /** B24: also on a drained worker that carries the room. Undefined when no worker lives or takes one more transport. */
  forPublisher(room: CarriedRoom): LiveWorker | undefined {
    const live = this.#workers.live();
    const open = this.#draining.open(live);
    const { workers, candidates } = this.#candidates(
      room,
      live.filter((worker) => open.includes(worker) || room.carriers.includes(worker)),
    );
    return workers[placePublisher(candidates, this.limits)];
  }

  async load(): Promise<readonly WorkerLoad[]> {
    const loads = await Promise.allSettled(this.#workers.live().map((live) => this.#loadOf(live)));
    return loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value] : []));
  }

  /** Answers whether that changed anything. Throws `Refused`. */
  drain(pid: number, drained: boolean): boolean {
    const live = this.#workers.live();
    const found = live.find(({ worker }) => worker.pid === pid);
    if (found === undefined) throw new Refused('not-found', 'There is no such media worker.');
    return this.#draining.set(found, drained, live);
  }

  /** All rooms and workers. Safe twice. */
  close(): void {
    this.#timer.cancel();
    for (const room of [...this.rooms]) room.close();
    this.#workers.close();
  }

  async #loadOf(live: LiveWorker): Promise<WorkerLoad> {
    const usage = await live.worker.getResourceUsage();
    const { rooms, transports, producers, consumers } = this.#tally(true).get(live)?.all.carried ?? nothingCarried;
    return {
      pid: live.worker.pid,
      cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000,
      cpuShare: live.usage.cpuShare,
      packetsPerSecond: live.usage.packetsPerSecond,
      budget: { used: usedOf(this.#burden(live)), limit: this.limits.planned },
      ...{ rooms, transports, producers, consumers },
      drained: this.#draining.has(live),
      mayDrain: this.#draining.mayDrain(live, this.#workers.live()),
    };
  }

  /** The room’s own first. */
  #candidates(
    room: CarriedRoom,
    among: readonly LiveWorker[],
  ): { readonly workers: readonly LiveWorker[]; readonly candidates: readonly Candidate[] } {
    const own = room.carriers.filter((worker) => among.includes(worker));
    const workers = [...own, ...among.filter((worker) => !own.includes(worker))];
    return { workers, candidates: workers.map((worker) => ({ carries: own.includes(worker), burden: this.#burden(worker, room) })) };
  }

  /** Without what is expected of one room, when that room asks for itself. */
  #burden(live: LiveWorker, asking?: CarriedRoom): Burden {
    const tally = this.#tally(asking === undefined);
    const all = tally.get(live)?.all ?? nothing;
    const { cpuShare, packetsPerSecond } = live.usage;
    const { flowing, reserved, transports } = all.carried;
    if (asking === undefined) return { flowing, reserved, transports, expected: all.expected, packetsPerSecond, cpuShare };
    const before = tally.get(live)?.rooms.get(asking) ?? nothing;
    const now = asking.carriedOn(live);
    return {
      flowing: flowing - before.carried.flowing + now.flowing,
      reserved: reserved - before.carried.reserved + now.reserved,
      transports: transports - before.carried.transports + now.transports,
      expected: all.expected - before.expected,
      ...{ packetsPerSecond, cpuShare },
    };
  }

  /** What a moment ago all rooms carried: each join looks at its own room only, however many others there are. */
  #tally(isFresh: boolean): Tally {
    const now = this.#clock.now();
    const live = this.#workers.live();
    const age = now - this.#tallied.at;
    const stands = age >= 0 && age < tallyForMs && live.every((worker) => this.#tallied.tally.has(worker));
    if (isFresh || !stands) this.#tallied = { at: now, tally: this.#count(live) };
    return this.#tallied.tally;
  }

  #count(live: readonly LiveWorker[]): Tally {
    const open = this.#draining.open(live);
    const tally = new Map(live.map((worker) => [worker, { all: nothing, rooms: new Map<CarriedRoom, Share>() }]));
    for (const room of this.rooms) {
      const carried = new Map(room.carriers.map((worker) => [worker, room.carriedOn(worker)]));
      for (const [worker, shares] of tally) {
        const share = { carried: carried.get(worker) ?? nothingCarried, expected: room.expectedOn(worker, open, carried) };
        shares.rooms.set(room, share);
        shares.all = { carried: plus(shares.all.carried, share.carried), expected: shares.all.expected + share.expected };
      }
    }
    return tally;
  }

  async #sample(): Promise<void> {
    for (const live of this.#workers.live()) {
      const tracks = [...this.rooms].flatMap((room) => [...room.publishedOn(live)]);
      const from = tracks.length === 0 ? 0 : (this.#turn * tracksPerSample) % tracks.length;
      const asked = [...tracks.slice(from), ...tracks.slice(0, from)].slice(0, tracksPerSample);
      const now = this.#clock.now();
      // A track that closed meanwhile, or a worker that does not answer, is seen elsewhere.
      await Promise.allSettled(asked.map(({ rate }) => rate.read(now)));
      live.usage.packetsPerSecond = [...this.rooms].reduce((sum, room) => sum + room.carriedOn(live).packetsPerSecond, 0);
    }
    this.#turn += 1;
  }
}
