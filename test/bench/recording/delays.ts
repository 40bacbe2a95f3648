// How long it takes from a moment in class until it can be rewound to.
import { percentile } from '../../../server/monitoring/joins.ts';

/** Of what is told at once, so many moments are asked. */
const samplesEach = 10;

export class Delays {
  readonly #ages: number[] = [];
  readonly #ends = new Map<string, number>();

  /** By now, the file can be watched until `endMs` of class time. */
  reached(file: string, endMs: number, classNowMs: number): void {
    const before = this.#ends.get(file);
    this.#ends.set(file, endMs);
    if (before === undefined || endMs <= before) return;
    for (let sample = 0; sample < samplesEach; sample += 1)
      this.#ages.push(classNowMs - (before + ((endMs - before) * (sample + 0.5)) / samplesEach));
  }

  at(share: number): number {
    const sorted = this.#ages.toSorted((a, b) => a - b);
    return percentile(sorted, share) ?? Number.NaN;
  }
}
