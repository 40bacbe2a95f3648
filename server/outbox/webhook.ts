// What a webhook is sent, and how it is signed: Standard Webhooks 1.0 (https://www.standardwebhooks.com).
import { createHmac } from 'node:crypto';
import type { Instant } from '../contract/ids.ts';
import type { OutboxEvent } from './outbox.ts';
import { tell } from './post.ts';
import { type Receiver, shownUrl } from './receiver.ts';
import { stableId } from './stable-id.ts';
import type { Surroundings } from './surroundings.ts';

function webhookEventOf(event: OutboxEvent, around: Surroundings, instance: string): object {
  const { seq, at, kind, lessonId, entrySeq, personId, detail } = event;
  const lesson = around.lessons.get(lessonId);
  const name = personId === null ? undefined : around.names.get(personId);
  const verdicts = around.verdicts.get(seq);
  return {
    id: stableId(instance, `event/${seq}`),
    seq,
    type: kind,
    timestamp: new Date(at).toISOString(),
    lesson: { id: lessonId, entry: entrySeq, ...(lesson && { ...lesson, ...times(lesson) }) },
    person: personId === null ? null : { id: personId, ...(name !== undefined && { name }) },
    data: { ...detail, ...(verdicts && { verdicts }) },
  };
}

function times({ startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number }) {
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

/** The same for the same events, whenever they are sent. */
function webhookBody(events: readonly object[], at: number): string {
  return JSON.stringify({ type: 'records', timestamp: new Date(at).toISOString(), events });
}

/**
 * @param secret `whsec_` and the base64 of the key
 * @param at when it is sent, in milliseconds
 */
export function webhookHeaders(id: string, at: number, body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

export interface WebhookSettings {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** Missing: all. */
  readonly kinds?: readonly string[] | undefined;
}

export function webhookReceiver({ id, url, secret, kinds }: WebhookSettings, instance: string, now: () => Instant): Receiver {
  const wanted = kinds && new Set(kinds);
  return {
    ...{ id, kind: 'webhook', shownUrl: shownUrl(url) },
    itemsOf: (event, around) =>
      wanted === undefined || wanted.has(event.kind)
        ? [{ seq: event.seq, at: event.at, body: webhookEventOf(event, around, instance) }]
        : [],
    send(items, signal) {
      const [first, last] = [items.at(0), items.at(-1)];
      if (first === undefined || last === undefined) return Promise.resolve({ as: 'taken' });
      const events = items.map((item) => item.body);
      const body = webhookBody(events, last.at);
      const messageId = `msg_${stableId(instance, `webhook/${id}/${items.map((item) => item.seq).join()}`)}`;
      const headers = webhookHeaders(messageId, now(), body, secret);
      return tell({ url, headers, body, signal, now }, () => null);
    },
  };
}
