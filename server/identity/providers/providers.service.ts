// Signing in by another system: sends the browser there, judges what it comes back with, and finds the account that is meant.

import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { ownPlace } from '../../contract/own-place.ts';
import type { SignInProvider } from '../../contract/providers.ts';
import { Refused } from '../../contract/reply.ts';
import type { Log } from '../../log.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { SignInPort, Vouched } from '../../ports/sign-in-provider.ts';
import type { Directory, IdentityService, SignInOutcome, Whence } from '../identity.service.ts';
import { hashOfToken } from '../token-hash.ts';
import type { AccountRules, Accounts } from './accounts.ts';
import type { Attempt, ProvidersStore } from './providers.store.ts';

/** Long enough to find a forgotten password, short enough to be of no use to who finds the address. */
const ATTEMPT_MS = 15 * 60_000;
const SWEEP_MS = 10 * 60_000;
const KEY_BYTES = 32;

/** Of an address that begins, or brings answers. What came to a good end is given back: a whole university may sit behind one address. */
export interface Tries {
  /** Throws when there were too many that came to none. */
  take(address: string): Promise<void>;
  giveBack(address: string): Promise<void>;
}

/** The last step, whatever the way in. */
type Identity = Pick<IdentityService, 'finishSignIn'>;

export interface Provider {
  readonly shown: z.output<typeof SignInProvider>;
  readonly rules: AccountRules;
  readonly port: SignInPort;
}

export interface Begun {
  readonly url: string;
  readonly attemptId: string;
  /** For the browser alone. */
  readonly browserKey: string;
  readonly forMs: number;
}

/** Where the browser goes on, and what was decided. */
export interface Landing {
  readonly next: string;
  readonly end: SignInOutcome | Refused;
}

export class ProvidersService {
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #store: ProvidersStore;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #tries: Tries;
  readonly #sweep: Timer;

  constructor(parts: {
    readonly providers: readonly Provider[];
    readonly store: ProvidersStore;
    readonly accounts: Accounts;
    readonly tries: Tries;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#providers = new Map(parts.providers.map((provider) => [provider.shown.id, provider]));
    this.#store = parts.store;
    this.#accounts = parts.accounts;
    this.#tries = parts.tries;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#sweep = parts.clock.every(SWEEP_MS, () => {
      parts.store
        .removeExpired(parts.clock.now())
        .catch((error: unknown) => parts.log.warn({ error }, 'Expired sign-ins could not be removed'));
    });
  }

  list(): z.output<typeof SignInProvider>[] {
    return [...this.#providers.values()].map(({ shown }) => shown);
  }

  /** @param redirectUri the whole address of ours that OpenID Connect comes back to */
  async begin(
    id: string,
    wish: { readonly next: string; readonly origin: string; readonly redirectUri: string },
    address: string,
  ): Promise<Begun> {
    const { port } = this.#providerOf(id);
    if (port.kind === 'ldap') throw new Refused('not-found', 'This provider has no page of its own');
    await this.#tries.take(address);
    const [attemptId, browserKey] = [key(), key()];
    const { url, memory } = await (port.kind === 'oidc' ? port.begin(attemptId, wish.redirectUri) : port.begin(attemptId));
    await this.#store.addAttempt({
      idHash: hashOfToken(attemptId),
      browserHash: hashOfToken(browserKey),
      provider: id,
      expiresAt: this.#clock.now() + ATTEMPT_MS,
      next: ownPlace(wish.next, wish.origin) ?? '/',
      memory,
      answer: null,
    });
    return { url, attemptId, browserKey, forMs: ATTEMPT_MS };
  }

  /** OpenID Connect has sent the browser back. @param url with the query; @param browserKey null when the browser shows none */
  async callback(id: string, url: URL, browserKey: string | null, identity: Identity, whence: Whence): Promise<Landing> {
    const { port, rules } = this.#providerOf(id);
    if (port.kind !== 'oidc') throw new Refused('not-found', 'There is no such address');
    const attemptId = url.searchParams.get('state') ?? '';
    return this.#land(id, attemptId, browserKey, whence, async ({ memory }) => {
      const vouched = await port.verify(url, attemptId, memory);
      return this.#enter(rules, vouched, identity, whence);
    });
  }

  /**
   * SAML has sent a form from its own site, where our cookies do not go: what it says is kept until the browser that began asks for it.
   * Answers the attempt; throws `Refused`.
   */
  async takeResponse(id: string, response: string, address: string): Promise<string> {
    const { port } = this.#providerOf(id);
    if (port.kind !== 'saml') throw new Refused('not-found', 'There is no such address');
    await this.#tries.take(address);
    const { requestId, assertionId, validUntil, subject, claims } = await port.verify(response);
    // Kept in the database: a restart makes nothing valid again (S6).
    if (!(await this.#store.spendAssertion(id, hashOfToken(assertionId), validUntil)))
      throw new Refused('sign-in-failed', 'This assertion was used before');
    const attempt = await this.#attemptOf(id, requestId);
    const kept = Object.fromEntries(Object.entries(claims).map(([name, values]) => [name, [...values]]));
    if (!(await this.#store.answerAttempt(attempt.idHash, { subject, claims: kept })))
      throw new Refused('sign-in-failed', 'This request was answered before');
    await this.#tries.giveBack(address);
    return requestId;
  }

  /** The browser that began comes for what SAML has brought. */
  async finish(id: string, attemptId: string, browserKey: string | null, identity: Identity, whence: Whence): Promise<Landing> {
    const { rules } = this.#providerOf(id);
    return this.#land(id, attemptId, browserKey, whence, async ({ answer }) => {
      if (!answer) throw new Refused('sign-in-failed', 'The provider has not answered');
      return this.#enter(rules, answer, identity, whence);
    });
  }

  metadata(id: string): string {
    const { port } = this.#providerOf(id);
    if (port.kind !== 'saml') throw new Refused('not-found', 'There is no such address');
    return port.metadata();
  }

  /** Asks the directories one after the other; one that is down is passed over, but then nobody's name is called unknown. */
  readonly directory: Directory = async (signInName, password, { address }) => {
    let down: Refused | null = null;
    let answered = false;
    for (const { shown, rules, port } of this.#providers.values()) {
      if (port.kind !== 'ldap') continue;
      try {
        const vouched = await port.check(signInName, password);
        answered = true;
        if (vouched) return await this.#accounts.personFor(rules, vouched, address);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.note(shown.id, error);
        if (error.code !== 'provider-unavailable') throw error;
        down = error;
      }
    }
    if (down && !answered) throw down;
    return down;
  };

  /** Why someone was refused: for who runs the server, without what was sent. */
  note(provider: string, { code, message }: Refused): void {
    this.#log.warn({ provider, code, reason: message }, 'Signing in by a provider was refused');
  }

  /** Safe twice. */
  close(): void {
    this.#sweep.cancel();
  }

  #providerOf(id: string): Provider {
    const provider = this.#providers.get(id);
    if (!provider) throw new Refused('not-found', 'There is no such provider');
    return provider;
  }

  async #attemptOf(provider: string, attemptId: string): Promise<Attempt> {
    const attempt = await this.#store.attempt(hashOfToken(attemptId));
    if (!attempt || attempt.provider !== provider || attempt.expiresAt <= this.#clock.now())
      throw new Refused('sign-in-expired', 'This sign-in was not begun here, is over, or took too long');
    return attempt;
  }

  /** For the browser that began, and once (S4). */
  async #land(
    provider: string,
    attemptId: string,
    browserKey: string | null,
    whence: Whence,
    decide: (attempt: Attempt) => Promise<SignInOutcome>,
  ): Promise<Landing> {
    let next = '/';
    try {
      const attempt = await this.#attemptOf(provider, attemptId);
      if (browserKey === null || hashOfToken(browserKey) !== attempt.browserHash)
        throw new Refused('sign-in-expired', 'This sign-in was begun in another browser');
      next = attempt.next;
      if (!(await this.#store.takeAttempt(attempt.idHash))) throw new Refused('sign-in-expired', 'This sign-in is over');
      const end = await decide(attempt);
      await this.#tries.giveBack(whence.address);
      return { next, end };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#log.debug({ provider, address: whence.address }, 'Signing in was refused to an address');
      this.note(provider, error);
      return { next, end: error };
    }
  }

  async #enter(rules: AccountRules, vouched: Vouched, identity: Identity, whence: Whence): Promise<SignInOutcome> {
    return identity.finishSignIn(await this.#accounts.personFor(rules, vouched, whence.address), whence);
  }
}

function key(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}
