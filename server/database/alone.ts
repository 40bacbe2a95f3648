// Runs work on the plan of the university one piece after the other, on every database.
import type { Kysely, Transaction } from 'kysely';
import type { Database } from './tables.ts';

/**
 * All of `work` or nothing, and nothing else that is done so at the same time: for rules that look at several rows.
 * PostgreSQL keeps the row locked until the transaction ends; SQLite has one writer anyway.
 */
export function alone<T>(db: Kysely<Database>, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('server_value')
      .values({ name: 'catalogue-lock', value: '' })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
      .execute();
    return work(trx);
  });
}
