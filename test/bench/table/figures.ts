// Small sums over measured values.
import { percentile } from '../../../server/monitoring/joins.ts';

/** The nearest rank; 0 when there are none. */
export function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return percentile(sorted, share) ?? 0;
}

/** Of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  return (low + high) / 2;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** "1.01 – 1.04" of what was measured several times. */
export const rangeOf = (values: readonly number[], digits = 2): string =>
  `${Math.min(...values).toFixed(digits)} – ${Math.max(...values).toFixed(digits)}`;

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
