// Finds out that a PostgreSQL hangs (stopped, swapped out, behind a line that lost it without a word): it is asked for a sign of life on a line of its own. Rule H29.

export interface PulseOptions {
  readonly everyMs: number;
  /** Far longer than it takes under any load: a hanging one never answers. */
  readonly withinMs: number;
  /** Opens a line, asks, and keeps it for the next time; rejects when there is no answer to be had. */
  readonly ask: () => Promise<unknown>;
  /** Told again at each look for as long as it hangs. */
  readonly hangs: () => void;
}

export class Pulse {
  readonly #options: PulseOptions;
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;
  #hangs = false;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.everyMs).unref();
  }

  /** Nothing that is asked now would be answered. One that is stopped in good order does not hang: it refuses. */
  get hangs(): boolean {
    return this.#hangs;
  }

  /** Safe twice. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    // Where it was this process that stood still, the answer lies here already and is read first.
    const timer = setTimeout(() => setImmediate(() => resolve('late')), this.#options.withinMs);
    const answer = this.#options.ask().then(
      () => 'alive' as const,
      () => 'refused' as const,
    );
    this.#hangs = (await Promise.race([answer, late])) === 'late';
    if (this.#hangs) this.#options.hangs();
    clearTimeout(timer);
    // Its line is broken by now, or soon.
    await answer;
    this.#isAsking = false;
  }
}
