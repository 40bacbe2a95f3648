// When a shared screen changed as a whole: found by comparing small pictures of its key frames, and timed by the size of what came between. Pure.
import type { FragmentLine } from '../../contract/recording.ts';

/** A small picture, red, green and blue by turns. */
export interface Still {
  readonly atMs: number;
  readonly pixels: Buffer;
}

/** By so much a point's green must differ, of 255. */
const leastDifference = 20;
/** Of all points: less is a line that was written, a pointer, a small window. */
const wholeShare = 0.1;

/** What share of the points is different. */
export function changedShare(a: Buffer, b: Buffer): number {
  const points = Math.min(a.length, b.length) / 3;
  if (points === 0) return 0;
  let changed = 0;
  for (let at = 1; at < points * 3; at += 3) if (Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > leastDifference) changed++;
  return changed / points;
}

/**
 * `changes[n]`: by how much still n + 1 differs from still n. A change is another slide when the picture stands still after it: what goes on
 * changing is a film or a page that is scrolled.
 */
export function slidesIn(times: readonly number[], changes: readonly number[], lines: readonly FragmentLine[]): number[] {
  const isWhole = changes.map((share) => share >= wholeShare);
  return isWhole.flatMap((whole, n) => {
    const [from, to] = [times[n] ?? 0, times[n + 1] ?? 0];
    return whole && isWhole[n + 1] !== true ? [momentBetween(from, to, lines)] : [];
  });
}

/** A picture that is new as a whole takes the most bytes; if none does, it came with the key frame. */
function momentBetween(fromMs: number, toMs: number, lines: readonly FragmentLine[]): number {
  const between = lines.filter(([at, , , , key]) => at > fromMs && at < toMs && key === 0);
  const sizes = between.map(([, , , bytes]) => bytes).toSorted((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const largest = between.reduce<FragmentLine | null>((most, line) => (most === null || line[3] > most[3] ? line : most), null);
  return Math.round(largest !== null && largest[3] >= 3 * usual ? largest[0] : toMs);
}
