// The table of persons; only identity writes to it.
import { type Kysely, sql } from 'kysely';
import type { Person } from '../contract/identity.ts';
import type { Instant, PersonId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchPatterns, searchText, sortKey } from '../database/text.ts';
import { columns, personOf, type Standing, standingColumns, standingOf } from './person-row.ts';
import { SessionStore } from './session.store.ts';

export interface NewRow {
  readonly id: PersonId;
  readonly signInName: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly language: Person['language'];
  readonly roles: Person['roles'];
  readonly passwordHash: string | null;
  readonly createdAt: Instant;
  /** What the student-record system calls the person; unique. */
  readonly externalId?: string | null | undefined;
  readonly roleFaculties?: Person['roleFaculties'];
  /** Never asked for a second factor, whatever the role: the people of the demo university. */
  readonly secondFactorExempt?: boolean;
}

/** Where a page begins: after this person. */
export interface PagePlace {
  readonly sortKey: string;
  readonly id: string;
}

const NAMES_PER_QUERY = 500;
const ROWS_PER_INSERT = 500;

export class PersonStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All of `work` or nothing. What is done so runs one after the other, on every database: for rules that look at several persons. */
  alone<T>(work: (stores: { readonly people: PersonStore; readonly sessions: SessionStore }) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      await lockPeople(trx);
      return work({
        people: new PersonStore(trx),
        sessions: new SessionStore(trx),
      });
    });
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#db.selectFrom('person').select('id').limit(1).executeTakeFirst()) === undefined;
  }

  async byId(id: string): Promise<Person | null> {
    const row = await this.#db.selectFrom('person').select(columns).where('id', '=', id).executeTakeFirst();
    return row ? personOf(row) : null;
  }

  async withPassword(signInName: string): Promise<{ person: Person; passwordHash: string | null } | null> {
    const row = await this.#db
      .selectFrom('person')
      .select([...columns, 'password_hash'])
      .where('sign_in_name', '=', signInName)
      .executeTakeFirst();
    return row ? { person: personOf(row), passwordHash: row.password_hash } : null;
  }

  /** False when one of the sign-in names, or of the ids elsewhere, is taken; then call it only where the transaction is given up. */
  async add(rows: readonly NewRow[]): Promise<boolean> {
    let added = 0;
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const values = rows.slice(from, from + ROWS_PER_INSERT).map((row) => ({
        id: row.id,
        sign_in_name: row.signInName,
        email: row.email,
        language: row.language,
        roles: JSON.stringify(row.roles),
        password_hash: row.passwordHash,
        disabled: 0,
        created_at: row.createdAt,
        display_name: row.displayName,
        external_id: row.externalId ?? null,
        role_faculties: JSON.stringify(row.roleFaculties ?? {}),
        second_factor_exempt: row.secondFactorExempt ? 1 : 0,
        ...derived(row.displayName, row.signInName, row.email),
      }));
      const results = await this.#db
        .insertInto('person')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      for (const { numInsertedOrUpdatedRows = 0n } of results) added += Number(numInsertedOrUpdatedRows);
    }
    return added === rows.length;
  }

  /** Writes everything of the person but the sign-in name, which never changes; the password only when its hash is given. */
  async update(person: Person, now: Instant, passwordHash?: string): Promise<void> {
    await this.#db
      .updateTable('person')
      .set({
        display_name: person.displayName,
        email: person.email,
        language: person.language,
        roles: JSON.stringify(person.roles),
        role_faculties: JSON.stringify(person.roleFaculties ?? {}),
        external_id: person.externalId ?? null,
        // Whom an import has disabled stays its business, until someone enables them by hand.
        disabled: person.disabled ? sql<number>`case when disabled = 0 then 1 else disabled end` : 0,
        // Since when: not moved by later changes.
        disabled_at: person.disabled ? (e) => e.fn.coalesce('disabled_at', e.val(now)) : null,
        ...derived(person.displayName, person.signInName, person.email),
        ...(passwordHash !== undefined && { password_hash: passwordHash }),
      })
      .where('id', '=', person.id)
      .execute();
  }

  async withStanding(id: string): Promise<{ person: Person; standing: Standing } | null> {
    const row = await this.#db
      .selectFrom('person')
      .select([...columns, ...standingColumns])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? { person: personOf(row), standing: standingOf(row) } : null;
  }

  async setLanguage(id: string, language: Person['language']): Promise<void> {
    await this.#db.updateTable('person').set({ language }).where('id', '=', id).execute();
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.#db.updateTable('person').set({ password_hash: passwordHash }).where('id', '=', id).execute();
  }

  async passwordHash(id: string): Promise<string | null> {
    const row = await this.#db.selectFrom('person').select('password_hash').where('id', '=', id).executeTakeFirst();
    return row?.password_hash ?? null;
  }

  async administratorsBeside(id: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('person')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('id', '!=', id)
      .where('disabled', '=', 0)
      .where('roles', 'like', '%"administrator"%')
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Which of these sign-in names are taken. */
  async taken(names: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < names.length; from += NAMES_PER_QUERY) {
      const rows = await this.#db
        .selectFrom('person')
        .select('sign_in_name')
        .where('sign_in_name', 'in', names.slice(from, from + NAMES_PER_QUERY))
        .execute();
      for (const row of rows) found.add(row.sign_in_name);
    }
    return found;
  }

  /** Which of these ids elsewhere are taken. */
  async externalIdsTaken(ids: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += NAMES_PER_QUERY) {
      const rows = await this.#db
        .selectFrom('person')
        .select('external_id')
        .where('external_id', 'in', ids.slice(from, from + NAMES_PER_QUERY))
        .execute();
      for (const row of rows) if (row.external_id !== null) found.add(row.external_id);
    }
    return found;
  }

  /** In the order of names. `next` is null on the last page. */
  async search(query: {
    readonly search: string;
    readonly role: string | null;
    readonly after: PagePlace | null;
    readonly limit: number;
  }): Promise<{ people: Person[]; next: PagePlace | null; total: number }> {
    let matching = this.#db.selectFrom('person');
    for (const pattern of searchPatterns(query.search)) matching = matching.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
    if (query.role !== null) matching = matching.where('roles', 'like', `%"${query.role}"%`);
    const { total } = await matching.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    let page = matching
      .select([...columns, 'sort_key'])
      .orderBy('sort_key')
      .orderBy('id')
      .limit(query.limit + 1);
    const { after } = query;
    if (after)
      page = page.where((e) =>
        e.or([e('sort_key', '>', after.sortKey), e.and([e('sort_key', '=', after.sortKey), e('id', '>', after.id)])]),
      );
    const rows = await page.execute();
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      people: shown.map(personOf),
      next: last ? { sortKey: last.sort_key, id: last.id } : null,
      total,
    };
  }
}

function derived(displayName: string, signInName: string, email: string | null): { sort_key: string; search_text: string } {
  return {
    sort_key: sortKey(displayName),
    search_text: searchText(displayName, signInName, email),
  };
}

/** The persons as they are while nobody else changes them: until the transaction ends. */
export async function lockedPeople(trx: Kysely<Database>): Promise<PersonStore> {
  await lockPeople(trx);
  return new PersonStore(trx);
}

/** Until the transaction ends, whoever else calls it waits: PostgreSQL keeps the row locked, and SQLite has one writer anyway. */
export async function lockPeople(trx: Kysely<Database>): Promise<void> {
  await trx
    .insertInto('server_value')
    .values({ name: 'people-lock', value: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
    .execute();
}
