// The last hour of some figures, in steps: each step holds the mean of what was seen in it. Pure, and of a fixed size.
import type { Instant } from '../contract/ids.ts';

export const stepMs = 15_000;
const steps = 240;
/** Digits that a line of an hour can show; more would only be carried. */
const digits = 4;

export interface Kept<Figure extends string> {
  readonly at: Instant[];
  readonly series: Record<Figure, (number | null)[]>;
}

export class HourHistory<Figure extends string> {
  readonly #figures: readonly Figure[];
  readonly #at = new Float64Array(steps);
  /** By figure and place in the ring; not a number where nothing was measured. */
  readonly #means: Float32Array;
  readonly #counts: Uint8Array;
  #latest = -1;
  #filled = 0;

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
    this.#means = new Float32Array(steps * figures.length);
    this.#counts = new Uint8Array(figures.length);
  }

  /** What is older than the latest step is let be: clocks that are set back make no history. */
  add(at: Instant, values: Readonly<Record<Figure, number | null>>): void {
    const step = Math.floor(at / stepMs) * stepMs;
    const before = this.#filled === 0 ? Number.NEGATIVE_INFINITY : (this.#at[this.#latest] ?? 0);
    if (step < before) return;
    if (step > before) this.#begin(step);
    for (const [index, figure] of this.#figures.entries()) {
      const value = values[figure];
      if (value === null) continue;
      const place = index * steps + this.#latest;
      const count = Math.min(255, (this.#counts[index] ?? 0) + 1);
      this.#counts[index] = count;
      const mean = count === 1 ? 0 : (this.#means[place] ?? 0);
      this.#means[place] = mean + (value - mean) / count;
    }
  }

  /** The oldest first. */
  read(now: Instant): Kept<Figure> {
    const places = Array.from({ length: this.#filled }, (_, age) => (this.#latest - this.#filled + 1 + age + steps) % steps).filter(
      (place) => (this.#at[place] ?? 0) > now - steps * stepMs,
    );
    const valueAt = (index: number, place: number): number | null => {
      const mean = this.#means[index * steps + place] ?? Number.NaN;
      return Number.isNaN(mean) ? null : Number(mean.toPrecision(digits));
    };
    const series = this.#figures.map((figure, index) => [figure, places.map((place) => valueAt(index, place))]);
    // Filled from the list of all figures.
    return { at: places.map((place) => this.#at[place] ?? 0), series: Object.fromEntries(series) as Kept<Figure>['series'] };
  }

  #begin(step: Instant): void {
    this.#latest = (this.#latest + 1) % steps;
    this.#filled = Math.min(steps, this.#filled + 1);
    this.#at[this.#latest] = step;
    this.#counts.fill(0);
    for (let index = 0; index < this.#figures.length; index += 1) this.#means[index * steps + this.#latest] = Number.NaN;
  }
}
