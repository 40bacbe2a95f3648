// Marks, captions, notes and positions keep what they are given, alike on both databases.
import { expect, it } from 'vitest';
import { PersonId, RecordingId, RecordingMarkId, RecordingNoteId } from '../../server/contract/ids.ts';
import { CaptionsStore } from '../../server/recording/study/captions.store.ts';
import { MarksStore } from '../../server/recording/study/marks.store.ts';
import { NotesStore } from '../../server/recording/study/notes.store.ts';
import { fillCampus, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { eachDatabase, type Open } from './databases.ts';

const id = RecordingId.parse('recording');
const asel = studentId(1);
const note = (name: string, atMs: number, text = '') => ({ id: RecordingNoteId.parse(name), atMs, text, changedAt: startsAt });

async function stores(open: Open) {
  const { db } = await open();
  await fillCampus(db);
  for (const one of [id, 'other'])
    await db
      .insertInto('recording')
      .values({
        ...{ id: one, lesson_id: lessonId, state: 'ended', started_at: startsAt, ended_at: startsAt + 1000, end_reason: 'stopped' },
        ...{ directory: one, started_by: teacherId, bytes: 1 },
      })
      .execute();
  return { notes: new NotesStore(db), marks: new MarksStore(db), captions: new CaptionsStore(db) };
}

eachDatabase((_name, open) => {
  it('V66 notes are there once, in order of time, and each person’s own', async () => {
    const { notes } = await stores(open);
    await Promise.all([1, 2, 3].map((number) => notes.add(id, asel, note(`n${number}`, 5000, 'late'), 'client')));
    await notes.add(id, asel, note('early', 2 ** 40), 'far');
    await notes.add(id, studentId(2), note('others', 1), 'client');
    const kept = await notes.of(id, asel);
    expect(kept.map(({ atMs }) => atMs)).toEqual([5000, 2 ** 40]);
    expect(await notes.count(id, asel)).toBe(2);
    expect(await notes.of(RecordingId.parse('other'), asel)).toEqual([]);
    expect(await notes.remove(id, studentId(2), note('early', 0).id)).toBe(false);
    expect(await notes.remove(id, asel, note('early', 0).id)).toBe(true);
  });

  it('V67 of two positions the one that was saved later stays, in whatever order they arrive', async () => {
    const { notes } = await stores(open);
    expect(await notes.position(id, asel)).toBeUndefined();
    await notes.setPosition(id, asel, { atMs: 5000, savedAt: startsAt + 10 });
    await notes.setPosition(id, asel, { atMs: 1000, savedAt: startsAt });
    expect(await notes.position(id, asel)).toEqual({ atMs: 5000, savedAt: startsAt + 10 });
    await notes.setPosition(id, asel, { atMs: null, savedAt: startsAt + 10 });
    expect(await notes.position(id, asel)).toEqual({ atMs: null, savedAt: startsAt + 10 });
    expect(await notes.position(id, PersonId.parse('teacher'))).toBeUndefined();
  });

  it('V65 a mark that was removed is on no list, and cannot be changed or removed again', async () => {
    const { marks } = await stores(open);
    const mark = (name: string, atMs: number) => ({ id: RecordingMarkId.parse(name), kind: 'chapter' as const, atMs, text: 'Тарау' });
    await marks.add(id, mark('b', 9000), startsAt, teacherId);
    await marks.add(id, mark('a', 100), startsAt, teacherId);
    expect((await marks.of(id)).map(({ atMs }) => atMs)).toEqual([100, 9000]);
    expect(await marks.change(mark('b', 50))).toBe(true);
    expect(await marks.remove(mark('a', 0).id, startsAt)).toBe(true);
    expect(await marks.remove(mark('a', 0).id, startsAt)).toBe(false);
    expect(await marks.change(mark('a', 1))).toBe(false);
    expect(await marks.of(id)).toEqual([mark('b', 50)]);
    expect(await marks.find(RecordingId.parse('other'), mark('b', 0).id)).toBeUndefined();
    expect(await marks.recording(id)).toEqual({ name: 'Diffraction', startedAt: startsAt, endedAt: startsAt + 1000 });
  });

  it('V64 of two who write captions at once one is told that the other was faster', async () => {
    const { captions } = await stores(open);
    const track = (changedAt: number, text: string) => ({ language: 'kk' as const, cues: [{ fromMs: 0, toMs: 1, text }], changedAt });
    const first = await Promise.all(['a', 'b'].map((text, index) => captions.put(id, track(startsAt + index, text), teacherId, null)));
    expect(first.toSorted()).toEqual([false, true]);
    const at = (await captions.find(id, 'kk'))?.changedAt ?? 0;
    const next = await Promise.all(['c', 'd'].map((text, index) => captions.put(id, track(at + 1 + index, text), teacherId, at)));
    expect(next.toSorted()).toEqual([false, true]);
    expect(await captions.find(id, 'kk')).toMatchObject({ changedBy: 'Name of teacher' });
    expect(await captions.languages(id)).toEqual(['kk']);
    expect(await captions.remove(id, 'kk')).toBe(true);
    expect(await captions.find(id, 'kk')).toBeUndefined();
  });
});
