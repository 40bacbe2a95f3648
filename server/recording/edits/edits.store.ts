// Owns the table of edits, and what teachers may change in the row of a recording.
import type { Kysely, Selectable } from 'kysely';
import type { Instant, PersonId, RecordingEditId, RecordingId } from '../../contract/ids.ts';
import { NewRecordingEdit, type Publication, RecordingEdit } from '../../contract/recording-edits.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingEditTable } from '../../database/tables-recordings.ts';

export class EditsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Those that hold, oldest first. */
  async holding(id: RecordingId): Promise<NewRecordingEdit[]> {
    const rows = await this.#db
      .selectFrom('recording_edit')
      .select('edit')
      .where('recording_id', '=', id)
      .where('undone_at', 'is', null)
      .orderBy('made_at')
      .orderBy('id')
      .execute();
    return rows.map(({ edit }) => NewRecordingEdit.parse(JSON.parse(edit)));
  }

  /** Newest first, the undone ones too. */
  async all(id: RecordingId): Promise<RecordingEdit[]> {
    const rows = await this.#named().where('recording_edit.recording_id', '=', id).orderBy('made_at', 'desc').orderBy('id').execute();
    return rows.map(read);
  }

  async find(id: RecordingId, editId: RecordingEditId): Promise<RecordingEdit | undefined> {
    const row = await this.#named()
      .where('recording_edit.recording_id', '=', id)
      .where('recording_edit.id', '=', editId)
      .executeTakeFirst();
    return row && read(row);
  }

  /** The edition rises in the same transaction, so that nothing is ever shown as of an edition that it is not. */
  async add(id: RecordingId, editId: RecordingEditId, edit: NewRecordingEdit, at: Instant, by: PersonId): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('recording_edit')
        .values({ id: editId, recording_id: id, edit: JSON.stringify(edit), made_at: at, made_by: by, undone_at: null, undone_by: null })
        .execute();
      await raise(trx, id);
    });
  }

  /** False when it was undone already. */
  async undo(id: RecordingId, editId: RecordingEditId, at: Instant, by: PersonId): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('recording_edit')
        .set({ undone_at: at, undone_by: by })
        .where('id', '=', editId)
        .where('recording_id', '=', id)
        .where('undone_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await raise(trx, id);
      return true;
    });
  }

  async publish(id: RecordingId, { title, hidden, from, until, audience, download }: Publication): Promise<void> {
    await this.#db
      .updateTable('recording')
      .set({ title, hidden: hidden ? 1 : 0, visible_from: from, visible_until: until, audience, download: download ? 1 : 0 })
      .where('id', '=', id)
      .execute();
  }

  #named() {
    return this.#db
      .selectFrom('recording_edit')
      .innerJoin('person', 'person.id', 'recording_edit.made_by')
      .selectAll('recording_edit')
      .select('person.display_name');
  }
}

async function raise(trx: Kysely<Database>, id: RecordingId): Promise<void> {
  await trx
    .updateTable('recording')
    .set((eb) => ({ edition: eb('edition', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

function read(row: Selectable<RecordingEditTable> & { readonly display_name: string }): RecordingEdit {
  const { id, edit, made_at, display_name, undone_at } = row;
  const made = { id, madeAt: Number(made_at), madeBy: display_name, undoneAt: undone_at === null ? null : Number(undone_at) };
  return RecordingEdit.parse({ ...made, ...NewRecordingEdit.parse(JSON.parse(edit)) });
}
