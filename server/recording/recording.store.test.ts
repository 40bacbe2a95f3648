// The table of recordings, on both databases.

import { beforeEach, expect, it } from 'vitest';
import { eachDatabase } from '../../test/contract/databases.ts';
import { type LessonId, PersonId, RecordingId } from '../contract/ids.ts';
import { addLesson } from './capture/testing/lesson-rows.ts';
import { RecordingStore } from './recording.store.ts';

const id = (name: string) => RecordingId.parse(name);

eachDatabase((_name, open) => {
  let store: RecordingStore;
  let lessonId: LessonId;
  beforeEach(async () => {
    const { db } = await open();
    store = new RecordingStore(db);
    lessonId = await addLesson(db, 'lesson');
    for (const [name, startedAt] of [
      ['first', 1_800_000_000_000],
      ['second', 1_800_000_900_000],
    ] as const) {
      await store.add({ id: id(name), lessonId, startedAt, startedBy: PersonId.parse('teacher'), directory: name });
    }
  });

  it('finds what was added, newest first in its lesson', async () => {
    expect(await store.find(id('first'))).toEqual({
      id: 'first',
      lessonId,
      title: null,
      state: 'recording',
      startedAt: 1_800_000_000_000,
      endedAt: null,
      endReason: null,
      startedBy: 'teacher',
      bytes: 0,
      directory: 'first',
      hidden: false,
      visibleFrom: null,
      visibleUntil: null,
      audience: 'lesson',
      download: true,
      edition: 0,
      trashedAt: null,
      trashedBy: null,
      purgedAt: null,
      archivedAt: null,
      hold: null,
      sealedKey: null,
    });
    expect((await store.ofLesson(lessonId)).map((one) => one.id)).toEqual(['second', 'first']);
    expect(await store.find(id('none'))).toBeUndefined();
  });

  it('keeps the first ending of a recording, whatever comes later', async () => {
    await store.setState(id('first'), 'paused');
    await store.end(id('first'), 1_800_000_100_000, 'class-ended', 3_000_000_000);
    await store.end(id('first'), 1_800_000_200_000, 'crash', 1);
    await store.setState(id('first'), 'recording');
    expect(await store.find(id('first'))).toMatchObject({
      state: 'ended',
      endedAt: 1_800_000_100_000,
      endReason: 'class-ended',
      bytes: 3_000_000_000,
    });
    expect((await store.unended()).map((one) => one.id)).toEqual(['second']);
  });
});
