// Owns the table of recordings: which there are, of which lesson, and how each ended.

import type { Kysely, Selectable } from 'kysely';
import { type Instant, LessonId, PersonId, RecordingId } from '../contract/ids.ts';
import { RecordingEndReason } from '../contract/reasons.ts';
import { RecordingState, type RecordingSummary } from '../contract/recording.ts';
import type { Database } from '../database/tables.ts';
import type { RecordingTable } from '../database/tables-recordings.ts';

export type StoredRecording = RecordingSummary & {
  /** Below the root of all recordings. */
  readonly directory: string;
};

const read = (row: Selectable<RecordingTable>): StoredRecording => ({
  id: RecordingId.parse(row.id),
  lessonId: LessonId.parse(row.lesson_id),
  title: row.title,
  state: RecordingState.parse(row.state),
  startedAt: Number(row.started_at),
  endedAt: row.ended_at === null ? null : Number(row.ended_at),
  endReason: row.end_reason === null ? null : RecordingEndReason.parse(row.end_reason),
  startedBy: row.started_by === null ? null : PersonId.parse(row.started_by),
  bytes: Number(row.bytes),
  directory: row.directory,
});

export class RecordingStore {
  readonly #database: Kysely<Database>;

  constructor(database: Kysely<Database>) {
    this.#database = database;
  }

  async add(recording: {
    readonly id: RecordingId;
    readonly lessonId: LessonId;
    readonly startedAt: Instant;
    readonly startedBy: PersonId | null;
    readonly directory: string;
  }): Promise<void> {
    await this.#database
      .insertInto('recording')
      .values({
        id: recording.id,
        lesson_id: recording.lessonId,
        state: 'recording',
        started_at: recording.startedAt,
        ended_at: null,
        end_reason: null,
        directory: recording.directory,
        started_by: recording.startedBy,
        bytes: 0,
      })
      .execute();
  }

  async setState(id: RecordingId, state: 'recording' | 'paused'): Promise<void> {
    await this.#database.updateTable('recording').set({ state }).where('id', '=', id).where('state', '<>', 'ended').execute();
  }

  async end(id: RecordingId, endedAt: Instant, reason: RecordingEndReason, bytes: number): Promise<void> {
    await this.#database
      .updateTable('recording')
      .set({ state: 'ended', ended_at: endedAt, end_reason: reason, bytes })
      .where('id', '=', id)
      .where('state', '<>', 'ended')
      .execute();
  }

  async find(id: RecordingId): Promise<StoredRecording | undefined> {
    const row = await this.#database.selectFrom('recording').selectAll().where('id', '=', id).executeTakeFirst();
    return row && read(row);
  }

  /** Newest first. */
  async ofLesson(lessonId: LessonId): Promise<StoredRecording[]> {
    const rows = await this.#database
      .selectFrom('recording')
      .selectAll()
      .where('lesson_id', '=', lessonId)
      .orderBy('started_at', 'desc')
      .execute();
    return rows.map(read);
  }

  /** Those that have no end: running, or left behind by a crash. */
  async unended(): Promise<StoredRecording[]> {
    const rows = await this.#database.selectFrom('recording').selectAll().where('state', '<>', 'ended').orderBy('started_at').execute();
    return rows.map(read);
  }
}
