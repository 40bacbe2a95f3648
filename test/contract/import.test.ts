// Imports against each database: what a file would change, all or nothing, the same file twice, and what is gone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLayout, readCalendar } from '../../server/app-layout.ts';
import type { ImportTable, TableDifference } from '../../server/contract/import.ts';
import type { OpenDatabase } from '../../server/database/open.ts';
import { type ApplyResult, type Task, Work } from '../../server/import/work.ts';
import { asCsv, asJson, asXlsx, makeUniversity, type Row, type University, villageSize } from '../support/full-size-university.ts';
import { eachDatabase } from './databases.ts';

const now = Date.parse('2026-08-20T08:00:00+05:00');
const timeZone = 'Asia/Almaty';
const everything: Task['scope'] = { faculties: 'every', staff: true };
const village = makeUniversity(villageSize);
const HOUR_MS = 3_600_000;

eachDatabase((_name, open) => {
  let folder = '';
  let database: OpenDatabase;
  let work: Work;
  let number = 0;
  let first: ApplyResult;
  /** The tests follow one another in one village, as imports do; those that change it say what they leave behind. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'auditoria-import-'));
    database = await open();
    work = workOn(database);
    first = await apply(village);
  });
  const workOn = (opened: OpenDatabase) => new Work(opened, async (db) => (await readCalendar(db)).days);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function task(content: University | string | Buffer, more: Partial<Task> = {}): Promise<Task> {
    number += 1;
    const path = join(folder, String(number));
    await writeFile(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : asJson(content));
    return { path, name: 'u.json', source: 'Univer', table: null, course: null, scope: everything, now, timeZone, put: null, ...more };
  }
  const read = async (content: University | string | Buffer, more?: Partial<Task>) => work.read(await task(content, more));
  const apply = async (content: University | string | Buffer, withGone = false, more?: Partial<Task>) =>
    work.apply(await task(content, more), withGone);
  const of = (difference: readonly TableDifference[], table: ImportTable) => difference.find((one) => one.table === table);
  const totals = (difference: readonly TableDifference[]) =>
    difference.reduce((sum, one) => ({ new: sum.new + one.new, changed: sum.changed + one.changed, gone: sum.gone + one.gone }), {
      new: 0,
      changed: 0,
      gone: 0,
    });
  const count = async (table: 'person' | 'series' | 'lesson' | 'student_group') =>
    (await database.db.selectFrom(table).select('id').execute()).length;
  const rowsWith = (table: ImportTable, change: (rows: readonly Row[]) => readonly Row[]): University => ({
    ...village,
    [table]: change(village[table] ?? []),
  });
  const layOut = () => openLayout({ db: database.db, timeZone, clock: { now: () => now } }).layOut();

  it('I4 a whole university comes in from nothing, and the same file again changes nothing', async () => {
    expect(first.faults).toEqual([]);
    expect(of(first.difference, 'people')).toMatchObject({ new: 66, changed: 0, gone: 0, same: 0 });
    expect(await count('person')).toBe(66);
    expect(await count('series')).toBe(24);
    expect((await layOut()).added).toBeGreaterThan(200);
    const again = await read(village);
    expect(totals(again.difference)).toEqual({ new: 0, changed: 0, gone: 0 });
    expect(of(again.difference, 'series')?.same).toBe(24);
    const twice = await apply(village, true);
    expect(twice.applied).toBe(true);
    expect(await count('person')).toBe(66);
    expect((await layOut()).changed).toBe(0);
  });

  it('I4 the same university as a workbook or as CSV is the same', async () => {
    expect(totals((await read(await asXlsx(village), { name: 'u.xlsx' })).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
    for (const [name, bytes] of asCsv(village))
      expect(totals((await read(bytes, { name })).difference), name).toEqual({ new: 0, changed: 0, gone: 0 });
  });

  it('I5 the preview counts and shows what is new, changed and gone, before and after, and changes nothing', async () => {
    const people = village.people ?? [];
    const changed = rowsWith('people', (rows) => [
      ...rows.slice(0, -1).map((row, index) => (index === 10 ? { ...row, name: 'Жаңа Есім', groups: 'G2' } : row)),
      { id: 'S1000', name: 'Келген Студент', roles: 'студент', groups: 'G1' },
    ]);
    const { difference } = await read(changed);
    const found = of(difference, 'people');
    expect(found).toMatchObject({ new: 1, changed: 1, gone: 1, same: people.length - 2 });
    expect(found?.samples).toMatchObject([
      { how: 'new', externalId: 'S1000', name: 'Келген Студент', before: null, after: { groups: ['ТОП-21-1'] } },
      { how: 'changed', after: { name: 'Жаңа Есім', groups: ['ТОП-22-2'] }, before: { name: people[10]?.name } },
      { how: 'gone', externalId: people.at(-1)?.id, after: null },
    ]);
    expect(await count('person')).toBe(66);
  });

  it('I6 what is gone from its own source is gone, and only when that is wished; what another source brought stays', async () => {
    await apply({ groups: [{ id: 'other', faculty: 'F1', name: 'Басқа' }] }, true, { source: 'Other' });
    expect(await count('student_group')).toBe(7);
    const less = { people: (village.people ?? []).filter(({ id }) => id !== 'S5'), series: (village.series ?? []).slice(1) };
    expect(totals((await apply(less)).difference)).toMatchObject({ gone: 2 });
    const s5 = () =>
      database.db.selectFrom('person').select(['id', 'disabled', 'disabled_at']).where('external_id', '=', 'S5').executeTakeFirstOrThrow();
    expect((await s5()).disabled).toBe(0);
    const applied = await apply(less, true);
    expect(applied.disabledIds).toEqual([(await s5()).id]);
    expect(await s5()).toMatchObject({ disabled: 2, disabled_at: now });
    const removed = await database.db.selectFrom('series').select('external_id').where('removed_at', 'is not', null).execute();
    expect(removed).toEqual([{ external_id: 'L1' }]);
    expect(totals((await read(less)).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
    const back = await apply(village, true);
    expect(totals(back.difference)).toMatchObject({ new: 0, changed: 2, gone: 0 });
    expect(await s5()).toMatchObject({ disabled: 0, disabled_at: null });
  });

  it('I6 what something refers to stays, and is nobody’s from then on', async () => {
    const groups = (village.groups ?? []).slice(1);
    const before = await count('student_group');
    await apply({ groups }, true);
    expect(await count('student_group')).toBe(before);
    expect(totals((await read({ groups })).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
    expect(of((await apply({ groups: village.groups ?? [] })).difference, 'groups')).toMatchObject({ changed: 1, same: 5 });
  });

  it('I7 a fault in the middle of writing leaves everything as it was', async () => {
    const more = rowsWith('people', (rows) => [...rows, { id: 'S2000', name: 'Жаңа', roles: 'student', groups: '' }]);
    const job = await task({ ...more, series: [] });
    await expect(
      work.apply(job, true, () => {
        throw new Error('the disk is full');
      }),
    ).rejects.toThrow('the disk is full');
    expect(await count('person')).toBe(66);
    expect((await work.apply(job, true)).applied).toBe(true);
    expect(await count('person')).toBe(67);
    await apply(village, true);
  });

  it('I21 the preview tells what a file puts at the same time, with what other sources have brought, and it can be applied all the same', async () => {
    const twice = (village.series ?? []).slice(0, 1).map((row) => ({ ...row, id: 'Y1', title: 'Басқа' }));
    const { clashes, faults } = await read({ series: twice }, { source: 'Office' });
    expect(faults).toEqual([]);
    expect(clashes.list).toMatchObject([
      { over: [{ what: 'teacher' }, { what: 'group' }, {}, {}, {}], second: { externalId: 'L1', line: null } },
    ]);
    expect(clashes.list[0]?.first).toMatchObject({ table: 'series', externalId: 'Y1', line: 1, title: 'Басқа' });
    expect(clashes.total).toBe(1);
  });

  it.each<[string, University, object]>([
    [
      'a group that nothing has',
      { people: [{ id: 'X1', name: 'A B', roles: 'student', groups: 'G1, nowhere' }] },
      { sheet: 'people', line: 1, column: 'groups', code: 'reference-unknown', value: 'nowhere' },
    ],
    [
      'a role that an import does not give',
      { people: [{ id: 'X1', name: 'A B', roles: 'administrator' }] },
      { column: 'roles', code: 'value-bad' },
    ],
    [
      'a term that ends before it begins',
      { terms: [{ id: 't', year: '2026', name: 'T', startsOn: '2026-12-01', endsOn: '2026-09-01' }] },
      { column: 'endsOn', code: 'value-bad' },
    ],
    [
      'a term of decades, as by a slip',
      { terms: [{ id: 't', year: '2026', name: 'T', startsOn: '2026-09-01', endsOn: '2062-12-12' }] },
      { column: 'endsOn', code: 'value-bad', value: '2062-12-12' },
    ],
    [
      'bells that overlap',
      {
        bells: [
          { schedule: 'b', number: 1, startsAt: '08:00', endsAt: '09:00' },
          { schedule: 'b', number: 2, startsAt: '08:50', endsAt: '09:40' },
        ],
      },
      { line: 2, code: 'times-overlap' },
    ],
    ['a weekly lesson without a time', { series: [{ ...village.series?.[1], bell: '' }] }, { column: 'bell', code: 'value-missing' }],
    [
      'a weekly lesson by bell and by clock',
      { series: [{ ...village.series?.[1], startsAt: '08:00', endsAt: '09:00' }] },
      { code: 'value-missing' },
    ],
    [
      'a bell that does not ring',
      { series: [{ ...village.series?.[1], bell: 19 }] },
      { column: 'bell', code: 'reference-unknown', value: '19' },
    ],
    [
      'a week after the term',
      { series: [{ ...village.series?.[1], weeks: '1-40' }] },
      { column: 'weeks', code: 'outside-term', value: '16' },
    ],
    ['a day after the term', { series: [{ ...village.series?.[1], until: '2027-01-01' }] }, { column: 'until', code: 'outside-term' }],
    [
      'a lesson that ends before it begins',
      { lessons: [{ id: 'l', course: 'C1', kind: 'exam', teacher: 'T1', date: '2026-09-05', startsAt: '10:00', endsAt: '09:00' }] },
      { column: 'endsAt', code: 'value-bad' },
    ],
    [
      'a sign-in name that someone else has',
      { people: [{ id: 'X1', name: 'A B', roles: 'student', signInName: 's1' }] },
      { column: 'signInName', code: 'name-taken', value: 's1' },
    ],
  ])('I2 %s is a fault with its place, and nothing is changed', async (_what, file, fault) => {
    const result = await apply(file, true);
    expect(result.applied).toBe(false);
    expect(result.faults[0]).toMatchObject(fault);
    expect(totals((await read(village)).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
  });

  it('I8 an account that was made by hand is found by its external id, never by its address', async () => {
    const empty = await open();
    const person = { sort_key: '', search_text: '', language: null, password_hash: null, disabled: 0, created_at: now };
    await empty.db
      .insertInto('person')
      .values([
        { ...person, id: 'one', sign_in_name: 'one', display_name: 'One', email: 's1@univer.kz', roles: '["student"]' },
        { ...person, id: 'two', sign_in_name: 'two', display_name: 'Two', email: null, roles: '["student"]', external_id: 'S2' },
        {
          ...person,
          id: 'boss',
          sign_in_name: 'boss',
          display_name: 'Boss',
          email: 'boss@univer.kz',
          roles: '["administrator"]',
          external_id: 'S3',
        },
      ])
      .execute();
    await workOn(empty).apply(await task(village), false);
    const rows = await empty.db
      .selectFrom('person')
      .select(['id', 'email', 'external_id', 'source', 'roles'])
      .where('id', 'in', ['one', 'two', 'boss'])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { id: 'boss', email: 'boss@univer.kz', external_id: 'S3', source: null, roles: '["administrator"]' },
      { id: 'one', email: 's1@univer.kz', external_id: null, source: null, roles: '["student"]' },
      { id: 'two', email: 's2@univer.kz', external_id: 'S2', source: 'Univer', roles: '["student"]' },
    ]);
    expect(totals((await workOn(empty).read(await task(village))).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
  });

  it('I9 a coordinator changes the own faculty’s rows only; a whole file in which nothing else changes is no fault', async () => {
    const { id } = await database.db.selectFrom('faculty').select('id').where('external_id', '=', 'F1').executeTakeFirstOrThrow();
    const scope = { faculties: new Set([id]), staff: false };
    const change = (faculty: string) =>
      rowsWith('groups', (rows) => rows.map((row) => (row.faculty === faculty ? { ...row, name: `${row.name}a` } : row)));
    expect((await apply(change('F1'), true, { scope })).applied).toBe(true);
    const refused = await apply(change('F2'), true, { scope });
    expect(refused.applied).toBe(false);
    expect(refused.faults[0]).toMatchObject({ sheet: 'groups', code: 'not-your-faculty' });
    const own = await read({ groups: [], courses: (village.courses ?? []).slice(0, 1) }, { scope });
    expect(of(own.difference, 'courses')).toMatchObject({ gone: 3 });
    const staff = await read({ people: [{ id: 'T1', name: 'Басқа Аты', roles: 'teacher' }] }, { scope });
    expect(staff.faults).toMatchObject([{ code: 'not-allowed', value: 'T1' }]);
    const student = await read({ people: [{ id: 'S1', name: 'Жаңа Аты', roles: 'student', groups: 'G1' }] }, { scope });
    expect(student.faults).toEqual([]);
    await apply(village);
  });

  it('I10 a single lesson that was moved by hand keeps its time, and one that has begun stays as it is', async () => {
    const lesson = (id: string, date: string, startsAt: string, endsAt: string) => ({
      id,
      course: 'C1',
      kind: 'экзамен',
      teacher: 'T1',
      groups: 'G1',
      date,
      startsAt,
      endsAt,
    });
    const file = {
      lessons: [
        lesson('a', '2026-09-05', '09:00', '10:00'),
        lesson('b', '2026-09-06', '09:00', '10:00'),
        lesson('c', '2026-09-07', '09:00', '10:00'),
      ],
    };
    await apply(file);
    await database.db.updateTable('lesson').set({ by_hand: '{"time":{}}' }).where('external_id', '=', 'a').execute();
    const later = { lessons: [lesson('a', '2026-09-05', '11:00', '12:00'), lesson('b', '2026-09-06', '11:00', '12:00')] };
    const applied = await apply(later, true, { now: Date.parse('2026-09-05T00:00:00+05:00') });
    expect(of(applied.difference, 'lessons')).toMatchObject({ changed: 1, same: 1, gone: 1 });
    expect(applied.facts.map(({ type }) => type).sort()).toEqual(['lesson-cancelled', 'lesson-moved']);
    const rows = await database.db
      .selectFrom('lesson')
      .select(['external_id', 'starts_at', 'cancelled', 'sequence'])
      .where('source', '=', 'Univer')
      .orderBy('external_id')
      .execute();
    expect(rows).toEqual([
      { external_id: 'a', starts_at: Date.parse('2026-09-05T09:00:00+05:00'), cancelled: 0, sequence: 0 },
      { external_id: 'b', starts_at: Date.parse('2026-09-06T11:00:00+05:00'), cancelled: 0, sequence: 1 },
      { external_id: 'c', starts_at: Date.parse('2026-09-07T09:00:00+05:00'), cancelled: 1, sequence: 1 },
    ]);
    expect(totals((await read(later, { now: Date.parse('2026-09-08T00:00:00+05:00') })).difference)).toEqual({
      new: 0,
      changed: 0,
      gone: 0,
    });
  });

  it('I11 events of a calendar become lessons: course by code, teacher by an address that one teacher has, groups by name', async () => {
    const calendar = (extra: string) =>
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//x//y//EN',
        'BEGIN:VEVENT',
        'UID:one@x',
        'DTSTAMP:20260801T000000Z',
        'DTSTART;TZID=Asia/Almaty:20260907T090000',
        'DTEND;TZID=Asia/Almaty:20260907T095000',
        'RRULE:FREQ=WEEKLY;COUNT=3',
        extra,
        'ORGANIZER:mailto:t1@univer.kz',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n');
    const good = calendar('SUMMARY:KRS1001 лекция ТОП-21-1');
    const result = await apply(good, true, { name: 'plan.ics', source: 'Outlook' });
    expect(result.faults).toEqual([]);
    expect(of(result.difference, 'lessons')).toMatchObject({ new: 3 });
    expect(totals((await read(good, { name: 'plan.ics', source: 'Outlook' })).difference)).toEqual({ new: 0, changed: 0, gone: 0 });
    const groups = await database.db
      .selectFrom('lesson_group')
      .innerJoin('student_group', 'student_group.id', 'group_id')
      .innerJoin('lesson', 'lesson.id', 'lesson_id')
      .select('student_group.name')
      .where('lesson.source', '=', 'Outlook')
      .execute();
    expect(groups.map(({ name }) => name)).toEqual(['ТОП-21-1', 'ТОП-21-1', 'ТОП-21-1']);
    const unknown = await read(calendar('SUMMARY:Something'), { name: 'plan.ics', source: 'Outlook' });
    expect(unknown.faults).toMatchObject([{ line: 5, column: 'SUMMARY', code: 'reference-unknown', value: 'Something' }]);
    expect((await read(calendar('SUMMARY:Something'), { name: 'plan.ics', source: 'Outlook', course: 'KRS1001' })).faults).toEqual([]);
    await database.db.updateTable('person').set({ email: 'T1@univer.kz' }).where('external_id', '=', 'T2').execute();
    expect((await read(good, { name: 'plan.ics', source: 'Outlook' })).faults).toMatchObject([
      { column: 'ORGANIZER', code: 'reference-ambiguous' },
    ]);
  });

  it('I22 lessons of now and soon are told of whose groups or courses got other people, and no others', async () => {
    await apply(village);
    await layOut();
    const monday = Date.parse('2026-09-07T07:00:00+05:00');
    const lessonsOf = async (column: 'group' | 'course', ref: string) => {
      const rows = await database.db
        .selectFrom('lesson')
        .innerJoin('course', 'course.id', 'course_id')
        .leftJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
        .leftJoin('student_group', 'student_group.id', 'group_id')
        .select('lesson.id')
        .distinct()
        .where(column === 'group' ? 'student_group.external_id' : 'course.external_id', '=', ref)
        .where('starts_at', '>', monday - 15 * HOUR_MS)
        .where('starts_at', '<', monday + 24 * HOUR_MS)
        .execute();
      return rows.map(({ id }) => id).sort();
    };
    const told = async (file: University, withGone = false) => [...(await apply(file, withGone, { now: monday })).lessonIds].sort();
    const newcomer = { id: 'S3000', name: 'Жаңа Студент', roles: 'student' };
    const [one, two] = [await lessonsOf('group', 'G1'), await lessonsOf('group', 'G2')];
    expect(one.length).toBeGreaterThan(0);
    expect(await told({ people: [{ ...newcomer, groups: 'G1' }] })).toEqual(one);
    expect(await told({ people: [{ ...newcomer, name: 'Басқа Аты', groups: 'G1' }] })).toEqual([]);
    expect(await told({ people: [{ ...newcomer, groups: 'G2' }] })).toEqual([...new Set([...one, ...two])].sort());
    const course = await lessonsOf('course', 'C1');
    const enrolments = [{ course: 'C1', person: 'S3000', role: 'student' }];
    expect(course.length).toBeGreaterThan(0);
    expect(await told({ enrolments })).toEqual(course);
    expect(await told({ enrolments })).toEqual([]);
    const others = [{ course: 'C2', person: 'S1', role: 'student' }];
    expect(await told({ enrolments: others }, true)).toEqual([...course, ...(await lessonsOf('course', 'C2'))].sort());
  });

  it('I12 what follows from something else is laid out again: bells, terms, the groups of a stream', async () => {
    await apply(village);
    await layOut();
    await apply(rowsWith('bells', (rows) => rows.map((row) => (row.number === 1 ? { ...row, endsAt: '08:45' } : row))));
    expect((await layOut()).changed).toBeGreaterThan(0);
    await apply(rowsWith('streams', (rows) => rows.map((row) => ({ ...row, groups: 'G1' }))));
    expect((await layOut()).changed).toBeGreaterThan(0);
    expect((await layOut()).series).toBe(0);
  });
});
