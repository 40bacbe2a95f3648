// Sums up what recordings take: all of them, by kind of lesson, what came in of late, and what the trash and the rules will free.
import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../contract/ids.ts';
import { LessonKind } from '../../contract/timetable.ts';
import type { Database } from '../../database/tables.ts';
import { size } from './sizes.ts';

const DAY_MS = 24 * 3_600_000;

export interface OfKind {
  readonly kind: LessonKind;
  readonly recordings: number;
  readonly bytes: number;
  /** Of what began since the moment asked for. */
  readonly newBytes: number;
}

/** What was counted from one day on, for the rules of its kind. */
export interface Aging {
  readonly kind: LessonKind;
  readonly from: Instant;
  readonly bytes: number;
}

export class UsageStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Of all that has ended and is not purged: what the quota counts, beside what runs. */
  async endedBytes(): Promise<number> {
    const row = await this.#there()
      .where('recording.state', '=', 'ended')
      .select((eb) => eb.fn.sum<number>(size).as('bytes'))
      .executeTakeFirst();
    return Number(row?.bytes ?? 0);
  }

  async trashBytes(): Promise<number> {
    const row = await this.#there()
      .where('recording.trashed_at', 'is not', null)
      .select((eb) => eb.fn.sum<number>(size).as('bytes'))
      .executeTakeFirst();
    return Number(row?.bytes ?? 0);
  }

  /** What runs is counted among the recordings, and its bytes nowhere: they are not in the table. */
  async byKind(newSince: Instant): Promise<OfKind[]> {
    const rows = await this.#there()
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .select('lesson.kind')
      .select((eb) => [eb.fn.countAll<number>().as('recordings'), eb.fn.sum<number>(size).as('bytes')])
      .groupBy('lesson.kind')
      .execute();
    const news = await this.#newBytes(newSince);
    return rows.map(({ kind, recordings, bytes }) => ({
      kind: LessonKind.parse(kind),
      recordings: Number(recordings),
      bytes: Number(bytes ?? 0),
      newBytes: news.get(kind) ?? 0,
    }));
  }

  /** Also what is purged by now: it came in all the same. */
  async #newBytes(since: Instant): Promise<Map<string, number>> {
    const rows = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .where('recording.started_at', '>=', since)
      .select('lesson.kind')
      .select((eb) => eb.fn.sum<number>(size).as('bytes'))
      .groupBy('lesson.kind')
      .execute();
    return new Map(rows.map(({ kind, bytes }) => [kind, Number(bytes ?? 0)]));
  }

  async firstAt(): Promise<Instant | null> {
    const row = await this.#db
      .selectFrom('recording')
      .select((eb) => eb.fn.min('started_at').as('at'))
      .executeTakeFirst();
    return row?.at === null || row?.at === undefined ? null : Number(row.at);
  }

  /** By the day from which the rules count; without what is held or in the trash. */
  async aging(): Promise<Aging[]> {
    const counted = sql<number>`(case when recording.restored_at > recording.ended_at then recording.restored_at else recording.ended_at end)`;
    const rows = await this.#there()
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .where('recording.state', '=', 'ended')
      .where('recording.trashed_at', 'is', null)
      .where('recording.held_at', 'is', null)
      .select(['lesson.kind', sql<number>`${counted} / ${sql.lit(DAY_MS)}`.as('day')])
      .select((eb) => eb.fn.sum<number>(size).as('bytes'))
      .groupBy(['lesson.kind', 'day'])
      .execute();
    return rows.map(({ kind, day, bytes }) => ({ kind: LessonKind.parse(kind), from: Number(day) * DAY_MS, bytes: Number(bytes) }));
  }

  /** What lies in the trash and is not held, by the day on which it came there. */
  async inTrash(): Promise<{ readonly since: Instant; readonly bytes: number }[]> {
    const rows = await this.#there()
      .where('recording.trashed_at', 'is not', null)
      .where('recording.held_at', 'is', null)
      .select(sql<number>`recording.trashed_at / ${sql.lit(DAY_MS)}`.as('day'))
      .select((eb) => eb.fn.sum<number>(size).as('bytes'))
      .groupBy('day')
      .execute();
    return rows.map(({ day, bytes }) => ({ since: Number(day) * DAY_MS, bytes: Number(bytes) }));
  }

  #there() {
    return this.#db.selectFrom('recording').where('recording.purged_at', 'is', null);
  }
}
