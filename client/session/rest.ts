// Asks, a moment after each join, for what may come after sound and picture: all the others in a large room, and what was written before.
import type { MessageId } from '../../server/contract/ids.ts';
import type { RequestOutput } from '../../server/contract/index.ts';
import { isPassing, type Outcome } from './outcome.ts';

type RestOfRoom = RequestOutput<'room:rest'>;

export interface RestOptions {
  ask(chatAfter: MessageId | undefined): Promise<Outcome<RestOfRoom>>;
  told(rest: RestOfRoom): void;
  later(ms: number, action: () => void): () => void;
}

/** The way is left to sound and picture first. */
const afterMs = 700;
const askAgainMs = 2_000;

export class Rest {
  readonly #options: RestOptions;
  #cancel: () => void = () => undefined;
  /** Raised by each join and each loss: what an older one still brings is not for us. */
  #round = 0;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** `chatAfter`: the last message that was known before this join. */
  joined(chatAfter: MessageId | undefined): void {
    this.lost();
    this.#askAfter(afterMs, chatAfter);
  }

  /** Safe twice. */
  lost(): void {
    this.#cancel();
    this.#round += 1;
  }

  #askAfter(ms: number, chatAfter: MessageId | undefined): void {
    this.#cancel = this.#options.later(ms, () => void this.#ask(chatAfter));
  }

  async #ask(chatAfter: MessageId | undefined): Promise<void> {
    const round = this.#round;
    const rest = await this.#options.ask(chatAfter);
    if (round !== this.#round) return;
    if (rest.ok) this.#options.told(rest.value);
    else if (isPassing(rest.code)) this.#askAfter(askAgainMs, chatAfter);
  }
}
