// Owns the tables of signed heads, their leaves and the public keys, and marks in the chains how far they are signed.
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { DayHead, TraceKey } from '../contract/evidence.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { TraceDayLeafTable, TraceDayTable, TraceKeyTable } from '../database/tables-records.ts';
import { inOrder, type Leaf } from './heads.ts';

export class HeadsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Oldest first. */
  async keys(): Promise<TraceKey[]> {
    const rows = await this.#db.selectFrom('trace_key').selectAll().orderBy('created_at').orderBy('id').execute();
    return rows.map(keyFrom);
  }

  /** It is in use from now on, and the one before no more. */
  async putInUse(key: TraceKey): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.updateTable('trace_key').set({ retired_at: key.createdAt }).where('retired_at', 'is', null).execute();
      await trx
        .insertInto('trace_key')
        .values({
          ...{ id: key.id, public_key: key.publicKey, created_at: key.createdAt, retired_at: key.retiredAt },
          ...{ endorsed_by: key.endorsedBy, endorsement: key.endorsement },
        })
        .execute();
    });
  }

  async last(): Promise<DayHead | null> {
    const row = await this.#db.selectFrom('trace_day').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
    return row ? headFrom(row) : null;
  }

  async head(day: string): Promise<DayHead | null> {
    const row = await this.#db.selectFrom('trace_day').selectAll().where('day', '=', day).executeTakeFirst();
    return row ? headFrom(row) : null;
  }

  /** The head of that number, or the next there is in the direction. */
  async beside(number: number, direction: 'before' | 'after'): Promise<DayHead | null> {
    const row = await this.#db
      .selectFrom('trace_day')
      .selectAll()
      .where('number', direction === 'before' ? '<' : '>', number)
      .orderBy('number', direction === 'before' ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirst();
    return row ? headFrom(row) : null;
  }

  /** By number, from one on. */
  async heads(fromNumber: number, limit: number): Promise<DayHead[]> {
    const rows = await this.#db
      .selectFrom('trace_day')
      .selectAll()
      .where('number', '>=', fromNumber)
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map(headFrom);
  }

  async newest(offset: number, limit: number): Promise<DayHead[]> {
    const rows = await this.#db.selectFrom('trace_day').selectAll().orderBy('number', 'desc').offset(offset).limit(limit).execute();
    return rows.map(headFrom);
  }

  async countHeads(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('trace_day')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** In the order of the tree. */
  async leaves(day: string): Promise<Leaf[]> {
    const rows = await this.#db.selectFrom('trace_day_leaf').selectAll().where('day', '=', day).execute();
    return inOrder(rows.map(leafFrom));
  }

  /** Of one lesson, by day. */
  async leavesOf(lessonId: string): Promise<(Leaf & { readonly day: string })[]> {
    const rows = await this.#db.selectFrom('trace_day_leaf').selectAll().where('lesson_id', '=', lessonId).orderBy('day').execute();
    return rows.map((row) => ({ ...leafFrom(row), day: row.day }));
  }

  /**
   * Makes the head of a day out of all chains that grew since the last one, in one transaction with what it says.
   * @param make gets the head before; null: the day has a head already, and nothing is done
   */
  async seal(make: (before: DayHead | null, leaves: readonly Leaf[]) => DayHead | null): Promise<DayHead | null> {
    return this.#db.transaction().execute(async (trx) => {
      const before = await trx.selectFrom('trace_day').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
      const grown = await trx
        .selectFrom('trace_chain')
        .select(['lesson_id', 'seq', 'hash', 'expired_at'])
        .whereRef('seq', '>', 'sealed_seq')
        .execute();
      const leaves = inOrder(
        grown.map(({ lesson_id, seq, hash, expired_at }) => ({ lessonId: lesson_id, seq, hash, expired: expired_at !== null })),
      );
      const head = make(before ? headFrom(before) : null, leaves);
      if (head === null) return null;
      await write(trx, head, leaves);
      return head;
    });
  }

  /** Chains with entries after the last head. */
  async countUnsealed(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('trace_chain')
      .select((e) => e.fn.countAll<number>().as('count'))
      .whereRef('seq', '>', 'sealed_seq')
      .executeTakeFirstOrThrow();
    return Number(count);
  }
}

async function write(trx: Transaction<Database>, head: DayHead, leaves: readonly Leaf[]): Promise<void> {
  await trx
    .insertInto('trace_day')
    .values({
      ...{ day: head.day, number: head.number, lessons: head.lessons, root: head.root, previous: head.previous, hash: head.hash },
      ...{ key_id: head.keyId, signature: head.signature, signed_at: head.signedAt },
    })
    .execute();
  for (const piece of inPieces(leaves)) {
    const rows = piece.map((leaf) => ({
      ...{ day: head.day, lesson_id: leaf.lessonId, seq: leaf.seq, hash: leaf.hash, expired: leaf.expired ? 1 : 0 },
    }));
    await trx.insertInto('trace_day_leaf').values(rows).execute();
  }
  // One by one, in the order in which appends take them too: two that wait for each other would both be in vain.
  for (const { lessonId, seq } of leaves)
    await trx.updateTable('trace_chain').set({ sealed_seq: seq }).where('lesson_id', '=', lessonId).execute();
}

function headFrom(row: Selectable<TraceDayTable>): DayHead {
  const { day, number, lessons, root, previous, hash, key_id: keyId, signature, signed_at: signedAt } = row;
  return { day, number, lessons, root, previous, hash, keyId, signature, signedAt };
}

function leafFrom(row: Selectable<TraceDayLeafTable>): Leaf {
  return { lessonId: row.lesson_id, seq: row.seq, hash: row.hash, expired: row.expired === 1 };
}

function keyFrom(row: Selectable<TraceKeyTable>): TraceKey {
  return {
    ...{ id: row.id, publicKey: row.public_key, createdAt: row.created_at, retiredAt: row.retired_at },
    ...{ endorsedBy: row.endorsed_by, endorsement: row.endorsement },
  };
}
