// The tables of signing in by other systems, as Kysely sees them.
import type { ColumnType } from 'kysely';

/** A column that is written once. */
type Fixed<T> = ColumnType<T, T, never>;

/** Whom a provider means by a subject. */
export interface ExternalIdentityTable {
  provider: Fixed<string>;
  subject: Fixed<string>;
  person_id: Fixed<string>;
  created_at: Fixed<number>;
  last_used_at: number;
}

/** A browser that was sent to a provider and has not come back yet. */
export interface SignInAttemptTable {
  /** SHA-256 of what goes to the provider and comes back (`state`, the request's ID), hex. */
  id_hash: Fixed<string>;
  /** SHA-256 of what only the browser that began holds, hex. */
  browser_hash: Fixed<string>;
  provider: Fixed<string>;
  expires_at: Fixed<number>;
  /** The wanted page. */
  next: Fixed<string>;
  /** JSON object: what the provider's answer is to be compared with. */
  memory: Fixed<string>;
  /** JSON: who the provider says it is, once it has been verified; null before. */
  answer: string | null;
}

/** A SAML assertion that was accepted, until it would have expired anyway. */
export interface SpentAssertionTable {
  provider: Fixed<string>;
  id_hash: Fixed<string>;
  expires_at: Fixed<number>;
}

export interface SignInTables {
  external_identity: ExternalIdentityTable;
  sign_in_attempt: SignInAttemptTable;
  spent_assertion: SpentAssertionTable;
}
