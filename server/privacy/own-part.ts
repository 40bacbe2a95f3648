// What of an entry of the audit log a person may take along: what was done to them, and what they did, without what is another's.
import type { AuditEntry } from '../contract/audit.ts';

/** Of the other side only that there was one: not who or from where, nor what became of another person's account. */
export function ownPart({ actor, address, subject, before, after, ...entry }: AuditEntry, personId: string): Record<string, unknown> {
  const own = { actor: actor.id === personId, subject: subject.id === personId };
  const isAnother = subject.kind === 'person' && !own.subject;
  return {
    ...entry,
    actor: own.actor ? actor : { kind: actor.kind },
    ...(own.actor && { address }),
    subject: isAnother ? { kind: subject.kind } : subject,
    ...(!isAnother && { before, after }),
  };
}
