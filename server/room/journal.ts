// Durable before visible: facts of one room are written before they are published, and published in the order in which they happened.
import type { Fact } from '../facts.ts';
import type { DurableRoom } from './durable.ts';

export interface JournalOptions {
  /** Both resolve when it is in the database. */
  append(facts: readonly Fact[]): Promise<void>;
  save(state: DurableRoom): Promise<void>;
  publish(facts: readonly Fact[]): void;
  /** What is in memory can no longer be brought in step with what is written. Called once. */
  failed(error: unknown): void;
}

export class Journal {
  readonly #options: JournalOptions;
  #published: Promise<void> = Promise.resolve();
  #asked: DurableRoom | null;
  #saving: Promise<void> = Promise.resolve();
  #saveQueued = false;
  #hasFailed = false;

  /** @param stored what the database holds already; null when it holds nothing */
  constructor(options: JournalOptions, stored: DurableRoom | null) {
    this.#options = options;
    this.#asked = stored;
  }

  /** Resolves after publishing. To be called in the same turn in which the facts came to be. */
  commit(facts: readonly Fact[], state: DurableRoom): Promise<void> {
    const written = [this.#published, this.#options.append(facts), this.#save(state)];
    this.#published = Promise.all(written).then(
      () => this.#options.publish(facts),
      (error: unknown) => {
        this.#fail(error);
        throw error;
      },
    );
    return this.#published;
  }

  /** While one save runs, all changes made meanwhile wait for the next one together. */
  #save(state: DurableRoom): Promise<void> {
    if (state === this.#asked) return this.#saving;
    this.#asked = state;
    if (this.#saveQueued) return this.#saving;
    this.#saveQueued = true;
    this.#saving = this.#saving.then(() => {
      this.#saveQueued = false;
      return this.#options.save(this.#asked ?? state);
    });
    return this.#saving;
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.failed(error);
  }
}
