// Sleeping until something is to be done.

export class Nap {
  #wake: (() => void) | undefined;

  /** Until woken, or for `ms`; `deep` sleep is ended by its time and by `shake` only. */
  sleep(ms?: number, deep = false): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#shake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#wake = deep ? undefined : this.#shake;
    });
  }

  #shake: (() => void) | undefined;

  wake(): void {
    this.#wake?.();
  }

  /** Also out of deep sleep. */
  shake(): void {
    this.#shake?.();
  }
}
