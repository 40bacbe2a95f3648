// What it takes to be told: how events become what is sent, and what came of sending it.
import type { Instant } from '../contract/ids.ts';
import type { OutboxEvent } from './outbox.ts';
import type { Surroundings } from './surroundings.ts';

export type Outcome =
  | { readonly as: 'taken' }
  /** It has something of this already. */
  | { readonly as: 'known' }
  /** It will never take this, or this together. */
  | { readonly as: 'refused'; readonly why: string }
  | { readonly as: 'later'; readonly why: string; readonly afterMs: number | null };

export interface Item {
  readonly seq: number;
  readonly at: Instant;
  readonly body: object;
}

export interface Receiver {
  readonly id: string;
  readonly kind: 'lrs' | 'webhook';
  /** Without user, password and query. */
  readonly shownUrl: string;
  /** None where it is not to be told. */
  itemsOf(event: OutboxEvent, around: Surroundings): readonly Item[];
  /** Never rejects. */
  send(items: readonly Item[], signal: AbortSignal): Promise<Outcome>;
}

export function shownUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}
