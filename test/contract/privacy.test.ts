// Every table that knows of persons is on the list of what is kept of them; and what is removed after its time, on both databases.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { holdings } from '../../server/privacy/holdings.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { cutoffs, isTimeToSweep } from '../../server/privacy/retention.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { assistantId, endsAt, fillCampus, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const HOUR = 3_600_000;
const zone = 'Asia/Almaty';
/** Columns that hold a person's id under another name. */
const namesOfPersons = ['person_id', 'teacher_id', 'by_id', 'started_by', 'owner_id'];
const elsewhere = new Map([
  ['chat_message', 'the messages are handed out and removed by themselves'],
  ['notification_event', 'tells what happened in a lesson; who is told stands in `notification`'],
]);

eachDatabase((_name, open) => {
  it('P12 no table about persons is forgotten', async () => {
    const { db } = await open();
    const listed = new Set(holdings.map(({ table }) => table));
    const tables = await db.introspection.getTables();
    const forgotten = tables
      .filter(({ columns }) => columns.some(({ name }) => namesOfPersons.includes(name)))
      .map(({ name }) => name)
      .filter((name) => !listed.has(name) && !elsewhere.has(name));
    expect(forgotten).toEqual([]);
    // Many people do many things with a recording: each of them is named in a column of its own.
    const pairs = new Set(holdings.map(({ table, personColumn }) => `${table}.${personColumn}`));
    const ofRecordings = tables
      .filter(({ name }) => name.startsWith('recording'))
      .flatMap(({ name, columns }) =>
        columns.filter((column) => /(_by|^person_id)$/.test(column.name)).map((column) => `${name}.${column.name}`),
      );
    expect(ofRecordings.length).toBeGreaterThan(10);
    expect(ofRecordings.filter((pair) => !pairs.has(pair))).toEqual([]);
    for (const { table, personColumn, columns } of holdings) {
      const known = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
      expect([table, known.includes(personColumn), columns.filter((column) => !known.includes(column))]).toEqual([table, true, []]);
    }
    // PostgreSQL takes its time to describe itself.
  }, 30_000);

  it('P13 anonymising takes away what is personal, and leaves the trace for the register', async () => {
    const { db } = await open();
    const store = new PrivacyStore(db, lockedPeople);
    await fillCampus(db);
    const id = studentId(1);
    const said = { lesson_id: lessonId, participant_id: 'p', name: 'Name of student1', at: startsAt, text: 'hello' };
    await db
      .insertInto('chat_message')
      .values({ ...said, id: 'm1', person_id: id, client_id: 'c1' })
      .execute();
    await db
      .insertInto('chat_message')
      .values({ ...said, id: 'm2', person_id: studentId(2), client_id: 'c2' })
      .execute();
    const seen = { lesson_id: lessonId, at: startsAt, kind: 'participant-joined', participant_id: null, connection_id: null, detail: '{}' };
    await db
      .insertInto('trace_entry')
      .values({ ...seen, seq: 1, person_id: id })
      .execute();
    await store.anonymise(id, { name: 'ID-1', signInName: `anonymous-${id}`, at: 7, chat: 'remove' });
    const { rows } = await sql<{ display_name: string; search_text: string; anonymised_at: number }>`
      select display_name, search_text, anonymised_at from person where id = ${id}`.execute(db);
    expect(rows).toMatchObject([{ display_name: 'ID-1', anonymised_at: 7 }]);
    expect(await store.chatOf(id)).toEqual([]);
    expect(await store.chatOf(studentId(2))).toHaveLength(1);
    expect(await db.selectFrom('trace_entry').selectAll().execute()).toHaveLength(1);
    await store.anonymise(studentId(2), { name: 'ID-2', signInName: 'anonymous-2', at: 7, chat: 'keep' });
    expect(await db.selectFrom('chat_message').select(['name', 'text']).execute()).toEqual([{ name: 'ID-2', text: 'hello' }]);
  });

  it('P13 the name is left nowhere but in the audit log, and that of a namesake stays', async () => {
    const { db } = await open();
    const store = new PrivacyStore(db, lockedPeople);
    await fillCampus(db);
    const name = 'Name of teacher';
    const on = { lesson_id: lessonId, at: startsAt };
    const change = { ...on, note: '', by_id: teacherId, by_name: name, change: '{}' };
    const names = { before: JSON.stringify({ teacher: name }), after: JSON.stringify({ teacher: 'Name of assistant' }) };
    await db
      .insertInto('lesson_change')
      .values({ ...change, ...names, id: 'change' })
      .execute();
    const planned = { teacher: { id: teacherId, name } };
    await db
      .updateTable('lesson')
      .set({ teacher_id: assistantId, by_hand: JSON.stringify(planned) })
      .where('id', '=', lessonId)
      .execute();
    const event = { ...on, type: 'lesson-moved', by_id: null, spread_at: null, audience: JSON.stringify({ fromId: teacherId }) };
    await db
      .insertInto('notification_event')
      .values([
        { ...event, id: 'e1', detail: JSON.stringify({ teacherName: name, note: '' }) },
        { ...event, id: 'e2', audience: '{}', detail: JSON.stringify({ teacherName: 'Name of assistant', note: '' }) },
      ])
      .execute();
    const sample = { how: 'changed', externalId: 'T-1', name, before: { email: 'old' }, after: { email: 'teacher@example.kz' } };
    const difference = [{ table: 'people', samples: [sample, { ...sample, externalId: 'T-2', name: 'Name of teacher two' }] }];
    await db.updateTable('person').set({ email: 'teacher@example.kz', external_id: 'T-1' }).where('id', '=', teacherId).execute();
    await db
      .insertInto('import_job')
      .values({
        ...{
          id: 'job',
          at: 1,
          by_id: teacherId,
          by_name: name,
          name: 'people.csv',
          source: 'file',
          format: 'csv',
          state: 'done',
          bytes: 1,
        },
        ...{ summary: JSON.stringify({ difference, options: {} }), finished_at: 2 },
        faults: JSON.stringify({ total: 1, first: [{ sheet: null, line: 2, column: 'email', code: 'bad', value: name }] }),
      })
      .execute();
    const seen = { lessonId, at: startsAt, participantId: 'p', connectionId: null, personId: teacherId, detail: {}, personal: {} };
    const corrected = { verdict: 'late', from: 'present', by: teacherId };
    await new TraceStore(db).append([
      { ...seen, kind: 'participant-joined', detail: { role: 'teacher' }, personal: { name } },
      { ...seen, kind: 'connection-opened', personal: { device: 'Chrome', address: '192.0.2.7' } },
      { ...seen, personId: studentId(1), kind: 'register-corrected', detail: corrected, personal: { reason: 'overslept', byName: name } },
      { ...seen, personId: null, kind: 'register-signed', detail: { by: teacherId }, personal: { byName: name } },
    ]);
    await store.anonymise(teacherId, { name: 'ID-1', signInName: `anonymous-${teacherId}`, at: 7, chat: 'keep' });
    const left: string[] = [];
    for (const { name: table } of await db.introspection.getTables()) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(db);
      const text = JSON.stringify(rows).replaceAll('\\"', '"');
      if (/"Name of teacher"|teacher@example|"T-1"|192\.0\.2\.7/.test(text)) left.push(table);
    }
    expect(left).toEqual([]);
    expect((await new TraceStore(db).read(lessonId)).map(({ detail }) => detail)).toEqual([
      { role: 'teacher' },
      {},
      { ...corrected, reason: 'overslept' },
      { by: teacherId },
    ]);
    await store.anonymise(studentId(1), { name: 'ID-2', signInName: 'anonymous-2', at: 8, chat: 'keep' });
    expect((await new TraceStore(db).read(lessonId))[2]?.detail).toEqual(corrected);
    const { by_hand } = await db.selectFrom('lesson').select('by_hand').where('id', '=', lessonId).executeTakeFirstOrThrow();
    expect(JSON.parse(by_hand)).toEqual({ teacher: { id: teacherId, name: 'ID-1' } });
    expect(JSON.stringify(await db.selectFrom('import_job').select('summary').execute())).toContain('Name of teacher two');
    expect(JSON.stringify(await db.selectFrom('notification_event').select('detail').execute())).toContain('Name of assistant');
  }, 30_000);

  it('P14 messages and traces go in portions, the old ones only', async () => {
    const { db } = await open();
    const store = new PrivacyStore(db, lockedPeople);
    await fillCampus(db);
    const row = (number: number, at: number) => ({
      ...{ id: `m${number}`, lesson_id: lessonId, participant_id: 'p', person_id: studentId(1), name: 'n', text: 't' },
      ...{ client_id: `c${number}`, at },
    });
    await db
      .insertInto('chat_message')
      .values([row(1, 10), row(2, 20), row(3, 30), row(4, 40)])
      .execute();
    expect(await store.removeMessages(35, 2)).toBe(2);
    expect(await store.removeMessages(35, 2)).toBe(1);
    expect(await store.removeMessages(35, 2)).toBe(0);
    const seen = { lesson_id: lessonId, at: startsAt, kind: 'room-opened', participant_id: null, connection_id: null, detail: '{}' };
    await db
      .insertInto('trace_entry')
      .values({ ...seen, seq: 1, person_id: null })
      .execute();
    expect(await store.removeTraces(endsAt, 5, 7)).toBe(0);
    expect(await store.removeTraces(endsAt + 1, 5, 7)).toBe(1);
    expect(await store.removeTraces(endsAt + 1, 5, 7)).toBe(0);
  });
});

it('P14 years are counted by the calendar, and null keeps all', () => {
  const now = Date.parse('2029-03-01T00:00:00+05:00');
  const rules = { accountsDays: null, attendanceYears: 5, chatDays: 1, auditYears: null, connectionReportDays: 30, qualityDays: 30 };
  expect(cutoffs(rules, now, zone)).toEqual({
    ...{
      accounts: null,
      audit: null,
      chat: now - 24 * HOUR,
      ...{ connectionReports: now - 30 * 24 * HOUR, quality: now - 30 * 24 * HOUR },
      attendance: Date.parse('2024-03-01T00:00:00+05:00'),
    },
  });
});

it('P14 the server looks at night, and by day only after two days without', () => {
  const at = (text: string) => Date.parse(`${text}+05:00`);
  expect(isTimeToSweep(at('2026-09-08T03:10:00'), at('2026-09-07T03:05:00'), zone)).toBe(true);
  expect(isTimeToSweep(at('2026-09-08T04:10:00'), at('2026-09-08T03:10:00'), zone)).toBe(false);
  expect(isTimeToSweep(at('2026-09-08T12:00:00'), at('2026-09-07T03:05:00'), zone)).toBe(false);
  expect(isTimeToSweep(at('2026-09-09T12:00:00'), at('2026-09-07T03:05:00'), zone)).toBe(true);
  expect(isTimeToSweep(at('2026-09-09T12:00:00'), null, zone)).toBe(true);
});
