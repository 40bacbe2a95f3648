// The tables of the second factor as Kysely sees them.
import type { ColumnType, Generated } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

export interface SecondFactorTable {
  person_id: Fixed<string>;
  /** Encrypted; null until the first one is confirmed. */
  secret: string | null;
  /** The last 30-second step whose code was used: it and all before are spent. */
  last_step: Generated<number>;
  /** Encrypted: shown, and not confirmed yet. */
  pending: string | null;
  pending_at: number | null;
}

/** Those that are not used yet. */
export interface RecoveryCodeTable {
  person_id: Fixed<string>;
  /** HMAC-SHA-256, hex. */
  code_hash: Fixed<string>;
}

/** The first step of signing in is done, the code is still to come. */
export interface SignInChallengeTable {
  /** SHA-256 of the token, hex. */
  token_hash: Fixed<string>;
  person_id: Fixed<string>;
  expires_at: Fixed<number>;
}

export interface AccountTables {
  second_factor: SecondFactorTable;
  recovery_code: RecoveryCodeTable;
  sign_in_challenge: SignInChallengeTable;
}
