// The table of administrative acts: only ever added to.
import type { Kysely } from 'kysely';
import type { AuditAct } from '../contract/audit.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchText } from '../database/text.ts';
import type { Actor } from './actor.ts';

export interface NewAuditEntry {
  readonly at: Instant;
  readonly actor: Actor;
  readonly act: AuditAct;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly before: object | null;
  readonly after: object | null;
}

export class AuditStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add({ at, actor, act, subject, before, after }: NewAuditEntry): Promise<void> {
    await this.#db
      .insertInto('audit_entry')
      .values({
        at,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.displayName,
        address: actor.address,
        act,
        subject_kind: subject.kind,
        subject_id: subject.id,
        subject_name: subject.name,
        search_text: searchText(actor.displayName, subject.name),
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      })
      .execute();
  }
}
