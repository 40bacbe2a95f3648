// Keeps one media path alive: notices that it broke, looks for a new one as soon as the server can be asked, and says when that does not help.
import type { IceParameters } from '../../server/contract/media.ts';
import { backoffMs } from '../session/backoff.ts';
import type { Outcome } from '../session/outcome.ts';

/** A short break heals by itself; after this a new path is looked for. What still flows meanwhile is not disturbed by it. */
const patienceMs = 1_000;
/** A new path is normally found in two round trips. */
const foundWithinMs = 8_000;
/** So often a new path is not found though the server answers: then there is none for this transport. */
const mostFruitless = 2;

export type PathState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface Path {
  readonly state: () => PathState;
  readonly askNewIce: () => Promise<Outcome<IceParameters>>;
  /** Looks for a new path (ICE restart, RFC 8445, 2.4). */
  readonly restart: (ice: IceParameters) => Promise<void>;
  /** It came back by itself, or was found again. */
  readonly onBack: () => void;
  /** It cannot be saved: the transport must be opened anew. */
  readonly onBroken: () => void;
}

export interface TendingTimes {
  readonly random: () => number;
  /** Runs `action` after `ms`; the answer cancels it. */
  readonly later: (ms: number, action: () => void) => () => void;
}

export class Tending {
  readonly #path: Path;
  readonly #times: TendingTimes;
  #cancel: () => void = () => undefined;
  #isLooking = false;
  #wasLost = false;
  #fruitless = 0;
  #unanswered = 0;
  #closed = false;

  constructor(path: Path, times: TendingTimes) {
    this.#path = path;
    this.#times = times;
  }

  changed(state: PathState): void {
    if (this.#closed) return;
    if (state === 'connected') {
      const wasLost = this.#wasLost;
      this.#settle();
      if (wasLost) this.#path.onBack();
      return;
    }
    if (state !== 'failed' && state !== 'disconnected') return;
    this.#wasLost = true;
    if (this.#isLooking) return;
    if (state === 'failed') void this.#look();
    else this.#wait(patienceMs, () => void this.#look());
  }

  /** The server has given new parameters unasked: with the answer to a device that came back. */
  async lookWith(ice: IceParameters): Promise<void> {
    // Nothing has been sent over it yet: there is no path to renew.
    if (this.#closed || this.#path.state() === 'new') return;
    this.#isLooking = true;
    await this.#restart(ice);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    if (this.#closed || !this.#isLost) return this.#settle();
    this.#isLooking = true;
    const answer = await this.#path.askNewIce();
    if (this.#closed) return;
    if (answer.ok) return this.#restart(answer.value);
    this.#isLooking = false;
    if (answer.code !== 'offline') return this.#path.onBroken();
    // Whoever has lost both is not helped by opening anew: that, too, takes a server that can be reached.
    this.#wait(backoffMs(this.#unanswered, this.#times.random()), () => void this.#look());
    this.#unanswered += 1;
  }

  async #restart(ice: IceParameters): Promise<void> {
    this.#unanswered = 0;
    try {
      await this.#path.restart(ice);
    } catch {
      // The browser's side is in no state to go on.
      if (!this.#closed) this.#path.onBroken();
      return;
    }
    if (this.#closed) return;
    if (this.#path.state() === 'connected' && !this.#wasLost) return this.#settle();
    this.#wait(foundWithinMs, () => this.#tooLate());
  }

  #tooLate(): void {
    if (!this.#isLost) return this.#settle();
    this.#fruitless += 1;
    if (this.#fruitless >= mostFruitless) this.#path.onBroken();
    else void this.#look();
  }

  #settle(): void {
    this.#cancel();
    this.#isLooking = false;
    this.#wasLost = this.#isLost;
    this.#fruitless = 0;
  }

  get #isLost(): boolean {
    const state = this.#path.state();
    return state === 'failed' || state === 'disconnected';
  }

  #wait(ms: number, action: () => void): void {
    this.#cancel();
    this.#cancel = this.#times.later(ms, action);
  }
}
