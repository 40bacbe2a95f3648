// The tables of signing in by other systems; only this folder reads and writes them.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { FacultyId, type Instant, PersonId } from '../../contract/ids.ts';
import type { Database } from '../../database/tables.ts';
import type { Memory } from '../../ports/sign-in-provider.ts';
import { lockPeople, PersonStore } from '../person.store.ts';

export interface Attempt {
  readonly idHash: string;
  readonly browserHash: string;
  readonly provider: string;
  readonly expiresAt: Instant;
  readonly next: string;
  readonly memory: Memory;
  /** What SAML has brought already. */
  readonly answer: Answer | null;
}

const Answer = z.object({ subject: z.string(), claims: z.record(z.string(), z.array(z.string()).readonly()) });
export type Answer = z.output<typeof Answer>;
const Kept = z.record(z.string(), z.string());

export class ProvidersStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All of `work` or nothing, one after the other with whatever looks at several persons. */
  alone<T>(work: (stores: { readonly people: PersonStore; readonly identities: ProvidersStore }) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      await lockPeople(trx);
      return work({ people: new PersonStore(trx), identities: new ProvidersStore(trx) });
    });
  }

  async personOf(provider: string, subject: string): Promise<PersonId | null> {
    const row = await this.#db
      .selectFrom('external_identity')
      .select('person_id')
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row ? PersonId.parse(row.person_id) : null;
  }

  async personOfExternalId(externalId: string): Promise<PersonId | null> {
    const row = await this.#db.selectFrom('person').select('id').where('external_id', '=', externalId).executeTakeFirst();
    return row ? PersonId.parse(row.id) : null;
  }

  async isLinked(provider: string, personId: PersonId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('external_identity')
      .select('subject')
      .where('provider', '=', provider)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async link(identity: {
    readonly provider: string;
    readonly subject: string;
    readonly personId: PersonId;
    readonly now: Instant;
  }): Promise<void> {
    const { provider, subject, personId, now } = identity;
    await this.#db
      .insertInto('external_identity')
      .values({ provider, subject, person_id: personId, created_at: now, last_used_at: now })
      .execute();
  }

  async used(provider: string, subject: string, now: Instant): Promise<void> {
    await this.#db
      .updateTable('external_identity')
      .set({ last_used_at: now })
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .execute();
  }

  /** Faculties by what the student-record system calls them. */
  async faculties(externalIds: readonly string[]): Promise<Map<string, FacultyId>> {
    if (externalIds.length === 0) return new Map();
    const rows = await this.#db.selectFrom('faculty').select(['id', 'external_id']).where('external_id', 'in', externalIds).execute();
    return new Map(rows.flatMap(({ id, external_id }) => (external_id === null ? [] : [[external_id, FacultyId.parse(id)] as const])));
  }

  async addAttempt({ answer, memory, ...attempt }: Attempt): Promise<void> {
    await this.#db
      .insertInto('sign_in_attempt')
      .values({
        id_hash: attempt.idHash,
        browser_hash: attempt.browserHash,
        provider: attempt.provider,
        expires_at: attempt.expiresAt,
        next: attempt.next,
        memory: JSON.stringify(memory),
        answer: answer && JSON.stringify(answer),
      })
      .execute();
  }

  async attempt(idHash: string): Promise<Attempt | null> {
    const row = await this.#db.selectFrom('sign_in_attempt').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
    if (!row) return null;
    return {
      idHash: row.id_hash,
      browserHash: row.browser_hash,
      provider: row.provider,
      expiresAt: row.expires_at,
      next: row.next,
      memory: Kept.parse(JSON.parse(row.memory)),
      answer: row.answer === null ? null : Answer.parse(JSON.parse(row.answer)),
    };
  }

  /** False when it has an answer already, or is gone. */
  async answerAttempt(idHash: string, answer: Answer): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('sign_in_attempt')
      .set({ answer: JSON.stringify(answer) })
      .where('id_hash', '=', idHash)
      .where('answer', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** False when someone else has taken it already. */
  async takeAttempt(idHash: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('sign_in_attempt').where('id_hash', '=', idHash).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** False when it was spent before. */
  async spendAssertion(provider: string, idHash: string, expiresAt: Instant): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('spent_assertion')
      .values({ provider, id_hash: idHash, expires_at: expiresAt })
      .onConflict((conflict) => conflict.columns(['provider', 'id_hash']).doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async removeExpired(now: Instant): Promise<void> {
    await this.#db.deleteFrom('sign_in_attempt').where('expires_at', '<=', now).execute();
    await this.#db.deleteFrom('spent_assertion').where('expires_at', '<=', now).execute();
  }
}
