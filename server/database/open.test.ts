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

  it('tells how large it is, and that nobody waits', async () => {
    const { figures } = await open();
    const { pool, bytes } = await figures();
    expect(bytes).toBeGreaterThan(100_000);
    expect(pool.waiting).toBe(0);
    expect(pool.idle).toBe(pool.open);
    expect(pool.most).toBeGreaterThanOrEqual(pool.open);
  });

  it('reads what was committed last while a transaction is under way, without waiting for it', async () => {
    const { db } = await open();
    await db.insertInto('server_value').values({ name: 'n', value: 'before' }).execute();
    const value = () => db.selectFrom('server_value').select('value').where('name', '=', 'n').executeTakeFirst();
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('server_value').set({ value: 'after' }).where('name', '=', 'n').execute();
      expect(await value()).toEqual({ value: 'before' });
      expect(await trx.selectFrom('server_value').select('value').where('name', '=', 'n').executeTakeFirst()).toEqual({ value: 'after' });
    });
    expect(await value()).toEqual({ value: 'after' });
  });

  it('undoes a transaction that fails, and goes on', async () => {
    const { db } = await open();
    const failed = db.transaction().execute(async (trx) => {
      await trx.insertInto('server_value').values({ name: 'n', value: '1' }).execute();
      throw new Error('given up');
    });
    await expect(failed).rejects.toThrow('given up');
    await db.insertInto('server_value').values({ name: 'n', value: '2' }).execute();
    expect(await db.selectFrom('server_value').select('value').execute()).toEqual([{ value: '2' }]);
  });

  it.runIf(name === 'SQLite')('lets nobody write while writing is held, and everybody read', async () => {
    const { db, holdWriting } = await open();
    const done: string[] = [];
    const value = (text: string) => ({ name: text, value: '' });
    const held = holdWriting(async () => {
      // The others have come by now.
      await new Promise(setImmediate);
      expect(await db.selectFrom('server_value').selectAll().execute()).toEqual([]);
      done.push('read');
    });
    await Promise.all([
      held,
      db.insertInto('server_value').values(value('alone')).execute(),
      db.transaction().execute((trx) => trx.insertInto('server_value').values(value('in a transaction')).execute()),
    ]);
    expect(done).toEqual(['read']);
    expect(await db.selectFrom('server_value').select('name').execute()).toHaveLength(2);
  });

  it('holds to foreign keys', async () => {
    const { db } = await open();
    const session = { token_hash: 't', person_id: 'nobody', created_at: 1, expires_at: 1, last_seen_at: 1, user_agent: '', address: '' };
    await expect(db.insertInto('session').values(session).execute()).rejects.toThrow(/foreign key/i);
  });
});
