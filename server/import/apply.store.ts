// Writes the changes of an import into every table that they touch, in the transaction that it is given. The tables belong to other modules,
// whose services change one thing at a time: a university of 40,000 rows would keep every other writer waiting for minutes, and this takes a second.
import type { Kysely } from 'kysely';
import { ImportTable } from '../contract/import.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { TimetableFact } from '../facts.ts';
import { Application, type Applying, stored } from './application.ts';
import { lessonFacts } from './apply-facts.ts';
import { removeGone } from './apply-gone.store.ts';
import { writeLists } from './apply-lists.store.ts';
import { markSeries } from './apply-marks.store.ts';
import { lessonsWithNewPeople } from './apply-people.store.ts';
import { writeYears } from './apply-years.store.ts';
import type { Bulk, Row } from './bulk.ts';
import { asDecided } from './difference.ts';
import { columnsFor, signInNameOf } from './rows.ts';

export interface Applied {
  /** Of single lessons; those of weekly patterns follow when they are laid out. */
  readonly facts: readonly TimetableFact[];
  readonly disabledIds: readonly string[];
  /** Whose rooms may be open, with other people than before. */
  readonly lessonIds: readonly string[];
}

export async function applyChanges(db: Kysely<Database>, bulk: Bulk, applying: Applying): Promise<Applied> {
  const application = new Application(applying);
  const rows = new Rows(db, bulk, application, await writeYears(db, application));
  for (const table of ImportTable.options) {
    await rows.add(table);
    await rows.change(table);
  }
  await writeLists(db, bulk, application);
  await markSeries(db, application);
  const disabledIds = await removeGone(db, application);
  return { facts: lessonFacts(application), disabledIds, lessonIds: await lessonsWithNewPeople(db, application) };
}

class Rows {
  readonly #db: Kysely<Database>;
  readonly #bulk: Bulk;
  readonly #application: Application;
  /** By name. */
  readonly #years: ReadonlyMap<string, string>;
  #defaultGiven = false;

  constructor(db: Kysely<Database>, bulk: Bulk, application: Application, years: ReadonlyMap<string, string>) {
    this.#db = db;
    this.#bulk = bulk;
    this.#application = application;
    this.#years = years;
  }

  async add<T extends ImportTable>(table: T): Promise<void> {
    const { source, now } = this.#application.applying;
    const found = this.#application.of(table);
    if (found === undefined || found.added.length === 0) return;
    const rows = found.added.map(({ id, values }) => {
      const columns = columnsFor[table](values, this.#application.write);
      if (table === 'enrolments') return { ...this.#enrolmentKey(values), ...columns, source };
      return { id: this.#application.idOf(table, id), external_id: id, source, ...columns, ...this.#ofNew(table, values) };
    });
    if (table === 'people') for (const row of rows) Object.assign(row, { created_at: now, disabled: 0, password_hash: null });
    await this.#bulk.insert(stored[table], rows);
  }

  /** What only a new row gets. */
  #ofNew(table: ImportTable, values: object): Row {
    const { now, world } = this.#application.applying;
    switch (table) {
      case 'people':
        return { sign_in_name: signInNameOf(values) };
      case 'terms':
        return { year_id: this.#yearOf(values) };
      case 'bells':
        // The first becomes the one that is meant when none is named.
        return {
          is_default: [...(world.refs.bells?.byRef.values() ?? [])].some(({ isDefault }) => isDefault) || this.#hasDefault() ? 0 : 1,
        };
      case 'series':
        return { needs_layout: 1, created_at: now };
      case 'lessons':
        return { created_at: now, by_hand: '{}' };
      default:
        return {};
    }
  }

  #yearOf(values: object): string {
    return this.#years.get('year' in values ? String(values.year) : '') ?? '';
  }

  #hasDefault(): boolean {
    const given = this.#defaultGiven;
    this.#defaultGiven = true;
    return given;
  }

  #enrolmentKey(values: object): Row {
    const { course, person } = { course: '', person: '', ...values };
    return { course_id: this.#application.idOf('courses', course), person_id: this.#application.idOf('people', person) };
  }

  async change<T extends ImportTable>(table: T): Promise<void> {
    const { source } = this.#application.applying;
    const found = this.#application.of(table);
    if (found === undefined || found.changed.length === 0) return;
    if (table === 'enrolments') return this.#changeEnrolments();
    const rows = found.changed.map(({ item, known, fields }) => {
      const columns = columnsFor[table](asDecided(item, known), this.#application.write);
      return { id: known.id, ...columns, ...this.#ofChanged(table, item.values, fields), ...(fields.includes('source') && { source }) };
    });
    if (table === 'lessons') return this.#changeLessons(rows);
    await this.#bulk.update(stored[table], rows);
  }

  async #changeEnrolments(): Promise<void> {
    for (const { item, fields } of this.#application.of('enrolments')?.changed ?? []) {
      const { course_id = '', person_id = '' } = this.#enrolmentKey(item.values);
      await this.#db
        .updateTable('enrolment')
        .set({
          ...(fields.includes('role') && { role: item.values.role ?? 'student' }),
          ...(fields.includes('source') && { source: this.#application.applying.source }),
        })
        .where('course_id', '=', String(course_id))
        .where('person_id', '=', String(person_id))
        .execute();
    }
  }

  async #changeLessons(rows: readonly Row[]): Promise<void> {
    const { now } = this.#application.applying;
    // The rules of a lesson may have been set by hand.
    await this.#bulk.update(
      'lesson',
      rows.map(({ rules: _rules, ...row }) => ({ ...row, changed_at: now })),
    );
    for (const some of inPieces(rows.map(({ id }) => String(id))))
      await this.#db
        .updateTable('lesson')
        .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
        .where('id', 'in', some)
        .execute();
  }

  #ofChanged(table: ImportTable, values: object, fields: readonly string[]): Row {
    if (table === 'people') return fields.includes('gone') ? { disabled: 0, disabled_at: null } : {};
    if (table === 'series') return { needs_layout: 1, removed_at: null };
    if (table === 'lessons' && fields.includes('cancelled'))
      return { ended_at: 'cancelled' in values && values.cancelled === true ? this.#application.applying.now : null };
    if (table === 'terms') return { year_id: this.#yearOf(values) };
    return {};
  }
}
