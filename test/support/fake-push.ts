// Push services in memory: keep what they take, and fail as they are told to.
import { z } from 'zod';
import type { PushMessage, PushOutcome, PushPort, PushTarget } from '../../server/ports/push.ts';

const Payload = z.object({ title: z.string(), body: z.string(), path: z.string(), tag: z.string(), language: z.string() });

export class FakePush implements PushPort {
  readonly publicKey = 'key';
  readonly taken: { readonly endpoint: string; readonly message: PushMessage; readonly payload: z.infer<typeof Payload> }[] = [];
  answer: (target: PushTarget) => PushOutcome = () => ({ as: 'sent' });

  accepts(endpoint: string): boolean {
    return endpoint.startsWith('https://push.test/');
  }

  send(target: PushTarget, message: PushMessage): Promise<PushOutcome> {
    const outcome = this.accepts(target.endpoint) ? this.answer(target) : { as: 'gone' as const };
    if (outcome.as === 'sent') this.taken.push({ endpoint: target.endpoint, message, payload: Payload.parse(JSON.parse(message.payload)) });
    return Promise.resolve(outcome);
  }

  close(): void {}

  to(endpoint: string) {
    return this.taken.filter((one) => one.endpoint === endpoint);
  }
}
