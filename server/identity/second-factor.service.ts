// A person's second factor: setting it up, showing a code, losing it; and the step of signing in at which the code is asked for.

import { randomBytes } from 'node:crypto';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Person } from '../contract/identity.ts';
import type { Instant, PersonId } from '../contract/ids.ts';
import type { Proof, SecondFactorAsked, SecondFactorState } from '../contract/privacy.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { Passwords } from './passwords.ts';
import type { PersonStore } from './person.store.ts';
import type { Standing } from './person-row.ts';
import type { Seats } from './seats.ts';
import type { SecondFactorStore } from './second-factor.store.ts';
import {
  isRequired,
  newRecoveryCodes,
  newSecret,
  type Seal,
  type SecondFactorRules,
  secretUri,
  standing,
  stepOfCode,
} from './second-factor.ts';
import type { SessionStore } from './session.store.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { hashOfToken } from './token-hash.ts';

const TOKEN_BYTES = 32;
const CHALLENGE_MS = 5 * 60_000;
const PENDING_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;
const ISSUER = 'Auditoria';

interface Parts {
  readonly store: SecondFactorStore;
  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly seal: Seal;
  readonly rules: SecondFactorRules;
  /** Of wrong codes, per person and address. */
  readonly limits: SignInLimits;
  /** Of wrong passwords: the same as for signing in. */
  readonly passwordLimits: SignInLimits;
  readonly audit: Audit;
  readonly seats: Seats;
  readonly clock: Clock;
}

export class SecondFactorService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The person as the rules stand now: whether a second factor is there, wished or needed. */
  judged({ person, standing: row }: { readonly person: Person; readonly standing: Standing }): Person {
    const { rules, clock } = this.#parts;
    return {
      ...person,
      ...standing({ ...row, roles: person.roles, has: person.secondFactor === 'on' }, rules, clock.now()),
    };
  }

  /** With the first session of a person whose role asks for a second factor, the time begins in which to set it up (P6). */
  async startGrace(person: Person): Promise<void> {
    const { store, rules, clock } = this.#parts;
    if (person.secondFactor === 'on' || !isRequired(person, rules)) return;
    await store.startGrace(person.id, clock.now() + rules.graceDays * DAY_MS);
  }

  async state(person: Person): Promise<SecondFactorState> {
    const { store, people, rules } = this.#parts;
    const known = await people.withStanding(person.id);
    return {
      since: known?.standing.since ?? null,
      recoveryCodesLeft: await store.codesLeft(person.id),
      required: known !== null && !known.standing.exempt && isRequired(person, rules),
      hasPassword: (await people.passwordHash(person.id)) !== null,
    };
  }

  /** Proposes a secret; the one before counts until the new one is confirmed. */
  async begin(person: Person, proof: Proof | undefined, address: string): Promise<{ secret: string; uri: string }> {
    const { store, seal, clock } = this.#parts;
    if (person.secondFactor === 'on') await this.prove(person, proof, address);
    const secret = newSecret();
    await store.propose(person.id, seal.close(secret, person.id), clock.now());
    return {
      secret,
      uri: secretUri(secret, { issuer: ISSUER, label: person.signInName }),
    };
  }

  /**
   * The proposed secret counts from now on; the recovery codes are answered here and never again.
   * @param sessionHash of the session that goes on; the others were begun with less, and end (P3)
   */
  async confirm(person: Person, code: string, sessionHash: string, actor: Actor): Promise<string[]> {
    const { store, seal, limits, sessions, seats, clock, audit } = this.#parts;
    const row = await store.of(person.id);
    const now = clock.now();
    const { pending } = row ?? { pending: null };
    if (!row || pending === null || (row.pendingAt ?? 0) + PENDING_MS < now)
      throw new Refused('challenge-expired', 'This took too long; begin anew');
    const step = await limits.guard(person.id, actor.address, () =>
      Promise.resolve(stepOfCode(seal.open(pending, person.id), code, now, 0)),
    );
    if (step === null) throw new Refused('code-wrong', 'This code is not right');
    const codes = newRecoveryCodes();
    const hashes = codes.map((each) => seal.hashOfCode(each, person.id));
    if (!(await store.confirm(person.id, pending, step, hashes, now)))
      throw new Refused('challenge-expired', 'Another secret was made meanwhile');
    await sessions.endAllOf(person.id, sessionHash);
    await seats.signedOut(person.id, (session) => session !== sessionHash);
    await audit.record(actor, {
      act: 'second-factor.enrolled',
      subject: subjectOf(person),
    });
    return codes;
  }

  async renewCodes(person: Person, proof: Proof, actor: Actor): Promise<string[]> {
    const { store, seal, audit } = this.#parts;
    await this.prove(person, proof, actor.address);
    const codes = newRecoveryCodes();
    await store.renewCodes(
      person.id,
      codes.map((code) => seal.hashOfCode(code, person.id)),
    );
    await audit.record(actor, {
      act: 'second-factor.codes-renewed',
      subject: subjectOf(person),
    });
    return codes;
  }

  /** Whose role asks for one must set up the next at once (P6). */
  async remove(person: Person, proof: Proof, actor: Actor): Promise<void> {
    const { store, clock, audit } = this.#parts;
    await this.prove(person, proof, actor.address);
    await store.remove(person.id, clock.now());
    await audit.record(actor, {
      act: 'second-factor.removed',
      subject: subjectOf(person),
    });
  }

  /** By an administrator, for someone who lost phone and codes. All sessions of the person end. */
  async reset(id: PersonId, actor: Actor): Promise<Person> {
    const { store, people, sessions, seats, clock, audit } = this.#parts;
    const person = await people.byId(id);
    if (!person) throw new Refused('not-found', 'There is no such person');
    if (id === actor.id) throw new Refused('not-allowed', 'One’s own is removed on the page of one’s account');
    if (person.secondFactor !== 'on') throw new Refused('conflict', 'There is no second factor');
    await store.remove(id, clock.now());
    await sessions.endAllOf(id);
    await seats.signedOut(id, () => true);
    await audit.record(actor, {
      act: 'second-factor.reset',
      subject: subjectOf(person),
    });
    return { ...person, secondFactor: 'off' };
  }

  /** After the first step of signing in. */
  async challenge(personId: PersonId): Promise<SecondFactorAsked> {
    const { store, clock } = this.#parts;
    const challenge = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = clock.now() + CHALLENGE_MS;
    await store.addChallenge({
      tokenHash: hashOfToken(challenge),
      personId,
      expiresAt,
    });
    return { challenge, expiresAt };
  }

  /** Whose challenge it is, once the code is right; the challenge is void then. */
  async answer(challenge: string, code: string, address: string): Promise<PersonId> {
    const { store, people, clock } = this.#parts;
    const tokenHash = hashOfToken(challenge);
    const found = await store.challenge(tokenHash);
    const person = found && found.expiresAt > clock.now() ? await people.byId(found.personId) : null;
    if (!person || person.disabled) throw new Refused('challenge-expired', 'Sign in again');
    await this.#check(person, code, address);
    if (!(await store.endChallenge(tokenHash))) throw new Refused('challenge-expired', 'Sign in again');
    return person.id;
  }

  endExpired(now: Instant): Promise<void> {
    return this.#parts.store.endExpired(now);
  }

  /** Throws `Refused` unless the password or the code is the person's. */
  async prove(person: Person, proof: Proof | undefined, address: string): Promise<void> {
    const { people, passwords, passwordLimits } = this.#parts;
    if (proof?.code !== undefined) return this.#check(person, proof.code, address);
    const { password } = proof ?? {};
    if (password === undefined) throw new Refused('wrong-credentials', 'Give the password or a code');
    const isRight = await passwordLimits.guard(
      person.signInName,
      address,
      async () => (await passwords.isRight(password, await people.passwordHash(person.id))) || null,
    );
    if (!isRight) throw new Refused('wrong-credentials', 'The password is wrong');
  }

  /** Each step and each recovery code counts once (P4); wrong ones are limited (P5). */
  async #check(person: Person, code: string, address: string): Promise<void> {
    const { store, seal, limits, clock } = this.#parts;
    const isRight = await limits.guard(person.id, address, async () => {
      const row = await store.of(person.id);
      if (!row || row.secret === null) return null;
      if (code.length > 6) return (await store.spendCode(person.id, seal.hashOfCode(code, person.id))) || null;
      const step = stepOfCode(seal.open(row.secret, person.id), code, clock.now(), row.lastStep);
      return (step !== null && (await store.spend(person.id, step))) || null;
    });
    if (!isRight) throw new Refused('code-wrong', 'This code is not right');
  }
}

function subjectOf({ id, displayName }: Person): {
  kind: string;
  id: string;
  name: string;
} {
  return { kind: 'person', id, name: displayName };
}
