// What a request comes back with in the browser: the server's reply, or word that the server could not be reached.
import type { RefusalCode, RefusalDetails, Reply } from '../../server/contract/reply.ts';

/** `offline`: no answer came, so it is not known whether the request was carried out. */
export type FailureCode = RefusalCode | 'offline';
export type Failure = { readonly ok: false; readonly code: FailureCode; readonly details: RefusalDetails | undefined };
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

export const offline: Failure = { ok: false, code: 'offline', details: undefined };

export function outcomeOf<T>(reply: Reply<T>): Outcome<T> {
  if (reply.ok) return reply;
  return { ok: false, code: reply.code, details: reply.details };
}

const passing: ReadonlySet<FailureCode> = new Set(['offline', 'internal', 'server-stopping', 'too-many-requests', 'media-unavailable']);

/** True when the same request may well succeed a little later. */
export function isPassing(code: FailureCode): boolean {
  return passing.has(code);
}
