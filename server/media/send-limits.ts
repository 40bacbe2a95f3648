// What a device is asked to send: less when its line loses what it sends, sound before pictures; and quieter sound while somebody listens on the floor.
import type { Instant } from '../contract/ids.ts';
import type { SendLimits } from '../contract/ladder.ts';
import type { TrackSource } from '../contract/media.ts';
import { afterReading, type Ladder, type LineReading, ladderAt } from './ladder.ts';
import { floorSoundBps } from './steps.ts';

/** From everything down to sound alone (L8). */
const rungs: readonly SendLimits[] = [
  { soundBps: null, camera: null, screen: null },
  { soundBps: null, camera: { layers: 2, fps: 20 }, screen: { maxBps: 1_200_000, fps: 10 } },
  { soundBps: 24_000, camera: { layers: 1, fps: 12 }, screen: { maxBps: 400_000, fps: 5 } },
  { soundBps: 20_000, camera: 'off', screen: { maxBps: 120_000, fps: 3 } },
];

/** The least that each source takes on each rung, in bits a second, all headers with it. */
const needs: Readonly<Record<TrackSource, readonly [number, number, number, number]>> = {
  microphone: [60_000, 60_000, 48_000, 44_000],
  'screen-audio': [120_000, 120_000, 120_000, 120_000],
  camera: [400_000, 250_000, 110_000, 0],
  screen: [350_000, 250_000, 150_000, 80_000],
};

export const noLimits: SendLimits = { soundBps: null, camera: null, screen: null };

export class SendLadder {
  #ladder: Ladder;

  constructor(at: Instant) {
    this.#ladder = ladderAt(at);
  }

  /** `sources`: what is published, also what is paused just now: a camera that was turned off for the line's sake comes back. */
  measured(reading: LineReading, sources: readonly TrackSource[]): void {
    const needOf = (rung: number): number => sources.reduce((sum, source) => sum + (needs[source][rung] ?? 0), 0);
    this.#ladder = afterReading(this.#ladder, reading, { count: rungs.length, needOf });
  }

  /** L9: while somebody listens on the floor, no voice takes more than fits there. */
  limits(someoneOnFloor: boolean): SendLimits {
    const limits = rungs[this.#ladder.rung] ?? noLimits;
    if (!someoneOnFloor) return limits;
    return { ...limits, soundBps: Math.min(limits.soundBps ?? floorSoundBps, floorSoundBps) };
  }
}
