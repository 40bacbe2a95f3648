// Owns the table of the files of recordings that will not change any more: how long, with which sum, and where they lie.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Instant, RecordingId } from '../../contract/ids.ts';
import type { StorageState } from '../../contract/recording-keeping.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingPlace } from '../../ports/recording-files.ts';

/** `nowhere`: only its fault is known. */
const Place = z.enum(['local', 'both', 'remote', 'nowhere']);
export type Place = z.infer<typeof Place>;

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  readonly storedBytes: number;
  /** Of what lies there, hex. */
  readonly sha256: string;
  readonly place: Place;
}

export class FilesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By their names. */
  async of(recordingId: string): Promise<StoredFile[]> {
    const rows = await this.#files().where('recording_id', '=', recordingId).where('place', '<>', 'nowhere').orderBy('name').execute();
    return rows.map(fileOf);
  }

  async find(recordingId: string, name: string): Promise<StoredFile | undefined> {
    const row = await this.#files()
      .where('recording_id', '=', recordingId)
      .where('name', '=', name)
      .where('place', '<>', 'nowhere')
      .executeTakeFirst();
    return row && fileOf(row);
  }

  async put(recordingId: string, { name, bytes, storedBytes, sha256, place }: StoredFile): Promise<void> {
    const values = { bytes, stored_bytes: storedBytes, sha256, place, checked_at: null, fault: null };
    await this.#db
      .insertInto('recording_file')
      .values({ recording_id: recordingId, name, ...values })
      .onConflict((conflict) => conflict.columns(['recording_id', 'name']).doUpdateSet(values))
      .execute();
  }

  /** Nothing when the file was made anew meanwhile. */
  async move(recordingId: string, { name, sha256 }: Pick<StoredFile, 'name' | 'sha256'>, place: Place): Promise<void> {
    await this.#db
      .updateTable('recording_file')
      .set({ place, fault: null })
      .where('recording_id', '=', recordingId)
      .where('name', '=', name)
      .where('sha256', '=', sha256)
      .execute();
  }

  async remove(recordingId: string, name: string): Promise<void> {
    await this.#db.deleteFrom('recording_file').where('recording_id', '=', recordingId).where('name', '=', name).execute();
  }

  async removeAll(recordingId: string): Promise<void> {
    await this.#db.deleteFrom('recording_file').where('recording_id', '=', recordingId).execute();
  }

  /** What was found at a check of all of a recording. A file whose copy is broken, and which lies here too, will be carried anew. */
  async checked(recordingId: string, at: Instant, faults: ReadonlyMap<string, string>): Promise<void> {
    const ofRecording = this.#db.updateTable('recording_file').where('recording_id', '=', recordingId);
    await this.#db.deleteFrom('recording_file').where('recording_id', '=', recordingId).where('place', '=', 'nowhere').execute();
    await ofRecording.set({ checked_at: at, fault: null }).execute();
    for (const [name, fault] of faults)
      await this.#db
        .insertInto('recording_file')
        .values({ recording_id: recordingId, name, bytes: 0, stored_bytes: 0, sha256: '', place: 'nowhere', checked_at: at, fault })
        .onConflict((conflict) => conflict.columns(['recording_id', 'name']).doUpdateSet({ fault }))
        .execute();
    await ofRecording.set({ place: 'local' }).where('place', '=', 'both').where('fault', 'like', 'remote-%').execute();
  }

  async broken(): Promise<StorageState['broken']> {
    const rows = await this.#db
      .selectFrom('recording_file')
      .select(['recording_id', 'name', 'fault'])
      .where('fault', 'is not', null)
      .orderBy('recording_id')
      .orderBy('name')
      .limit(500)
      .execute();
    return rows.map(({ recording_id, name, fault }) => ({ recordingId: RecordingId.parse(recording_id), file: name, what: fault ?? '' }));
  }

  async checkedAt(): Promise<Instant | null> {
    const row = await this.#db
      .selectFrom('recording_file')
      .select((e) => e.fn.max('checked_at').as('at'))
      .executeTakeFirst();
    return row?.at === null || row?.at === undefined ? null : Number(row.at);
  }

  /** Bytes of ended recordings that lie here alone. */
  async waitingBytes(): Promise<number> {
    const row = await this.#db
      .selectFrom('recording_file')
      .select((e) => e.fn.sum('stored_bytes').as('bytes'))
      .where('place', '=', 'local')
      .executeTakeFirst();
    return Number(row?.bytes ?? 0);
  }

  /** Those that are being recorded. */
  async running(): Promise<RecordingPlace[]> {
    const rows = await this.#recordings().where('state', '<>', 'ended').orderBy('started_at').execute();
    return rows.map(placeOf);
  }

  /** Ended, and not all of their files were summed: those of a server that stopped at the wrong moment, and from before there were sums. */
  async unsummed(): Promise<RecordingPlace[]> {
    const rows = await this.#recordings()
      .where('state', '=', 'ended')
      .where('purged_at', 'is', null)
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('recording_file')
              .select('name')
              .whereRef('recording_file.recording_id', '=', 'recording.id')
              .where('name', '=', 'session.json')
              .where('place', '<>', 'nowhere'),
          ),
        ),
      )
      .orderBy('started_at')
      .execute();
    return rows.map(placeOf);
  }

  /** It will not be carried away as it is. */
  async fault(recordingId: string, name: string, fault: string): Promise<void> {
    await this.#db.updateTable('recording_file').set({ fault }).where('recording_id', '=', recordingId).where('name', '=', name).execute();
  }

  /** With files to be carried: that lie here alone, and are sound here. */
  async withLocal(): Promise<RecordingPlace[]> {
    const local = this.#db
      .selectFrom('recording_file')
      .select('recording_id')
      .where('place', '=', 'local')
      .where((e) => e.or([e('fault', 'is', null), e('fault', 'like', 'remote-%')]));
    const rows = await this.#recordings().where('state', '=', 'ended').where('id', 'in', local).orderBy('ended_at').execute();
    return rows.map(placeOf);
  }

  /** Ended before then, and each of their files lies here and there, and is sound. */
  async withBoth(before: Instant): Promise<RecordingPlace[]> {
    const files = this.#db.selectFrom('recording_file').select('recording_id');
    const rows = await this.#recordings()
      .where('state', '=', 'ended')
      .where('ended_at', '<=', before)
      .where('id', 'in', files.where('place', '=', 'both'))
      .where('id', 'not in', files.where('place', '=', 'local'))
      .where('id', 'not in', files.where('fault', 'is not', null))
      .orderBy('ended_at')
      .execute();
    return rows.map(placeOf);
  }

  /** Ended, and their bytes are meant to be there. */
  async kept(): Promise<RecordingPlace[]> {
    const rows = await this.#recordings().where('state', '=', 'ended').where('purged_at', 'is', null).orderBy('started_at').execute();
    return rows.map(placeOf);
  }

  async isKept(recordingId: string): Promise<boolean> {
    const row = await this.#recordings().where('id', '=', recordingId).where('purged_at', 'is', null).executeTakeFirst();
    return row !== undefined;
  }

  async sealedKeys(): Promise<RecordingPlace[]> {
    return (await this.#recordings().where('sealed_key', 'is not', null).execute()).map(placeOf);
  }

  /** Nothing when it was purged meanwhile. */
  async setSealedKey(recordingId: string, before: string, after: string): Promise<void> {
    await this.#db
      .updateTable('recording')
      .set({ sealed_key: after })
      .where('id', '=', recordingId)
      .where('sealed_key', '=', before)
      .execute();
  }

  #files() {
    return this.#db.selectFrom('recording_file').select(['name', 'bytes', 'stored_bytes', 'sha256', 'place']);
  }

  #recordings() {
    return this.#db.selectFrom('recording').select(['id', 'directory', 'sealed_key']);
  }
}

const placeOf = (row: { readonly id: string; readonly directory: string; readonly sealed_key: string | null }): RecordingPlace => ({
  id: row.id,
  directory: row.directory,
  sealedKey: row.sealed_key,
});

const fileOf = (row: {
  readonly name: string;
  readonly bytes: number | string;
  readonly stored_bytes: number | string;
  readonly sha256: string;
  readonly place: string;
}): StoredFile => ({
  name: row.name,
  bytes: Number(row.bytes),
  storedBytes: Number(row.stored_bytes),
  sha256: row.sha256,
  place: Place.parse(row.place),
});
