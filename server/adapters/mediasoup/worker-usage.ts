// What one worker has used lately: its share of a core and the packets it carried.
import type { Instant } from '../../contract/ids.ts';

/** With a sample every two seconds: over the last four. */
const kept = 3;

export class WorkerUsage {
  /** Received and sent; set by who samples them. */
  packetsPerSecond = 0;
  #samples: readonly { readonly at: Instant; readonly cpuSeconds: number }[] = [];

  saw(cpuSeconds: number, at: Instant): void {
    this.#samples = [...this.#samples, { at, cpuSeconds }].slice(-kept);
  }

  /** Null before two samples. */
  get cpuShare(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at <= first.at) return null;
    return Math.max(0, last.cpuSeconds - first.cpuSeconds) / ((last.at - first.at) / 1000);
  }
}
