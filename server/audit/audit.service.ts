// Writes administrative acts down, and reads them back for those who may.
import type { AuditAct } from '../contract/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Actor } from './actor.ts';
import type { AuditStore } from './audit.store.ts';
import { difference } from './audit.ts';

export interface Act {
  readonly act: AuditAct;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  /** Whole values; only what differs is kept. Left out: there was nothing. */
  readonly before?: object | null;
  readonly after?: object | null;
}

/** What services need of the audit log. */
export interface Audit {
  /** Resolves when it is on disk; call it before the answer. */
  record(actor: Actor, act: Act): Promise<void>;
}

export class AuditService implements Audit {
  readonly #store: AuditStore;
  readonly #clock: Clock;

  constructor({ store, clock }: { readonly store: AuditStore; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async record(actor: Actor, { act, subject, before = null, after = null }: Act): Promise<void> {
    const sides = difference(before === null ? null : { ...before }, after === null ? null : { ...after });
    await this.#store.add({ at: this.#clock.now(), actor, act, subject, ...sides });
  }
}
