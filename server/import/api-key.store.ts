// Owns the table of API keys.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { type ApiKey, ApiKeyId, ApiRight } from '../contract/api-keys.ts';
import type { Database } from '../database/tables.ts';

const Rights = z.array(ApiRight);

export class ApiKeyStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add({ id, name, rights, createdAt, expiresAt }: ApiKey, keyHash: string, createdBy: string): Promise<void> {
    await this.#db
      .insertInto('api_key')
      .values({
        ...{ id, name, key_hash: keyHash, rights: JSON.stringify(rights), created_by: createdBy, created_at: createdAt },
        ...{ expires_at: expiresAt, last_used_at: null, revoked_at: null },
      })
      .execute();
  }

  /** Newest first. */
  async list(): Promise<ApiKey[]> {
    const rows = await this.#db.selectFrom('api_key').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
    return rows.map(keyOf);
  }

  async byId(id: string): Promise<ApiKey | null> {
    const row = await this.#db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? keyOf(row) : null;
  }

  async byHash(keyHash: string): Promise<ApiKey | null> {
    const row = await this.#db.selectFrom('api_key').selectAll().where('key_hash', '=', keyHash).executeTakeFirst();
    return row ? keyOf(row) : null;
  }

  async used(id: string, at: number): Promise<void> {
    await this.#db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute();
  }

  async revoke(id: string, at: number): Promise<void> {
    await this.#db.updateTable('api_key').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).execute();
  }
}

function keyOf(row: Selectable<Database['api_key']>): ApiKey {
  return {
    ...{ id: ApiKeyId.parse(row.id), name: row.name, rights: Rights.parse(JSON.parse(row.rights)), createdAt: row.created_at },
    ...{ expiresAt: row.expires_at, lastUsedAt: row.last_used_at, revokedAt: row.revoked_at },
  };
}
