// Tells the server whether the page is to be seen: when it changes, once it can be told, and never more often than it is asked.

export interface PageSeenOptions {
  /** Resolves with whether the server has taken it. */
  readonly tell: (seen: boolean) => Promise<boolean>;
  readonly later: (ms: number, action: () => void) => () => void;
}

const againMs = 5_000;

export class PageSeen {
  readonly #options: PageSeenOptions;
  #isSeen = true;
  /** What the server holds; null when that is not known. */
  #told: boolean | null = true;
  #isIn = false;
  #isTelling = false;
  #cancel: (() => void) | null = null;

  constructor(options: PageSeenOptions) {
    this.#options = options;
  }

  set(isSeen: boolean): void {
    this.#isSeen = isSeen;
    void this.#tell();
  }

  /** In the room. With a new seat the server takes it that the page is seen; of a kept one it knows what it was told. */
  entered(resumed: boolean): void {
    if (!resumed) this.#told = true;
    this.#isIn = true;
    void this.#tell();
  }

  out(): void {
    this.#isIn = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #tell(): Promise<void> {
    if (!this.#isIn || this.#isTelling || this.#cancel !== null || this.#told === this.#isSeen) return;
    const seen = this.#isSeen;
    this.#isTelling = true;
    const taken = await this.#options.tell(seen);
    this.#isTelling = false;
    this.#told = taken ? seen : null;
    if (taken) return this.#tell();
    if (!this.#isIn) return;
    this.#cancel = this.#options.later(againMs, () => {
      this.#cancel = null;
      void this.#tell();
    });
  }
}
