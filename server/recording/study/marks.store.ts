// Owns the table of marks: the moments of a recording that its teachers named. Those that were removed stay for the audit log.
import type { Kysely, Selectable } from 'kysely';
import { type Instant, type RecordingId, RecordingMarkId } from '../../contract/ids.ts';
import { MarkKind, type RecordingMark } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingMarkTable } from '../../database/tables-recordings.ts';

export class MarksStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add(recordingId: RecordingId, { id, kind, atMs, text }: RecordingMark, at: Instant, by: string): Promise<void> {
    await this.#db
      .insertInto('recording_mark')
      .values({ id, recording_id: recordingId, kind, at_ms: atMs, text, made_at: at, made_by: by, removed_at: null })
      .execute();
  }

  /** In order of time. */
  async of(recordingId: RecordingId): Promise<RecordingMark[]> {
    const rows = await this.#standing(recordingId).orderBy('at_ms').orderBy('id').execute();
    return rows.map(markOf);
  }

  async find(recordingId: RecordingId, id: RecordingMarkId): Promise<RecordingMark | undefined> {
    const row = await this.#standing(recordingId).where('id', '=', id).executeTakeFirst();
    return row && markOf(row);
  }

  /** False: it was removed meanwhile. */
  async change({ id, atMs, text }: RecordingMark): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('recording_mark')
      .set({ at_ms: atMs, text })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** False: it was removed meanwhile. */
  async remove(id: RecordingMarkId, at: Instant): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('recording_mark')
      .set({ removed_at: at })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** What the audit log calls the recording, and how long it is. Undefined: there is none. */
  async recording(id: RecordingId): Promise<MarkedRecording | undefined> {
    const row = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .select(['recording.title', 'recording.started_at', 'recording.ended_at', 'lesson.title as lesson_title'])
      .where('recording.id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const endedAt = row.ended_at === null ? null : Number(row.ended_at);
    return { name: row.title ?? row.lesson_title, startedAt: Number(row.started_at), endedAt };
  }

  #standing(recordingId: RecordingId) {
    return this.#db.selectFrom('recording_mark').selectAll().where('recording_id', '=', recordingId).where('removed_at', 'is', null);
  }
}

export interface MarkedRecording {
  readonly name: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
}

function markOf({ id, kind, at_ms, text }: Selectable<RecordingMarkTable>): RecordingMark {
  return { id: RecordingMarkId.parse(id), kind: MarkKind.parse(kind), atMs: Number(at_ms), text };
}
