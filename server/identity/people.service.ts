// The administration of people: list, add, change, disable, and the import of many.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { NewPerson, People, PeopleImported, PeopleQuery, Person, PersonChange } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { changed, isWeakPassword, leavesNoAdministrator } from './identity.ts';
import { generatePassword, type Passwords } from './passwords.ts';
import { faultsOfNames, type ImportLine, readImport } from './people-import.ts';
import type { NewRow, PagePlace, PersonStore } from './person.store.ts';

const Place = z.tuple([z.string(), z.string()]);
type Faults = readonly { readonly line: number; readonly column: string | null; readonly code: string; readonly value: string | null }[];

export class PeopleService {
  readonly #people: PersonStore;
  readonly #passwords: Passwords;
  readonly #clock: Clock;
  readonly #disabled: (id: PersonId) => Promise<void>;

  constructor(parts: {
    people: PersonStore;
    passwords: Passwords;
    clock: Clock;
    /** Called after the account was disabled: the person is to be shown out of wherever they are. */
    disabled?: (id: PersonId) => Promise<void>;
  }) {
    this.#people = parts.people;
    this.#passwords = parts.passwords;
    this.#clock = parts.clock;
    this.#disabled = parts.disabled ?? (() => Promise.resolve());
  }

  async list(query: z.output<typeof PeopleQuery>): Promise<z.output<typeof People>> {
    const after = query.after === undefined ? null : placeOf(query.after);
    const { people, next, total } = await this.#people.search({
      search: query.search ?? '',
      role: query.role ?? null,
      after,
      limit: query.limit,
    });
    return { people, total, next: next && Buffer.from(JSON.stringify([next.sortKey, next.id])).toString('base64url') };
  }

  async add(wanted: NewPerson): Promise<Person> {
    const row = await this.newRow(wanted);
    if (!(await this.#people.add([row]))) throw new Refused('name-taken', 'Someone has this sign-in name already');
    return { ...wanted, id: row.id, disabled: false };
  }

  /** Checks the password and hashes it; stores nothing. */
  async newRow({ password, ...person }: NewPerson): Promise<NewRow> {
    if (isWeakPassword(password, person.signInName)) throw new Refused('password-too-weak', 'This password is too easy to guess');
    return this.#row(person, await this.#passwords.hash(password));
  }

  async change(id: PersonId, { password, ...change }: PersonChange): Promise<Person> {
    const known = await this.#people.byId(id);
    if (!known) throw new Refused('not-found', 'There is no such person');
    if (password !== undefined && isWeakPassword(password, known.signInName))
      throw new Refused('password-too-weak', 'This password is too easy to guess');
    const passwordHash = password === undefined ? undefined : await this.#passwords.hash(password);
    const person = await this.#people.alone(async ({ people, sessions }) => {
      const before = await people.byId(id);
      if (!before) throw new Refused('not-found', 'There is no such person');
      const after = changed(before, change);
      if (leavesNoAdministrator(before, after, await people.administratorsBeside(id)))
        throw new Refused('conflict', 'There must be an administrator who can sign in');
      await people.update(after, passwordHash);
      if (after.disabled || passwordHash !== undefined) await sessions.endAllOf(id);
      return after;
    });
    if (person.disabled) await this.#disabled(id);
    return person;
  }

  /**
   * All or nothing; throws `Refused('import-faulty')` with `details.faults`. Nobody is added when the signal says that the answer can
   * no longer be given: the generated passwords are shown in it alone.
   */
  async import(
    { csv, dryRun }: { readonly csv: string; readonly dryRun: boolean },
    signal?: AbortSignal,
  ): Promise<z.output<typeof PeopleImported>> {
    const { lines, faults } = readImport(csv);
    const taken = await this.#people.taken(lines.map((line) => line.person.signInName));
    refuse([...faults, ...faultsOfNames(lines, taken)]);
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
      refuse(faultsOfNames(lines, await people.taken(lines.map((line) => line.person.signInName))));
      if (!(await people.add(rows))) throw new Refused('conflict', 'Someone was added meanwhile; try again');
    });
    return { created: rows.length, passwords };
  }

  #row(person: ImportLine['person'], passwordHash: string): NewRow {
    return { ...person, id: PersonId.parse(randomUUID()), passwordHash, createdAt: this.#clock.now() };
  }
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
