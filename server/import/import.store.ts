// Writes the changes of an import into every table that they touch, in the transaction that it is given. The tables belong to other modules,
// whose services change one thing at a time: a university of 40,000 rows would keep every other writer waiting for minutes, and this takes a second.
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { ImportTable } from '../contract/import.ts';
import type { Database } from '../database/tables.ts';
import type { TimetableFact } from '../facts.ts';
import { factsOf, type LaidOut } from '../timetable/layout.ts';
import { type Bulk, inPieces, type Row } from './bulk.ts';
import type { Changed, Changes, TableChanges } from './difference.ts';
import { type Item, ownIdOf, type PlanValues } from './plan.ts';
import { columnsFor, signInNameOf, type Writing } from './rows.ts';
import type { Known, World } from './world.ts';

export interface Applying {
  readonly changes: Changes;
  readonly world: World;
  readonly source: string;
  readonly withGone: boolean;
  readonly now: number;
  readonly timeZone: string;
}

export interface Applied {
  /** Of single lessons; those of weekly patterns follow when they are laid out. */
  readonly facts: readonly TimetableFact[];
  readonly disabledIds: readonly string[];
}

/** Where each table of an import is kept. */
const stored = {
  faculties: 'faculty',
  departments: 'department',
  programmes: 'programme',
  groups: 'student_group',
  people: 'person',
  streams: 'stream',
  places: 'place',
  courses: 'course',
  enrolments: 'enrolment',
  terms: 'term',
  bells: 'bell_schedule',
  series: 'series',
  lessons: 'lesson',
} as const satisfies Record<ImportTable, keyof Database>;

/** What keeps a row that is gone: it stays, and belongs to no source any more. */
const keptBy = {
  departments: [
    ['programme', 'department_id'],
    ['course', 'department_id'],
  ],
  programmes: [['student_group', 'programme_id']],
  groups: [
    ['group_member', 'group_id'],
    ['stream_group', 'group_id'],
    ['series_group', 'group_id'],
    ['lesson_group', 'group_id'],
  ],
  streams: [['series_stream', 'stream_id']],
  places: [
    ['series', 'place_id'],
    ['lesson', 'place_id'],
  ],
  courses: [
    ['enrolment', 'course_id'],
    ['series', 'course_id'],
    ['lesson', 'course_id'],
  ],
  terms: [['series', 'term_id']],
  bells: [['series', 'bell_schedule_id']],
} as const;

const newId = () => randomBytes(12).toString('base64url');

export async function applyChanges(db: Kysely<Database>, bulk: Bulk, applying: Applying): Promise<Applied> {
  return new Application(db, bulk, applying).run();
}

class Application {
  readonly #db: Kysely<Database>;
  readonly #bulk: Bulk;
  readonly #applying: Applying;
  readonly #write: Writing;
  /** By table and id of the other system. */
  readonly #new = new Map<ImportTable, Map<string, string>>();

  constructor(db: Kysely<Database>, bulk: Bulk, applying: Applying) {
    this.#db = db;
    this.#bulk = bulk;
    this.#applying = applying;
    const { source, now, timeZone } = applying;
    this.#write = { idOf: (table, ref) => this.#idOf(table, ref), source, now, timeZone };
    for (const table of ImportTable.options) {
      const found: TableChanges | undefined = applying.changes[table];
      if (found !== undefined && table !== 'enrolments') this.#new.set(table, new Map(found.added.map(({ id }) => [id, newId()])));
    }
  }

  async run(): Promise<Applied> {
    for (const table of ImportTable.options) {
      await this.#add(table);
      await this.#change(table);
    }
    await this.#lists();
    await this.#markSeries();
    const gone = this.#applying.withGone ? await this.#removeGone() : [];
    return { facts: this.#lessonFacts(), disabledIds: gone };
  }

  #of<T extends ImportTable>(table: T): TableChanges<T> | undefined {
    return this.#applying.changes[table];
  }

  #idOf(table: ImportTable, ref: string): string {
    const id = ownIdOf(ref) ?? this.#new.get(table)?.get(ref) ?? this.#applying.world.refs[table]?.byRef.get(ref)?.id;
    if (id === undefined) throw new Error(`Nothing in ${table} has the id that a row refers to`);
    return id;
  }

  async #add<T extends ImportTable>(table: T): Promise<void> {
    const { source, now } = this.#applying;
    const found = this.#of(table);
    if (found === undefined || found.added.length === 0) return;
    if (table === 'terms') await this.#years();
    const rows = found.added.map(({ id, values }) => {
      const columns = columnsFor[table](values, this.#write);
      if (table === 'enrolments') return { ...this.#enrolmentKey(values), ...columns, source };
      return { id: this.#idOf(table, id), external_id: id, source, ...columns, ...this.#ofNew(table, values) };
    });
    if (table === 'people') for (const row of rows) Object.assign(row, { created_at: now, disabled: 0, password_hash: null });
    await this.#bulk.insert(stored[table], rows);
  }

  /** What only a new row gets. */
  #ofNew(table: ImportTable, values: object): Row {
    const { now, world } = this.#applying;
    switch (table) {
      case 'people':
        return { sign_in_name: signInNameOf(values) };
      case 'terms':
        return { year_id: this.#yearIds.get('year' in values ? String(values.year) : '') ?? '' };
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

  #defaultGiven = false;
  #hasDefault(): boolean {
    const given = this.#defaultGiven;
    this.#defaultGiven = true;
    return given;
  }

  #enrolmentKey(values: object): Row {
    const { course, person } = { course: '', person: '', ...values };
    return { course_id: this.#idOf('courses', course), person_id: this.#idOf('people', person) };
  }

  async #change<T extends ImportTable>(table: T): Promise<void> {
    const { source, now } = this.#applying;
    const found = this.#of(table);
    if (found === undefined || found.changed.length === 0) return;
    if (table === 'terms') await this.#years();
    if (table === 'enrolments') {
      for (const { item, fields } of found.changed) {
        const { course_id = '', person_id = '' } = this.#enrolmentKey(item.values);
        await this.#db
          .updateTable('enrolment')
          .set({
            ...(fields.includes('role') && columnsFor[table](item.values, this.#write)),
            ...(fields.includes('source') && { source }),
          })
          .where('course_id', '=', String(course_id))
          .where('person_id', '=', String(person_id))
          .execute();
      }
      return;
    }
    const rows = found.changed.map(({ item, known, fields }) => {
      const columns = columnsFor[table](asDecided(item, known), this.#write);
      return { id: known.id, ...columns, ...this.#ofChanged(table, item.values, fields), ...(fields.includes('source') && { source }) };
    });
    if (table === 'lessons') {
      // The rules of a lesson may have been set by hand.
      await this.#bulk.update(
        'lesson',
        rows.map(({ rules: _rules, ...row }: Row) => row).map((row) => ({ ...row, changed_at: now })),
      );
      for (const some of inPieces(rows.map(({ id }) => id)))
        await this.#db
          .updateTable('lesson')
          .set((eb) => ({ sequence: eb('sequence', '+', 1) }))
          .where('id', 'in', some)
          .execute();
      return;
    }
    await this.#bulk.update(stored[table], rows);
  }

  #ofChanged(table: ImportTable, values: object, fields: readonly string[]): Row {
    if (table === 'people') return fields.includes('gone') ? { disabled: 0, disabled_at: null } : {};
    if (table === 'series') return { needs_layout: 1, removed_at: null };
    if (table === 'lessons' && fields.includes('cancelled'))
      return { ended_at: 'cancelled' in values && values.cancelled === true ? this.#applying.now : null };
    if (table === 'terms') return { year_id: this.#yearIds.get('year' in values ? String(values.year) : '') ?? '' };
    return {};
  }

  readonly #yearIds = new Map<string, string>();
  /** A year is as long as its terms are. */
  async #years(): Promise<void> {
    if (this.#yearIds.size > 0) return;
    const terms = this.#of('terms');
    const items = [...(terms?.added ?? []), ...(terms?.changed ?? []).map(({ item }) => item)];
    const rows = await this.#db.selectFrom('academic_year').selectAll().execute();
    for (const name of new Set(items.map(({ values }) => values.year ?? ''))) {
      const spans = items.filter(({ values }) => values.year === name).map(({ values }) => values);
      const known = rows.find((row) => row.name === name);
      const starts = [...spans.map(({ startsOn = '' }) => startsOn), ...(known ? [known.starts_on] : [])].sort();
      const ends = [...spans.map(({ endsOn = '' }) => endsOn), ...(known ? [known.ends_on] : [])].sort();
      const span = { starts_on: starts.at(0) ?? '', ends_on: ends.at(-1) ?? '' };
      const id = known?.id ?? newId();
      if (known) await this.#db.updateTable('academic_year').set(span).where('id', '=', id).execute();
      else
        await this.#db
          .insertInto('academic_year')
          .values({ id, name, ...span })
          .execute();
      this.#yearIds.set(name, id);
    }
  }

  /** Who is in which group, which groups and streams a lesson has, which bells a schedule: the list of what changed is written anew. */
  async #lists(): Promise<void> {
    await this.#list(
      'people',
      'groups',
      'group_member',
      'person_id',
      (owner, group) => ({ group_id: this.#idOf('groups', group), person_id: owner }),
      true,
    );
    await this.#list('streams', 'groups', 'stream_group', 'stream_id', (owner, group) => ({
      stream_id: owner,
      group_id: this.#idOf('groups', group),
    }));
    await this.#list('series', 'groups', 'series_group', 'series_id', (owner, group) => ({
      series_id: owner,
      group_id: this.#idOf('groups', group),
    }));
    await this.#list('series', 'streams', 'series_stream', 'series_id', (owner, stream) => ({
      series_id: owner,
      stream_id: this.#idOf('streams', stream),
    }));
    await this.#list('lessons', 'groups', 'lesson_group', 'lesson_id', (owner, group) => ({
      lesson_id: owner,
      group_id: this.#idOf('groups', group),
    }));
    const bells = this.#of('bells');
    const changed = (bells?.changed ?? []).filter(({ fields }) => fields.includes('bells'));
    for (const { known } of changed) await this.#db.deleteFrom('bell').where('schedule_id', '=', known.id).execute();
    const rows = [...(bells?.added ?? []), ...changed.map(({ item }) => item)].flatMap(({ id, values }) =>
      values.bells.map((bell) => ({
        schedule_id: this.#idOf('bells', id),
        number: bell.number,
        starts_at: bell.startsAt,
        ends_at: bell.endsAt,
      })),
    );
    await this.#bulk.insert('bell', rows);
  }

  async #list<T extends 'people' | 'streams' | 'series' | 'lessons'>(
    table: T,
    field: 'groups' | 'streams',
    link: 'group_member' | 'stream_group' | 'series_group' | 'series_stream' | 'lesson_group',
    owner: string,
    rowOf: (owner: string, ref: string) => Row,
    isPartly = false,
  ): Promise<void> {
    const found = this.#of(table);
    if (found === undefined) return;
    const refsOf = (values: object): readonly string[] => {
      const cells: Readonly<Record<string, unknown>> = { ...values };
      const refs = cells[field];
      return Array.isArray(refs) ? refs.map(String) : [];
    };
    const changed = found.changed.filter(({ fields }) => fields.includes(field));
    const ids = new Map(changed.map(({ item, known }) => [item.id, known.id]));
    if (isPartly) {
      // Memberships that were made by hand stay.
      for (const { item, known } of changed) {
        const now = refsOf(item.values);
        const left = refsOf(known.values).filter((ref) => !now.includes(ref));
        for (const ref of left)
          await this.#db
            .deleteFrom('group_member')
            .where('person_id', '=', known.id)
            .where('group_id', '=', this.#idOf('groups', ref))
            .execute();
      }
    } else {
      const { ref } = this.#db.dynamic;
      for (const some of inPieces([...ids.values()])) await this.#db.deleteFrom(link).where(ref(owner), 'in', some).execute();
    }
    const rows = [...found.added, ...changed.map(({ item }) => item)].flatMap((item) =>
      refsOf(item.values).map((one) => rowOf(ids.get(item.id) ?? this.#idOf(table, item.id), one)),
    );
    await this.#bulk.insert(link, rows, isPartly ? 'do nothing' : '');
  }

  /** Patterns whose lessons follow from something else that changed. */
  async #markSeries(): Promise<void> {
    const idsOf = <T extends ImportTable>(table: T, field: keyof PlanValues<T> & string) =>
      (this.#of(table)?.changed ?? []).filter(({ fields }) => fields.includes(field)).map(({ known }) => known.id);
    const mark = (column: 'term_id' | 'bell_schedule_id' | 'course_id', ids: readonly string[]) =>
      this.#db.updateTable('series').set({ needs_layout: 1 }).where(column, 'in', ids).where('removed_at', 'is', null).execute();
    for (const some of inPieces([...new Set([...idsOf('terms', 'startsOn'), ...idsOf('terms', 'endsOn')])])) await mark('term_id', some);
    for (const some of inPieces(idsOf('bells', 'bells'))) await mark('bell_schedule_id', some);
    // A faculty has days of its own in the calendar.
    for (const some of inPieces(idsOf('courses', 'faculty'))) await mark('course_id', some);
    for (const some of inPieces(idsOf('streams', 'groups')))
      await this.#db
        .updateTable('series')
        .set({ needs_layout: 1 })
        .where('id', 'in', (eb) => eb.selectFrom('series_stream').select('series_id').where('stream_id', 'in', some))
        .where('removed_at', 'is', null)
        .execute();
  }

  /** Resolves with the people who were disabled. */
  async #removeGone(): Promise<string[]> {
    const { now } = this.#applying;
    const gone = (table: ImportTable) => (this.#of(table)?.gone ?? []).map(({ known }) => known.id);
    for (const some of inPieces(gone('lessons')))
      await this.#db
        .updateTable('lesson')
        .set((eb) => ({ cancelled: 1, ended_at: now, sequence: eb('sequence', '+', 1), changed_at: now }))
        .where('id', 'in', some)
        .execute();
    for (const some of inPieces(gone('series')))
      await this.#db.updateTable('series').set({ removed_at: now, needs_layout: 1 }).where('id', 'in', some).execute();
    for (const id of gone('enrolments')) {
      const [course = '', person = ''] = id.split(' ');
      await this.#db.deleteFrom('enrolment').where('course_id', '=', course).where('person_id', '=', person).execute();
    }
    const people = gone('people');
    for (const some of inPieces(people)) {
      await this.#db
        .updateTable('person')
        .set({ disabled: 2, disabled_at: now })
        .where('id', 'in', some)
        .where('disabled', '=', 0)
        .execute();
      await this.#db.deleteFrom('session').where('person_id', 'in', some).execute();
    }
    for (const table of ['bells', 'terms', 'courses', 'places', 'streams', 'groups', 'programmes', 'departments'] as const)
      await this.#removeUnused(table, gone(table));
    // Roles may be limited to a faculty, and nobody is to lose a limit with it.
    for (const some of inPieces(gone('faculties')))
      await this.#db.updateTable('faculty').set({ source: null }).where('id', 'in', some).execute();
    return people;
  }

  async #removeUnused(table: keyof typeof keptBy, ids: readonly string[]): Promise<void> {
    const { ref } = this.#db.dynamic;
    for (const some of inPieces(ids)) {
      const used = new Set<string>();
      for (const [other, column] of keptBy[table]) {
        const rows = await this.#db.selectFrom(other).select(ref<string>(column)).distinct().where(ref(column), 'in', some).execute();
        for (const row of rows) for (const id of Object.values(row)) used.add(String(id));
      }
      const unused = some.filter((id) => !used.has(id));
      if (unused.length > 0) await this.#db.deleteFrom(stored[table]).where('id', 'in', unused).execute();
      if (used.size > 0)
        await this.#db
          .updateTable(stored[table])
          .set({ source: null })
          .where('id', 'in', [...used])
          .execute();
    }
  }

  #lessonFacts(): TimetableFact[] {
    const { now, withGone } = this.#applying;
    const lessons = this.#of('lessons');
    const changed = (lessons?.changed ?? []).flatMap(({ item, known }: Changed<'lessons'>) => {
      return factsOf(this.#laidOut(known.id, known.values), this.#laidOut(known.id, asDecided(item, known)), now);
    });
    const gone = withGone
      ? (lessons?.gone ?? []).flatMap(({ known }) =>
          factsOf(this.#laidOut(known.id, known.values), this.#laidOut(known.id, { ...known.values, cancelled: true }), now),
        )
      : [];
    return [...changed, ...gone];
  }

  #laidOut(id: string, values: PlanValues<'lessons'>): LaidOut {
    const row = columnsFor.lessons(values, this.#write);
    const text = (column: string) => String(row[column] ?? '');
    return {
      ...{ id, occurrence: '', byHand: new Set(), cancelled: row.cancelled === 1, title: text('title'), kind: text('kind'), rules: '' },
      ...{ startsAt: Number(row.starts_at), endsAt: Number(row.ends_at), courseId: text('course_id'), teacherId: text('teacher_id') },
      ...{ placeId: row.place_id === null ? null : text('place_id'), mode: text('mode') },
      groupIds: (values.groups ?? []).map((ref) => this.#idOf('groups', ref)).sort(),
    };
  }
}

/** What the row will hold: as stored, with what the file decides. */
function asDecided<T extends ImportTable>(item: Item<T>, known: Known<T>): PlanValues<T> {
  const values: PlanValues<T> = { ...known.values, ...item.values };
  const stored = Object.entries(known.values).filter(([field]) => field === 'signInName' || known.byHand?.has(field) === true);
  return Object.assign(values, Object.fromEntries(stored));
}
