// Sending to browsers through their push services (RFC 8030); what can go wrong is an outcome, not an error.

export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface PushMessage {
  /** JSON for our service worker; encrypted on the way (RFC 8291). */
  readonly payload: string;
  /** The push service keeps it for a sleeping device this long. */
  readonly ttlSeconds: number;
  readonly urgency: 'normal' | 'high';
  /** A later message with the same one replaces this while it waits; at most 32 signs of base64url. */
  readonly topic: string;
}

export type PushOutcome =
  | { readonly as: 'sent' }
  /** The browser has withdrawn it, or is no more: never again. */
  | { readonly as: 'gone' }
  /** This message will never be taken. */
  | { readonly as: 'refused'; readonly why: string }
  | { readonly as: 'later'; readonly why: string; readonly afterMs: number | null };

export interface PushPort {
  /** Our VAPID public key (RFC 8292), base64url. */
  readonly publicKey: string;
  /** Whether we would ever send there. */
  accepts(endpoint: string): boolean;
  send(target: PushTarget, message: PushMessage): Promise<PushOutcome>;
  /** Safe twice. */
  close(): void;
}
