// Owns the table of rules that judge registers, and says which judged lessons a rule can reach.
import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import { AttendanceRule, type NewRegisterRule, RuleScope } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import type { RegisterRuleTable } from '../database/tables-records.ts';
import type { BookedRule, RuledLesson } from './rule-book.ts';

export interface StoredRule extends BookedRule {
  readonly changedAt: Instant;
  readonly changedById: string;
}

/** Where a rule holds, and from when on; the instant is the beginning of its first day. */
export interface Reach {
  readonly scope: RuleScope;
  readonly since: Instant;
}

export interface JudgedUnder extends RuledLesson {
  readonly lessonId: string;
}

export class RulesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async all(): Promise<StoredRule[]> {
    return (await this.#db.selectFrom('register_rule').selectAll().orderBy('valid_from', 'desc').orderBy('id').execute()).map(ruleOf);
  }

  /** Answers the one of the same scope and day, whose place it takes. */
  async put(
    id: string,
    { scope, validFrom, rule }: NewRegisterRule,
    by: { readonly at: Instant; readonly id: string },
  ): Promise<StoredRule | null> {
    const row = {
      ...{ id, scope: scope.of, kind: scope.of === 'kind' ? scope.kind : null, course_id: scope.of === 'course' ? scope.courseId : null },
      ...{ valid_from: validFrom, rule: JSON.stringify(rule), changed_at: by.at, changed_by: by.id },
    };
    return this.#db.transaction().execute(async (trx) => {
      const [before] = await trx
        .selectFrom('register_rule')
        .selectAll()
        .where('scope', '=', row.scope)
        .where('valid_from', '=', validFrom)
        .where('kind', row.kind === null ? 'is' : '=', row.kind)
        .where('course_id', row.course_id === null ? 'is' : '=', row.course_id)
        .execute();
      if (before !== undefined) await trx.deleteFrom('register_rule').where('id', '=', before.id).execute();
      await trx.insertInto('register_rule').values(row).execute();
      return before === undefined ? null : ruleOf(before);
    });
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('register_rule').where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Judged and not signed: they are judged again. Answers how many. */
  async markStale({ scope, since }: Reach): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('attendance_lesson')
      .set({ stale: 1 })
      .where('starts_at', '>=', since)
      .where('signed_at', 'is', null)
      .where(within(scope))
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Newest first. */
  async judged({ scope, since }: Reach, which: 'open' | 'signed', limit: number): Promise<JudgedUnder[]> {
    const rows = await this.#db
      .selectFrom('attendance_lesson')
      .select(['lesson_id', 'course_id', 'kind', 'starts_at'])
      .where('starts_at', '>=', since)
      .where('signed_at', which === 'open' ? 'is' : 'is not', null)
      .where(within(scope))
      .orderBy('starts_at', 'desc')
      .orderBy('lesson_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ lessonId: row.lesson_id, courseId: row.course_id, kind: row.kind, startsAt: row.starts_at }));
  }

  /** Null: no such course. */
  async course(id: string): Promise<{ title: string; facultyId: string } | null> {
    const row = await this.#db.selectFrom('course').select(['title', 'faculty_id']).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : { title: row.title, facultyId: row.faculty_id };
  }

  /** Of people, by id. */
  async names(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('person').select(['id', 'display_name']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, row.display_name]));
  }

  /** Titles and faculties of courses, and which of them the person teaches. */
  async courses(ids: readonly string[], personId: string) {
    if (ids.length === 0) return new Map<string, { title: string; facultyId: string; isTaught: boolean }>();
    const [courses, taught] = await Promise.all([
      this.#db.selectFrom('course').select(['id', 'title', 'faculty_id']).where('id', 'in', ids).execute(),
      this.#db
        .selectFrom('lesson')
        .select('course_id')
        .distinct()
        .where('teacher_id', '=', personId)
        .where('course_id', 'in', ids)
        .execute(),
    ]);
    const own = new Set(taught.map((row) => row.course_id));
    return new Map(courses.map((row) => [row.id, { title: row.title, facultyId: row.faculty_id, isTaught: own.has(row.id) }]));
  }
}

function within(scope: RuleScope) {
  return (eb: ExpressionBuilder<Database, 'attendance_lesson'>) => {
    if (scope.of === 'kind') return eb('kind', '=', scope.kind);
    if (scope.of === 'course') return eb('course_id', '=', scope.courseId);
    return eb.lit(true);
  };
}

function ruleOf(row: Selectable<RegisterRuleTable>): StoredRule {
  return {
    id: row.id,
    scope: RuleScope.parse({ of: row.scope, kind: row.kind, courseId: row.course_id }),
    validFrom: row.valid_from,
    rule: AttendanceRule.parse(JSON.parse(row.rule)),
    changedAt: row.changed_at,
    changedById: row.changed_by,
  };
}
