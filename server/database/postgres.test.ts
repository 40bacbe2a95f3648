// A PostgreSQL that hangs keeps nobody waiting: it counts as away until it answers again.
import { connect, createServer, type Socket } from 'node:net';
import { Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { eachDatabase } from '../../test/contract/databases.ts';
import { DatabaseAway, isDatabaseAway } from './away.ts';
import { openPostgres, type Patience } from './postgres.ts';
import type { Database } from './tables.ts';

const patience: Patience = { connectMs: 2_000, lockMs: 300, pulseEveryMs: 20, pulseMs: 250 };

/** Passes everything on to the socket of the database until it is told to hold its breath. */
async function line(where: string) {
  const url = new URL(where);
  const path = `${url.searchParams.get('host') ?? ''}/.s.PGSQL.5432`;
  const open = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(path);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.on('data', (bytes) => void to.write(bytes));
      if (isFrozen) from.pause();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `postgres://postgres@127.0.0.1:${port}${url.pathname}`,
    freeze(frozen: boolean) {
      isFrozen = frozen;
      for (const socket of open) frozen ? socket.pause() : socket.resume();
    },
  };
}

eachDatabase((name, open) => {
  const opened = async () => {
    const { where } = await open();
    const between = await line(where);
    const broken: string[] = [];
    const engine = openPostgres(between.url, (error) => broken.push(error.message), false, patience);
    const db = new Kysely<Database>({ dialect: engine.dialect });
    onTestFinished(() => db.destroy());
    return { db, between, broken };
  };
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => error,
    );

  it.runIf(name === 'PostgreSQL')(
    'H29 who waits for a database that hangs is told in time that it is away, and it is used again when it answers',
    async () => {
      const { db, between, broken } = await opened();
      await sql`select 1`.execute(db);
      between.freeze(true);
      const waiting = await failure(sql`select 1`.execute(db));
      expect(isDatabaseAway(waiting)).toBe(true);
      expect(broken.join()).toContain('did not answer within');
      const beganAt = performance.now();
      expect(await failure(sql`select 1`.execute(db))).toBeInstanceOf(DatabaseAway);
      expect(performance.now() - beganAt).toBeLessThan(100);
      between.freeze(false);
      await expect.poll(() => failure(sql`select 1`.execute(db))).toBeNull();
    },
  );

  it.runIf(name === 'PostgreSQL')('H29 a statement that takes its time is no hanging database', async () => {
    const { db, broken } = await opened();
    await sql`select pg_sleep(0.8)`.execute(db);
    expect(broken).toEqual([]);
  });

  it.runIf(name === 'PostgreSQL')('H29 who waits for what another transaction holds is told in time as well', async () => {
    const { db } = await opened();
    await db.insertInto('server_value').values({ name: 'held', value: '' }).execute();
    const change = (value: string) => db.updateTable('server_value').set({ value }).where('name', '=', 'held').execute();
    const late = await db.transaction().execute(async (trx) => {
      await trx.updateTable('server_value').set({ value: 'first' }).where('name', '=', 'held').execute();
      return failure(change('second'));
    });
    expect(isDatabaseAway(late)).toBe(true);
    await change('third');
  });
});
