// Lessons follow their weekly patterns in the database: in small steps, once whoever asks, and with what was done by hand left alone.
import type { Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openLayout, readCalendar } from '../../server/app-layout.ts';
import type { Database } from '../../server/database/tables.ts';
import type { TimetableFact } from '../../server/facts.ts';
import { AudienceStore } from '../../server/notification/audience.store.ts';
import { heardOf, heardOfChange } from '../../server/notification/heard.ts';
import { LayoutService } from '../../server/timetable/layout.service.ts';
import { LayoutStore } from '../../server/timetable/layout.store.ts';
import { fillCampus, startsAt as now, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const timeZone = 'Asia/Almaty';

async function campus(db: Kysely<Database>, series = 1): Promise<void> {
  await fillCampus(db);
  await db.insertInto('academic_year').values({ id: 'year', name: '2026', starts_on: '2026-09-01', ends_on: '2027-06-30' }).execute();
  await db
    .insertInto('term')
    .values({ id: 'term', year_id: 'year', name: '1', starts_on: '2026-09-01', ends_on: '2026-12-13', external_id: null })
    .execute();
  await db
    .insertInto('student_group')
    .values([{ id: 'g2', faculty_id: 'faculty', name: 'PHY-22' }])
    .execute();
  await db
    .insertInto('series')
    .values(
      Array.from({ length: series }, (_, index) => ({
        ...{ id: `s${index}`, external_id: null, source: null, term_id: 'term', course_id: 'course', kind: 'seminar', title: 'Waves' },
        ...{ teacher_id: teacherId, place_id: null, mode: 'online', weekday: 3, weeks: '"every"', rules: null, removed_at: null },
        ...{ bell_schedule_id: null, bell_first: null, bell_last: null, clock_starts_at: '10:00', clock_ends_at: '10:50' },
        ...{ from_on: null, until_on: null, created_at: now },
      })),
    )
    .execute();
  await db
    .insertInto('series_group')
    .values(Array.from({ length: series }, (_, index) => ({ series_id: `s${index}`, group_id: 'group' })))
    .execute();
}

const lessonsOf = (db: Kysely<Database>, seriesId = 's0') =>
  db.selectFrom('lesson').selectAll().where('series_id', '=', seriesId).orderBy('occurrence').execute();
const mark = (db: Kysely<Database>, set: object = {}) =>
  db
    .updateTable('series')
    .set({ ...set, needs_layout: 1 })
    .execute();

eachDatabase((_name, open) => {
  async function begin(series = 1) {
    const { db } = await open();
    await campus(db, series);
    const facts: TimetableFact[] = [];
    const clock = new FakeClock(now);
    const layout = openLayout({ db, timeZone, clock, publish: (some) => void facts.push(...some) });
    return { db, facts, clock, layout };
  }

  describe('laying out', () => {
    it('makes the lessons of many patterns in small steps, tells how far it is, and nobody of what is new', async () => {
      const { db, facts, layout } = await begin(30);
      const progress: [number, number][] = [];
      const count = await layout.layOut({ onProgress: (done, total) => void progress.push([done, total]) });
      expect(count).toEqual({ series: 30, added: 30 * 14, changed: 0, removed: 0 });
      expect(progress).toEqual([
        [12, 30],
        [24, 30],
        [30, 30],
      ]);
      expect(facts).toEqual([]);
      const [first] = await lessonsOf(db, 's29');
      expect(first).toMatchObject({
        occurrence: '2026-09-09',
        starts_at: Date.parse('2026-09-09T10:00:00+05:00'),
        sequence: 0,
        by_hand: '{}',
      });
      expect(JSON.parse(first?.rules ?? '')).toMatchObject({ capacity: 100, recording: 'manual' });
    });

    it('does so many as it is asked to, and the others the next time', async () => {
      const { layout } = await begin(5);
      expect((await layout.layOut({ limit: 2 })).series).toBe(2);
      expect((await layout.layOut()).series).toBe(3);
      expect((await layout.layOut()).series).toBe(0);
    });

    it('twice changes no row, and two at once make each lesson once', async () => {
      const { db, layout, clock, facts } = await begin(20);
      const other = openLayout({ db, timeZone, clock });
      await Promise.all([layout.layOut(), other.layOut()]);
      const before = await db.selectFrom('lesson').selectAll().orderBy('id').execute();
      expect(before).toHaveLength(20 * 14 + 1);
      await mark(db);
      await layout.layOut();
      expect(await db.selectFrom('lesson').selectAll().orderBy('id').execute()).toEqual(before);
      expect(facts).toEqual([]);
    });

    it('that fails leaves nothing half done, and the patterns waiting', async () => {
      const { db, clock, layout } = await begin();
      const store = new LayoutStore(db, readCalendar);
      const faulty = new LayoutService({ store, timeZone, clock, newId: () => 'always-the-same', publish: () => undefined });
      await expect(faulty.layOut()).rejects.toThrow();
      expect(await lessonsOf(db)).toEqual([]);
      expect(await store.waiting()).toEqual(['s0']);
      expect((await layout.layOut()).added).toBe(14);
    });
  });

  describe('a lesson that is laid out', () => {
    it('follows its pattern, its people are told, and calendars see a higher sequence', async () => {
      const { db, layout, facts } = await begin();
      await layout.layOut();
      await db.insertInto('series_group').values({ series_id: 's0', group_id: 'g2' }).execute();
      await mark(db, { clock_starts_at: '11:00', clock_ends_at: '11:50' });
      expect(await layout.layOut()).toMatchObject({ changed: 14, added: 0, removed: 0 });
      const [first] = await lessonsOf(db);
      expect(first).toMatchObject({ starts_at: Date.parse('2026-09-09T11:00:00+05:00'), sequence: 1, changed_at: now });
      expect(facts.filter((fact) => fact.lessonId === first?.id)).toMatchObject([
        { type: 'lesson-moved', by: null, from: { startsAt: Date.parse('2026-09-09T10:00:00+05:00') } },
        { type: 'groups-changed', added: ['g2'], removed: [] },
      ]);
      const groups = await db
        .selectFrom('lesson_group')
        .select('group_id')
        .where('lesson_id', '=', first?.id ?? '')
        .execute();
      expect(groups.map((row) => row.group_id).sort()).toEqual(['g2', 'group']);
    });

    it('T11 keeps what its row says was changed by hand', async () => {
      const { db, layout } = await begin();
      await layout.layOut();
      const [first, second] = await lessonsOf(db);
      const elsewhere = Date.parse('2026-09-11T15:00:00+05:00');
      const byHand = JSON.stringify({ time: { startsAt: first?.starts_at, endsAt: first?.ends_at } });
      await db
        .updateTable('lesson')
        .set({ starts_at: elsewhere, ends_at: elsewhere + 3_000_000, by_hand: byHand })
        .where('id', '=', first?.id ?? '')
        .execute();
      await db
        .updateTable('lesson')
        .set({ cancelled: 1, by_hand: '{"cancelled":true}' })
        .where('id', '=', second?.id ?? '')
        .execute();
      await mark(db, { clock_starts_at: '12:00', clock_ends_at: '12:50', title: 'Light' });
      await layout.layOut();
      const [moved, cancelled, third] = await lessonsOf(db);
      expect(moved).toMatchObject({ id: first?.id, starts_at: elsewhere, title: 'Light', by_hand: byHand });
      expect(cancelled).toMatchObject({ id: second?.id, cancelled: 1, title: 'Waves', starts_at: second?.starts_at });
      expect(third).toMatchObject({ starts_at: Date.parse('2026-09-23T12:00:00+05:00') });
    });

    it('T10 that its pattern gives up is cancelled when it begins within 14 days, and held again when the pattern is back', async () => {
      const { db, layout, facts } = await begin();
      await layout.layOut();
      const before = await lessonsOf(db);
      const soon = before.slice(0, 2).map(({ id }) => id);
      await mark(db, { removed_at: now });
      expect(await layout.layOut()).toMatchObject({ changed: 2, removed: 12 });
      const cancelled = await lessonsOf(db);
      expect(cancelled.map((row) => [row.id, row.cancelled, row.ended_at, row.sequence])).toEqual(soon.map((id) => [id, 1, now, 1]));
      await mark(db);
      expect(await layout.layOut()).toMatchObject({ changed: 0, removed: 0 });
      await mark(db, { removed_at: null });
      expect(await layout.layOut()).toMatchObject({ changed: 2, added: 12 });
      const again = await lessonsOf(db);
      expect(again.map((row) => [row.occurrence, row.starts_at, row.cancelled, row.ended_at])).toEqual(
        before.map((row) => [row.occurrence, row.starts_at, 0, null]),
      );
      expect(again.slice(0, 2).map(({ id, sequence }) => [id, sequence])).toEqual(soon.map((id) => [id, 2]));
      expect(facts.map(({ type, lessonId }) => [type, lessonId])).toEqual([
        ...soon.map((id) => ['lesson-cancelled', id]),
        ...soon.map((id) => ['lesson-restored', id]),
      ]);
    });

    it('N5 whose news the server could not tell is found with the changes by hand when it starts again', async () => {
      const { db, layout, facts } = await begin();
      await layout.layOut();
      const [first] = await lessonsOf(db);
      if (first === undefined) throw new Error('There is no lesson');
      await mark(db, { clock_starts_at: '11:00', clock_ends_at: '11:50' });
      await layout.layOut();
      await mark(db, { removed_at: now });
      await layout.layOut();
      await mark(db, { removed_at: null });
      await layout.layOut();
      const rows = (await new AudienceStore(db).changesSince(now, 100)).filter((row) => row.lesson_id === first.id);
      const around = { startsAt: first.starts_at, endsAt: first.ends_at, plannedTeacher: null, groupId: () => null };
      const found = rows.map((row) => heardOfChange(row, around));
      const told = facts.filter(({ lessonId }) => lessonId === first.id).map(heardOf);
      expect(told.map(({ type }) => type)).toEqual(['lesson-moved', 'lesson-cancelled', 'lesson-restored']);
      for (const one of told) expect(found).toContainEqual(expect.objectContaining(one));
    });

    it('T14 far away changes without a word', async () => {
      const { db, layout, facts } = await begin();
      await layout.layOut();
      await mark(db, { clock_starts_at: '11:00', clock_ends_at: '11:50' });
      expect(await layout.layOut()).toMatchObject({ changed: 14 });
      expect(facts.map(({ lessonId }) => lessonId)).toEqual((await lessonsOf(db)).slice(0, 2).map(({ id }) => id));
    });

    it('T10 that its pattern gives up later on is cancelled when a room, a chat, a trace or a recording tells of it, else deleted', async () => {
      const { db, layout, facts } = await begin();
      await layout.layOut();
      const told = (await lessonsOf(db)).slice(4, 8).map(({ id }) => id);
      const [room = '', chat = '', trace = '', recording = ''] = told;
      await db.insertInto('room').values({ lesson_id: room, opened_at: 1, closed_at: 2, close_reason: null, state: '{}' }).execute();
      const message = { id: 'm', lesson_id: chat, participant_id: 'p', person_id: 'x', name: 'X', at: 1, text: '…', client_id: 'c' };
      await db.insertInto('chat_message').values(message).execute();
      const entry = { lesson_id: trace, seq: 1, at: 1, kind: 'room-opened', person_id: null, participant_id: null, connection_id: null };
      await db
        .insertInto('trace_entry')
        .values({ ...entry, detail: '{}' })
        .execute();
      const made = { id: 'r', lesson_id: recording, state: 'ready', started_at: 1, ended_at: 2, end_reason: null, directory: 'd' };
      await db
        .insertInto('recording')
        .values({ ...made, started_by: null, bytes: 0 })
        .execute();
      await mark(db, { removed_at: now });
      expect(await layout.layOut()).toMatchObject({ changed: 6, removed: 8 });
      expect((await lessonsOf(db)).slice(2).map((row) => [row.id, row.cancelled])).toEqual(told.map((id) => [id, 1]));
      expect(facts.map(({ type }) => type)).toEqual(['lesson-cancelled', 'lesson-cancelled']);
      await mark(db);
      expect(await layout.layOut()).toMatchObject({ changed: 0, removed: 0 });
    });
  });
});
