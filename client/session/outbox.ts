// Messages on their way: kept until the server has them, sent again after a lost line under the same mark.
import type { ChatMessage } from '../../server/contract/chat.ts';
import { type FailureCode, isPassing, type Outcome } from './outcome.ts';

export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  /** Undefined while it is on its way; else why the server did not take it. */
  readonly refusedWith: FailureCode | undefined;
}

type Post = (input: { readonly text: string; readonly clientId: string }) => Promise<Outcome<{ message: ChatMessage }>>;

export class Outbox {
  readonly #post: Post;
  readonly #newId: () => string;
  readonly #onChange: () => void;
  readonly #onPosted: (message: ChatMessage) => void;
  #items: readonly Outgoing[] = [];
  #sending = false;

  constructor(around: { post: Post; newId: () => string; onChange: () => void; onPosted: (message: ChatMessage) => void }) {
    this.#post = around.post;
    this.#newId = around.newId;
    this.#onChange = around.onChange;
    this.#onPosted = around.onPosted;
  }

  get items(): readonly Outgoing[] {
    return this.#items;
  }

  add(text: string): void {
    this.#set([...this.#items, { clientId: this.#newId(), text, refusedWith: undefined }]);
    void this.flush();
  }

  /** Sends what waits, oldest first and one at a time, so that the order is kept. Stops when the line is lost. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const { clientId, text } = next;
        const outcome = await this.#post({ text, clientId });
        if (outcome.ok) {
          this.#remove(clientId);
          this.#onPosted(outcome.value.message);
        } else if (isPassing(outcome.code)) {
          return;
        } else {
          this.#set(this.#items.map((item) => (item.clientId === clientId ? { ...item, refusedWith: outcome.code } : item)));
        }
      }
    } finally {
      this.#sending = false;
    }
  }

  retry(clientId: string): void {
    this.#set(this.#items.map((item) => (item.clientId === clientId ? { ...item, refusedWith: undefined } : item)));
    void this.flush();
  }

  discard(clientId: string): void {
    this.#remove(clientId);
  }

  #next(): Outgoing | undefined {
    return this.#items.find((item) => item.refusedWith === undefined);
  }

  #remove(clientId: string): void {
    this.#set(this.#items.filter((item) => item.clientId !== clientId));
  }

  #set(items: readonly Outgoing[]): void {
    this.#items = items;
    this.#onChange();
  }
}
