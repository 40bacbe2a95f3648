// How busy this process is: its share of a core, and how late it comes to what waits.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from '../ports/clock.ts';

const sampleMs = 5_000;

export class ProcessMeter {
  readonly #clock: Clock;
  readonly #loopDelay = monitorEventLoopDelay({ resolution: 20 });
  readonly #timer: Timer;
  #before: { readonly at: number; readonly cpuSeconds: number };
  #now = { cpuShare: 0, loopDelayMs: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#before = { at: clock.now(), cpuSeconds: cpuSeconds() };
    this.#loopDelay.enable();
    this.#timer = clock.every(sampleMs, () => this.#sample());
  }

  /** Over the last five seconds; the share may exceed 1, for there are threads beside the main one. */
  get now(): { readonly cpuShare: number; readonly loopDelayMs: number } {
    return this.#now;
  }

  close(): void {
    this.#timer.cancel();
    this.#loopDelay.disable();
  }

  #sample(): void {
    const latest = { at: this.#clock.now(), cpuSeconds: cpuSeconds() };
    const seconds = (latest.at - this.#before.at) / 1000;
    const delayMs = this.#loopDelay.mean / 1e6;
    this.#now = {
      cpuShare: seconds > 0 ? Math.max(0, latest.cpuSeconds - this.#before.cpuSeconds) / seconds : 0,
      loopDelayMs: Number.isFinite(delayMs) ? delayMs : 0,
    };
    this.#before = latest;
    this.#loopDelay.reset();
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
