// Where the class is now, as far as the last manifest of a running recording tells.
import type { RecordingManifest } from '../../server/contract/recording.ts';

/** A manifest that has not been renewed for longer says nothing about now. */
const longestMs = 15_000;

type Running = Pick<RecordingManifest, 'durationMs' | 'state'>;

export class LiveEdge {
  #durationMs: number;
  #state: RecordingManifest['state'];
  #seenAt: number;

  /** `now` is `performance.now()`. */
  constructor({ durationMs, state }: Running, now: number) {
    this.#durationMs = durationMs;
    this.#state = state;
    this.#seenAt = now;
  }

  update({ durationMs, state }: Running, now: number): void {
    if (durationMs === this.#durationMs && state === this.#state) return;
    this.#durationMs = durationMs;
    this.#state = state;
    this.#seenAt = now;
  }

  /** Class time; null once the recording has ended. */
  at(now: number): number | null {
    if (this.#state === 'ended') return null;
    return this.#state === 'paused' ? this.#durationMs : this.#durationMs + Math.min(longestMs, now - this.#seenAt);
  }
}
