// What playing jumps over: what there is nothing of, and, when the viewer wants it, silence.
import type { RecordingManifest } from '../../server/contract/recording.ts';
import { type Span, type WatchingTime, watchingTimeOf } from '../../server/contract/watching-time.ts';

/** Shorter silences are the pauses of speech. */
const shortestMs = 1500;
/** Left of a silence at either end, so that no word is cut and one hears that there was a pause. */
const leftMs = 300;

type Skipped = Pick<RecordingManifest, 'durationMs' | 'pauses' | 'cuts' | 'gaps' | 'tracks'>;

export class Skips {
  #watching: WatchingTime;
  #silences: readonly Span[] = [];
  skipsSilence = false;

  constructor(manifest: Skipped) {
    this.#watching = watchingTimeOf(manifest);
  }

  get watching(): WatchingTime {
    return this.#watching;
  }

  update(manifest: Skipped): void {
    this.#watching = watchingTimeOf(manifest);
  }

  setSilences(silences: readonly Span[]): void {
    this.#silences = silences
      .filter(({ fromMs, toMs }) => toMs - fromMs > shortestMs)
      .map(({ fromMs, toMs }) => ({ fromMs: fromMs + leftMs, toMs: toMs - leftMs }));
  }

  /** The same moment, or where playing goes on. */
  after(classMs: number): number {
    const at = this.#watching.afterSkipped(classMs);
    if (!this.skipsSilence) return at;
    const silence = this.#silences.find(({ fromMs, toMs }) => fromMs <= at && at < toMs);
    return silence ? this.#watching.afterSkipped(silence.toMs) : at;
  }
}
