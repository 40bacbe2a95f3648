// What keeping changes of recordings: trash, archive, holds, and the end of everything but the row.
import { type Kysely, sql, type UpdateResult } from 'kysely';
import type { Instant, PersonId, RecordingId } from '../../contract/ids.ts';
import { RecordingId as RecordingIds } from '../../contract/ids.ts';
import type { LessonKind } from '../../contract/timetable.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingPlace } from '../../ports/recording-files.ts';
import type { Afterwards } from './due.ts';

/** What only describes a recording, or was made of it. Who watched it stays: registers tell of that. */
const derived = [
  'recording_edit',
  'recording_link',
  'recording_mark',
  'recording_caption',
  'recording_note',
  'recording_position',
  'recording_viewing_report',
  'recording_heat',
  'recording_job',
  'recording_file',
] as const;

export interface Named {
  readonly id: RecordingId;
  /** What people call it: its own name, or the lesson's. */
  readonly name: string;
}

/** Each act answers whether it was done: its conditions are looked at in the same statement. */
export class KeepingStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param by null: the rules */
  async trash(id: RecordingId, by: PersonId | null, at: Instant): Promise<boolean> {
    return done(
      await this.#there(id)
        .set({ trashed_at: at, trashed_by: by })
        .where('state', '=', 'ended')
        .where('trashed_at', 'is', null)
        .where('held_at', 'is', null)
        .executeTakeFirst(),
    );
  }

  async restore(id: RecordingId, at: Instant): Promise<boolean> {
    return done(
      await this.#there(id)
        .set({ trashed_at: null, trashed_by: null, restored_at: at })
        .where('trashed_at', 'is not', null)
        .executeTakeFirst(),
    );
  }

  async archive(id: RecordingId, at: Instant): Promise<boolean> {
    return done(
      await this.#there(id)
        .set({ archived_at: at })
        .where('state', '=', 'ended')
        .where('trashed_at', 'is', null)
        .where('archived_at', 'is', null)
        .where('held_at', 'is', null)
        .executeTakeFirst(),
    );
  }

  async bringBack(id: RecordingId, at: Instant): Promise<boolean> {
    return done(
      await this.#there(id)
        .set({ archived_at: null, restored_at: at })
        .where('archived_at', 'is not', null)
        .where('trashed_at', 'is', null)
        .executeTakeFirst(),
    );
  }

  /** One that is held already gets the new reason. */
  async hold(id: RecordingId, by: PersonId, reason: string, at: Instant): Promise<boolean> {
    return done(await this.#there(id).set({ held_at: at, held_by: by, held_reason: reason }).executeTakeFirst());
  }

  async release(id: RecordingId): Promise<boolean> {
    return done(
      await this.#there(id).set({ held_at: null, held_by: null, held_reason: null }).where('held_at', 'is not', null).executeTakeFirst(),
    );
  }

  /** From here on there is no way back: the key is gone, and whoever finds this again goes on (V25). */
  async beginPurge(id: RecordingId, at: Instant): Promise<boolean> {
    return done(
      await this.#there(id)
        .set({ purging_at: at, sealed_key: null })
        .where('trashed_at', 'is not', null)
        .where('held_at', 'is', null)
        .executeTakeFirst(),
    );
  }

  /** To be called when no byte is left. */
  async endPurge(id: RecordingId, at: Instant): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      for (const table of derived) await sql`delete from ${sql.table(table)} where recording_id = ${id}`.execute(trx);
      await trx.updateTable('recording').set({ purged_at: at, sealed_key: null }).where('id', '=', id).execute();
    });
  }

  /** Those of these kinds that a rule is to archive or delete, oldest first. */
  async due(kind: LessonKind, afterwards: Afterwards, before: Instant, limit: number): Promise<Named[]> {
    const rows = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .select(['recording.id', 'recording.title', 'lesson.title as lesson_title'])
      .where('lesson.kind', '=', kind)
      .where('recording.state', '=', 'ended')
      .where('recording.ended_at', '<=', before)
      .where((eb) => eb.or([eb('recording.restored_at', 'is', null), eb('recording.restored_at', '<=', before)]))
      .where('recording.trashed_at', 'is', null)
      .where('recording.purged_at', 'is', null)
      .where('recording.held_at', 'is', null)
      .$if(afterwards === 'archive', (query) => query.where('recording.archived_at', 'is', null))
      .orderBy('recording.ended_at')
      .limit(limit)
      .execute();
    return rows.map(named);
  }

  /** Those whose purge was begun and not ended, and those that lie in the trash since before. */
  async toPurge(trashedBefore: Instant, limit: number): Promise<(Named & { readonly isBegun: boolean })[]> {
    const rows = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .select(['recording.id', 'recording.title', 'recording.purging_at', 'lesson.title as lesson_title'])
      .where('recording.purged_at', 'is', null)
      .where('recording.trashed_at', 'is not', null)
      .where((eb) =>
        eb.or([
          eb('recording.purging_at', 'is not', null),
          eb.and([eb('recording.trashed_at', '<=', trashedBefore), eb('recording.held_at', 'is', null)]),
        ]),
      )
      .orderBy('recording.trashed_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...named(row), isBegun: row.purging_at !== null }));
  }

  /** Where the bytes lie, or lay. */
  async placeOf(id: RecordingId): Promise<RecordingPlace | undefined> {
    const row = await this.#db.selectFrom('recording').select(['id', 'directory', 'sealed_key']).where('id', '=', id).executeTakeFirst();
    return row && { id: row.id, directory: row.directory, sealedKey: row.sealed_key };
  }

  /** Purged not long ago: a writer that was late may have put something there again. */
  async purgedSince(at: Instant): Promise<RecordingPlace[]> {
    const rows = await this.#db.selectFrom('recording').select(['id', 'directory']).where('purged_at', '>=', at).execute();
    return rows.map(({ id, directory }) => ({ id, directory, sealedKey: null }));
  }

  /** One that has bytes, and will have them. */
  #there(id: RecordingId) {
    return this.#db.updateTable('recording').where('id', '=', id).where('purged_at', 'is', null).where('purging_at', 'is', null);
  }
}

const done = (result: UpdateResult): boolean => Number(result.numUpdatedRows) > 0;

const named = (row: { readonly id: string; readonly title: string | null; readonly lesson_title: string }): Named => ({
  id: RecordingIds.parse(row.id),
  name: row.title ?? row.lesson_title,
});
