// The database itself: the same tables and the same promises on both kinds.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { eachDatabase } from '../../test/contract/databases.ts';

eachDatabase((name, open) => {
  it('has its tables', async () => {
    const { db } = await open();
    expect(await db.selectFrom('person').selectAll().execute()).toEqual([]);
  });

  it('gives milliseconds and counts as numbers', async () => {
    const { db } = await open();
    await db
      .insertInto('trace_entry')
      .values({
        lesson_id: 'l',
        seq: 1,
        at: 1_790_000_000_123,
        kind: 'k',
        person_id: null,
        participant_id: null,
        connection_id: null,
        detail: '{}',
      })
      .execute();
    const row = await db
      .selectFrom('trace_entry')
      .select([(e) => e.fn.countAll<number>().as('count'), (e) => e.fn.max('at').as('at')])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ count: 1, at: 1_790_000_000_123 });
  });

  it('runs transactions one after the other or side by side, and loses none', async () => {
    const { db } = await open();
    await db.insertInto('server_value').values({ name: 'n', value: '0' }).execute();
    const one = () =>
      db.transaction().execute(async (trx) => {
        await sql`update server_value set value = cast(cast(value as integer) + 1 as text) where name = 'n'`.execute(trx);
        await trx.selectFrom('person').select('id').execute();
      });
    await Promise.all(Array.from({ length: 20 }, one));
    expect(await db.selectFrom('server_value').select('value').executeTakeFirst()).toEqual({ value: '20' });
  });

  it.runIf(name === 'PostgreSQL')('has no statement compiled, on any connection', async () => {
    const { db } = await open();
    const shown = await Promise.all(Array.from({ length: 3 }, () => sql<{ jit: string }>`show jit`.execute(db)));
    expect(shown.map(({ rows }) => rows[0]?.jit)).toEqual(['off', 'off', 'off']);
  });

  it('holds to foreign keys', async () => {
    const { db } = await open();
    const session = { token_hash: 't', person_id: 'nobody', created_at: 1, expires_at: 1, last_seen_at: 1, user_agent: '', address: '' };
    await expect(db.insertInto('session').values(session).execute()).rejects.toThrow(/foreign key/i);
  });
});
