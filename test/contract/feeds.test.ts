// The stores behind calendar feeds and printed weeks, on each database.
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { FeedId } from '../../server/contract/feeds.ts';
import { GroupId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import { FeedStore } from '../../server/feeds/feed.store.ts';
import { AgendaStore } from '../../server/timetable/agenda.store.ts';
import { assistantId, endsAt, fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const groupId = GroupId.parse('group');
const around = { from: startsAt - 1000, to: endsAt + 1000 };

eachDatabase((_name, open) => {
  let db: Kysely<Database>;
  let agenda: AgendaStore;
  beforeAll(async () => {
    ({ db } = await open());
    await fillCampus(db);
    agenda = new AgendaStore(db);
    await db.insertInto('place').values({ id: 'place', building: '3-корпус', name: '214', sort_key: '214', search_text: '214' }).execute();
    await db.insertInto('student_group').values({ id: 'second', faculty_id: 'faculty', name: 'Ә-2' }).execute();
    await db.insertInto('lesson_group').values({ lesson_id: lessonId, group_id: 'second' }).execute();
    await db
      .insertInto('group_member')
      .values({ group_id: 'second', person_id: studentId(1) })
      .execute();
    await db
      .insertInto('enrolment')
      .values({ course_id: 'course', person_id: studentId(1), role: 'student' })
      .execute();
    await db.updateTable('lesson').set({ place_id: 'place', mode: 'hybrid', note: 'Жаңа орын', sequence: 4, changed_at: 77 }).execute();
  });

  const idsOf = async (...asked: Parameters<AgendaStore['lessons']>) => (await agenda.lessons(...asked)).map(({ id }) => id);

  describe('the agenda', () => {
    it('has a lesson once, however many ways lead to it, with all that is said of it', async () => {
      expect(await agenda.lessons({ personId: studentId(1) }, around, 10)).toEqual([
        {
          ...{ id: lessonId, title: 'Diffraction', courseTitle: 'Optics', kind: 'laboratory', teacherName: 'Name of teacher' },
          ...{ groups: expect.arrayContaining(['PHY-21', 'Ә-2']), startsAt, endsAt, cancelled: false },
          ...{ place: { name: '214', building: '3-корпус' }, mode: 'hybrid', note: 'Жаңа орын', sequence: 4, changedAt: 77 },
        },
      ]);
    });

    it('has the lessons that one teaches, assists or belongs to, and no others', async () => {
      for (const personId of [teacherId, assistantId, studentId(2)])
        expect(await idsOf({ personId }, around, 10), personId).toEqual([lessonId]);
      expect(await idsOf({ personId: strangerId }, around, 10)).toEqual([]);
      expect(await idsOf({ groupId }, around, 10)).toEqual([lessonId]);
      expect(await idsOf({ groupId: GroupId.parse('nowhere') }, around, 10)).toEqual([]);
      expect(await idsOf({ teacherId }, around, 10)).toEqual([lessonId]);
      // An assistant's week as a teacher is empty: the lesson is another's.
      expect(await idsOf({ teacherId: assistantId }, around, 10)).toEqual([]);
    });

    it('has what touches the span, with the longer end of a lesson that was extended', async () => {
      const of = { teacherId };
      expect(await idsOf(of, { from: endsAt, to: endsAt + 1 }, 10)).toEqual([]);
      expect(await idsOf(of, { from: endsAt - 1, to: endsAt }, 10)).toEqual([lessonId]);
      expect(await idsOf(of, { from: 0, to: startsAt }, 10)).toEqual([]);
      await db
        .updateTable('lesson')
        .set({ extended_to: endsAt + 1000 })
        .execute();
      expect(await idsOf(of, { from: endsAt, to: endsAt + 1 }, 10)).toEqual([lessonId]);
    });

    it('knows who is in a group and who teaches it now', async () => {
      expect(await agenda.belongs(studentId(2), groupId, around)).toBe(true);
      expect(await agenda.belongs(teacherId, groupId, around)).toBe(true);
      expect(await agenda.belongs(assistantId, groupId, around)).toBe(false);
      expect(await agenda.belongs(teacherId, groupId, { from: endsAt, to: endsAt + 1000 })).toBe(false);
      await db.updateTable('lesson').set({ cancelled: 1 }).execute();
      expect(await agenda.belongs(teacherId, groupId, around)).toBe(false);
      expect(await agenda.group('group')).toEqual({ id: 'group', name: 'PHY-21', facultyId: 'faculty' });
      expect(await agenda.group('nowhere')).toBeNull();
    });
  });

  describe('the feeds', () => {
    const feed = (id: string, createdAt: number) => ({
      ...({ id: FeedId.parse(id), of: 'group', ofId: 'group', language: 'kk', createdBy: teacherId, createdAt, lastReadAt: null } as const),
    });

    it('are found by the hash of their token, listed newest first, and gone when they are removed', async () => {
      const store = new FeedStore(db);
      await store.add(feed('one', 1), { token: 'token-1', hash: 'hash-1' });
      await store.add(feed('two', 2), { token: 'token-2', hash: 'hash-2' });
      await expect(store.add(feed('three', 3), { token: 'token-2', hash: 'hash-2' })).rejects.toThrow();
      expect(await store.byTokenHash('hash-1')).toMatchObject(feed('one', 1));
      expect(await store.byTokenHash('token-1')).toBeNull();
      expect((await store.madeBy(teacherId)).map(({ id, token }) => [id, token])).toEqual([
        ['two', 'token-2'],
        ['one', 'token-1'],
      ]);
      expect(await store.madeBy(strangerId)).toEqual([]);
      await store.setLanguage(FeedId.parse('one'), 'ru');
      await store.wasRead(FeedId.parse('one'), 99);
      expect(await store.byTokenHash('hash-1')).toMatchObject({ language: 'ru', lastReadAt: 99 });
      await store.remove(FeedId.parse('one'));
      expect(await store.byTokenHash('hash-1')).toBeNull();
    });
  });
});
