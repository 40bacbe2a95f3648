// Writes down who looked at whose quality history: once in a quarter of an hour for the same thing. Rule Z16.
import type { Actor } from '../audit/actor.ts';
import type { Act, Audit } from '../audit/audit.service.ts';
import type { Clock } from '../ports/clock.ts';

const sameWithinMs = 15 * 60_000;
const mostRemembered = 5000;

export class Peeks {
  readonly #audit: Audit;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #lookedAt = new Map<string, number>();

  constructor(audit: Audit, clock: Pick<Clock, 'now'>) {
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Resolves when it is on disk; before the answer. `what` says whether it is the same as before. */
  async note(actor: Actor, subject: Act['subject'], after: Readonly<Record<string, unknown>>, what: string): Promise<void> {
    const now = this.#clock.now();
    const key = [actor.id, subject.kind, subject.id, what].join(' ');
    if (now - (this.#lookedAt.get(key) ?? Number.NEGATIVE_INFINITY) < sameWithinMs) return;
    await this.#audit.record(actor, { act: 'diagnosis.looked', subject, after });
    this.#lookedAt.delete(key);
    this.#lookedAt.set(key, now);
    for (const [oldest, at] of this.#lookedAt) {
      if (now - at < sameWithinMs && this.#lookedAt.size <= mostRemembered) break;
      this.#lookedAt.delete(oldest);
    }
  }
}
