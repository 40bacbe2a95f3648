// The table of calendar feeds: who made which, and by what token they are fetched.
import type { Kysely } from 'kysely';
import { FeedId, FeedOf } from '../contract/feeds.ts';
import { Language } from '../contract/identity.ts';
import { type Instant, PersonId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';

export interface FeedRecord {
  readonly id: FeedId;
  readonly of: FeedOf;
  /** Of the person or the group. */
  readonly ofId: string;
  readonly language: Language;
  readonly createdBy: PersonId;
  readonly createdAt: Instant;
  readonly lastReadAt: Instant | null;
}
export interface OwnFeedRecord extends FeedRecord {
  readonly token: string;
}

const columns = ['id', 'token', 'owner_kind', 'owner_id', 'language', 'created_by', 'created_at', 'last_read_at'] as const;

export class FeedStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add(feed: FeedRecord, secret: { readonly token: string; readonly hash: string }): Promise<void> {
    await this.#db
      .insertInto('calendar_feed')
      .values({
        ...{ id: feed.id, token_hash: secret.hash, token: secret.token, owner_kind: feed.of, owner_id: feed.ofId },
        ...{ language: feed.language, created_by: feed.createdBy, created_at: feed.createdAt, last_read_at: null },
      })
      .execute();
  }

  /** Newest first. */
  async madeBy(personId: PersonId): Promise<OwnFeedRecord[]> {
    const rows = await this.#db
      .selectFrom('calendar_feed')
      .select(columns)
      .where('created_by', '=', personId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(recordOf);
  }

  async byTokenHash(hash: string): Promise<FeedRecord | null> {
    const row = await this.#db.selectFrom('calendar_feed').select(columns).where('token_hash', '=', hash).executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  async setLanguage(id: FeedId, language: Language): Promise<void> {
    await this.#db.updateTable('calendar_feed').set({ language }).where('id', '=', id).execute();
  }

  async wasRead(id: FeedId, at: Instant): Promise<void> {
    await this.#db.updateTable('calendar_feed').set({ last_read_at: at }).where('id', '=', id).execute();
  }

  async remove(id: FeedId): Promise<void> {
    await this.#db.deleteFrom('calendar_feed').where('id', '=', id).execute();
  }
}

interface Row {
  readonly id: string;
  readonly token: string;
  readonly owner_kind: string;
  readonly owner_id: string;
  readonly language: string;
  readonly created_by: string;
  readonly created_at: number;
  readonly last_read_at: number | null;
}

function recordOf(row: Row): OwnFeedRecord {
  return {
    id: FeedId.parse(row.id),
    token: row.token,
    of: FeedOf.parse(row.owner_kind),
    ofId: row.owner_id,
    language: Language.parse(row.language),
    createdBy: PersonId.parse(row.created_by),
    createdAt: row.created_at,
    lastReadAt: row.last_read_at,
  };
}
