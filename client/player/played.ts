// What of a recording was really played: stretches of class time, without what was skipped over.
import type { Watched } from '../../server/contract/viewing.ts';

export type Stretch = Watched['stretches'][number];

/** How far the player's clock may be corrected before it counts as a jump. */
const correctionMs = 400;

export class Played {
  #done: Stretch[] = [];
  #now: { readonly stretch: Stretch; readonly at: number } | null = null;

  /** It plays, and is here in class time. `now` is `performance.now()`. */
  at(classMs: number, speed: number, now: number): void {
    if (this.#now !== null) {
      const { stretch, at } = this.#now;
      const playedMs = classMs - stretch.toMs;
      if (speed === stretch.speed && Math.abs(playedMs - (now - at) * speed) <= correctionMs) {
        this.#now = { stretch: { ...stretch, toMs: Math.max(stretch.toMs, classMs) }, at: playedMs < 0 ? at : now };
        return;
      }
      this.stop();
    }
    this.#now = { stretch: { fromMs: classMs, toMs: classMs, speed }, at: now };
  }

  /** It does not play any more, or not from here. */
  stop(): void {
    if (this.#now !== null) this.#keep(this.#now.stretch);
    this.#now = null;
  }

  /** Since the last time; what plays just now goes on. */
  take(): Stretch[] {
    if (this.#now !== null) {
      const { stretch, at } = this.#now;
      this.#keep(stretch);
      this.#now = { stretch: { ...stretch, fromMs: stretch.toMs }, at };
    }
    const done = this.#done;
    this.#done = [];
    return done;
  }

  #keep({ fromMs, toMs, speed }: Stretch): void {
    const stretch = { fromMs: Math.max(0, Math.round(fromMs)), toMs: Math.round(toMs), speed };
    if (stretch.toMs > stretch.fromMs) this.#done.push(stretch);
  }
}
