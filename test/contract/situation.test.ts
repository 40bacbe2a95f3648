// What the situation centre's board keeps and reads, on both databases.
import { expect, it } from 'vitest';
import type { Trouble } from '../../server/contract/situation.ts';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { takenBack } from '../../server/situation/found.ts';
import { SituationLessons } from '../../server/situation/lessons.store.ts';
import { type KeptLesson, SituationStore } from '../../server/situation/situation.store.ts';
import { assistantId, endsAt, fillCampus, lessonId, startsAt, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const minuteMs = 60_000;
const kept: KeptLesson = {
  ...{ lessonId, watchedSince: startsAt - minuteMs, held: false, begunAt: null, endedAt: null, came: 0, expected: 5, ledBy: null },
};
const absent: Trouble = { kind: 'teacher-absent', since: startsAt, until: null, source: null };
const black: Trouble = { kind: 'black', since: startsAt + minuteMs, until: null, source: 'camera' };
const everybody = { facultyIds: 'every', teacherId: null } as const;

eachDatabase((_name, open) => {
  it('W9 what is written later takes the place of what was written before; what was none after all is gone', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new SituationStore(db);
    await store.write(
      [kept],
      [absent, black].map((trouble) => ({ lessonId, trouble })),
    );
    expect((await store.open()).map(({ trouble }) => trouble.kind).sort()).toEqual(['black', 'teacher-absent']);
    const until = startsAt + 7 * minuteMs;
    const later = [
      { lessonId, trouble: { ...absent, until } },
      { lessonId, trouble: takenBack(black) },
      { lessonId: 'gone', trouble: absent },
    ];
    await store.write([{ ...kept, held: true, begunAt: until, came: 3, ledBy: assistantId, watchedSince: until }], later);
    expect(await store.open()).toEqual([]);
    expect((await store.troublesOf([lessonId, 'gone'])).get(lessonId)).toEqual([{ ...absent, until }]);
    const [row] = await new SituationLessons(db).find([lessonId]);
    expect(row?.evidence.kept).toEqual({
      // From when on it was watched does not change.
      ...{ watchedSince: kept.watchedSince, held: true, begunAt: until, endedAt: null, came: 3, expected: 5 },
      ledBy: { id: assistantId, name: 'Name of assistant' },
    });
  });

  it('W11 W12 lessons are read by their time, for those who see them, with what is known of each', async () => {
    const { db } = await open();
    await fillCampus(db, { rules: { recording: 'always' } });
    await db
      .insertInto('place')
      .values({ id: 'p', external_id: null, sort_key: '', search_text: '', building: 'North', name: '101', capacity: null })
      .execute();
    const lessons = new SituationLessons(db);
    const count = async (
      ...[when, whose = everybody, narrowed = {}]: [Parameters<typeof lessons.list>[0], Parameters<typeof lessons.list>[1]?, object?]
    ) => (await lessons.list(when, whose, narrowed, 10)).length;
    const during = { touching: { from: startsAt, to: startsAt + 1 } };
    expect(await count(during)).toBe(1);
    expect(await count({ touching: { from: endsAt, to: endsAt + 1 } })).toBe(0);
    expect(await count({ from: startsAt, to: startsAt + 1 })).toBe(1);
    expect(await count({ from: startsAt + 1, to: endsAt })).toBe(0);
    expect(await count(during, { facultyIds: [], teacherId })).toBe(1);
    expect(await count(during, { facultyIds: ['faculty'], teacherId: 'x' })).toBe(1);
    expect(await count(during, { facultyIds: ['other'], teacherId: 'x' })).toBe(0);
    expect(await count(during, everybody, { building: '' })).toBe(1);
    await db
      .updateTable('lesson')
      .set({ place_id: 'p', extended_to: endsAt + minuteMs })
      .where('id', '=', lessonId)
      .execute();
    expect(await count(during, everybody, { building: 'North', facultyId: 'faculty', kind: 'laboratory' })).toBe(1);
    expect(await count(during, everybody, { building: 'South' })).toBe(0);
    const bytes = { directory: 'd', started_by: null, bytes: 0, ended_at: null, end_reason: null };
    await db
      .insertInto('recording')
      .values({ id: 'r', lesson_id: lessonId, state: 'recording', started_at: startsAt, ...bytes })
      .execute();
    const [found] = await lessons.list(during, 'everybody', {}, 10);
    expect(found?.lesson).toMatchObject({
      recordingDue: true,
      marks: [{ type: 'extended', from: endsAt }],
      place: { building: 'North', name: '101' },
    });
    expect(found?.evidence).toEqual({ kept: null, judged: null, isRecorded: true, isRecording: true });
    expect(await lessons.groupsOf([lessonId])).toEqual(new Map([[lessonId, ['PHY-21']]]));
    expect(await lessons.faculties()).toEqual([{ id: 'faculty', name: 'Physics' }]);
  });

  it('P12 P14 goes into the own data of who teaches, and away with the trace of the lesson', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new SituationStore(db);
    const privacy = new PrivacyStore(db, lockedPeople);
    await store.write([{ ...kept, ledBy: assistantId }], [{ lessonId, trouble: absent }]);
    expect(await privacy.troublesOf(teacherId)).toMatchObject([{ lesson_id: lessonId, kind: 'teacher-absent' }]);
    expect(await privacy.troublesOf(assistantId)).toHaveLength(1);
    expect(await privacy.removeSituations(endsAt, 10)).toBe(0);
    expect(await privacy.removeSituations(endsAt + 1, 10)).toBe(1);
    expect((await store.troublesOf([lessonId])).size).toBe(0);
    expect(await privacy.removeSituations(endsAt + 1, 10)).toBe(0);
  });
});
