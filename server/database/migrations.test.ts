// Bringing tables up to date: what the release before has stored is still there, and whatever interrupts it leaves nothing half done.
import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { expect, it } from 'vitest';
import { eachDatabase, type TestDatabase } from '../../test/contract/databases.ts';
import { TimetableStore } from '../timetable/timetable.store.ts';
import * as first from './migrations/0001-first.ts';
import { type OpenDatabase, openDatabase } from './open.ts';

const rules = {
  ...{ capacity: 100, lobby: 'outsiders', recording: 'manual', guests: false },
  students: { microphone: true, camera: true, screen: false, chat: true },
};
const person = (id: string, disabled: number) => ({
  ...{ id, sign_in_name: id, display_name: `Қанат ${id}`, sort_key: id, search_text: id, email: null, language: 'kk' },
  ...{ roles: '["teacher"]', password_hash: null, disabled, created_at: 1 },
});
/** As the release before has written them. */
const stored: readonly (readonly [table: string, row: Record<string, unknown>])[] = [
  ['person', person('t', 0)],
  ['person', person('gone', 1)],
  ['session', { token_hash: 'h', person_id: 't', created_at: 1, expires_at: 2, last_seen_at: 1, user_agent: '', address: '' }],
  ['faculty', { id: 'f', name: 'Физика' }],
  ['course', { id: 'c', faculty_id: 'f', code: 'PHY1', title: 'Оптика' }],
  ['student_group', { id: 'g', faculty_id: 'f', name: 'Ә-21' }],
  ['group_member', { group_id: 'g', person_id: 't' }],
  ['enrolment', { course_id: 'c', person_id: 't', role: 'assistant' }],
  [
    'lesson',
    {
      ...{ id: 'l', course_id: 'c', kind: 'lecture', title: 'Толқындар', starts_at: 1_790_000_000_000, ends_at: 1_790_000_003_000 },
      ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: 't', rules: JSON.stringify(rules) },
      ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 1 },
    },
  ],
  ['lesson_group', { lesson_id: 'l', group_id: 'g' }],
  ['room', { lesson_id: 'l', opened_at: 1, closed_at: 2, close_reason: null, state: '{}' }],
  [
    'chat_message',
    { id: 'm', lesson_id: 'l', participant_id: 'p', person_id: 't', name: 'Қ', at: 1_790_000_000_001, text: 'Сәлем', client_id: 'x' },
  ],
  ['trace_entry', { lesson_id: 'l', seq: 1, at: 1, kind: 'k', person_id: 't', participant_id: null, connection_id: null, detail: '{}' }],
  [
    'recording',
    {
      ...{ id: 'r', lesson_id: 'l', state: 'ended', started_at: 1, ended_at: 2, end_reason: 'stopped', directory: 'd', started_by: 't' },
      bytes: 5_000_000_000,
    },
  ],
  ['server_value', { name: 'n', value: 'v' }],
];

eachDatabase((name, open) => {
  /** As the tables are there, whatever our own way of speaking to it. */
  const plain = (where: string) =>
    new Kysely<Record<string, Record<string, unknown>>>({
      dialect:
        name === 'SQLite'
          ? new SqliteDialect({ database: new Sqlite(where) })
          : new PostgresDialect({ pool: new pg.Pool({ connectionString: where, max: 1 }) }),
    });

  /** A database of the release before, with what it had stored; resolves with its address. */
  async function released(
    fresh: TestDatabase,
    more: (db: ReturnType<typeof plain>) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<string> {
    const where = name === 'SQLite' ? `${fresh.where}.old` : fresh.where;
    if (name === 'PostgreSQL') await sql`drop schema public cascade; create schema public`.execute(fresh.db);
    const db = plain(where);
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ '0001-first': first }) } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    for (const [table, row] of stored) await db.insertInto(table).values(row).execute();
    await more(db);
    await db.destroy();
    return where;
  }

  const rowsOf = async ({ db }: OpenDatabase, table: string) =>
    (await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)).rows;

  async function expectAllThere(opened: OpenDatabase): Promise<void> {
    for (const [table, row] of stored) expect(await rowsOf(opened, table), table).toContainEqual(expect.objectContaining(row));
  }

  it('keeps every row of the release before, and completes them', { timeout: 20_000 }, async () => {
    const where = await released(await open());
    const opened = await openDatabase(where);
    try {
      await expectAllThere(opened);
      const { db } = opened;
      const [faculty] = await db.selectFrom('faculty').selectAll().execute();
      expect(faculty).toMatchObject({ search_text: 'физика', external_id: null });
      expect(faculty?.sort_key).not.toBe('');
      expect(await db.selectFrom('student_group').select('search_text').executeTakeFirst()).toEqual({ search_text: 'а-21' });
      expect(await db.selectFrom('course').select('search_text').executeTakeFirst()).toEqual({ search_text: 'phy1 оптика' });
      const people = await db.selectFrom('person').select(['id', 'role_faculties', 'disabled_at']).orderBy('id').execute();
      expect(people).toEqual([
        { id: 'gone', role_faculties: '{}', disabled_at: expect.any(Number) },
        { id: 't', role_faculties: '{}', disabled_at: null },
      ]);
      expect(await new TimetableStore(db).find('l')).toMatchObject({ title: 'Толқындар', mode: 'online', marks: [], place: null, rules });
    } finally {
      await opened.close();
    }
  });

  it('is all or nothing: what stops in the middle goes on the next time', { timeout: 20_000 }, async () => {
    const where = await released(await open(), (db) => sql`create table push_device (id text)`.execute(db));
    await expect(openDatabase(where)).rejects.toThrow('could not be brought up to date');
    const repair = plain(where);
    await sql`drop table push_device`.execute(repair);
    await repair.destroy();
    const opened = await openDatabase(where);
    try {
      await expectAllThere(opened);
      expect(await rowsOf(opened, 'push_device')).toEqual([]);
    } finally {
      await opened.close();
    }
    // And once it is done, nothing is left to do.
    await (await openDatabase(where)).close();
  });
});
