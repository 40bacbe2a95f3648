// The administration of people: list, add, change, disable, and the import of many.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { NewPerson, People, PeopleImported, PeopleQuery, Person, PersonChange } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { changed, isSameRights, isWeakPassword, leavesNoAdministrator, limitsOf } from './identity.ts';
import { generatePassword, type Passwords } from './passwords.ts';
import { type FacultyName, faultsOfExternalIds, faultsOfNames, type ImportLine, readImport } from './people-import.ts';
import type { NewRow, PagePlace, PersonStore } from './person.store.ts';
import type { Seats } from './seats.ts';

/** In one entry of the audit log. */
const MOST_STAFF_NAMED = 200;

const Place = z.tuple([z.string(), z.string()]);
type Faults = readonly {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly value: string | null;
}[];

export class PeopleService {
  readonly #people: PersonStore;
  readonly #passwords: Passwords;
  readonly #faculties: () => Promise<readonly FacultyName[]>;
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #seats: Seats;

  constructor(parts: {
    people: PersonStore;
    passwords: Passwords;
    faculties: () => Promise<readonly FacultyName[]>;
    audit: Audit;
    clock: Clock;
    seats: Seats;
  }) {
    this.#people = parts.people;
    this.#passwords = parts.passwords;
    this.#faculties = parts.faculties;
    this.#audit = parts.audit;
    this.#clock = parts.clock;
    this.#seats = parts.seats;
  }

  async list(query: z.output<typeof PeopleQuery>): Promise<z.output<typeof People>> {
    const after = query.after === undefined ? null : placeOf(query.after);
    const { people, next, total } = await this.#people.search({
      search: query.search ?? '',
      role: query.role ?? null,
      after,
      limit: query.limit,
    });
    return {
      people,
      total,
      next: next && Buffer.from(JSON.stringify([next.sortKey, next.id])).toString('base64url'),
    };
  }

  async add(actor: Actor, wanted: NewPerson): Promise<Person> {
    await this.#checkFaculties(wanted.roleFaculties);
    const row = await this.newRow(wanted);
    await this.#people.alone(async ({ people }) => {
      if (wanted.externalId && (await people.externalIdsTaken([wanted.externalId])).size > 0)
        throw new Refused('external-id-taken', 'Someone has this id of the student-record system already');
      if (!(await people.add([row]))) throw new Refused('name-taken', 'Someone has this sign-in name already');
    });
    const { passwordHash: _, createdAt: __, ...person } = row;
    await this.#audit.record(actor, {
      act: 'person.added',
      subject: subjectOf(person),
      after: person,
    });
    return { ...person, disabled: false };
  }

  /** Checks the password and hashes it; stores nothing. */
  async newRow({ password, ...person }: NewPerson): Promise<NewRow> {
    if (isWeakPassword(password, person.signInName)) throw new Refused('password-too-weak', 'This password is too easy to guess');
    return this.#row(person, await this.#passwords.hash(password));
  }

  async change(actor: Actor, id: PersonId, { password, ...change }: PersonChange): Promise<Person> {
    const known = await this.#people.byId(id);
    if (!known) throw new Refused('not-found', 'There is no such person');
    if (password !== undefined && isWeakPassword(password, known.signInName))
      throw new Refused('password-too-weak', 'This password is too easy to guess');
    await this.#checkFaculties(change.roleFaculties);
    const passwordHash = password === undefined ? undefined : await this.#passwords.hash(password);
    const { before: old, after: person } = await this.#people.alone(async ({ people, sessions }) => {
      const before = await people.byId(id);
      if (!before) throw new Refused('not-found', 'There is no such person');
      if (before.anonymised) throw new Refused('conflict', 'This account was anonymised for good');
      const after = changed(before, change);
      if (after.externalId && after.externalId !== before.externalId && (await people.externalIdsTaken([after.externalId])).size > 0)
        throw new Refused('external-id-taken', 'Someone has this id of the student-record system already');
      if (leavesNoAdministrator(before, after, await people.administratorsBeside(id)))
        throw new Refused('conflict', 'There must be an administrator who can sign in');
      await people.update(after, this.#clock.now(), passwordHash);
      if (after.disabled || passwordHash !== undefined) await sessions.endAllOf(id);
      return { before, after };
    });
    await this.#audit.record(actor, {
      act: 'person.changed',
      subject: subjectOf(person),
      before: old,
      // Not the password; only that there is a new one.
      after: { ...person, ...(password !== undefined && { password: true }) },
    });
    if (person.disabled) await this.#seats.disabled(id);
    else if (passwordHash !== undefined) await this.#seats.signedOut(id, () => true);
    if (!isSameRights(old, person)) await this.#seats.rightsChanged(id);
    return person;
  }

  /**
   * All or nothing; throws `Refused('import-faulty')` with `details.faults`. Nobody is added when the signal says that the answer can
   * no longer be given: the generated passwords are shown in it alone.
   */
  async import(
    actor: Actor,
    { csv, dryRun }: { readonly csv: string; readonly dryRun: boolean },
    signal?: AbortSignal,
  ): Promise<z.output<typeof PeopleImported>> {
    const { lines, faults } = readImport(csv, await this.#faculties());
    refuse([...faults, ...(await takenIn(lines, this.#people))]);
    if (dryRun) return { created: lines.length, passwords: [] };
    const passwords: { signInName: string; password: string }[] = [];
    const rows = await Promise.all(
      lines.map(async ({ person, password }) => {
        const chosen = password ?? generatePassword();
        if (password === null) passwords.push({ signInName: person.signInName, password: chosen });
        return this.#row(person, await this.#passwords.hashInBatch(chosen, signal));
      }),
    );
    if (signal?.aborted) throw new Refused('conflict', 'The request was given up');
    await this.#people.alone(async ({ people }) => {
      // Hashing took a while: someone may have been added under one of these names meanwhile.
      refuse(await takenIn(lines, people));
      if (!(await people.add(rows))) throw new Refused('conflict', 'Someone was added meanwhile; try again');
    });
    await this.#audit.record(actor, {
      act: 'people.imported',
      subject: { kind: 'people', id: '', name: '' },
      after: {
        created: rows.length,
        staff: rows.filter(isStaff).slice(0, MOST_STAFF_NAMED).map(nameWithRoles),
      },
    });
    return { created: rows.length, passwords };
  }

  async #checkFaculties(wanted: Person['roleFaculties'] = {}): Promise<void> {
    const named = Object.values(wanted).flat();
    if (named.length === 0) return;
    const known = new Set((await this.#faculties()).map(({ id }) => id));
    if (named.some((id) => !known.has(id))) throw new Refused('not-found', 'There is no such faculty');
  }

  #row(person: ImportLine['person'], passwordHash: string): NewRow {
    const roles = [...new Set(person.roles)];
    return {
      ...{
        ...person,
        roles,
        roleFaculties: limitsOf(roles, person.roleFaculties),
        externalId: person.externalId ?? null,
      },
      ...{
        id: PersonId.parse(randomUUID()),
        passwordHash,
        createdAt: this.#clock.now(),
      },
    };
  }
}

/** Sign-in names and ids of the student-record system that someone has, or that are twice in the file. */
async function takenIn(lines: readonly ImportLine[], people: PersonStore): Promise<Faults> {
  const names = await people.taken(lines.map((line) => line.person.signInName));
  const ids = await people.externalIdsTaken(lines.flatMap(({ person: { externalId } }) => (externalId ? [externalId] : [])));
  return [...faultsOfNames(lines, names), ...faultsOfExternalIds(lines, ids)];
}

function subjectOf({ id, displayName }: Pick<Person, 'id' | 'displayName'>): {
  kind: string;
  id: string;
  name: string;
} {
  return { kind: 'person', id, name: displayName };
}

function isStaff({ roles }: NewRow): boolean {
  return roles.some((role) => role !== 'student');
}

function nameWithRoles({ signInName, roles }: NewRow): string {
  return `${signInName}: ${roles.join(', ')}`;
}

function refuse(faults: Faults): void {
  if (faults.length > 0)
    throw new Refused('import-faulty', `${faults.length} faults; nobody was added`, { faults: faults.toSorted((a, b) => a.line - b.line) });
}

function placeOf(cursor: string): PagePlace {
  try {
    const [sortKey, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { sortKey, id };
  } catch {
    throw new Refused('bad-request', 'query.after is not one that a page gave');
  }
}
