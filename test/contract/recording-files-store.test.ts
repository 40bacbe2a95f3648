// The table of the files of recordings, and the keys that are wrapped anew, on both databases.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import { type LessonId, RecordingId } from '../../server/contract/ids.ts';
import { addLesson } from '../../server/recording/capture/testing/lesson-rows.ts';
import { FilesStore, type Place } from '../../server/recording/files/files.store.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { bytesOf, RecordedFiles } from '../support/recording-files.ts';
import { eachDatabase } from './databases.ts';

const names = (places: readonly { readonly id: string }[]) => places.map(({ id }) => id);
const file = (name: string, place: Place = 'local', sha256 = 'aa') => ({ name, bytes: 10, storedBytes: 12, sha256, place });

eachDatabase((_name, open) => {
  let db: Awaited<ReturnType<typeof open>>['db'];
  let store: FilesStore;
  let recordings: RecordingStore;
  let lessonId: LessonId;
  beforeEach(async () => {
    ({ db } = await open());
    store = new FilesStore(db);
    recordings = new RecordingStore(db);
    lessonId = await addLesson(db, 'class');
  });

  /** Ended then; null: it runs. */
  const add = async (name: string, endedAt: number | null = 2000, sealedKey: string | null = null) => {
    const id = RecordingId.parse(name);
    await recordings.add({ id, lessonId, startedAt: 1000, startedBy: null, directory: name, sealedKey });
    if (endedAt !== null) await recordings.end(id, endedAt, 'class-ended', 1);
  };

  it('V14 knows a file once, as it was put last, and what was made anew meanwhile is not moved', async () => {
    await add('one');
    await store.put('one', file('class.mp4'));
    await store.put('one', { ...file('class.mp4', 'local', 'bb'), bytes: 5_000_000_000, storedBytes: 5_000_000_012 });
    expect(await store.of('one')).toEqual([{ ...file('class.mp4', 'local', 'bb'), bytes: 5_000_000_000, storedBytes: 5_000_000_012 }]);
    await store.move('one', file('class.mp4', 'local', 'aa'), 'both');
    expect((await store.find('one', 'class.mp4'))?.place).toBe('local');
    await store.move('one', file('class.mp4', 'local', 'bb'), 'both');
    expect((await store.find('one', 'class.mp4'))?.place).toBe('both');
    await store.remove('one', 'class.mp4');
    expect(await store.find('one', 'class.mp4')).toBeUndefined();
  });

  it('V17 says what is to be carried, what may leave, and how much waits', async () => {
    for (const name of ['carried', 'here', 'half', 'broken', 'unsummed']) await add(name);
    await add('late', 9000);
    await add('running', null);
    for (const name of ['carried', 'late', 'half', 'broken']) await store.put(name, file('session.json', 'both'));
    await store.put('here', file('session.json'));
    await store.put('half', file('p0001.mp4'));
    await store.put('broken', file('p0001.mp4'));
    await store.fault('broken', 'p0001.mp4', 'changed');
    expect(names(await store.withBoth(5000))).toEqual(['carried']);
    expect(names(await store.withLocal()).sort()).toEqual(['half', 'here']);
    expect(names(await store.unsummed())).toEqual(['unsummed']);
    expect(names(await store.running())).toEqual(['running']);
    expect(await store.waitingBytes()).toBe(36);
  });

  it('V14 keeps what a check found until the next, and V18 has a broken copy carried anew', async () => {
    for (const name of ['one', 'two']) await add(name);
    await store.put('one', file('class.mp4', 'both'));
    await store.put('one', file('p0001.mp4', 'remote'));
    await store.put('two', file('p0001.mp4', 'local'));
    expect(await store.checkedAt()).toBeNull();
    const faults = { 'class.mp4': 'remote-changed', 'p0001.mp4': 'remote-missing', stranger: 'unknown' };
    await store.checked('one', 7000, new Map(Object.entries(faults)));
    expect(await store.broken()).toEqual(Object.entries(faults).map(([name, what]) => ({ recordingId: 'one', file: name, what })));
    expect((await store.of('one')).map(({ name, place }) => [name, place])).toEqual([
      ['class.mp4', 'local'],
      ['p0001.mp4', 'remote'],
    ]);
    expect(names(await store.withLocal()).sort()).toEqual(['one', 'two']);
    await store.checked('one', 8000, new Map());
    expect([await store.broken(), await store.checkedAt()]).toEqual([[], 8000]);
  });

  it('V11 a new key of the server wraps the keys of all recordings anew, and no file is touched', async () => {
    const world = await RecordedFiles.open(db, { encrypt: true });
    try {
      const recording = await world.record('one');
      await recording.fragment(randomBytes(3000));
      await recording.end();
      await world.opened.settled();
      await add('plain');
      const before = await readFile(`${world.root}/one/p0001.mp4`);
      const oldKeys = await readFile(world.keyFile, 'utf8');
      expect(await world.opened.rotateKey()).toBe(1);
      const sealedKey = (await recordings.find(RecordingId.parse('one')))?.sealedKey ?? '';
      expect(sealedKey).not.toBe(recording.place.sealedKey);
      expect((await readFile(`${world.root}/one/p0001.mp4`)).equals(before)).toBe(true);
      const read = async (key: string | null) =>
        bytesOf(await world.opened.files.of({ ...recording.place, sealedKey: key }).stream('p0001.mp4', 0, recording.media.length - 1));
      for (const key of [sealedKey, recording.place.sealedKey]) expect((await read(key)).equals(recording.media)).toBe(true);
      // With the old file of keys alone only what was wrapped by them opens.
      await writeFile(world.keyFile, oldKeys);
      await world.restart();
      await expect(read(sealedKey)).rejects.toThrow('recordings.key');
      expect((await read(recording.place.sealedKey)).equals(recording.media)).toBe(true);
    } finally {
      await world.close();
    }
  });

  it('V25 a key that was destroyed meanwhile does not come back by a new wrapping', async () => {
    await add('purged', 2000, 'wrapped');
    await db.updateTable('recording').set({ sealed_key: null }).where('id', '=', 'purged').execute();
    await store.setSealedKey('purged', 'wrapped', 'wrapped anew');
    expect((await recordings.find(RecordingId.parse('purged')))?.sealedKey).toBeNull();
  });
});
