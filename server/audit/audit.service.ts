// Writes administrative acts down, and reads them back for those who may.
import type { z } from 'zod';
import type { AuditAct, AuditEntry, AuditPage, AuditQuery } from '../contract/audit.ts';
import type { Instant, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { Actor } from './actor.ts';
import type { AuditFilter, AuditStore } from './audit.store.ts';
import { difference } from './audit.ts';
import { mayReadAudit } from './audit-rights.ts';

const PER_EXPORT_PAGE = 500;

export interface Act {
  readonly act: AuditAct;
  readonly subject: {
    readonly kind: string;
    readonly id: string;
    readonly name: string;
  };
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
    await this.#store.add({
      at: this.#clock.now(),
      actor,
      act,
      subject,
      ...sides,
    });
  }

  async page(actor: Actor, { before, limit, ...filter }: z.output<typeof AuditQuery>): Promise<z.output<typeof AuditPage>> {
    refuseUnlessReader(actor);
    const [entries, total] = await Promise.all([this.#store.page({ ...filter, before, limit: limit + 1 }), this.#store.count(filter)]);
    const shown = entries.slice(0, limit);
    return {
      entries: shown,
      next: entries.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      total,
    };
  }

  /** All that match, newest first, a few hundred at a time; that the log was taken out is itself written down. */
  async export(actor: Actor, filter: AuditFilter): Promise<AsyncIterable<readonly AuditEntry[]>> {
    refuseUnlessReader(actor);
    await this.record(actor, {
      act: 'audit.exported',
      subject: { kind: 'audit', id: '', name: '' },
      after: filter,
    });
    return this.#pages(filter);
  }

  /** What the log holds about a person, as the one who acted or the one acted upon. */
  async about(personId: PersonId): Promise<AuditEntry[]> {
    const found = new Map<number, AuditEntry>();
    for (const filter of [{ actorId: personId }, { subjectId: personId }])
      for await (const page of this.#pages(filter)) for (const entry of page) found.set(entry.seq, entry);
    return [...found.values()].sort((a, b) => b.seq - a.seq);
  }

  /** The oldest, by the rule of how long the log is kept; the only way in which it grows shorter. Answers how many. */
  removeBefore(at: Instant, limit: number): Promise<number> {
    return this.#store.removeBefore(at, limit);
  }

  async *#pages(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]> {
    let before: number | undefined;
    while (true) {
      const entries = await this.#store.page({
        ...filter,
        before,
        limit: PER_EXPORT_PAGE,
      });
      if (entries.length > 0) yield entries;
      before = entries.at(-1)?.seq;
      if (entries.length < PER_EXPORT_PAGE) return;
    }
  }
}

function refuseUnlessReader(actor: Actor): void {
  if (actor.kind !== 'person' || !mayReadAudit(actor))
    throw new Refused('not-allowed', 'Only administrators and observers read the audit log');
}
