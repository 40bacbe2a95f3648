// Keeps one media worker per core alive, each with one WebRtcServer; a worker that dies or does not answer is replaced at once.
import { availableParallelism } from 'node:os';
import { createWorker, type types } from 'mediasoup';
import { hints } from '../../hints.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import { type Listening, listenInfos } from './listen-infos.ts';
import { WorkerUsage } from './worker-usage.ts';

export interface WorkerLog {
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

export interface WorkerOptions extends Listening {
  /** 0: one per core. */
  readonly workers: number;
  /** Null: `MEDIASOUP_WORKER_BIN`, else mediasoup's own. */
  readonly workerBin: string | null;
  readonly clock: Clock;
  /** For the metrics. */
  readonly died?: () => void;
  readonly log: WorkerLog;
}

/** A live worker, and what is told to those who use it when it dies. */
export interface LiveWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  readonly users: Set<{ failed(): void }>;
  readonly usage: WorkerUsage;
}

const steadyAfterMs = 10_000;
const longestPauseMs = 5_000;
const probeEveryMs = 2_000;
const answersWithinMs = 5_000;

export class Workers {
  readonly #options: WorkerOptions;
  readonly #live: (LiveWorker | null)[];
  readonly #timers = new Set<Timer>();
  /** Workers that were asked and have not answered yet. */
  readonly #asked = new Set<types.Worker>();
  #closed = false;

  private constructor(options: WorkerOptions) {
    this.#options = options;
    this.#live = Array.from({ length: options.workers || availableParallelism() }, () => null);
    this.#timers.add(options.clock.every(probeEveryMs, () => this.#probe()));
  }

  /** Rejects when the first workers cannot be started: then the installation is at fault. */
  static async open(options: WorkerOptions): Promise<Workers> {
    const workers = new Workers(options);
    const started = await Promise.allSettled(workers.#live.map((_, index) => workers.#start(index, 0)));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed === undefined) return workers;
    workers.close();
    throw failed.reason;
  }

  live(): readonly LiveWorker[] {
    return this.#live.filter((live) => live !== null);
  }

  /** A worker that runs but cannot be used carries nothing for anybody: its end is what its rooms can recover from. */
  giveUp({ worker }: LiveWorker, error: unknown): void {
    if (worker.closed) return;
    this.#options.log.error({ pid: worker.pid, hint: hints.mediaWorker, error }, 'A media worker does not answer and is killed');
    try {
      process.kill(worker.pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    for (const live of this.live()) live.worker.close();
    this.#live.fill(null);
  }

  async #start(index: number, deaths: number): Promise<void> {
    const { workerBin, clock, log } = this.#options;
    const worker = await createWorker({ logLevel: 'warn', ...(workerBin === null ? {} : { workerBin }) });
    const startedAt = clock.now();
    const users = new Set<{ failed(): void }>();
    worker.on('died', (error) => {
      // Before it is live its death shows below, and only there.
      if (this.#live[index]?.worker !== worker) return;
      this.#live[index] = null;
      this.#options.died?.();
      log.error({ pid: worker.pid, rooms: users.size, hint: hints.mediaWorker, error }, 'A media worker died and is replaced');
      const again = clock.now() - startedAt < steadyAfterMs ? deaths + 1 : 0;
      this.#replace(index, again);
      for (const user of users) user.failed();
    });
    try {
      const server = await worker.createWebRtcServer({ listenInfos: listenInfos(this.#options, index) });
      if (this.#closed) return worker.close();
      this.#live[index] = { worker, server, users, usage: new WorkerUsage() };
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  #probe(): void {
    for (const live of this.live()) {
      const { worker } = live;
      if (this.#asked.has(worker)) continue;
      this.#asked.add(worker);
      const tooLate = this.#options.clock.after(answersWithinMs, () => {
        // Where it was this process that stood still, the answer lies here already and is read first.
        setImmediate(() => {
          if (this.#asked.has(worker)) this.giveUp(live, new Error('It did not answer in time.'));
        });
      });
      this.#timers.add(tooLate);
      worker
        .getResourceUsage()
        .then(({ ru_utime, ru_stime }) => live.usage.saw((ru_utime + ru_stime) / 1000, this.#options.clock.now()))
        .catch((error: unknown) => this.giveUp(live, error))
        .finally(() => {
          tooLate.cancel();
          this.#timers.delete(tooLate);
          this.#asked.delete(worker);
        });
    }
  }

  /** At once the first time; ever slower while new workers die young or cannot start. */
  #replace(index: number, deaths: number): void {
    const { clock, log } = this.#options;
    const begin = (): void => {
      if (this.#closed) return;
      this.#start(index, deaths).catch((error: unknown) => {
        log.error({ hint: hints.mediaWorker, error }, 'A media worker could not be started, and is tried again');
        this.#replace(index, deaths + 1);
      });
    };
    if (deaths <= 1) return begin();
    const timer = clock.after(Math.min(100 * 2 ** (deaths - 2), longestPauseMs), () => {
      this.#timers.delete(timer);
      begin();
    });
    this.#timers.add(timer);
  }
}
