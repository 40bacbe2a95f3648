// What the page was told last, and when it is told again.
import { type PlayerState, sameState } from './state.ts';

const everyMs = 250;

export class Announcer {
  readonly #listeners = new Set<() => void>();
  #state: PlayerState;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(state: PlayerState) {
    this.#state = state;
  }

  get state(): PlayerState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next state is told at once. */
  hurry(): void {
    this.#toldAt = Number.NEGATIVE_INFINITY;
  }

  /** While it plays, all changes all the time: then it is told only now and then. */
  tell(describe: () => PlayerState, isPlaying: boolean, now: number): void {
    if (isPlaying && now - this.#toldAt < everyMs) return;
    this.#toldAt = now;
    const next = describe();
    if (sameState(this.#state, next)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#listeners.clear();
  }
}
