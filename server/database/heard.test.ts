// What is told of queries: how they ended and how long they took, and nothing of what they say; and how busy the database is.
import { expect, onTestFinished, test } from 'vitest';
import type { HeardQuery } from './heard.ts';
import { openDatabase } from './open.ts';

async function database() {
  const heard: HeardQuery[] = [];
  const opened = await openDatabase(':memory:', undefined, undefined, (query) => heard.push(query));
  onTestFinished(() => opened.close());
  heard.length = 0;
  return { ...opened, heard };
}

const faculty = { id: 'f', name: 'Physics', external_id: null };

test('Y7 each query is told by its kind and how it ended, without its text', async () => {
  const { db, heard } = await database();
  await db.insertInto('faculty').values(faculty).execute();
  await expect(db.insertInto('faculty').values(faculty).execute()).rejects.toThrow();
  await db.selectFrom('faculty').selectAll().execute();
  await db.updateTable('faculty').set({ name: 'Chemistry' }).execute();
  await db.deleteFrom('faculty').execute();
  expect(heard.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'insert ok',
    'insert refused',
    'select ok',
    'update ok',
    'delete ok',
  ]);
  expect(heard.every(({ durationMs }) => durationMs >= 0)).toBe(true);
  expect(JSON.stringify(heard)).not.toContain('Physics');
});

test('those who wait for their turn to write are counted', async () => {
  const { db, holdWriting, figures } = await database();
  const held = Promise.withResolvers<void>();
  const holding = holdWriting(() => held.promise);
  const writing = [1, 2].map((number) =>
    db
      .insertInto('faculty')
      .values({ ...faculty, id: String(number), name: String(number) })
      .execute(),
  );
  await Promise.resolve();
  await expect.poll(async () => (await figures()).pool.waiting).toBe(2);
  expect((await figures()).pool.idle).toBe(1);
  held.resolve();
  await Promise.all([holding, ...writing]);
  expect((await figures()).pool).toMatchObject({ waiting: 0, idle: 2 });
});
