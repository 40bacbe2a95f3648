// Owns the table of recordings: which there are, of which lesson, and how each ended.

import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { Instant, LessonId, PersonId, RecordingId } from '../contract/ids.ts';
import { RecordingEndReason } from '../contract/reasons.ts';
import { RecordingState, type RecordingSummary } from '../contract/recording.ts';
import { Audience } from '../contract/recording-edits.ts';
import type { Database } from '../database/tables.ts';
import type { RecordingTable } from '../database/tables-recordings.ts';
import { type Holding, noHolding } from '../holding/holding.ts';

export type StoredRecording = RecordingSummary & {
  /** Below the root of all recordings. */
  readonly directory: string;
  /** Only those who may edit see it. */
  readonly hidden: boolean;
  /** Null: at once, and for as long as it is kept. */
  readonly visibleFrom: Instant | null;
  readonly visibleUntil: Instant | null;
  readonly audience: Audience;
  readonly download: boolean;
  /** Rises with every edit. */
  readonly edition: number;
  readonly trashedAt: Instant | null;
  /** Null beside a time: retention put it there. */
  readonly trashedBy: PersonId | null;
  /** Its bytes are gone. */
  readonly purgedAt: Instant | null;
  readonly archivedAt: Instant | null;
  readonly hold: { readonly at: Instant; readonly by: PersonId; readonly reason: string } | null;
  /** Wrapped by the server's key; null: in plain. */
  readonly sealedKey: string | null;
};

const time = (value: number | string | null): Instant | null => (value === null ? null : Number(value));
const person = (value: string | null): PersonId | null => (value === null ? null : PersonId.parse(value));

/** What a lesson's list tells, without the rest of the row. */
export const summaryOf = (recording: StoredRecording): RecordingSummary => {
  const { id, lessonId, title, state, startedAt, endedAt, endReason, startedBy, bytes } = recording;
  return { id, lessonId, title, state, startedAt, endedAt, endReason, startedBy, bytes };
};

/** Also for those who select recordings by other tables. */
export const readRecording = (row: Selectable<RecordingTable>): StoredRecording => ({
  id: RecordingId.parse(row.id),
  lessonId: LessonId.parse(row.lesson_id),
  title: row.title,
  state: RecordingState.parse(row.state),
  startedAt: Number(row.started_at),
  endedAt: time(row.ended_at),
  endReason: row.end_reason === null ? null : RecordingEndReason.parse(row.end_reason),
  startedBy: person(row.started_by),
  bytes: Number(row.bytes),
  directory: row.directory,
  hidden: Number(row.hidden) === 1,
  visibleFrom: time(row.visible_from),
  visibleUntil: time(row.visible_until),
  audience: Audience.parse(row.audience),
  download: Number(row.download) === 1,
  edition: Number(row.edition),
  trashedAt: time(row.trashed_at),
  trashedBy: person(row.trashed_by),
  purgedAt: time(row.purged_at),
  archivedAt: time(row.archived_at),
  hold: holdOf(row),
  sealedKey: row.sealed_key,
});

const holdOf = ({ held_at, held_by, held_reason }: Selectable<RecordingTable>): StoredRecording['hold'] =>
  held_at === null || held_by === null ? null : { at: Number(held_at), by: PersonId.parse(held_by), reason: held_reason ?? '' };

const NewRecording = z.object({
  id: RecordingId,
  lessonId: LessonId,
  startedAt: Instant,
  startedBy: PersonId.nullable(),
  directory: z.string(),
  sealedKey: z.string().nullish(),
  /** As the settings say for new recordings; else those of the database. */
  audience: Audience.optional(),
  download: z.boolean().optional(),
});
type NewRecording = z.infer<typeof NewRecording>;

/** What a class cannot wait for the database with. */
const Change = z.discriminatedUnion('what', [
  z.object({ what: z.literal('began'), recording: NewRecording }),
  z.object({ what: z.literal('state'), id: RecordingId, state: RecordingState.exclude(['ended']) }),
  z.object({ what: z.literal('ended'), id: RecordingId, endedAt: Instant, reason: RecordingEndReason, bytes: z.number() }),
]);
type Change = z.infer<typeof Change>;

export class RecordingStore {
  readonly #database: Kysely<Database>;
  readonly #put: (change: Change) => Promise<unknown>;

  constructor(database: Kysely<Database>, holding: Holding = noHolding) {
    this.#database = database;
    this.#put = holding.through('recording', Change, (change) => this.#write(change));
  }

  async add(recording: NewRecording): Promise<void> {
    await this.#put({ what: 'began', recording });
  }

  async setState(id: RecordingId, state: 'recording' | 'paused'): Promise<void> {
    await this.#put({ what: 'state', id, state });
  }

  async end(id: RecordingId, endedAt: Instant, reason: RecordingEndReason, bytes: number): Promise<void> {
    await this.#put({ what: 'ended', id, endedAt, reason, bytes });
  }

  #write(change: Change): Promise<void> {
    switch (change.what) {
      case 'began':
        return this.#insert(change.recording);
      case 'state':
        return this.#setState(change.id, change.state);
      case 'ended':
        return this.#end(change);
    }
  }

  async #insert(recording: NewRecording): Promise<void> {
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
        sealed_key: recording.sealedKey ?? null,
        ...(recording.audience === undefined ? {} : { audience: recording.audience }),
        ...(recording.download === undefined ? {} : { download: recording.download ? 1 : 0 }),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  async #setState(id: RecordingId, state: 'recording' | 'paused'): Promise<void> {
    await this.#database.updateTable('recording').set({ state }).where('id', '=', id).where('state', '<>', 'ended').execute();
  }

  async #end({ id, endedAt, reason, bytes }: Extract<Change, { what: 'ended' }>): Promise<void> {
    await this.#database
      .updateTable('recording')
      .set({ state: 'ended', ended_at: endedAt, end_reason: reason, bytes })
      .where('id', '=', id)
      .where('state', '<>', 'ended')
      .execute();
  }

  async find(id: RecordingId): Promise<StoredRecording | undefined> {
    const row = await this.#database.selectFrom('recording').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readRecording(row);
  }

  /** Newest first. */
  async ofLesson(lessonId: LessonId): Promise<StoredRecording[]> {
    const rows = await this.#database
      .selectFrom('recording')
      .selectAll()
      .where('lesson_id', '=', lessonId)
      .orderBy('started_at', 'desc')
      .execute();
    return rows.map(readRecording);
  }

  /** Those that have no end: running, or left behind by a crash. */
  async unended(): Promise<StoredRecording[]> {
    const rows = await this.#database.selectFrom('recording').selectAll().where('state', '<>', 'ended').orderBy('started_at').execute();
    return rows.map(readRecording);
  }
}
