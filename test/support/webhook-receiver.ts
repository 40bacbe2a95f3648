// Somebody who is told by a webhook: believes only what is signed, takes each message and each event once, and can behave badly.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { type Answer, ScriptedServer } from './scripted-server.ts';

const Event = z.object({
  id: z.uuid(),
  seq: z.number().int(),
  type: z.string(),
  timestamp: z.iso.datetime(),
  lesson: z.looseObject({ id: z.string(), entry: z.number().int() }),
  person: z.object({ id: z.string(), name: z.string().optional() }).nullable(),
  data: z.record(z.string(), z.unknown()),
});
const Message = z.strictObject({ type: z.literal('records'), timestamp: z.iso.datetime(), events: z.array(Event).min(1).max(100) });
export type WebhookEvent = z.infer<typeof Event>;

export class WebhookReceiver {
  readonly secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
  /** Each once, in the order in which they came. */
  readonly events: WebhookEvent[] = [];
  /** Body by webhook-id. */
  readonly messages = new Map<string, string>();
  repeated = 0;
  /** Signed wrongly, or with a known id and another body. */
  readonly faults: string[] = [];
  refuses: (event: WebhookEvent) => boolean = () => false;
  readonly timestamps: number[] = [];
  readonly server: ScriptedServer;

  private constructor(server: ScriptedServer) {
    this.server = server;
  }

  static async open(): Promise<WebhookReceiver> {
    let opened: WebhookReceiver | null = null;
    const server = await ScriptedServer.open((body, headers) => opened?.take(body, headers) ?? { status: 500 });
    opened = new WebhookReceiver(server);
    return opened;
  }

  get url(): string {
    return `${this.server.url}/hook?key=unshown`;
  }

  take(body: string, headers: IncomingHttpHeaders): Answer {
    const id = String(headers['webhook-id']);
    const timestamp = String(headers['webhook-timestamp']);
    this.timestamps.push(Number(timestamp));
    const key = Buffer.from(this.secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    const [version, signature = ''] = String(headers['webhook-signature']).split(',');
    const given = Buffer.from(signature, 'base64');
    if (version !== 'v1' || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      this.faults.push('signed wrongly');
      return { status: 401 };
    }
    const known = this.messages.get(id);
    if (known !== undefined) {
      this.repeated += 1;
      if (known !== body) this.faults.push('the same id for something else');
      return { status: 200 };
    }
    const { events } = Message.parse(JSON.parse(body));
    if (events.some((event) => this.refuses(event))) return { status: 422, body: '{"error":"no such lesson"}' };
    this.messages.set(id, body);
    for (const event of events) if (!this.events.some((one) => one.id === event.id)) this.events.push(event);
    return { status: 200 };
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
