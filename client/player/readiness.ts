// Whether enough is there to begin with, and to go on.
import type { Needed } from './playbacks.ts';

/** Held before it goes on after waiting, and while it plays. */
const enoughToBeginMs = 1000;
const enoughToGoOnMs = 200;
const longestStartMs = 5000;

export function isReady(needed: readonly Needed[], at: number, waitedMs: number): boolean {
  if (!needed.every(({ playback, endMs }) => playback.hasData(at, endMs, enoughToBeginMs))) return false;
  // A decoder that takes its time must not keep the others from playing.
  return waitedMs > longestStartMs || needed.every(({ playback, endMs }) => playback.isAligned(at, endMs));
}

export function isShort(needed: readonly Needed[], at: number): boolean {
  return needed.some(({ playback, endMs }) => !playback.hasData(at, endMs, enoughToGoOnMs));
}
