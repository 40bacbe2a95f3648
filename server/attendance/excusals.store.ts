// Owns the table of excused absences. One that was taken back is kept: a register that was signed before still counts it.
import { type Kysely, sql } from 'kysely';
import { ExcuseReason, type NewExcusal } from '../contract/excusals.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchPatterns } from '../database/text.ts';

export interface StoredExcusal {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly firstOn: LocalDate;
  readonly lastOn: LocalDate;
  readonly reason: ExcuseReason;
  readonly note: string;
  readonly byName: string;
  readonly at: Instant;
}

export interface ExcusalFilter {
  readonly personId?: string | undefined;
  readonly search?: string | undefined;
  /** Those that reach to this day, or beyond. */
  readonly from?: LocalDate | undefined;
  /** Of students in groups of these faculties. Missing: all. */
  readonly facultyIds?: readonly string[] | undefined;
}

type Matching = ReturnType<typeof standing>;

export class ExcusalsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add(
    id: string,
    { personId, firstOn, lastOn, reason, note }: NewExcusal,
    by: { readonly id: string; readonly at: Instant },
  ): Promise<void> {
    await this.#db
      .insertInto('excusal')
      .values({ id, person_id: personId, first_on: firstOn, last_on: lastOn, reason, note, by_id: by.id, at: by.at, revoked_at: null })
      .execute();
  }

  /** False when it was taken back before. */
  async revoke(id: string, at: Instant): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('excusal')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Null when there is none, or it was taken back. */
  async find(id: string): Promise<StoredExcusal | null> {
    const [found] = await this.#named(this.#matching({}).where('excusal.id', '=', id));
    return found ?? null;
  }

  /** Newest first. */
  async page(filter: ExcusalFilter, page: number, perPage: number): Promise<{ excusals: StoredExcusal[]; total: number }> {
    const [excusals, counted] = await Promise.all([
      this.#named(
        this.#matching(filter)
          .orderBy('excusal.at', 'desc')
          .orderBy('excusal.id')
          .limit(perPage)
          .offset(page * perPage),
      ),
      this.#matching(filter)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow(),
    ]);
    return { excusals, total: Number(counted.total) };
  }

  /** By person: those that held on a day, as it was known at an instant. */
  async holding(personIds: readonly string[], day: LocalDate, asOf: Instant): Promise<Map<string, { reason: ExcuseReason; note: string }>> {
    if (personIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('excusal')
      .select(['person_id', 'reason', 'note'])
      .where('person_id', 'in', personIds)
      .where('first_on', '<=', day)
      .where('last_on', '>=', day)
      .where('at', '<=', asOf)
      .where((eb) => eb.or([eb('revoked_at', 'is', null), eb('revoked_at', '>', asOf)]))
      .orderBy('at')
      .orderBy('id')
      .execute();
    return new Map(rows.map((row) => [row.person_id, { reason: ExcuseReason.parse(row.reason), note: row.note }]));
  }

  /** The lessons of a student within a span that are judged and not signed are judged again. Answers which. */
  async markStale(personId: string, span: { readonly from: Instant; readonly to: Instant }): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('attendance_lesson')
      .set({ stale: 1 })
      .where('signed_at', 'is', null)
      .where('lesson_id', 'in', (eb) =>
        eb
          .selectFrom('attendance_result')
          .select('lesson_id')
          .where('person_id', '=', personId)
          .where('starts_at', '>=', span.from)
          .where('starts_at', '<', span.to),
      )
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Null: no such person, or made anonymous. `facultyIds` are those of the groups. */
  async student(id: string): Promise<{ name: string; isStudent: boolean; facultyIds: string[] } | null> {
    const [row, groups] = await Promise.all([
      this.#db
        .selectFrom('person')
        .select(['display_name', 'roles'])
        .where('id', '=', id)
        .where('anonymised_at', 'is', null)
        .executeTakeFirst(),
      this.#db
        .selectFrom('group_member')
        .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
        .select('student_group.faculty_id')
        .distinct()
        .where('group_member.person_id', '=', id)
        .execute(),
    ]);
    if (row === undefined) return null;
    return { name: row.display_name, isStudent: row.roles.includes('"student"'), facultyIds: groups.map(({ faculty_id }) => faculty_id) };
  }

  #matching({ personId, search, from, facultyIds }: ExcusalFilter): Matching {
    let matching = standing(this.#db);
    if (personId !== undefined) matching = matching.where('excusal.person_id', '=', personId);
    if (from !== undefined) matching = matching.where('excusal.last_on', '>=', from);
    for (const pattern of searchPatterns(search ?? ''))
      matching = matching.where(sql<boolean>`person.search_text like ${pattern} escape '\\'`);
    if (facultyIds !== undefined)
      matching = matching.where('excusal.person_id', 'in', (eb) =>
        eb
          .selectFrom('group_member')
          .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
          .select('group_member.person_id')
          .where('student_group.faculty_id', 'in', [...facultyIds]),
      );
    return matching;
  }

  async #named(matching: Matching): Promise<StoredExcusal[]> {
    const rows = await matching
      .leftJoin('person as giver', 'giver.id', 'excusal.by_id')
      .select(['excusal.id', 'excusal.person_id', 'person.display_name', 'excusal.first_on', 'excusal.last_on', 'excusal.reason'])
      .select(['excusal.note', 'excusal.at', 'giver.display_name as by_name'])
      .execute();
    const ids = rows.map((row) => row.person_id);
    const members =
      ids.length === 0
        ? []
        : await this.#db
            .selectFrom('group_member')
            .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
            .select(['group_member.person_id', 'student_group.name'])
            .where('group_member.person_id', 'in', ids)
            .orderBy('student_group.sort_key')
            .execute();
    return rows.map((row) => ({
      ...{ id: row.id, personId: row.person_id, name: row.display_name, firstOn: row.first_on, lastOn: row.last_on },
      groups: members.filter(({ person_id }) => person_id === row.person_id).map(({ name }) => name),
      ...{ reason: ExcuseReason.parse(row.reason), note: row.note, byName: row.by_name ?? '', at: row.at },
    }));
  }
}

/** Not taken back, of people who can be found. */
function standing(db: Kysely<Database>) {
  return db.selectFrom('excusal').innerJoin('person', 'person.id', 'excusal.person_id').where('excusal.revoked_at', 'is', null);
}
