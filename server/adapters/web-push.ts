// Sends to browsers through their push services, and to nobody else: only hosts that are known, over HTTPS.
import { createECDH } from 'node:crypto';
import { Agent } from 'node:https';
import webPush from 'web-push';
import { z } from 'zod';
import type { PushMessage, PushOutcome, PushPort, PushTarget } from '../ports/push.ts';

export interface WebPushSettings {
  /** 32 random bytes that never change: browsers accept only the key that they subscribed with. */
  readonly secret: Buffer;
  /** mailto: or https:, so that a push service can reach whoever runs this server (RFC 8292, 2.1). */
  readonly contact: string;
  /** Beside the known push services; with a port, only that port. */
  readonly hosts: readonly string[];
  readonly connections: number;
  readonly ca?: string | undefined;
}

/** Chrome, Edge and others on Android and desktops; Firefox; Safari; Edge on Windows. A point at the beginning stands for any name before it. */
const PUSH_SERVICES = ['fcm.googleapis.com', '.push.services.mozilla.com', '.push.apple.com', '.notify.windows.com'];
const TIMEOUT_MS = 15_000;

const Failure = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.unknown()).optional() });

export class WebPush implements PushPort {
  readonly publicKey: string;
  readonly #keys: { readonly subject: string; readonly publicKey: string; readonly privateKey: string };
  readonly #hosts: readonly string[];
  readonly #agent: Agent;

  constructor({ secret, contact, hosts, connections, ca }: WebPushSettings) {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(secret);
    this.publicKey = pair.getPublicKey('base64url');
    this.#keys = { subject: contact, publicKey: this.publicKey, privateKey: secret.toString('base64url') };
    this.#hosts = hosts;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, ...(ca !== undefined && { ca }) });
  }

  /** The endpoint is the browser's word: without this list, whoever signs in could have us call any address inside the university. */
  accepts(endpoint: string): boolean {
    const url = URL.parse(endpoint);
    if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
    if (this.#hosts.includes(url.host)) return true;
    return url.port === '' && PUSH_SERVICES.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host));
  }

  async send({ endpoint, p256dh, auth }: PushTarget, { payload, ttlSeconds, urgency, topic }: PushMessage): Promise<PushOutcome> {
    if (!this.accepts(endpoint)) return { as: 'gone' };
    try {
      await webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, payload, {
        ...{ TTL: ttlSeconds, urgency, topic, timeout: TIMEOUT_MS },
        contentEncoding: 'aes128gcm',
        vapidDetails: this.#keys,
        agent: this.#agent,
      });
      return { as: 'sent' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** RFC 8030, 5 and 7.3: 404 and 410 end a subscription; 429 and 5yz pass. */
function outcomeOf(error: unknown): PushOutcome {
  const failure = Failure.safeParse(error);
  if (!failure.success) return { as: 'later', why: error instanceof Error ? error.message.slice(0, 300) : String(error), afterMs: null };
  const { statusCode, headers } = failure.data;
  if (statusCode === 404 || statusCode === 410) return { as: 'gone' };
  const why = `HTTP ${statusCode}`;
  if (statusCode === 429 || statusCode >= 500) return { as: 'later', why, afterMs: retryAfterMs(headers?.['retry-after']) };
  return { as: 'refused', why };
}

const RETRY_AFTER_MOST_MS = 3_600_000;

function retryAfterMs(header: unknown): number | null {
  const seconds = typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : 0;
  return seconds === 0 ? null : Math.min(seconds * 1000, RETRY_AFTER_MOST_MS);
}
