// Asks, a moment after each join, for what may come after sound and picture: all the others in a large room, and what was written before.
import type { MessageId } from '../../server/contract/ids.ts';
import type { RequestOutput } from '../../server/contract/index.ts';
import type { Notice } from '../../server/contract/notices.ts';
import { RestOfRoom } from '../../server/contract/room.ts';
import { isPassing, type Outcome } from './outcome.ts';

export interface RestOptions {
  ask(chatAfter: MessageId | undefined): Promise<Outcome<RequestOutput<'room:rest'>>>;
  /** `since`: what was heard after it was asked for, in order; some of it is newer. */
  told(rest: RestOfRoom, since: readonly Notice[]): void;
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
  /** Heard while an answer is on its way. */
  #since: Notice[] | undefined;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** `chatAfter`: the last message that was known before this join. */
  joined(chatAfter: MessageId | undefined): void {
    this.lost();
    this.#askAfter(afterMs, chatAfter);
  }

  heard(batch: readonly Notice[]): void {
    this.#since?.push(...batch);
  }

  /** Safe twice. */
  lost(): void {
    this.#cancel();
    this.#since = undefined;
    this.#round += 1;
  }

  #askAfter(ms: number, chatAfter: MessageId | undefined): void {
    this.#cancel = this.#options.later(ms, () => void this.#ask(chatAfter));
  }

  async #ask(chatAfter: MessageId | undefined): Promise<void> {
    const round = this.#round;
    this.#since = [];
    const rest = await this.#options.ask(chatAfter);
    const unpacked = rest.ok ? await unpack(rest.value) : undefined;
    if (round !== this.#round) return;
    const since = this.#since ?? [];
    this.#since = undefined;
    if (unpacked) this.#options.told(unpacked, since);
    else if (!rest.ok && isPassing(rest.code)) this.#askAfter(askAgainMs, chatAfter);
  }
}

async function unpack(rest: RequestOutput<'room:rest'>): Promise<RestOfRoom> {
  if (!('packed' in rest)) return rest;
  const bytes = new Blob([new Uint8Array(rest.packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return RestOfRoom.parse(await new Response(bytes).json());
}
