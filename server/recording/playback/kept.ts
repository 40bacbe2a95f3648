// The last so many of what is dear to make and does not change: each is made once, also when many ask at the same time.

export class Kept<T> {
  readonly #most: number;
  /** The one that was asked for last stands last. */
  readonly #values = new Map<string, Promise<T>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What could not be made is made again the next time. */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    value.catch(() => this.#values.delete(key));
    const oldest = this.#values.keys().next();
    if (this.#values.size > this.#most && !oldest.done) this.#values.delete(oldest.value);
    return value;
  }
}
