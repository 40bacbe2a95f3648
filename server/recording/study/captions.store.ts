// Owns the table of captions: one track of cues for each recording and language.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Instant, RecordingId } from '../../contract/ids.ts';
import { CaptionLanguage, type CaptionTrack, Cue } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';

const Cues = z.array(Cue);

export class CaptionsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async languages(recordingId: RecordingId): Promise<CaptionLanguage[]> {
    const rows = await this.#db.selectFrom('recording_caption').select('language').where('recording_id', '=', recordingId).execute();
    return CaptionLanguage.options.filter((one) => rows.some(({ language }) => language === one));
  }

  async find(recordingId: RecordingId, language: CaptionLanguage): Promise<CaptionTrack | undefined> {
    const row = await this.#db
      .selectFrom('recording_caption')
      .leftJoin('person', 'person.id', 'recording_caption.changed_by')
      .select(['cues', 'changed_at', 'person.display_name'])
      .where('recording_id', '=', recordingId)
      .where('recording_caption.language', '=', language)
      .executeTakeFirst();
    if (!row) return undefined;
    const cues = Cues.parse(JSON.parse(row.cues));
    return { language, cues, changedAt: Number(row.changed_at), changedBy: row.display_name ?? '' };
  }

  /** `before`: when what is replaced was changed; null: there is none. False: somebody else was faster. */
  async put(
    recordingId: RecordingId,
    { language, cues, changedAt }: Pick<CaptionTrack, 'language' | 'cues' | 'changedAt'>,
    by: string,
    before: Instant | null,
  ): Promise<boolean> {
    const changed = { cues: JSON.stringify(cues), changed_at: changedAt, changed_by: by };
    if (before === null) {
      const { numInsertedOrUpdatedRows } = await this.#db
        .insertInto('recording_caption')
        .values({ recording_id: recordingId, language, ...changed })
        .onConflict((conflict) => conflict.columns(['recording_id', 'language']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    }
    const { numUpdatedRows } = await this.#db
      .updateTable('recording_caption')
      .set(changed)
      .where('recording_id', '=', recordingId)
      .where('language', '=', language)
      .where('changed_at', '=', before)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async remove(recordingId: RecordingId, language: CaptionLanguage): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('recording_caption')
      .where('recording_id', '=', recordingId)
      .where('language', '=', language)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}
