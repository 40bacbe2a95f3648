// Owns the tables of viewing: who has seen what of a recording, which reports were taken, and how often each stretch was played.
import type { Kysely, Selectable } from 'kysely';
import { type Instant, LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import type { Span } from '../../contract/watching-time.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingViewingTable } from '../../database/tables-recordings.ts';
import { Pairs, pairsOf, spansOf } from './spans.ts';
import { Untold, type Whose } from './untold.ts';

export interface StoredViewing {
  readonly recordingId: RecordingId;
  readonly personId: PersonId;
  /** Of class time: in order, without overlaps. */
  readonly parts: readonly Span[];
  /** Of what was seen while the class ran. */
  readonly liveMs: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly untold: readonly Untold[];
}

export type ViewingOfLesson = StoredViewing & Whose;

export class ViewingStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(recordingId: RecordingId, personId: PersonId): Promise<StoredViewing | undefined> {
    const row = await this.#db
      .selectFrom('recording_viewing')
      .selectAll()
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row && viewingOf(row);
  }

  async isTaken(recordingId: RecordingId, personId: PersonId, reportId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('recording_viewing_report')
      .select('at')
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .where('report_id', '=', reportId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** All of it or nothing. `played` in order of buckets: two that wait for each other would both be in vain. */
  async take(reportId: string, viewing: StoredViewing, played: ReadonlyMap<number, number>): Promise<void> {
    const { recordingId, personId, parts, liveMs, firstAt, lastAt, untold } = viewing;
    const changing = {
      parts: JSON.stringify(pairsOf(parts)),
      live_ms: Math.round(liveMs),
      last_at: lastAt,
      untold: JSON.stringify(untold),
    };
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('recording_viewing_report')
        .values({ recording_id: recordingId, person_id: personId, report_id: reportId, at: lastAt })
        .execute();
      await trx
        .insertInto('recording_viewing')
        .values({ recording_id: recordingId, person_id: personId, first_at: firstAt, ...changing })
        .onConflict((conflict) => conflict.columns(['recording_id', 'person_id']).doUpdateSet(changing))
        .execute();
      if (played.size === 0) return;
      await trx
        .insertInto('recording_heat')
        .values([...played].map(([bucket, ms]) => ({ recording_id: recordingId, bucket, played_ms: ms })))
        .onConflict((conflict) =>
          conflict
            .columns(['recording_id', 'bucket'])
            .doUpdateSet((eb) => ({ played_ms: eb('recording_heat.played_ms', '+', eb.ref('excluded.played_ms')) })),
        )
        .execute();
    });
  }

  /** What was untold is in the trace. */
  async setTold(recordingId: RecordingId, personId: PersonId): Promise<void> {
    await this.#db
      .updateTable('recording_viewing')
      .set({ untold: '[]' })
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .execute();
  }

  /** Of one lesson, or of all, as far as nothing was reported since then. */
  async untold(of: { readonly lessonId: LessonId } | { readonly quietSince: Instant }): Promise<ViewingOfLesson[]> {
    const query = this.#db
      .selectFrom('recording_viewing')
      .innerJoin('recording', 'recording.id', 'recording_viewing.recording_id')
      .selectAll('recording_viewing')
      .select('recording.lesson_id')
      .where('untold', '<>', '[]')
      .orderBy('last_at');
    const rows = await ('lessonId' in of
      ? query.where('recording.lesson_id', '=', of.lessonId)
      : query.where('last_at', '<=', of.quietSince)
    ).execute();
    return rows.map((row) => ({ ...viewingOf(row), lessonId: LessonId.parse(row.lesson_id) }));
  }

  async ofRecording(recordingId: RecordingId): Promise<(StoredViewing & { readonly name: string })[]> {
    const rows = await this.#db
      .selectFrom('recording_viewing')
      .innerJoin('person', 'person.id', 'recording_viewing.person_id')
      .selectAll('recording_viewing')
      .select('person.display_name')
      .where('recording_id', '=', recordingId)
      .execute();
    return rows.map((row) => ({ ...viewingOf(row), name: row.display_name }));
  }

  /** Milliseconds by bucket. */
  async played(recordingId: RecordingId): Promise<Map<number, number>> {
    const rows = await this.#db
      .selectFrom('recording_heat')
      .select(['bucket', 'played_ms'])
      .where('recording_id', '=', recordingId)
      .execute();
    return new Map(rows.map(({ bucket, played_ms }) => [Number(bucket), Number(played_ms)]));
  }

  /** A report that is sent again after this would count twice. */
  async forgetReports(before: Instant): Promise<void> {
    await this.#db.deleteFrom('recording_viewing_report').where('at', '<', before).execute();
  }
}

function viewingOf(row: Selectable<RecordingViewingTable>): StoredViewing {
  return {
    recordingId: RecordingId.parse(row.recording_id),
    personId: PersonId.parse(row.person_id),
    parts: spansOf(Pairs.parse(JSON.parse(row.parts))),
    liveMs: Number(row.live_ms),
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    untold: Untold.array().parse(JSON.parse(row.untold)),
  };
}
