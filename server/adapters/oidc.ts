// OpenID Connect: code flow with PKCE, state and nonce. OpenID Connect Core 1.0; RFC 7636; RFC 9207; RFC 9700.
import * as client from 'openid-client';
import type { OidcConfig } from '../../config/sign-in.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { Claims, Departure, Memory, OidcPort, Vouched } from '../ports/sign-in-provider.ts';
import { textsOf } from './claim-texts.ts';

/** Keys change there; what was learned is asked for again after this. */
const DISCOVERED_FOR_MS = 3_600_000;
const DEEPEST = 3;

export class OidcProvider implements OidcPort {
  readonly kind = 'oidc';
  readonly #config: OidcConfig;
  readonly #clock: Clock;
  #discovered: { readonly at: number; readonly there: Promise<client.Configuration> } | null = null;

  /** Asks nothing of the provider yet: one that is down must not keep us from starting. */
  constructor(config: OidcConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
  }

  async begin(id: string, redirectUri: string): Promise<Departure> {
    const there = await this.#discover();
    const verifier = client.randomPKCECodeVerifier();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(there, {
      redirect_uri: redirectUri,
      scope: this.#config.scopes.join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: id,
      nonce,
    });
    return { url: url.href, memory: { verifier, nonce, redirectUri } };
  }

  async verify(url: URL, id: string, { verifier = '', nonce = '', redirectUri = '' }: Memory): Promise<Vouched> {
    const there = await this.#discover();
    // The code is exchanged for the address that was given out, whatever proxies have made of it since.
    const answered = new URL(`${redirectUri}${url.search}`);
    try {
      const tokens = await client.authorizationCodeGrant(there, answered, {
        pkceCodeVerifier: verifier,
        expectedState: id,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (!idToken) throw new Refused('sign-in-failed', 'There is no ID token');
      const more = this.#config.userInfo ? await client.fetchUserInfo(there, tokens.access_token, idToken.sub) : {};
      return { subject: idToken.sub, claims: claimsOf({ ...more, ...idToken }) };
    } catch (error) {
      throw this.#refusalOf(error);
    }
  }

  async #discover(): Promise<client.Configuration> {
    const now = this.#clock.now();
    if (!this.#discovered || now - this.#discovered.at > DISCOVERED_FOR_MS) {
      const asked = { at: now, there: this.#ask() };
      this.#discovered = asked;
      // A failure is not kept: the next who signs in asks again.
      asked.there.catch(() => {
        if (this.#discovered === asked) this.#discovered = null;
      });
    }
    try {
      return await this.#discovered.there;
    } catch (error) {
      throw new Refused('provider-unavailable', `Discovery failed: ${said(error)}`);
    }
  }

  async #ask(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, clockSkewSeconds, timeoutSeconds } = this.#config;
    const secret = typeof clientSecret === 'string' ? clientSecret : null;
    const there = await client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: clockSkewSeconds },
      secret === null ? client.None() : client.ClientSecretBasic(secret),
      { timeout: timeoutSeconds, execute: new URL(issuer).protocol === 'http:' ? [client.allowInsecureRequests] : [] },
    );
    // The ID token's signature is checked though it comes straight from the provider: what passes must be signed, and not by `none`.
    client.enableNonRepudiationChecks(there);
    return there;
  }

  #refusalOf(error: unknown): Refused {
    if (error instanceof Refused) return error;
    if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied')
      return new Refused('sign-in-cancelled', 'The person, or the provider, turned back');
    if (isUnreachable(error)) return new Refused('provider-unavailable', said(error));
    // Keys may have changed since they were read.
    this.#discovered = null;
    return new Refused('sign-in-failed', said(error));
  }
}

/** Text, numbers, booleans and lists of them; what lies deeper is named by points, as `realm_access.roles`. */
function claimsOf(token: Readonly<Record<string, unknown>>): Claims {
  return Object.fromEntries(flat(token, '', 0));
}

function flat(group: Readonly<Record<string, unknown>>, prefix: string, depth: number): [string, readonly string[]][] {
  return Object.entries(group).flatMap(([name, value]): [string, readonly string[]][] =>
    isGroup(value) && depth < DEEPEST ? flat(value, `${prefix}${name}.`, depth + 1) : [[prefix + name, textsOf(value)]],
  );
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_SOCKET']);

function isUnreachable(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError' || ('code' in each && typeof each.code === 'string' && NETWORK.has(each.code))) return true;
    if ('code' in each && each.code === 'OAUTH_TIMEOUT') return true;
    if (each instanceof client.ResponseBodyError && each.status >= 500) return true;
  }
  return false;
}

/** The library's own words, from the outside in; never what else lies in `cause`, which is the answer itself. */
function said(error: unknown): string {
  const words: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    const named = each instanceof client.ResponseBodyError || each instanceof client.AuthorizationResponseError ? ` (${each.error})` : '';
    words.push(each.message + named);
  }
  // Part of it may be what someone wrote into an address.
  return (
    words
      .join(': ')
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 300) || 'unknown fault'
  );
}
