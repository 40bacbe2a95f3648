// The storyboard: which small pictures there are, and how they are laid on sheets. Pure.
import { DerivedFile } from '../../contract/recording.ts';
import type { Storyboard } from '../../contract/recording-page.ts';

export const tile = { width: 160, height: 90 } as const;
export const tileBytes = tile.width * tile.height * 3;
const columns = 10;
const rows = 10;
const mostTiles = 600;
const usuallyEveryMs = 10_000;

/** Picture n shows watching time n × everyMs. */
export function storyboardOf(lengthMs: number): Storyboard {
  const everyMs = Math.max(usuallyEveryMs, Math.ceil(lengthMs / mostTiles / 1000) * 1000);
  const count = Math.max(1, Math.ceil(lengthMs / everyMs));
  const sheets = Array.from({ length: Math.ceil(count / (columns * rows)) }, (_, n) =>
    DerivedFile.parse(`s${String(n + 1).padStart(4, '0')}.jpg`),
  );
  return { everyMs, columns, rows, ...tile, count, sheets };
}

/** The n-th sheet as rows of points; what has no picture is dark. The last sheet is only as high as it needs. */
export function sheetOf(
  tiles: readonly (Buffer | null)[],
  n: number,
): { readonly width: number; readonly height: number; readonly pixels: Buffer } {
  const some = tiles.slice(n * columns * rows, (n + 1) * columns * rows);
  const width = columns * tile.width;
  const height = Math.ceil(some.length / columns) * tile.height;
  const pixels = Buffer.alloc(width * height * 3, 0x15);
  for (const [index, one] of some.entries()) {
    if (one === null) continue;
    const left = (index % columns) * tile.width;
    const top = Math.floor(index / columns) * tile.height;
    for (let row = 0; row < tile.height; row++)
      one.copy(pixels, ((top + row) * width + left) * 3, row * tile.width * 3, (row + 1) * tile.width * 3);
  }
  return { width, height, pixels };
}

/** How much there is to see in a picture: a plain one says nothing of the class. */
export function detailOf(pixels: Buffer): number {
  let sum = 0;
  let squares = 0;
  let points = 0;
  for (let at = 1; at < pixels.length; at += 3) {
    const value = pixels[at] ?? 0;
    sum += value;
    squares += value * value;
    points++;
  }
  return points === 0 ? 0 : squares / points - (sum / points) ** 2;
}
