// A session with Janus over its HTTP interface: handles, messages, and the events that answer them.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { wait } from '../table/figures.ts';

const Jsep = z.object({ type: z.string(), sdp: z.string() });
export type Jsep = z.infer<typeof Jsep>;

const Answer = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  data: z.object({ id: z.number() }).optional(),
  plugindata: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
  jsep: Jsep.optional(),
  error: z.object({ reason: z.string() }).optional(),
});
type Answer = z.infer<typeof Answer>;

export class JanusSession {
  readonly #url: string;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #session = 0;
  #open = true;

  private constructor(url: string) {
    this.#url = url;
  }

  /** @param url of its interface; waits until it answers */
  static async open(url: string, patienceMs: number): Promise<JanusSession> {
    const session = new JanusSession(url);
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      try {
        await fetch(`${url}/info`);
        session.#session = (await session.#post('', { janus: 'create' })).data?.id ?? 0;
        void session.#poll();
        return session;
      } catch {
        await wait(100);
      }
    }
    throw new Error('Janus does not answer.');
  }

  async attach(plugin: string): Promise<number> {
    return (await this.#post(`/${this.#session}`, { janus: 'attach', plugin })).data?.id ?? 0;
  }

  /** The description that comes back, if any does. */
  async message(handle: number, body: object, jsep?: Jsep): Promise<Jsep | null> {
    const transaction = randomBytes(6).toString('hex');
    const event = new Promise<Answer>((come) => this.#waiting.set(transaction, come));
    const said = { janus: 'message', transaction, body, ...(jsep && { jsep }) };
    const first = await this.#post(`/${this.#session}/${handle}`, said);
    const answer = first.janus === 'ack' ? await event : first;
    this.#waiting.delete(transaction);
    const error = answer.plugindata?.data.error;
    if (error !== undefined) throw new Error(`Janus: ${String(error)}`);
    return answer.jsep ?? null;
  }

  close(): void {
    this.#open = false;
  }

  async #post(path: string, said: object): Promise<Answer> {
    const transaction = randomBytes(6).toString('hex');
    const response = await fetch(`${this.#url}${path}`, { method: 'POST', body: JSON.stringify({ transaction, ...said }) });
    const answer = Answer.parse(await response.json());
    if (answer.janus === 'error') throw new Error(`Janus: ${answer.error?.reason}`);
    return answer;
  }

  /** Events come only to who asks for them, again and again. */
  async #poll(): Promise<void> {
    while (this.#open) {
      try {
        const response = await fetch(`${this.#url}/${this.#session}?maxev=20`);
        const events = z.union([z.array(Answer), Answer.transform((one) => [one])]).parse(await response.json());
        for (const event of events) if (event.janus === 'event') this.#waiting.get(event.transaction ?? '')?.(event);
      } catch {
        if (this.#open) await wait(50);
      }
    }
  }
}
