// Numbers for processes that come and go: one that ends makes room for the next, so that the labels stay as few as the processes (Y2).
export class Slots {
  readonly #slots = new Map<number, number>();

  /** The number of each, from 0; those that are not named have ended. */
  of(pids: readonly number[]): ReadonlyMap<number, number> {
    const live = new Set(pids);
    for (const pid of this.#slots.keys()) if (!live.has(pid)) this.#slots.delete(pid);
    for (const pid of live) if (!this.#slots.has(pid)) this.#slots.set(pid, this.#free());
    return this.#slots;
  }

  #free(): number {
    const taken = new Set(this.#slots.values());
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    return slot;
  }
}
