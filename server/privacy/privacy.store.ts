// Reads what the tables hold of one person, takes it away, and removes what is too old, in small portions.
import { type Kysely, sql } from 'kysely';
import type { Person } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchText, sortKey } from '../database/text.ts';
import { unpackMinute } from '../diagnosis/steps.ts';
import { openPersonal } from '../trace/personal.ts';
import { type Holding, holdings } from './holdings.ts';
import { takeNamesAway } from './names.store.ts';

const SWEPT_AT = 'privacy-swept-at';

/** What is asked of accounts before one is made anonymous. */
export interface Accounts {
  byId(id: string): Promise<Person | null>;
  administratorsBeside(id: string): Promise<number>;
}

export class PrivacyStore {
  readonly #db: Kysely<Database>;
  readonly #locked: (trx: Kysely<Database>) => Promise<Accounts>;

  /** @param locked the accounts, which nobody else changes until the transaction ends */
  constructor(db: Kysely<Database>, locked: (trx: Kysely<Database>) => Promise<Accounts>) {
    this.#db = db;
    this.#locked = locked;
  }

  async rowsOf({ table, columns, personColumn }: Holding, personId: string): Promise<unknown[]> {
    const { rows } = await sql`
      select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
      where ${sql.ref(personColumn)} = ${personId}`.execute(this.#db);
    return rows;
  }

  async accountOf(personId: string): Promise<object | null> {
    const row = await this.#db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirst();
    if (!row) return null;
    const { password_hash, sort_key: _key, search_text: _text, ...account } = row;
    return { ...account, has_password: password_hash !== null };
  }

  async groupNamesOf(personId: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('group_member')
      .innerJoin('student_group', 'student_group.id', 'group_member.group_id')
      .select('student_group.name')
      .where('person_id', '=', personId)
      .orderBy('student_group.name')
      .execute();
    return rows.map(({ name }) => name);
  }

  chatOf(personId: string): Promise<object[]> {
    return this.#db
      .selectFrom('chat_message')
      .select(['lesson_id', 'at', 'text'])
      .where('person_id', '=', personId)
      .orderBy('at')
      .execute();
  }

  async traceOf(personId: string): Promise<object[]> {
    const rows = await this.#db
      .selectFrom('trace_entry')
      .select(['lesson_id', 'at', 'kind', 'detail', 'personal'])
      .where('person_id', '=', personId)
      .execute();
    return rows.map(({ detail, personal, ...entry }) => ({ ...entry, detail: { ...JSON.parse(detail), ...openPersonal(personal) } }));
  }

  /** How the person's line was, minute by minute; severity from 0 (fine) to 3. */
  async qualityOf(personId: string): Promise<object[]> {
    const rows = await this.#db
      .selectFrom('quality_line')
      .innerJoin('quality_minute', 'quality_minute.line_id', 'quality_line.id')
      .select(['lesson_id', 'minute', 'severity', 'figures'])
      .where('person_id', '=', personId)
      .orderBy('minute')
      .execute();
    return rows.map(({ figures, ...row }) => ({ ...row, steps: unpackMinute(figures) }));
  }

  /** What the situation centre's board found in lessons that the person teaches or led. */
  troublesOf(personId: string): Promise<object[]> {
    return this.#db
      .selectFrom('lesson_trouble')
      .innerJoin('lesson', 'lesson.id', 'lesson_trouble.lesson_id')
      .leftJoin('lesson_situation', 'lesson_situation.lesson_id', 'lesson.id')
      .select(['lesson_trouble.lesson_id', 'lesson_trouble.kind', 'lesson_trouble.source', 'lesson_trouble.since', 'lesson_trouble.until'])
      .where((e) => e.or([e('lesson.teacher_id', '=', personId), e('lesson_situation.led_by', '=', personId)]))
      .orderBy('lesson_trouble.since')
      .execute();
  }

  /** Lessons of the person's groups and courses, and those taught. */
  async lessonsOf(personId: string): Promise<object[]> {
    return this.#db
      .selectFrom('lesson')
      .select(['id', 'title', 'kind', 'starts_at', 'ends_at', 'cancelled'])
      .where((e) =>
        e.or([
          e('teacher_id', '=', personId),
          e('course_id', 'in', e.selectFrom('enrolment').select('course_id').where('person_id', '=', personId)),
          e(
            'id',
            'in',
            e
              .selectFrom('lesson_group')
              .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
              .select('lesson_id')
              .where('group_member.person_id', '=', personId),
          ),
        ]),
      )
      .orderBy('starts_at')
      .execute();
  }

  /**
   * All of it or nothing; there is no way back. One after the other with whatever else looks at, or changes, several accounts.
   * @param check throws when it may not be after all; nothing has changed then
   */
  async anonymise(
    personId: string,
    to: {
      readonly name: string;
      readonly signInName: string;
      readonly at: Instant;
      readonly chat: 'keep' | 'remove';
    },
    check: (people: Accounts) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const people = await this.#locked(trx);
      await check(people);
      const person = await people.byId(personId);
      if (person) await takeNamesAway(trx, { ...person, externalId: person.externalId ?? null }, to.name);
      for (const { table, personColumn, whenAnonymised } of holdings)
        if (whenAnonymised === 'delete')
          await sql`delete from ${sql.table(table)} where ${sql.ref(personColumn)} = ${personId}`.execute(trx);
      // That there was an excuse counts in registers; what was written of it is the person's.
      await trx.updateTable('excusal').set({ note: '' }).where('person_id', '=', personId).execute();
      // Messages are written once, so the types know of no change; this is the one exception.
      await (to.chat === 'remove'
        ? sql`delete from chat_message where person_id = ${personId}`
        : sql`update chat_message set name = ${to.name} where person_id = ${personId}`
      ).execute(trx);
      await trx
        .updateTable('person')
        .set({
          ...{
            display_name: to.name,
            sort_key: sortKey(to.name),
            search_text: searchText(to.name),
            sign_in_name: to.signInName,
          },
          ...{
            email: null,
            external_id: null,
            language: null,
            password_hash: null,
            role_faculties: '{}',
          },
          ...{ second_factor_at: null, disabled: 1, anonymised_at: to.at },
          disabled_at: (e) => e.fn.coalesce('disabled_at', e.val(to.at)),
        })
        .where('id', '=', personId)
        .execute();
    });
  }

  async disabledBefore(at: Instant, limit: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('person')
      .select('id')
      .where('disabled', '=', 1)
      .where('anonymised_at', 'is', null)
      .where('disabled_at', '<', at)
      .orderBy('disabled_at')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /** The whole trace of lessons that ended before; that there was one stays in its chain. Answers of how many. */
  async removeTraces(endedBefore: Instant, limit: number, now: Instant): Promise<number> {
    const lessons = await this.#db
      .selectFrom('lesson')
      .select('id')
      .where('ends_at', '<', endedBefore)
      .where((e) => e.exists(e.selectFrom('trace_entry').select('seq').whereRef('trace_entry.lesson_id', '=', 'lesson.id').limit(1)))
      .limit(limit)
      .execute();
    for (const { id } of lessons) {
      await this.#db.transaction().execute(async (trx) => {
        await trx.deleteFrom('trace_entry').where('lesson_id', '=', id).execute();
        // Sums name nobody, and stay.
        await trx.deleteFrom('attendance_result').where('lesson_id', '=', id).execute();
        // The next signed head says that this was the rule's doing.
        await trx.updateTable('trace_chain').set({ expired_at: now, sealed_seq: 0 }).where('lesson_id', '=', id).execute();
      });
    }
    return lessons.length;
  }

  /** What the board kept of lessons; answers of how many. */
  async removeSituations(endedBefore: Instant, limit: number): Promise<number> {
    const old = await this.#db
      .selectFrom('lesson_situation')
      .innerJoin('lesson', 'lesson.id', 'lesson_situation.lesson_id')
      .select('lesson.id')
      .where('lesson.ends_at', '<', endedBefore)
      .limit(limit)
      .execute();
    const ids = old.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('lesson_trouble').where('lesson_id', 'in', ids).execute();
      await trx.deleteFrom('lesson_situation').where('lesson_id', 'in', ids).execute();
    });
    return ids.length;
  }

  async removeMessages(before: Instant, limit: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('chat_message')
      .where('id', 'in', (e) => e.selectFrom('chat_message').select('id').where('at', '<', before).limit(limit))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async removeConnectionReports(before: Instant, limit: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('connection_report')
      .where('id', 'in', (e) => e.selectFrom('connection_report').select('id').where('at', '<', before).limit(limit))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async sweptAt(): Promise<Instant | null> {
    const row = await this.#db.selectFrom('server_value').select('value').where('name', '=', SWEPT_AT).executeTakeFirst();
    return row ? Number(row.value) : null;
  }

  async setSweptAt(at: Instant): Promise<void> {
    await this.#db
      .insertInto('server_value')
      .values({ name: SWEPT_AT, value: String(at) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(at) }))
      .execute();
  }
}
