// Owns the table of links by which people without an account watch a recording. Of a link's address only the hash is kept.
import type { Kysely, Selectable } from 'kysely';
import { type Instant, type PersonId, RecordingId, RecordingLinkId } from '../../contract/ids.ts';
import type { RecordingLink } from '../../contract/recording-edits.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingLinkTable } from '../../database/tables-recordings.ts';

export interface StoredLink {
  readonly id: RecordingLinkId;
  readonly recordingId: RecordingId;
  readonly passwordHash: string | null;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

export interface NewLinkRow {
  readonly id: RecordingLinkId;
  readonly recordingId: RecordingId;
  readonly tokenHash: string;
  readonly passwordHash: string | null;
  readonly expiresAt: Instant;
  readonly madeAt: Instant;
  readonly madeBy: PersonId;
}

export class LinksStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add({ id, recordingId, tokenHash, passwordHash, expiresAt, madeAt, madeBy }: NewLinkRow): Promise<void> {
    await this.#db
      .insertInto('recording_link')
      .values({
        ...{ id, recording_id: recordingId, token_hash: tokenHash, password_hash: passwordHash, expires_at: expiresAt },
        ...{ made_at: madeAt, made_by: madeBy, revoked_at: null },
      })
      .execute();
  }

  async byId(id: string): Promise<StoredLink | undefined> {
    const row = await this.#db.selectFrom('recording_link').selectAll().where('id', '=', id).executeTakeFirst();
    return row && read(row);
  }

  async byToken(tokenHash: string): Promise<StoredLink | undefined> {
    const row = await this.#db.selectFrom('recording_link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    return row && read(row);
  }

  /** Newest first, the revoked and expired ones too. */
  async all(id: RecordingId): Promise<RecordingLink[]> {
    const rows = await this.#db
      .selectFrom('recording_link')
      .innerJoin('person', 'person.id', 'recording_link.made_by')
      .selectAll('recording_link')
      .select('person.display_name')
      .where('recording_link.recording_id', '=', id)
      .orderBy('made_at', 'desc')
      .orderBy('recording_link.id')
      .execute();
    return rows.map((row) => ({
      id: RecordingLinkId.parse(row.id),
      expiresAt: Number(row.expires_at),
      hasPassword: row.password_hash !== null,
      madeAt: Number(row.made_at),
      madeBy: row.display_name,
      revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
      opened: Number(row.opened),
    }));
  }

  /** False when there is none that could be revoked. */
  async revoke(recordingId: RecordingId, id: RecordingLinkId, at: Instant): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('recording_link')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('recording_id', '=', recordingId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async countOpened(id: RecordingLinkId): Promise<void> {
    await this.#db
      .updateTable('recording_link')
      .set((eb) => ({ opened: eb('opened', '+', 1) }))
      .where('id', '=', id)
      .execute();
  }
}

function read(row: Selectable<RecordingLinkTable>): StoredLink {
  return {
    id: RecordingLinkId.parse(row.id),
    recordingId: RecordingId.parse(row.recording_id),
    passwordHash: row.password_hash,
    expiresAt: Number(row.expires_at),
    revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
  };
}
