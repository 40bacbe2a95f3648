// Keys of other systems: made, shown once, asked at each call, revoked.

import { randomBytes } from 'node:crypto';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type ApiKey, ApiKeyId, type ApiRight, type NewApiKey } from '../contract/api-keys.ts';
import { Refused } from '../contract/reply.ts';
import type { SignInLimits } from '../identity/sign-in-limits.ts';
import { hashOfToken } from '../identity/token-hash.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeyStore } from './api-key.store.ts';

/** Tells a key from a session, and lets programs that look for secrets in the wrong place find it. */
const PREFIX = 'auditoria_';
const HOUR_MS = 3_600_000;

export class ApiKeyService {
  readonly #store: ApiKeyStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #audit: Audit;
  readonly #tries: Pick<SignInLimits, 'guard'>;

  constructor({
    store,
    tries,
    clock,
    audit,
  }: {
    readonly store: ApiKeyStore;
    readonly tries: Pick<SignInLimits, 'guard'>;
    readonly clock: Pick<Clock, 'now'>;
    readonly audit: Audit;
  }) {
    this.#store = store;
    this.#tries = tries;
    this.#clock = clock;
    this.#audit = audit;
  }

  async list(): Promise<{ keys: ApiKey[] }> {
    return { keys: await this.#store.list() };
  }

  async add(actor: Actor, { name, rights, expiresAt }: NewApiKey): Promise<{ key: ApiKey; secret: string }> {
    const now = this.#clock.now();
    if (expiresAt !== null && expiresAt <= now) throw new Refused('bad-request', 'The key would have expired already');
    const secret = PREFIX + randomBytes(32).toString('base64url');
    const id = ApiKeyId.parse(`key-${randomBytes(9).toString('base64url')}`);
    const key = { id, name, rights: [...new Set(rights)], createdAt: now, expiresAt, lastUsedAt: null, revokedAt: null };
    await this.#store.add(key, hashOfToken(secret), actor.id);
    await this.#audit.record(actor, {
      act: 'api-key.added',
      subject: { kind: 'api-key', id, name },
      after: { rights: key.rights, expiresAt },
    });
    return { key, secret };
  }

  async revoke(actor: Actor, id: ApiKeyId): Promise<void> {
    const key = await this.#store.byId(id);
    if (key === null) throw new Refused('not-found', 'There is no such key');
    if (key.revokedAt !== null) return;
    await this.#store.revoke(id, this.#clock.now());
    await this.#audit.record(actor, { act: 'api-key.revoked', subject: { kind: 'api-key', id, name: key.name } });
  }

  /**
   * Whose key it is; throws `Refused`: `not-signed-in` for what is no key that counts, `not-allowed` for one without the right,
   * `too-many-requests` where too many from the address were wrong.
   */
  async require(secret: string, right: ApiRight, address: string): Promise<ApiKey> {
    const hash = hashOfToken(secret);
    const now = this.#clock.now();
    const key = await this.#tries.guard(hash, address, async () => {
      const found = await this.#store.byHash(hash);
      return found === null || found.revokedAt !== null || (found.expiresAt !== null && found.expiresAt <= now) ? null : found;
    });
    if (key === null) throw new Refused('not-signed-in', 'This key is not known, has expired or was revoked');
    if (!key.rights.includes(right)) throw new Refused('not-allowed', 'This key has no right to that table');
    if (key.lastUsedAt === null || now - key.lastUsedAt >= HOUR_MS) await this.#store.used(key.id, now);
    return key;
  }

  isKey(token: string): boolean {
    return token.startsWith(PREFIX);
  }
}
