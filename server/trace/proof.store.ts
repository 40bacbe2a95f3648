// Reads the trace as it stands in the tables, page by page, for whoever proves it or hands it out.
import type { Kysely } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import type { ChainedRow } from './chain.ts';

const rowsPerPage = 200;
/** Of the numbers that a table can hold: whoever puts in an entry may call it less than 1. */
const lowest = -2_147_483_648;

interface Chain {
  readonly seq: number;
  readonly hash: string;
  readonly sealedSeq: number;
  readonly expiredAt: Instant | null;
}

/** A leaf of a day, and what stands in the tables where it points. */
interface LeafBeside {
  readonly lessonId: string;
  readonly seq: number;
  readonly hash: string;
  /** Null: the entry is not there. */
  readonly stored: string | null;
  /** 1: a leaf of a trace that was removed. */
  readonly expired: number;
  readonly expiredAt: Instant | null;
}

export class ProofStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order of their numbers; each page is read when it is asked for. */
  async *pages(lessonId: string): AsyncGenerator<ChainedRow[]> {
    for (let after = lowest; ; ) {
      const rows = await this.#db
        .selectFrom('trace_entry')
        .selectAll()
        .where('lesson_id', '=', lessonId)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(rowsPerPage)
        .execute();
      yield rows;
      if (rows.length < rowsPerPage) return;
      after = rows.at(-1)?.seq ?? after;
    }
  }

  async chain(lessonId: string): Promise<Chain | null> {
    const row = await this.#db.selectFrom('trace_chain').selectAll().where('lesson_id', '=', lessonId).executeTakeFirst();
    return row ? { seq: numberOf(row.seq), hash: row.hash, sealedSeq: numberOf(row.sealed_seq), expiredAt: row.expired_at } : null;
  }

  async hasEntries(lessonId: string): Promise<boolean> {
    const row = await this.#db.selectFrom('trace_entry').select('seq').where('lesson_id', '=', lessonId).limit(1).executeTakeFirst();
    return row !== undefined;
  }

  async endsAt(lessonId: string): Promise<Instant | null> {
    const row = await this.#db.selectFrom('lesson').select('ends_at').where('id', '=', lessonId).executeTakeFirst();
    return row?.ends_at ?? null;
  }

  async besideLeaves(day: string): Promise<LeafBeside[]> {
    return this.#db
      .selectFrom('trace_day_leaf as leaf')
      .leftJoin('trace_entry as entry', (join) => join.onRef('entry.lesson_id', '=', 'leaf.lesson_id').onRef('entry.seq', '=', 'leaf.seq'))
      .leftJoin('trace_chain as chain', 'chain.lesson_id', 'leaf.lesson_id')
      .select([
        'leaf.lesson_id as lessonId',
        'leaf.seq',
        'leaf.hash',
        'leaf.expired',
        'entry.hash as stored',
        'chain.expired_at as expiredAt',
      ])
      .where('leaf.day', '=', day)
      .execute();
  }

  /** All lessons that have a chain, and those that have entries without one. */
  async *lessonIds(): AsyncGenerator<string> {
    for (const table of ['trace_chain', 'trace_entry'] as const) {
      for (let after = ''; ; ) {
        let query = this.#db.selectFrom(table).select('lesson_id').where('lesson_id', '>', after);
        if (table === 'trace_entry')
          query = query.where('lesson_id', 'not in', (e) => e.selectFrom('trace_chain').select('trace_chain.lesson_id'));
        const rows = await query.distinct().orderBy('lesson_id').limit(rowsPerPage).execute();
        for (const { lesson_id } of rows) yield lesson_id;
        if (rows.length < rowsPerPage) break;
        after = rows.at(-1)?.lesson_id ?? after;
      }
    }
  }

  async countEntries(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('trace_chain')
      .select((e) => e.fn.sum<number>('seq').as('count'))
      .where('expired_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count ?? 0);
  }
}

/** SQLite keeps any text where a number belongs, and nothing is greater or less than that. */
function numberOf(value: number): number {
  return Number.isSafeInteger(value) ? value : 0;
}
