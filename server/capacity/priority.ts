// The priority of media workers among the processes of this machine: raised where the system allows it, and said once where it is not. Rule B20.
import { getPriority, setPriority } from 'node:os';
import type { PriorityReport } from '../contract/capacity.ts';

/** Nice values: −20 goes first, 19 last. */
export interface Priorities {
  /** Null when there is no such process. */
  of(pid: number): number | null;
  /** False when the system does not allow it. */
  set(pid: number, nice: number): boolean;
}

export const systemPriorities: Priorities = {
  of(pid) {
    try {
      return getPriority(pid);
    } catch {
      return null;
    }
  },
  set(pid, nice) {
    try {
      setPriority(pid, nice);
      return true;
    } catch {
      return false;
    }
  },
};

/** Sound comes in packets 20 ms apart: whoever carries it goes before everything else that we run. */
export const workerNice = -10;

export const howToRaise =
  'Start the server with Nice=-5 and LimitNICE=-10, as config/deploy/auditoria.service does, or with the capability CAP_SYS_NICE.';

export interface PriorityOptions {
  readonly priorities: Priorities;
  readonly mainPid: number;
  /** Undefined: it records in the main process, or there is none just now. */
  readonly recorderPid: () => number | undefined;
  readonly log: { info(context: object, message: string): void; warn(context: object, message: string): void };
}

export class WorkerPriority {
  readonly #options: PriorityOptions;
  /** Workers that were looked after already. */
  #seen: ReadonlySet<number> = new Set();
  #hasSpoken = false;

  constructor(options: PriorityOptions) {
    this.#options = options;
  }

  /** To be told again and again: workers die and are replaced. */
  lookAfter(pids: readonly number[]): void {
    const { priorities, log } = this.#options;
    for (const pid of pids) {
      const nice = priorities.of(pid);
      if (!this.#seen.has(pid) && nice !== null && nice > workerNice) priorities.set(pid, workerNice);
    }
    this.#seen = new Set(pids);
    if (this.#hasSpoken || pids.length === 0) return;
    this.#hasSpoken = true;
    const report = this.report(pids);
    if (report.isRaised) return log.info({ ...report }, 'Media workers run at raised priority');
    log.warn({ ...report }, `Media workers do not run at raised priority: on a busy machine sound will break up. ${howToRaise}`);
  }

  report(pids: readonly number[]): PriorityReport {
    const { priorities, mainPid, recorderPid } = this.#options;
    const nices = pids.map((pid) => priorities.of(pid)).filter((nice) => nice !== null);
    const workers = nices.length === 0 ? null : Math.max(...nices);
    const main = priorities.of(mainPid);
    const pid = recorderPid();
    const recorder = pid === undefined ? null : priorities.of(pid);
    const isRaised = workers !== null && workers < 0 && (main === null || workers <= main) && (recorder === null || workers < recorder);
    return { main, recorder, workers, isRaised };
  }
}
