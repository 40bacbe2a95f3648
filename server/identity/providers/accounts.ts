// Which account of ours is meant by a person of a provider: a known one, one that is joined now, a new one, or none.
import { randomUUID } from 'node:crypto';
import { type Actor, actorOf } from '../../audit/actor.ts';
import type { Act, Audit } from '../../audit/audit.service.ts';
import type { Person } from '../../contract/identity.ts';
import { type Instant, PersonId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { Log } from '../../log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Vouched } from '../../ports/sign-in-provider.ts';
import { isSameRights, leavesNoAdministrator } from '../identity.ts';
import type { PersonStore } from '../person.store.ts';
import type { Seats } from '../seats.ts';
import { type ClaimNames, type Described, describe, type RoleRule, rolesBy, signInNames } from './mapping.ts';
import type { ProvidersStore } from './providers.store.ts';

export interface AccountRules {
  readonly id: string;
  readonly createAccounts: boolean;
  readonly updateFromClaims: boolean;
  readonly roles: readonly RoleRule[];
  readonly newAccountRoles: Person['roles'];
  readonly claims: ClaimNames;
}

type Stores = { readonly people: PersonStore; readonly identities: ProvidersStore };

export class Accounts {
  readonly #store: ProvidersStore;
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #seats: Seats;

  constructor(parts: {
    readonly store: ProvidersStore;
    readonly audit: Audit;
    readonly seats: Seats;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#store = parts.store;
    this.#audit = parts.audit;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#seats = parts.seats;
  }

  /**
   * Joined by provider and subject, or at the first sign-in by the id of the student-record system; never by name or address (S9).
   * Throws `Refused('account-unknown')` or `Refused('account-disabled')`; then nothing has changed.
   */
  async personFor(rules: AccountRules, vouched: Vouched, address: string): Promise<Person> {
    const described = describe(vouched.claims, rules.claims);
    const acts: { readonly person: Person; readonly act: Act }[] = [];
    let hasOtherRights = false;
    const person = await this.#store.alone(async (stores) => {
      const now = this.#clock.now();
      const known = await stores.identities.personOf(rules.id, vouched.subject);
      const before = known ? await stores.people.byId(known) : await this.#join(stores, rules, vouched, described, now, acts);
      if (!before) throw new Refused('account-unknown', 'There is no account for this person');
      if (before.disabled) throw new Refused('account-disabled', 'This account is disabled');
      await stores.identities.used(rules.id, vouched.subject, now);
      if (!rules.updateFromClaims || acts.some(({ act }) => act.act === 'sign-in.account-made')) return before;
      const after = await this.#updated(stores, before, rules, vouched, described);
      if (isSame(before, after)) return before;
      await stores.people.update(after, now);
      hasOtherRights = !isSameRights(before, after);
      acts.push({
        person: after,
        act: { act: 'person.changed', subject: subjectOf(after), before: visible(before), after: visible(after) },
      });
      return after;
    });
    for (const { person: whom, act } of acts) await this.#audit.record(actorFor(whom, act, address), act);
    if (hasOtherRights) await this.#seats.rightsChanged(person.id);
    if (person.roles.length === 0) throw new Refused('account-unknown', 'The provider gives this person no role');
    return person;
  }

  /** The account that is joined to the identity now; null when there is none. */
  async #join(
    stores: Stores,
    rules: AccountRules,
    vouched: Vouched,
    described: Described,
    now: Instant,
    acts: { readonly person: Person; readonly act: Act }[],
  ): Promise<Person | null> {
    const { people, identities } = stores;
    const meant = described.externalId === null ? null : await identities.personOfExternalId(described.externalId);
    const identity = { provider: rules.id, subject: vouched.subject, now };
    if (meant) {
      const person = await people.byId(meant);
      if (!person) return null;
      if (person.disabled) throw new Refused('account-disabled', 'This account is disabled');
      // Someone else of the same provider has come as this person before: one of the two is wrong, and we cannot know which.
      if (await identities.isLinked(rules.id, meant)) {
        this.#log.warn({ provider: rules.id, personId: meant }, 'Two people of a provider claim the same account');
        return null;
      }
      await identities.link({ ...identity, personId: meant });
      acts.push({ person, act: { act: 'sign-in.linked', subject: subjectOf(person), after: { provider: rules.id } } });
      return person;
    }
    if (!rules.createAccounts) return null;
    const person = await this.#add(stores, rules, vouched, described, now);
    if (!person) return null;
    await identities.link({ ...identity, personId: person.id });
    acts.push({
      person,
      act: { act: 'sign-in.account-made', subject: subjectOf(person), after: { ...visible(person), provider: rules.id } },
    });
    return person;
  }

  async #add(
    { people, identities }: Stores,
    rules: AccountRules,
    vouched: Vouched,
    described: Described,
    now: Instant,
  ): Promise<Person | null> {
    const faculties = await identities.faculties(facultiesOf(rules));
    const standing = rolesBy(rules.roles, vouched.claims, rules.claims, { roles: [...new Set(rules.newAccountRoles)] }, faculties);
    if (standing.roles.length === 0) return null;
    const names = [...signInNames(described.signInName, vouched.subject)];
    const taken = await people.taken(names);
    const id = PersonId.parse(randomUUID());
    const signInName = names.find((name) => !taken.has(name)) ?? id;
    const { email, language, externalId } = described;
    const displayName = described.displayName ?? signInName;
    const row = { id, signInName, displayName, email, language, externalId, ...standing, passwordHash: null, createdAt: now };
    if (!(await people.add([row]))) throw new Refused('conflict', 'Someone was added meanwhile; try again');
    return people.byId(id);
  }

  async #updated(
    { people, identities }: Stores,
    before: Person,
    rules: AccountRules,
    vouched: Vouched,
    { displayName, email }: Described,
  ): Promise<Person> {
    const standing = rolesBy(rules.roles, vouched.claims, rules.claims, before, await identities.faculties(facultiesOf(rules)));
    const after = { ...before, ...standing, displayName: displayName ?? before.displayName, email: email ?? before.email };
    if (!leavesNoAdministrator(before, after, await people.administratorsBeside(before.id))) return after;
    this.#log.warn({ provider: rules.id, personId: before.id }, 'A provider would have taken the last administrator away');
    return { ...after, roles: [...after.roles, 'administrator'] };
  }
}

function facultiesOf({ roles }: AccountRules): string[] {
  return [...new Set(roles.flatMap(({ faculty }) => (faculty === undefined ? [] : [faculty])))];
}

function subjectOf({ id, displayName }: Person): Act['subject'] {
  return { kind: 'person', id, name: displayName };
}

function visible({ displayName, email, roles, roleFaculties }: Person): object {
  return { displayName, email, roles, roleFaculties: roleFaculties ?? {} };
}

function isSame(one: Person, other: Person): boolean {
  return JSON.stringify(visible(one)) === JSON.stringify(visible(other));
}

/** What follows from the provider's word is the server's act; coming in by it for the first time is the person's own. */
function actorFor(person: Person, { act }: Act, address: string): Actor {
  const actor = actorOf(person, address);
  return act === 'sign-in.linked' ? actor : { ...actor, kind: 'server', id: PersonId.parse('server'), displayName: 'Auditoria', roles: [] };
}
