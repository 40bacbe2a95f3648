// Signs people in and out: sessions, passwords, and who a token belongs to.

import { randomBytes } from 'node:crypto';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Person, SignInName } from '../contract/identity.ts';
import type { PersonId } from '../contract/ids.ts';
import type { OwnSession, SecondFactorAsked } from '../contract/privacy.ts';
import { Refused } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { isWeakPassword, isWorthRenewing, type SessionRules, sessionEnd } from './identity.ts';
import type { Passwords } from './passwords.ts';
import type { PersonStore } from './person.store.ts';
import type { Seats } from './seats.ts';
import type { SecondFactorService } from './second-factor.service.ts';
import type { SessionStore } from './session.store.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { hashOfToken } from './token-hash.ts';

const TOKEN_BYTES = 32;
const SWEEP_MS = 3_600_000;
const LONGEST_USER_AGENT = 300;

export interface Whence {
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Asks the university's directories; null when they do not know the name, or not with this password; the refusal when so say those that
 * answered. Throws it when none did.
 */
export type Directory = (signInName: string, password: string, whence: Whence) => Promise<Person | Refused | null>;

const noDirectory: Directory = () => Promise.resolve(null);

export type SessionBegun = {
  readonly kind: 'session';
  readonly person: Person;
  readonly token: string;
};
/** How signing in ends: signed in, or a code is still to come. */
export type SignInOutcome = SessionBegun | ({ readonly kind: 'challenge' } & SecondFactorAsked);

export class IdentityService {
  readonly #people: PersonStore;
  readonly #sessions: SessionStore;
  readonly #passwords: Passwords;
  readonly #limits: SignInLimits;
  readonly #secondFactor: SecondFactorService;
  readonly #audit: Audit;
  readonly #seats: Seats;
  readonly #rules: SessionRules;
  readonly #clock: Clock;
  readonly #sweep: Timer;
  readonly #directory: Directory;

  constructor(parts: {
    people: PersonStore;
    sessions: SessionStore;
    passwords: Passwords;
    limits: SignInLimits;
    secondFactor: SecondFactorService;
    audit: Audit;
    seats: Seats;
    rules: SessionRules;
    clock: Clock;
    log: Log;
    directory?: Directory;
  }) {
    this.#directory = parts.directory ?? noDirectory;
    this.#people = parts.people;
    this.#sessions = parts.sessions;
    this.#passwords = parts.passwords;
    this.#limits = parts.limits;
    this.#secondFactor = parts.secondFactor;
    this.#audit = parts.audit;
    this.#seats = parts.seats;
    this.#rules = parts.rules;
    this.#clock = parts.clock;
    this.#sweep = parts.clock.every(SWEEP_MS, () => {
      const now = parts.clock.now();
      Promise.all([this.#sessions.endExpired(now), this.#secondFactor.endExpired(now)]).catch((error: unknown) =>
        parts.log.warn({ error }, 'Expired sessions could not be removed'),
      );
    });
  }

  /** Unknown person, wrong password and disabled person are refused alike, and after the same work. */
  async signIn({
    name,
    password,
    ...whence
  }: Whence & {
    readonly name: string;
    readonly password: string;
  }): Promise<SignInOutcome> {
    const signInName = SignInName.safeParse(name).data ?? '';
    let refusal = new Refused('wrong-credentials', 'The name or the password is wrong');
    const person = await this.#limits.guard(signInName, whence.address, async () => {
      const found = await this.#people.withPassword(signInName);
      const isRight = await this.#passwords.isRight(password, found?.passwordHash ?? null);
      // Who has a password here is not asked for elsewhere: no directory can speak for an account of our own (S12).
      if (found?.passwordHash == null && signInName !== '') {
        const answer = await this.#directory(signInName, password, whence);
        if (!(answer instanceof Refused)) return answer;
        // A password that one directory has refused counts as a guess, though another could not be asked.
        refusal = answer;
        return null;
      }
      return found && isRight && !found.person.disabled ? found.person : null;
    });
    if (!person) throw refusal;
    return this.finishSignIn(person, whence);
  }

  /**
   * Every way of signing in ends here, once it is sure who it is (P1): with a session, or, for who has a second factor, with a challenge
   * that `signInWithCode` makes a session of. Throws `Refused('wrong-credentials')` for a disabled person.
   */
  async finishSignIn(person: Person, whence: Whence): Promise<SignInOutcome> {
    const known = await this.#people.byId(person.id);
    if (!known || known.disabled) throw new Refused('wrong-credentials', 'This person cannot sign in');
    if (known.secondFactor === 'on')
      return {
        kind: 'challenge',
        ...(await this.#secondFactor.challenge(known.id)),
      };
    return this.#session(known, whence);
  }

  /** The second step. Throws `Refused('challenge-expired')` or `Refused('code-wrong')`. */
  async signInWithCode(challenge: string, code: string, whence: Whence): Promise<SessionBegun> {
    const id = await this.#secondFactor.answer(challenge, code, whence.address);
    const person = await this.#people.byId(id);
    if (!person) throw new Refused('challenge-expired', 'Sign in again');
    return this.#session(person, whence);
  }

  async #session(person: Person, whence: Whence): Promise<SessionBegun> {
    const token = await this.beginSession(person, whence);
    const now = await this.#people.withStanding(person.id);
    return {
      kind: 'session',
      person: now ? this.#secondFactor.judged(now) : person,
      token,
    };
  }

  /** Answers the session's token; it is kept nowhere else. Only for who was just made: all others come by `finishSignIn`. */
  async beginSession(person: Person, { address, userAgent }: Whence): Promise<string> {
    await this.#secondFactor.startGrace(person);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#clock.now();
    await this.#sessions.add({
      tokenHash: hashOfToken(token),
      personId: person.id,
      createdAt: now,
      expiresAt: sessionEnd(now, now, this.#rules),
      userAgent: userAgent.slice(0, LONGEST_USER_AGENT),
      address,
    });
    return token;
  }

  async personOfToken(token: string): Promise<Person | null> {
    // Guests' tokens have points; ours never do.
    if (token.includes('.')) return null;
    const tokenHash = hashOfToken(token);
    const session = await this.#sessions.find(tokenHash);
    const now = this.#clock.now();
    if (!session || session.person.disabled || session.expiresAt <= now) return null;
    if (isWorthRenewing(session.lastSeenAt, now, this.#rules))
      await this.#sessions.renew(tokenHash, now, sessionEnd(session.createdAt, now, this.#rules));
    return this.#secondFactor.judged(session);
  }

  /** Where the person is signed in; `current` is the session of the token. */
  async sessions(personId: PersonId, token: string): Promise<OwnSession[]> {
    const now = this.#clock.now();
    const current = hashOfToken(token);
    return (await this.#sessions.allOf(personId))
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ tokenHash, createdAt, lastSeenAt, userAgent, address }) => ({
        ...{
          id: sessionId(tokenHash),
          createdAt,
          lastSeenAt,
          userAgent,
          address,
        },
        current: tokenHash === current,
      }));
  }

  async endSession(personId: PersonId, id: string): Promise<void> {
    const found = (await this.#sessions.allOf(personId)).find(({ tokenHash }) => sessionId(tokenHash) === id);
    if (!found) throw new Refused('not-found', 'There is no such session');
    await this.#sessions.end(found.tokenHash);
    await this.#seats.signedOut(personId, (session) => session === found.tokenHash);
  }

  person(id: PersonId): Promise<Person | null> {
    return this.#people.byId(id);
  }

  /** Whether the session with this hash of its token has ended, or grown too old. */
  async isSignedOut(tokenHash: string): Promise<boolean> {
    const session = await this.#sessions.find(tokenHash);
    return !session || session.expiresAt <= this.#clock.now();
  }

  /** What has become of an account, and of the session with this hash of its token where there is one: one look, for everybody who joins asks. */
  async accessOf(personId: PersonId, tokenHash: string | undefined): Promise<'open' | 'disabled' | 'signed-out'> {
    const found = await this.#sessions.access(personId, tokenHash ?? '');
    if (found === null || found.disabled) return 'disabled';
    if (tokenHash === undefined) return 'open';
    return found.expiresAt !== null && found.expiresAt > this.#clock.now() ? 'open' : 'signed-out';
  }

  async signOut(token: string): Promise<void> {
    const tokenHash = hashOfToken(token);
    const found = await this.#sessions.find(tokenHash);
    if (!found) return;
    await this.#sessions.end(tokenHash);
    await this.#seats.signedOut(found.person.id, (session) => session === tokenHash);
  }

  async signOutEverywhere(personId: PersonId): Promise<void> {
    await this.#sessions.endAllOf(personId);
    await this.#seats.signedOut(personId, () => true);
  }

  async changeLanguage(person: Person, language: Person['language']): Promise<Person> {
    await this.#people.setLanguage(person.id, language);
    return { ...person, language };
  }

  /** All sessions but the one of `token` end. */
  async changePassword({
    person,
    token,
    current,
    next,
    actor,
  }: {
    readonly person: Person;
    readonly token: string;
    readonly current: string;
    readonly next: string;
    readonly actor: Actor;
  }): Promise<void> {
    const isRight = await this.#limits.guard(person.signInName, actor.address, async () => {
      const fits = await this.#passwords.isRight(current, await this.#people.passwordHash(person.id));
      return fits || null;
    });
    if (!isRight) throw new Refused('wrong-credentials', 'The password is wrong');
    if (isWeakPassword(next, person.signInName)) throw new Refused('password-too-weak', 'This password is too easy to guess');
    const passwordHash = await this.#passwords.hash(next);
    const kept = hashOfToken(token);
    await this.#people.alone(async ({ people, sessions }) => {
      await people.setPassword(person.id, passwordHash);
      await sessions.endAllOf(person.id, kept);
    });
    await this.#seats.signedOut(person.id, (session) => session !== kept);
    await this.#audit.record(actor, {
      act: 'password.changed',
      subject: { kind: 'person', id: person.id, name: person.displayName },
    });
  }

  /** Safe twice. */
  close(): void {
    this.#sweep.cancel();
  }
}

/** Enough of the hash to tell one's own sessions apart. */
function sessionId(tokenHash: string): string {
  return tokenHash.slice(0, 24);
}
