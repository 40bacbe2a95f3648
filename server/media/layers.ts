// From the size of a tile to the simulcast layer that fills it.
import type { Want } from './wanted.ts';

/** Heights that cameras send at, smallest layer first: halves of 720 lines. */
const layerHeights = [180, 360, 720];
/** A picture may be stretched this much before the next layer pays. */
const stretch = 1.25;

export function layerOf(tile: NonNullable<Want['tile']>, layers: number): number {
  switch (tile.detail) {
    case 'fitting':
      return layerFor(tile, layers);
    case 'lowest':
      return 0;
    case 'highest':
      return layers - 1;
  }
}

/** Sizes in device pixels; the answer is a spatial layer, 0 the smallest. */
export function layerFor(tile: { readonly width: number; readonly height: number }, layers: number): number {
  // The picture covers its tile, so a wide flat tile needs as many lines as its width demands.
  const needed = Math.max(tile.height, (tile.width * 9) / 16);
  const fitting = layerHeights.findIndex((height) => height * stretch >= needed);
  const wanted = fitting === -1 ? layerHeights.length - 1 : fitting;
  return Math.max(0, Math.min(wanted, layers - 1));
}
