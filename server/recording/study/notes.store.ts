// Owns the tables of notes and of positions: what each person keeps for themselves of a recording.
import type { Kysely, Selectable } from 'kysely';
import { type Instant, type PersonId, type RecordingId, RecordingNoteId } from '../../contract/ids.ts';
import type { RecordingNote } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingNoteTable } from '../../database/tables-recordings.ts';

export type Position = { readonly atMs: number | null; readonly savedAt: Instant };

export class NotesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In order of time. */
  async of(recordingId: RecordingId, personId: PersonId): Promise<RecordingNote[]> {
    const rows = await this.#own(recordingId, personId).orderBy('at_ms').orderBy('id').execute();
    return rows.map(noteOf);
  }

  async find(recordingId: RecordingId, personId: PersonId, id: RecordingNoteId): Promise<RecordingNote | undefined> {
    const row = await this.#own(recordingId, personId).where('id', '=', id).executeTakeFirst();
    return row && noteOf(row);
  }

  async sent(recordingId: RecordingId, personId: PersonId, clientId: string): Promise<RecordingNote | undefined> {
    const row = await this.#own(recordingId, personId).where('client_id', '=', clientId).executeTakeFirst();
    return row && noteOf(row);
  }

  async count(recordingId: RecordingId, personId: PersonId): Promise<number> {
    const { notes } = await this.#db
      .selectFrom('recording_note')
      .select((eb) => eb.fn.countAll<number | string>().as('notes'))
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    return Number(notes);
  }

  /** Returns what is kept: this note, or the one that was sent before with the same `clientId`. */
  async add(recordingId: RecordingId, personId: PersonId, note: RecordingNote, clientId: string): Promise<RecordingNote> {
    const { id, atMs, text, changedAt } = note;
    const row = { id, recording_id: recordingId, person_id: personId, client_id: clientId, at_ms: atMs, text, changed_at: changedAt };
    await this.#db
      .insertInto('recording_note')
      .values(row)
      .onConflict((conflict) => conflict.columns(['recording_id', 'person_id', 'client_id']).doNothing())
      .execute();
    return (await this.sent(recordingId, personId, clientId)) ?? note;
  }

  async change(personId: PersonId, { id, atMs, text, changedAt }: RecordingNote): Promise<void> {
    await this.#db
      .updateTable('recording_note')
      .set({ at_ms: atMs, text, changed_at: changedAt })
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .execute();
  }

  /** False: there is none of this person's. */
  async remove(recordingId: RecordingId, personId: PersonId, id: RecordingNoteId): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('recording_note')
      .where('id', '=', id)
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Does nothing when what is there was saved later. */
  async setPosition(recordingId: RecordingId, personId: PersonId, { atMs, savedAt }: Position): Promise<void> {
    await this.#db
      .insertInto('recording_position')
      .values({ recording_id: recordingId, person_id: personId, at_ms: atMs, saved_at: savedAt })
      .onConflict((conflict) =>
        conflict
          .columns(['recording_id', 'person_id'])
          .doUpdateSet((e) => ({ at_ms: e.ref('excluded.at_ms'), saved_at: e.ref('excluded.saved_at') }))
          .whereRef('recording_position.saved_at', '<=', 'excluded.saved_at'),
      )
      .execute();
  }

  async position(recordingId: RecordingId, personId: PersonId): Promise<Position | undefined> {
    const row = await this.#db
      .selectFrom('recording_position')
      .select(['at_ms', 'saved_at'])
      .where('recording_id', '=', recordingId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row && { atMs: row.at_ms === null ? null : Number(row.at_ms), savedAt: Number(row.saved_at) };
  }

  #own(recordingId: RecordingId, personId: PersonId) {
    return this.#db.selectFrom('recording_note').selectAll().where('recording_id', '=', recordingId).where('person_id', '=', personId);
  }
}

function noteOf({ id, at_ms, text, changed_at }: Selectable<RecordingNoteTable>): RecordingNote {
  return { id: RecordingNoteId.parse(id), atMs: Number(at_ms), text, changedAt: Number(changed_at) };
}
