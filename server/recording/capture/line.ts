// One end of the line between the server and the recorder's process: questions with answers, in both directions, in order.
import { z } from 'zod';
import { errorOf, faultOf } from './protocol.ts';

const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ask'), call: z.number(), body: z.unknown() }),
  z.object({ type: z.literal('answer'), call: z.number(), value: z.unknown().optional() }),
  z.object({ type: z.literal('refusal'), call: z.number(), fault: z.object({ message: z.string(), code: z.string().optional() }) }),
]);
type Message = z.infer<typeof Message>;

export class LineBroken extends Error {}

type LineOptions = {
  readonly send: (message: Message) => void;
  /** Answers what the other end asks. Questions are handed on in order, before the answers to earlier ones. */
  readonly asked: (body: unknown) => Promise<unknown>;
};

export class Line<Ask> {
  readonly #options: LineOptions;
  readonly #waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  #calls = 0;
  #broken = false;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Whether the other end lives, as far as is known. */
  get isWhole(): boolean {
    return !this.#broken;
  }

  /** Rejects with what the other end threw, or with `LineBroken`. */
  ask(body: Ask): Promise<unknown> {
    if (this.#broken) return Promise.reject(new LineBroken('the other process is gone'));
    const call = ++this.#calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(call, { resolve, reject });
    this.#options.send({ type: 'ask', call, body });
    return promise;
  }

  /** For what nobody waits for: that the other end is gone is heard elsewhere. */
  tell(body: Ask): void {
    this.ask(body).catch(() => undefined);
  }

  /** A message from the other end. */
  heard(raw: unknown): void {
    const message = Message.parse(raw);
    if (message.type === 'ask') return this.#answer(message.call, message.body);
    const waiting = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    if (message.type === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(errorOf(message.fault));
  }

  /** The other end is gone: nothing that was asked is answered any more. Safe twice. */
  break(): void {
    this.#broken = true;
    for (const { reject } of this.#waiting.values()) reject(new LineBroken('the other process is gone'));
    this.#waiting.clear();
  }

  #answer(call: number, body: unknown): void {
    const answer = (message: Message): void => {
      if (!this.#broken) this.#options.send(message);
    };
    this.#options.asked(body).then(
      (value) => answer({ type: 'answer', call, value }),
      (error: unknown) => answer({ type: 'refusal', call, fault: faultOf(error) }),
    );
  }
}
