// How hard this machine and the main process work, measured between two readings by the machine's own clock.
import { availableParallelism, cpus } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

export interface HostReading {
  readonly cores: number;
  /** Of one core; more than 1 with its helping threads. */
  readonly processShare: number;
  /** Of all cores, without what runs at lowered priority: that gives way by itself. */
  readonly busyShare: number;
  /** How much later than asked for the main process comes to its next turn, on average. */
  readonly loopDelayMs: number;
}

export interface Host {
  /** Since the reading before. */
  read(): HostReading;
  close(): void;
}

const resolutionMs = 20;

export class HostMeter implements Host {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #before = momentNow();

  constructor() {
    this.#delay.enable();
  }

  read(): HostReading {
    const before = this.#before;
    const now = momentNow();
    this.#before = now;
    const elapsedMs = Math.max(1, now.at - before.at);
    const ticks = now.ticks - before.ticks;
    const mean = this.#delay.mean / 1e6;
    this.#delay.reset();
    return {
      cores: availableParallelism(),
      processShare: (now.processMs - before.processMs) / elapsedMs,
      busyShare: ticks <= 0 ? 0 : Math.min(1, (now.busyTicks - before.busyTicks) / ticks),
      loopDelayMs: Number.isFinite(mean) ? Math.max(0, mean - resolutionMs) : 0,
    };
  }

  close(): void {
    this.#delay.disable();
  }
}

/** Beside a media engine that does no work, what the machine does says nothing about it. */
export const idleHost: Host = {
  read: () => ({ cores: availableParallelism(), processShare: 0, busyShare: 0, loopDelayMs: 0 }),
  close: () => undefined,
};

function momentNow() {
  const { user, system } = process.cpuUsage();
  let ticks = 0;
  let busyTicks = 0;
  for (const { times } of cpus()) {
    ticks += times.user + times.nice + times.sys + times.idle + times.irq;
    busyTicks += times.user + times.sys + times.irq;
  }
  return { at: performance.now(), processMs: (user + system) / 1000, ticks, busyTicks };
}
