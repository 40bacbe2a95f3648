// The tables of the second factor: sealed secrets, recovery codes, and sign-ins that wait for their code.
import type { Kysely } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

export interface SecretRow {
  readonly secret: string | null;
  readonly lastStep: number;
  readonly pending: string | null;
  readonly pendingAt: Instant | null;
}

export class SecondFactorStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async of(personId: string): Promise<SecretRow | null> {
    const row = await this.#db.selectFrom('second_factor').selectAll().where('person_id', '=', personId).executeTakeFirst();
    return row
      ? {
          secret: row.secret,
          lastStep: row.last_step,
          pending: row.pending,
          pendingAt: row.pending_at,
        }
      : null;
  }

  async propose(personId: string, pending: string, now: Instant): Promise<void> {
    await this.#db
      .insertInto('second_factor')
      .values({ person_id: personId, secret: null, pending, pending_at: now })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ pending, pending_at: now }))
      .execute();
  }

  /** The proposed secret becomes the one that counts. False when it is another one by now. */
  async confirm(personId: string, pending: string, step: number, codeHashes: readonly string[], now: Instant): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('second_factor')
        .set({
          secret: pending,
          last_step: step,
          pending: null,
          pending_at: null,
        })
        .where('person_id', '=', personId)
        .where('pending', '=', pending)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await trx.updateTable('person').set({ second_factor_at: now }).where('id', '=', personId).execute();
      await new SecondFactorStore(trx).#setCodes(personId, codeHashes);
      return true;
    });
  }

  /** False when this step, or a later one, was used meanwhile. */
  async spend(personId: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('second_factor')
      .set({ last_step: step })
      .where('person_id', '=', personId)
      .where('last_step', '<', step)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** False when there is no such code, or no longer. */
  async spendCode(personId: string, codeHash: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('recovery_code')
      .where('person_id', '=', personId)
      .where('code_hash', '=', codeHash)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async codesLeft(personId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('recovery_code')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    return count;
  }

  renewCodes(personId: string, codeHashes: readonly string[]): Promise<void> {
    return this.#db.transaction().execute((trx) => new SecondFactorStore(trx).#setCodes(personId, codeHashes));
  }

  /** @param dueAt by when a role that asks for one wants the next one */
  async remove(personId: string, dueAt: Instant): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('second_factor').where('person_id', '=', personId).execute();
      await trx.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
      await trx.deleteFrom('sign_in_challenge').where('person_id', '=', personId).execute();
      await trx.updateTable('person').set({ second_factor_at: null, second_factor_due_at: dueAt }).where('id', '=', personId).execute();
    });
  }

  /** Begins the time in which to set one up; once only. */
  async startGrace(personId: string, dueAt: Instant): Promise<void> {
    await this.#db
      .updateTable('person')
      .set({ second_factor_due_at: dueAt })
      .where('id', '=', personId)
      .where('second_factor_due_at', 'is', null)
      .execute();
  }

  async addChallenge(challenge: { readonly tokenHash: string; readonly personId: string; readonly expiresAt: Instant }): Promise<void> {
    await this.#db
      .insertInto('sign_in_challenge')
      .values({
        token_hash: challenge.tokenHash,
        person_id: challenge.personId,
        expires_at: challenge.expiresAt,
      })
      .execute();
  }

  async challenge(tokenHash: string): Promise<{ personId: string; expiresAt: Instant } | null> {
    const row = await this.#db.selectFrom('sign_in_challenge').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    return row ? { personId: row.person_id, expiresAt: row.expires_at } : null;
  }

  /** False when it was used meanwhile. */
  async endChallenge(tokenHash: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('sign_in_challenge').where('token_hash', '=', tokenHash).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async endExpired(now: Instant): Promise<void> {
    await this.#db.deleteFrom('sign_in_challenge').where('expires_at', '<=', now).execute();
  }

  async #setCodes(personId: string, codeHashes: readonly string[]): Promise<void> {
    await this.#db.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
    await this.#db
      .insertInto('recovery_code')
      .values(codeHashes.map((code_hash) => ({ person_id: personId, code_hash })))
      .execute();
  }
}
