// Signs people in and out: sessions, passwords, and who a token belongs to.
import { createHash, randomBytes } from 'node:crypto';
import { type Person, SignInName } from '../contract/identity.ts';
import type { PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { isWeakPassword, isWorthRenewing, type SessionRules, sessionEnd } from './identity.ts';
import type { Passwords } from './passwords.ts';
import type { PersonStore } from './person.store.ts';
import type { SessionStore } from './session.store.ts';
import type { SignInLimits } from './sign-in-limits.ts';

const TOKEN_BYTES = 32;
const SWEEP_MS = 3_600_000;
const LONGEST_USER_AGENT = 300;

export interface Whence {
  readonly address: string;
  readonly userAgent: string;
}

/** Asks the university's directory; null when it does not know the name, or not with this password. */
export type Directory = (signInName: string, password: string, whence: Whence) => Promise<Person | null>;

const noDirectory: Directory = () => Promise.resolve(null);

export class IdentityService {
  readonly #people: PersonStore;
  readonly #sessions: SessionStore;
  readonly #passwords: Passwords;
  readonly #limits: SignInLimits;
  readonly #rules: SessionRules;
  readonly #clock: Clock;
  readonly #sweep: Timer;
  readonly #directory: Directory;

  constructor(parts: {
    people: PersonStore;
    sessions: SessionStore;
    passwords: Passwords;
    limits: SignInLimits;
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
    this.#rules = parts.rules;
    this.#clock = parts.clock;
    this.#sweep = parts.clock.every(SWEEP_MS, () => {
      this.#sessions
        .endExpired(parts.clock.now())
        .catch((error: unknown) => parts.log.warn({ error }, 'Expired sessions could not be removed'));
    });
  }

  /** Unknown person, wrong password and disabled person are refused alike, and after the same work. */
  async signIn({
    name,
    password,
    ...whence
  }: Whence & { readonly name: string; readonly password: string }): Promise<{ person: Person; token: string }> {
    const signInName = SignInName.safeParse(name).data ?? '';
    const person = await this.#limits.guard(signInName, whence.address, async () => {
      const found = await this.#people.withPassword(signInName);
      const isRight = await this.#passwords.isRight(password, found?.passwordHash ?? null);
      // Who has a password here is not asked for elsewhere: no directory can speak for an account of our own (S12).
      if (found?.passwordHash == null && signInName !== '') return this.#directory(signInName, password, whence);
      return found && isRight && !found.person.disabled ? found.person : null;
    });
    if (!person) throw new Refused('wrong-credentials', 'The name or the password is wrong');
    return this.finishSignIn(person, whence);
  }

  /** Every way of signing in ends here, whoever has vouched for the person. */
  async finishSignIn(person: Person, whence: Whence): Promise<{ person: Person; token: string }> {
    return { person, token: await this.beginSession(person.id, whence) };
  }

  /** Answers the session's token; it is kept nowhere else. */
  async beginSession(personId: PersonId, { address, userAgent }: Whence): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#clock.now();
    await this.#sessions.add({
      tokenHash: hashOf(token),
      personId,
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
    const tokenHash = hashOf(token);
    const session = await this.#sessions.find(tokenHash);
    const now = this.#clock.now();
    if (!session || session.person.disabled || session.expiresAt <= now) return null;
    if (isWorthRenewing(session.lastSeenAt, now, this.#rules))
      await this.#sessions.renew(tokenHash, now, sessionEnd(session.createdAt, now, this.#rules));
    return session.person;
  }

  person(id: PersonId): Promise<Person | null> {
    return this.#people.byId(id);
  }

  async signOut(token: string): Promise<void> {
    await this.#sessions.end(hashOf(token));
  }

  async signOutEverywhere(personId: PersonId): Promise<void> {
    await this.#sessions.endAllOf(personId);
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
    address,
  }: {
    readonly person: Person;
    readonly token: string;
    readonly current: string;
    readonly next: string;
    readonly address: string;
  }): Promise<void> {
    const isRight = await this.#limits.guard(person.signInName, address, async () => {
      const fits = await this.#passwords.isRight(current, await this.#people.passwordHash(person.id));
      return fits || null;
    });
    if (!isRight) throw new Refused('wrong-credentials', 'The password is wrong');
    if (isWeakPassword(next, person.signInName)) throw new Refused('password-too-weak', 'This password is too easy to guess');
    const passwordHash = await this.#passwords.hash(next);
    await this.#people.alone(async ({ people, sessions }) => {
      await people.setPassword(person.id, passwordHash);
      await sessions.endAllOf(person.id, hashOf(token));
    });
  }

  /** Safe twice. */
  close(): void {
    this.#sweep.cancel();
  }
}

/** A token has 256 random bits, so a fast hash without salt keeps it as well as a slow one. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
