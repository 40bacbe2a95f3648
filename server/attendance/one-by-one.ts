// Lets what is done to one lesson's register wait for what is being done to it; other lessons' do not.

/** The turn of all excuses: none comes between judging a register and signing it. */
export const excuses = 'excuses';

export class OneByOne {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
