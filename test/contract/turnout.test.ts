// Who came to earlier lessons, added up by each database alike.
import { expect, it } from 'vitest';
import { TurnoutStore } from '../../server/attendance/turnout.store.ts';
import { fillCampus, lessonId, startsAt, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const day = 24 * 3_600_000;

eachDatabase((_name, open) => {
  it('B14 counts those who were there, late or not, of all who were expected; by course, kind and group, since a day', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new TurnoutStore(db);
    const tally = { present: 10, late: 2, left_early: 1, absent: 4, excused: 2, asynchronous: 1, minutes: 500 };
    const add = async (id: string, kind: string, starts: number, held = 1) => {
      const [lesson] = await db.selectFrom('lesson').selectAll().where('id', '=', lessonId).execute();
      if (lesson === undefined) throw new Error('There is no lesson');
      await db
        .insertInto('lesson')
        .values({ ...lesson, id, kind, starts_at: starts, ends_at: starts + day / 24 })
        .execute();
      await db
        .insertInto('attendance_lesson')
        .values({
          ...{
            lesson_id: id,
            course_id: 'course',
            faculty_id: 'faculty',
            teacher_id: teacherId,
            kind,
            starts_at: starts,
            judged_at: starts,
            held,
          },
          ...{ delay_minutes: 0, taught_minutes: 50, planned_minutes: 50, signed_at: null, signed_by: null, ...tally },
        })
        .execute();
      await db
        .insertInto('attendance_result_group')
        .values({ lesson_id: id, group_id: 'group', starts_at: starts, ...tally })
        .execute();
    };
    await add('one', 'lecture', startsAt - 7 * day);
    await add('two', 'lecture', startsAt - 14 * day);
    await add('three', 'seminar', startsAt - 7 * day);
    await add('long ago', 'lecture', startsAt - 90 * day);
    await add('not held', 'lecture', startsAt - 7 * day, 0);
    const since = startsAt - 60 * day;
    const rows = await store.ofCourses(['course', 'unknown'], since);
    expect(rows.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { courseId: 'course', kind: 'lecture', came: 26, expected: 40 },
      { courseId: 'course', kind: 'seminar', came: 13, expected: 20 },
    ]);
    expect(await store.ofGroups(['group', 'unknown'], since)).toEqual(new Map([['group', { came: 39, expected: 60 }]]));
    expect(await store.ofCourses([], since)).toEqual([]);
  });
});
