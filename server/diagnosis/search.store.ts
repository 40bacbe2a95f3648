// Reads quality histories: troubled minutes, devices and their minutes, refusals, and who else was there.
import { type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DiagnosedLesson } from '../contract/diagnosis.ts';
import type { Instant } from '../contract/ids.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { searchPatterns } from '../database/text.ts';
import { inScope, lessonsOf, type Planned, type Scope } from './lessons.store.ts';
import { minuteMs, minuteOf } from './steps.ts';

export interface Wanted {
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: Scope;
  readonly personId?: string | undefined;
  readonly lessonId?: string | undefined;
  readonly network?: string | undefined;
  readonly search?: string | undefined;
}

/** One person's device in one lesson. */
export interface LineRow {
  readonly id: number;
  readonly lesson_id: string;
  readonly person_id: string;
  readonly connection_id: string;
  readonly role: string;
  readonly guest_name: string | null;
  readonly display_name: string | null;
  readonly device: string;
  readonly network: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
}

export interface MinuteRow {
  readonly line_id: number;
  readonly minute: number;
  readonly worker: number | null;
  readonly figures: string;
}

export interface LineSummary extends LineRow {
  /** The one that carried it last in that time. */
  readonly worker: number | null;
  /** The worst of that time. */
  readonly severity: number;
}

export interface RefusalRow {
  readonly lesson_id: string;
  readonly person_id: string;
  readonly place: string;
  readonly code: string;
  readonly at: number;
  readonly times: number;
  readonly guest_name: string | null;
  readonly display_name: string | null;
  readonly device: string;
  readonly network: string;
}

/** A lesson's devices come at most so long before what is looked at. */
const longestStayMs = 48 * 3_600_000;
const ofLine = [
  'line.id',
  'line.lesson_id',
  'line.person_id',
  'line.connection_id',
  'line.role',
  'line.guest_name',
  'line.device',
  'line.network',
  'line.opened_at',
  'line.closed_at',
  'person.display_name',
] as const;

interface Joined extends Planned {
  person: Database['person'];
}

export class SearchStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** At least as severe, newest first. */
  troubledMinutes(wanted: Wanted, least: number, limit: number): Promise<(MinuteRow & LineRow)[]> {
    const { from, to } = wanted;
    return (
      this.#lines()
        .innerJoin('quality_minute as minute', 'minute.line_id', 'line.id')
        .select([...ofLine, 'minute.line_id', 'minute.minute', 'minute.worker', 'minute.figures'])
        .where('minute.severity', '>=', least)
        // As it stands in the index; a value that is filled in later would not tell the database that it may use it.
        .where('minute.severity', '>', sql.lit(0))
        .where('minute.minute', '>=', minuteOf(from))
        .where('minute.minute', '<', Math.ceil(to / minuteMs))
        .where((e) => e.and(conditions(e, wanted, 'line')))
        .orderBy('minute.minute', 'desc')
        .orderBy('minute.line_id')
        .limit(limit)
        .execute()
    );
  }

  /** Devices that were there in that time, those that came last first. */
  lines(wanted: Wanted, limit: number): Promise<LineSummary[]> {
    const { from, to } = wanted;
    return this.#lines()
      .select(ofLine)
      .select((e) => [
        e
          .selectFrom('quality_minute')
          .select('worker')
          .whereRef('line_id', '=', 'line.id')
          .where('minute', '<', Math.ceil(to / minuteMs))
          .orderBy('minute', 'desc')
          .limit(1)
          .as('worker'),
        e.fn
          .coalesce(
            e
              .selectFrom('quality_minute')
              .select((m) => m.fn.max('severity').as('worst'))
              .whereRef('line_id', '=', 'line.id')
              .where('severity', '>', 0)
              .where('minute', '>=', minuteOf(from))
              .where('minute', '<', Math.ceil(to / minuteMs)),
            sql<number>`0`,
          )
          .as('severity'),
      ])
      .where('line.opened_at', '<', to)
      .where('line.opened_at', '>=', from - longestStayMs)
      .where((e) => e.or([e('line.closed_at', 'is', null), e('line.closed_at', '>', from)]))
      .where((e) => e.and(conditions(e, wanted, 'line')))
      .orderBy('line.opened_at', 'desc')
      .orderBy('line.id', 'desc')
      .limit(limit)
      .execute();
  }

  /** How many steps are known of each, and how many had trouble, in that time. */
  async stepsOf(
    lineIds: readonly number[],
    from: Instant,
    to: Instant,
  ): Promise<Map<number, { readonly steps: number; readonly troubled: number }>> {
    const found = new Map<number, { steps: number; troubled: number }>();
    for (const piece of inPieces(lineIds)) {
      const rows = await this.#db
        .selectFrom('quality_minute')
        .select((e) => ['line_id', e.fn.sum<number>('steps').as('steps'), e.fn.sum<number>('troubled').as('troubled')])
        .where('line_id', 'in', piece)
        .where('minute', '>=', minuteOf(from))
        .where('minute', '<', Math.ceil(to / minuteMs))
        .groupBy('line_id')
        .execute();
      for (const { line_id, steps, troubled } of rows) found.set(line_id, { steps: Number(steps), troubled: Number(troubled) });
    }
    return found;
  }

  /** All minutes of these devices, in the order of time. */
  minutesOf(lineIds: readonly number[]): Promise<MinuteRow[]> {
    return this.#db
      .selectFrom('quality_minute')
      .select(['line_id', 'minute', 'worker', 'figures'])
      .where('line_id', 'in', lineIds)
      .orderBy('minute')
      .orderBy('line_id')
      .execute();
  }

  /** Newest first. */
  refusals(wanted: Wanted, limit: number): Promise<RefusalRow[]> {
    const { from, to } = wanted;
    return this.#db
      .selectFrom('entry_refusal as refusal')
      .innerJoin('lesson', 'lesson.id', 'refusal.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .leftJoin('person', 'person.id', 'refusal.person_id')
      .select([
        'refusal.lesson_id',
        'refusal.person_id',
        'refusal.place',
        'refusal.code',
        'refusal.at',
        'refusal.times',
        'refusal.guest_name',
      ])
      .select(['refusal.device', 'refusal.network', 'person.display_name'])
      .where('refusal.at', '>=', from)
      .where('refusal.at', '<', to)
      .where((e) => e.and(conditions(e, wanted, 'refusal')))
      .orderBy('refusal.at', 'desc')
      .orderBy('refusal.person_id')
      .limit(limit)
      .execute();
  }

  /** Everybody on the server in that minute, whoever asks. */
  presentIn(minute: number) {
    return this.#db
      .selectFrom('quality_minute')
      .innerJoin('quality_line as line', 'line.id', 'line_id')
      .select(['line.person_id', 'line.lesson_id', 'line.network', 'worker', 'kinds'])
      .where('minute', '=', minute)
      .execute();
  }

  /** Of those who lead the lesson. */
  leadMinutes(lessonId: string, minutes: readonly number[]): Promise<(MinuteRow & { readonly person_id: string })[]> {
    return this.#db
      .selectFrom('quality_line as line')
      .innerJoin('quality_minute as minute', 'minute.line_id', 'line.id')
      .select(['minute.line_id', 'minute.minute', 'minute.worker', 'minute.figures', 'line.person_id'])
      .where('line.lesson_id', '=', lessonId)
      .where('line.role', 'in', ['teacher', 'assistant'])
      .where('minute.minute', 'in', minutes)
      .execute();
  }

  /** Null: there is no such lesson within the scope. */
  async lesson(id: string, scope: Scope): Promise<DiagnosedLesson | null> {
    return (await this.lessons([id], scope)).get(id) ?? null;
  }

  lessons(ids: readonly string[], scope: Scope = 'every'): Promise<Map<string, DiagnosedLesson>> {
    return lessonsOf(this.#db, ids, scope);
  }

  /** What a person is called now; null when there is no such account. */
  async nameOf(personId: string): Promise<string | null> {
    const row = await this.#db.selectFrom('person').select('display_name').where('id', '=', personId).executeTakeFirst();
    return row?.display_name ?? null;
  }

  #lines() {
    return this.#db
      .selectFrom('quality_line as line')
      .innerJoin('lesson', 'lesson.id', 'line.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .leftJoin('person', 'person.id', 'line.person_id');
  }
}

/** What is asked for, of a person, a lesson and a network as `of` has them. */
function conditions(e: ExpressionBuilder<Joined, 'lesson' | 'course' | 'person'>, wanted: Wanted, of: 'line' | 'refusal') {
  const { scope, search = '', personId, lessonId, network } = wanted;
  const words = searchPatterns(search).map((pattern) =>
    e.or([
      sql<SqlBool>`${e.ref('person.search_text')} like ${pattern} escape '\\'`,
      sql<SqlBool>`${e.ref('course.search_text')} like ${pattern} escape '\\'`,
    ]),
  );
  const own = Object.entries({ person_id: personId, lesson_id: lessonId, network }).flatMap(([column, value]) =>
    value === undefined ? [] : [sql<SqlBool>`${sql.ref(`${of}.${column}`)} = ${value}`],
  );
  return [...own, ...words, ...(of === 'line' ? withoutObservers(scope) : []), ...inScope(e, scope)];
}

function withoutObservers(scope: Scope): RawBuilder<SqlBool>[] {
  if (scope === 'every' || !scope.hidesObservers) return [];
  const isNone = sql<SqlBool>`line.role <> 'observer'`;
  return [scope.facultyIds.length === 0 ? isNone : sql<SqlBool>`(${isNone} or course.faculty_id in (${sql.join(scope.facultyIds)}))`];
}
