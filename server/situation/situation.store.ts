// Owns the tables of what was seen of lessons and of the troubles that were found in them.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import { TrackSource } from '../contract/media.ts';
import { type Trouble, TroubleKind } from '../contract/situation.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { LessonTroubleTable } from '../database/tables-situation.ts';
import { isTakenBack } from './found.ts';

export interface KeptLesson {
  readonly lessonId: string;
  readonly watchedSince: Instant;
  readonly held: boolean;
  readonly begunAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly came: number;
  readonly expected: number;
  readonly ledBy: string | null;
}

export interface KeptTrouble {
  readonly lessonId: string;
  readonly trouble: Trouble;
}

const perStatement = 200;
const Source = z.union([TrackSource, z.literal('')]);

export class SituationStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All or nothing, in the place of what was there. Lessons that are gone are left out. */
  async write(lessons: readonly KeptLesson[], troubles: readonly KeptTrouble[]): Promise<void> {
    const ids = [...new Set([...lessons, ...troubles].map(({ lessonId }) => lessonId))];
    await this.#db.transaction().execute(async (trx) => {
      const known = new Set<string>();
      for (const part of inPieces(ids))
        for (const { id } of await trx.selectFrom('lesson').select('id').where('id', 'in', part).execute()) known.add(id);
      for (const part of inPieces(
        lessons.filter(({ lessonId }) => known.has(lessonId)),
        perStatement,
      ))
        await trx
          .insertInto('lesson_situation')
          .values(part.map(rowOf))
          .onConflict((conflict) =>
            conflict.column('lesson_id').doUpdateSet((eb) => ({
              ...{ held: eb.ref('excluded.held'), begun_at: eb.ref('excluded.begun_at'), ended_at: eb.ref('excluded.ended_at') },
              ...{ came: eb.ref('excluded.came'), expected: eb.ref('excluded.expected'), led_by: eb.ref('excluded.led_by') },
            })),
          )
          .execute();
      const kept = troubles.filter(({ lessonId }) => known.has(lessonId));
      for (const part of inPieces(kept.filter(({ trouble }) => !isTakenBack(trouble)).map(troubleRow), perStatement))
        await trx
          .insertInto('lesson_trouble')
          .values(part)
          .onConflict((conflict) =>
            conflict.columns(['lesson_id', 'kind', 'source', 'since']).doUpdateSet((eb) => ({ until: eb.ref('excluded.until') })),
          )
          .execute();
      for (const row of kept.filter(({ trouble }) => isTakenBack(trouble)).map(troubleRow))
        await trx
          .deleteFrom('lesson_trouble')
          .where('lesson_id', '=', row.lesson_id)
          .where('kind', '=', row.kind)
          .where('source', '=', row.source)
          .where('since', '=', row.since)
          .execute();
    });
  }

  /** Those that have no end: of lessons that run, or left behind by a crash. */
  async open(): Promise<KeptTrouble[]> {
    const rows = await this.#db.selectFrom('lesson_trouble').selectAll().where('until', 'is', null).execute();
    return rows.map((row) => ({ lessonId: row.lesson_id, trouble: read(row) }));
  }

  async troublesOf(lessonIds: readonly string[]): Promise<ReadonlyMap<string, readonly Trouble[]>> {
    const found = new Map<string, Trouble[]>();
    for (const part of inPieces(lessonIds)) {
      const rows = await this.#db.selectFrom('lesson_trouble').selectAll().where('lesson_id', 'in', part).orderBy('since').execute();
      for (const row of rows) {
        const of = found.get(row.lesson_id) ?? [];
        of.push(read(row));
        found.set(row.lesson_id, of);
      }
    }
    return found;
  }
}

function rowOf({ lessonId, watchedSince, held, begunAt, endedAt, came, expected, ledBy }: KeptLesson) {
  return {
    ...{ lesson_id: lessonId, watched_since: watchedSince, held: held ? 1 : 0, begun_at: begunAt, ended_at: endedAt },
    ...{ came, expected, led_by: ledBy },
  };
}

function troubleRow({ lessonId, trouble: { kind, source, since, until } }: KeptTrouble) {
  return { lesson_id: lessonId, kind, source: source ?? '', since, until };
}

function read({ kind, source, since, until }: Selectable<LessonTroubleTable>): Trouble {
  return { kind: TroubleKind.parse(kind), source: Source.parse(source) || null, since, until };
}
