// Whether what plays is before somebody, and what of it counts. Rule V70.
import type { Stretch } from './played.ts';

export interface Attention {
  /** Nothing of the page can be seen: another tab, another window over it, a locked phone. */
  readonly isHidden: boolean;
  /** A picture of it stands in a window of its own. */
  readonly isPictureApart: boolean;
  /** Sound only was chosen, or there is no picture just now. */
  readonly isSoundOnly: boolean;
  readonly isMuted: boolean;
}

export function isAttended({ isHidden, isPictureApart, isSoundOnly, isMuted }: Attention): boolean {
  if (!isHidden || isPictureApart) return true;
  return isSoundOnly && !isMuted;
}

/** Takes from the player what counts, and leaves what ran while nobody was there. */
export class Seen {
  readonly #take: () => Stretch[];
  #kept: Stretch[] = [];
  #isAttended: boolean;

  constructor(take: () => Stretch[], isAttendedNow: boolean) {
    this.#take = take;
    this.#isAttended = isAttendedNow;
  }

  /** To be told at the very moment, for what has run until now counts by what held until now. */
  attend(isAttendedNow: boolean): void {
    if (isAttendedNow === this.#isAttended) return;
    this.#settle();
    this.#isAttended = isAttendedNow;
  }

  /** Since the last time. */
  take(): Stretch[] {
    this.#settle();
    return this.#kept.splice(0);
  }

  #settle(): void {
    const played = this.#take();
    if (this.#isAttended) this.#kept.push(...played);
  }
}
