// What clashes with what, found by each database alike.
import { describe, expect, it } from 'vitest';
import { findConflicts } from '../../server/timetable/conflicts.store.ts';
import type { Wanted } from '../../server/timetable/conflicts.ts';
import { endsAt, fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    await db
      .insertInto('place')
      .values({ id: 'hall', building: 'Main', name: '101', capacity: 30, external_id: null, sort_key: '', search_text: '' })
      .execute();
    await db.updateTable('lesson').set({ place_id: 'hall' }).where('id', '=', lessonId).execute();
    await db.insertInto('student_group').values({ id: 'other', faculty_id: 'faculty', name: 'PHY-22' }).execute();
    return db;
  }
  const free: Wanted = { teacherId: strangerId, groupIds: ['other'], placeId: null, startsAt, endsAt };

  describe('C3 two lessons at once clash', () => {
    it.each([
      ['over their teacher', { teacherId }, ['teacher', `Name of ${teacherId}`]],
      ['over a group', { groupIds: ['other', 'group'] }, ['group', 'PHY-21']],
      ['over the place', { placeId: 'hall' }, ['place', 'Main, 101']],
    ] as const)('%s', async (_what, change, [over, called]) => {
      const db = await begin();
      const { conflicts, total } = await findConflicts(db, [{ ...free, ...change }]);
      expect(total).toBe(1);
      expect(conflicts).toEqual([
        {
          over,
          name: called,
          startsAt,
          endsAt,
          lesson: {
            id: lessonId,
            title: 'Diffraction',
            courseTitle: 'Optics',
            teacherName: `Name of ${teacherId}`,
            groups: ['PHY-21'],
            startsAt,
            endsAt,
          },
        },
      ]);
    });

    it('but not when they share nothing, nor over an assistant or a student', async () => {
      const db = await begin();
      expect(await findConflicts(db, [free, { ...free, teacherId: studentId(1) }])).toEqual({ conflicts: [], total: 0 });
    });

    it('also for a stream of hundreds of groups through a whole year', async () => {
      const db = await begin();
      const groupIds = ['group', ...Array.from({ length: 1200 }, (_, index) => `g${index}`)];
      const wanted = Array.from({ length: 60 }, (_, week) => ({
        ...{ ...free, teacherId, groupIds, startsAt: startsAt + week * 7 * 24 * 60 * minute, endsAt: endsAt + week * 7 * 24 * 60 * minute },
      }));
      expect((await findConflicts(db, wanted)).conflicts.map(({ over, name }) => [over, name])).toEqual([
        ['group', 'PHY-21'],
        ['teacher', `Name of ${teacherId}`],
      ]);
    });

    const wish: Wanted = { ...free, teacherId, groupIds: ['group'], placeId: 'hall' };
    it.each([
      ['end when the other begins', { startsAt: startsAt - 50 * minute, endsAt: startsAt }, 0],
      ['end a moment later', { startsAt: startsAt - 50 * minute, endsAt: startsAt + 1 }, 3],
      ['begin when the other ends', { startsAt: endsAt, endsAt: endsAt + 50 * minute }, 0],
      ['begin a moment earlier', { startsAt: endsAt - 1, endsAt: endsAt + 50 * minute }, 3],
      ['lie within the other', { startsAt: startsAt + 10 * minute, endsAt: startsAt + 20 * minute }, 3],
      ['hold the other', { startsAt: startsAt - 60 * minute, endsAt: endsAt + 60 * minute }, 3],
    ] as const)('lessons that %s', async (_what, span, total) => {
      const db = await begin();
      expect((await findConflicts(db, [{ ...wish, ...span }])).total).toBe(total);
    });

    it('not with a cancelled lesson, nor with itself, nor with one of its own weekly pattern', async () => {
      const db = await begin();
      expect((await findConflicts(db, [{ ...wish, exceptLessonIds: [lessonId] }])).total).toBe(0);
      expect((await findConflicts(db, [{ ...wish, exceptSeriesId: 'weekly' }])).total).toBe(3);
      await db.updateTable('lesson').set({ cancelled: 1 }).where('id', '=', lessonId).execute();
      expect((await findConflicts(db, [wish])).total).toBe(0);
    });

    it('to the end that holds: a later one by an extension, an earlier one when it was ended for all', async () => {
      const db = await begin();
      const after = { ...wish, startsAt: endsAt, endsAt: endsAt + 50 * minute };
      await db
        .updateTable('lesson')
        .set({ extended_to: endsAt + 20 * minute })
        .where('id', '=', lessonId)
        .execute();
      const { conflicts } = await findConflicts(db, [after]);
      expect(conflicts.map(({ lesson }) => lesson.endsAt)).toEqual(Array(3).fill(endsAt + 20 * minute));
      await db
        .updateTable('lesson')
        .set({ ended_at: endsAt - 5 * minute })
        .where('id', '=', lessonId)
        .execute();
      expect((await findConflicts(db, [after])).total).toBe(0);
    });

    it('by the time that is wanted, at most fifty of them, and the total tells of the rest', async () => {
      const db = await begin();
      const many = Array.from({ length: 120 }, (_, index) => ({ ...wish, startsAt: startsAt + (119 - index), endsAt: endsAt + 1000 }));
      const { conflicts, total } = await findConflicts(db, many);
      expect(total).toBe(360);
      expect(conflicts).toHaveLength(50);
      expect(conflicts[0]?.startsAt).toBe(startsAt);
    });

    it('never when nothing is wanted', async () => {
      expect(await findConflicts(await begin(), [])).toEqual({ conflicts: [], total: 0 });
    });
  });
});
