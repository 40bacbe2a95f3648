// The table of administrative acts: only ever added to.
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { AuditAct, type AuditEntry, type AuditQuery } from '../contract/audit.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import type { AuditEntryTable } from '../database/tables-timetable.ts';
import { searchPatterns, searchText } from '../database/text.ts';
import type { Actor } from './actor.ts';

export type AuditFilter = Partial<Omit<z.output<typeof AuditQuery>, 'before' | 'limit'>>;

export interface NewAuditEntry {
  readonly at: Instant;
  readonly actor: Actor;
  readonly act: AuditAct;
  readonly subject: {
    readonly kind: string;
    readonly id: string;
    readonly name: string;
  };
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

  /** Newest first. */
  async page(
    query: AuditFilter & {
      readonly before?: number | undefined;
      readonly limit: number;
    },
  ): Promise<AuditEntry[]> {
    let page = this.#matching(query).selectAll().orderBy('seq', 'desc').limit(query.limit);
    if (query.before !== undefined) page = page.where('seq', '<', query.before);
    return (await page.execute()).map(entryOf);
  }

  async count(filter: AuditFilter): Promise<number> {
    const { total } = await this.#matching(filter)
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  }

  /** The oldest ones; answers how many were removed, at most `limit`. */
  async removeBefore(at: Instant, limit: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('audit_entry')
      .where('seq', 'in', (e) => e.selectFrom('audit_entry').select('seq').where('at', '<', at).orderBy('seq').limit(limit))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #matching({ actorId, subjectId, act, search, from, to }: AuditFilter) {
    let matching = this.#db.selectFrom('audit_entry');
    if (actorId !== undefined) matching = matching.where('actor_id', '=', actorId);
    if (subjectId !== undefined) matching = matching.where('subject_id', '=', subjectId);
    if (act !== undefined) matching = matching.where('act', '=', act);
    if (from !== undefined) matching = matching.where('at', '>=', from);
    if (to !== undefined) matching = matching.where('at', '<', to);
    for (const pattern of searchPatterns(search ?? '')) matching = matching.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
    return matching;
  }
}

const Kind = z.enum(['person', 'api-key', 'server']);
const Values = z.record(z.string(), z.unknown()).nullable();

function entryOf(row: Selectable<AuditEntryTable>): AuditEntry {
  const values = (text: string | null) => Values.parse(text === null ? null : JSON.parse(text));
  return {
    seq: row.seq,
    at: row.at,
    actor: {
      id: row.actor_id,
      name: row.actor_name,
      kind: Kind.parse(row.actor_kind),
    },
    address: row.address,
    act: AuditAct.parse(row.act),
    subject: {
      kind: row.subject_kind,
      id: row.subject_id,
      name: row.subject_name,
    },
    before: values(row.before),
    after: values(row.after),
  };
}
