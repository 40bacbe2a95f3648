// The table of sessions: who is signed in where. It holds only hashes of tokens, so that a copy of the database signs nobody in.
import type { Kysely } from 'kysely';
import type { Person } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { columns, personOf, type Standing, standingColumns, standingOf } from './person-row.ts';

export interface NewSession {
  readonly tokenHash: string;
  readonly personId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
  readonly address: string;
}

interface FoundSession {
  readonly person: Person;
  readonly standing: Standing;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
}

export class SessionStore {
  readonly #db: Kysely<Database>;
  /** Builders of queries never change: what each request needs is begun once. */
  readonly #withPeople: ReturnType<typeof sessionsWithPeople>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
    this.#withPeople = sessionsWithPeople(db);
  }

  async add(session: NewSession): Promise<void> {
    await this.#db
      .insertInto('session')
      .values({
        token_hash: session.tokenHash,
        person_id: session.personId,
        created_at: session.createdAt,
        last_seen_at: session.createdAt,
        expires_at: session.expiresAt,
        user_agent: session.userAgent,
        address: session.address,
      })
      .execute();
  }

  async find(tokenHash: string): Promise<FoundSession | null> {
    const row = await this.#withPeople.where('token_hash', '=', tokenHash).executeTakeFirst();
    if (!row) return null;
    const { began_at: createdAt, last_seen_at: lastSeenAt, expires_at: expiresAt } = row;
    return { person: personOf(row), standing: standingOf(row), createdAt, lastSeenAt, expiresAt };
  }

  /** The person and one of their sessions at the same moment; null when there is no such person. `expiresAt` is null when there is no such session. */
  async access(personId: string, tokenHash: string): Promise<{ readonly disabled: boolean; readonly expiresAt: Instant | null } | null> {
    const row = await this.#db
      .selectFrom('person')
      .leftJoin('session', (join) => join.onRef('session.person_id', '=', 'person.id').on('session.token_hash', '=', tokenHash))
      .select(['person.disabled', 'session.expires_at'])
      .where('person.id', '=', personId)
      .executeTakeFirst();
    return row === undefined ? null : { disabled: row.disabled !== 0, expiresAt: row.expires_at };
  }

  async renew(tokenHash: string, now: Instant, expiresAt: Instant): Promise<void> {
    await this.#db.updateTable('session').set({ last_seen_at: now, expires_at: expiresAt }).where('token_hash', '=', tokenHash).execute();
  }

  async end(tokenHash: string): Promise<void> {
    await this.#db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
  }

  /**
   * And all sign-ins that wait for their code (P2).
   * @param except the hash of a session that goes on
   */
  async endAllOf(personId: string, except?: string): Promise<void> {
    const all = this.#db.deleteFrom('session').where('person_id', '=', personId);
    await (except === undefined ? all : all.where('token_hash', '!=', except)).execute();
    // Whoever has shown a password and still owes the code has shown what counts no longer.
    await this.#db.deleteFrom('sign_in_challenge').where('person_id', '=', personId).execute();
  }

  /** The newest first. */
  async allOf(personId: string): Promise<(NewSession & { readonly lastSeenAt: Instant })[]> {
    const rows = await this.#db
      .selectFrom('session')
      .selectAll()
      .where('person_id', '=', personId)
      .orderBy('last_seen_at', 'desc')
      .orderBy('token_hash')
      .execute();
    return rows.map((row) => ({
      ...{ tokenHash: row.token_hash, personId: row.person_id, createdAt: row.created_at, expiresAt: row.expires_at },
      ...{ lastSeenAt: row.last_seen_at, userAgent: row.user_agent, address: row.address },
    }));
  }

  async endExpired(now: Instant): Promise<void> {
    await this.#db.deleteFrom('session').where('expires_at', '<=', now).execute();
  }
}

function sessionsWithPeople(db: Kysely<Database>) {
  return db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select([...columns, ...standingColumns])
    .select(['session.created_at as began_at', 'last_seen_at', 'expires_at']);
}
