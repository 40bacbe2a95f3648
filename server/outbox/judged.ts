// When the verdicts of a register are told: when it is signed, and when one is corrected while it is.
import type { OutboxEvent } from './outbox.ts';

/** @param before signatures and reopenings of the same lessons, oldest first */
export function verdictsToTell(event: OutboxEvent, before: readonly OutboxEvent[]): boolean {
  if (event.kind === 'register-signed') return true;
  if (event.kind !== 'register-corrected') return false;
  const isSignature = ({ kind }: OutboxEvent) => kind === 'register-signed' || kind === 'register-reopened';
  const latest = before.findLast((one) => one.lessonId === event.lessonId && one.seq < event.seq && isSignature(one));
  return latest?.kind === 'register-signed';
}
