// The table of sessions: who is signed in where. It holds only hashes of tokens, so that a copy of the database signs nobody in.
import type { Kysely } from 'kysely';
import type { Person } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { columns, personOf } from './person-row.ts';

export interface NewSession {
  readonly tokenHash: string;
  readonly personId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
  readonly address: string;
}

export class SessionStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
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

  async find(tokenHash: string): Promise<{ person: Person; createdAt: Instant; lastSeenAt: Instant; expiresAt: Instant } | null> {
    const row = await this.#db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person_id')
      .select(columns)
      .select(['session.created_at as began_at', 'last_seen_at', 'expires_at'])
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? { person: personOf(row), createdAt: row.began_at, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at } : null;
  }

  async renew(tokenHash: string, now: Instant, expiresAt: Instant): Promise<void> {
    await this.#db.updateTable('session').set({ last_seen_at: now, expires_at: expiresAt }).where('token_hash', '=', tokenHash).execute();
  }

  async end(tokenHash: string): Promise<void> {
    await this.#db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
  }

  /** @param except the hash of a session that goes on */
  async endAllOf(personId: string, except?: string): Promise<void> {
    const all = this.#db.deleteFrom('session').where('person_id', '=', personId);
    await (except === undefined ? all : all.where('token_hash', '!=', except)).execute();
  }

  async endExpired(now: Instant): Promise<void> {
    await this.#db.deleteFrom('session').where('expires_at', '<=', now).execute();
  }
}
