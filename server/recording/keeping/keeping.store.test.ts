// What keeping writes and reads of recordings, on both databases.
import { beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../../test/contract/databases.ts';
import { PersonId } from '../../contract/ids.ts';
import { KeepingStore } from './keeping.store.ts';
import { KeptStore } from './kept.store.ts';
import { DAY, Rows } from './testing/kept-rows.ts';
import { UsageStore } from './usage.store.ts';

const now = 1_800_000_000_000;
const teacher = PersonId.parse('teacher-lecture');
const page = (show: 'kept' | 'archived' | 'held' | 'trash', search?: string) => ({
  show,
  page: 0,
  ...(search !== undefined && { search }),
});

eachDatabase((_name, open) => {
  let rows: Rows;
  let store: KeepingStore;
  let kept: KeptStore;
  let usage: UsageStore;
  beforeEach(async () => {
    const { db } = await open();
    rows = new Rows(db);
    store = new KeepingStore(db);
    kept = new KeptStore(db);
    usage = new UsageStore(db);
  });

  describe('the trash', () => {
    it('V23 takes what has ended, once, and gives it back', async () => {
      const id = await rows.add('one', now);
      expect(await store.trash(id, teacher, now + 1)).toBe(true);
      expect(await store.trash(id, null, now + 2)).toBe(false);
      expect(await rows.row(id)).toMatchObject({ trashed_at: now + 1, trashed_by: 'teacher-lecture' });
      expect(await store.restore(id, now + 3)).toBe(true);
      expect(await store.restore(id, now + 4)).toBe(false);
      expect(await rows.row(id)).toMatchObject({ trashed_at: null, trashed_by: null, restored_at: now + 3 });
    });

    it('V21 never takes what runs', async () => {
      const id = await rows.add('runs', null);
      expect(await store.trash(id, teacher, now)).toBe(false);
      expect(await store.archive(id, now)).toBe(false);
      expect(await store.due('lecture', 'delete', now * 2, 10)).toEqual([]);
    });

    it('V25 loses the key when a purge begins, and is afterwards out of reach', async () => {
      const id = await rows.add('one', now);
      expect(await store.beginPurge(id, now)).toBe(false);
      await store.trash(id, teacher, now);
      expect(await store.beginPurge(id, now + 1)).toBe(true);
      expect(await rows.row(id)).toMatchObject({ purging_at: now + 1, purged_at: null, sealed_key: null });
      for (const act of [
        store.restore(id, now),
        store.hold(id, teacher, 'why', now),
        store.trash(id, null, now),
        store.beginPurge(id, now),
      ])
        expect(await act).toBe(false);
    });

    it('V25 leaves nothing of a purged recording but its row and who watched it', async () => {
      const id = await rows.add('one', now);
      const other = await rows.add('two', now);
      for (const of of [id, other]) {
        const mark = {
          id: `mark-${of}`,
          recording_id: of,
          kind: 'important',
          at_ms: 1,
          text: '',
          made_at: now,
          made_by: teacher,
          removed_at: null,
        };
        await rows.db.insertInto('recording_mark').values(mark).execute();
        const file = {
          recording_id: of,
          name: 'p0001.mp4',
          bytes: 9,
          stored_bytes: 9,
          sha256: '',
          place: 'disk',
          checked_at: null,
          fault: null,
        };
        await rows.db.insertInto('recording_file').values(file).execute();
        const seen = { recording_id: of, person_id: 'teacher-lecture', parts: '[]', untold: '[]', live_ms: 0, first_at: now, last_at: now };
        await rows.db.insertInto('recording_viewing').values(seen).execute();
      }
      await store.trash(id, teacher, now);
      await store.beginPurge(id, now + 1);
      await store.endPurge(id, now + 2);
      expect(await rows.row(id)).toMatchObject({ purged_at: now + 2 });
      for (const [table, count] of [
        ['recording_mark', 1],
        ['recording_file', 1],
        ['recording_viewing', 2],
      ] as const)
        expect(await rows.db.selectFrom(table).select('recording_id').execute(), table).toHaveLength(count);
      expect((await store.purgedSince(now)).map((place) => place.directory)).toEqual(['one']);
      expect(await kept.find(id)).toBeUndefined();
    });
  });

  describe('a hold', () => {
    it('V22 keeps it from the trash, the archive and the purge', async () => {
      const id = await rows.add('one', now);
      expect(await store.hold(id, teacher, 'An appeal', now)).toBe(true);
      expect(await store.trash(id, null, now)).toBe(false);
      expect(await store.archive(id, now)).toBe(false);
      expect(await store.due('lecture', 'delete', now * 2, 10)).toEqual([]);
      expect(await store.release(id)).toBe(true);
      expect(await store.release(id)).toBe(false);
      await store.trash(id, teacher, now);
      await store.hold(id, teacher, 'An appeal', now);
      expect(await store.beginPurge(id, now)).toBe(false);
      expect(await store.toPurge(now * 2, 10)).toEqual([]);
    });
  });

  describe('what is due', () => {
    it('V21 is found by the kind of lesson, oldest first', async () => {
      await rows.add('young', now);
      await rows.add('old', now - 2 * DAY);
      await rows.add('older', now - 3 * DAY);
      await rows.add('seminar', now - 3 * DAY, { kind: 'seminar' });
      const ids = async (limit: number) => (await store.due('lecture', 'delete', now - DAY, limit)).map(({ id }) => id);
      expect(await ids(10)).toEqual(['older', 'old']);
      expect(await ids(1)).toEqual(['older']);
    });

    it('V24 counts from the moment when it was brought back', async () => {
      const id = await rows.add('one', now - 9 * DAY);
      await store.archive(id, now - 5 * DAY);
      expect(await store.due('lecture', 'archive', now, 10)).toEqual([]);
      expect(await store.bringBack(id, now)).toBe(true);
      expect(await store.due('lecture', 'archive', now - 1, 10)).toEqual([]);
      expect(await store.due('lecture', 'archive', now, 10)).toHaveLength(1);
    });

    it('V25 a purge that was begun is due at once, also before its days are over', async () => {
      const [begun, waits] = [await rows.add('begun', now), await rows.add('waits', now)];
      for (const id of [begun, waits]) await store.trash(id, teacher, now);
      await store.beginPurge(begun, now);
      expect(await store.toPurge(now - 1, 10)).toEqual([{ id: 'begun', name: 'Lesson', isBegun: true }]);
      expect(await store.toPurge(now, 10)).toHaveLength(2);
    });
  });

  describe('the list', () => {
    it('V27 shows what is kept, archived, held and thrown away, with who did it', async () => {
      const [one, two, three] = [await rows.add('one', now), await rows.add('two', now + 1), await rows.add('three', now + 2)];
      await rows.add('four', now + 3, { startedAt: now + 3 });
      await store.trash(one, teacher, now);
      await store.archive(two, now);
      await store.hold(three, teacher, 'An appeal', now);
      const ids = async (show: Parameters<typeof page>[0]) => (await kept.page(page(show))).rows.map(({ id }) => id);
      expect(await ids('kept')).toEqual(['four', 'three']);
      expect(await ids('archived')).toEqual(['two']);
      expect(await ids('held')).toEqual(['three']);
      expect(await ids('trash')).toEqual(['one']);
      expect(await kept.find(one)).toMatchObject({
        trash: { at: now, by: 'Teacher', purging: false },
        title: 'Lesson',
        courseTitle: 'Course',
      });
      expect(await kept.find(three)).toMatchObject({ hold: { by: 'Teacher', reason: 'An appeal' } });
    });

    it('V27 is searched by teacher and title, and paged without gap and double', async () => {
      for (let index = 0; index < 53; index++) await rows.add(`r${String(index).padStart(2, '0')}`, now + index);
      const first = await kept.page(page('kept', 'teacher'));
      const second = await kept.page({ ...page('kept', 'teacher'), page: 1 });
      expect([first.total, first.rows.length, second.rows.length]).toEqual([53, 50, 3]);
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(53);
      await rows.db.updateTable('recording').set({ title: 'Кіріспе 100%' }).where('id', '=', 'r07').execute();
      expect((await kept.page(page('kept', 'Кіріспе 100%'))).rows.map(({ id }) => id)).toEqual(['r07']);
      expect((await kept.page(page('kept', 'nobody'))).total).toBe(0);
    });
  });

  describe('the sums', () => {
    it('V27 count what was made of a recording, and not what is purged', async () => {
      const one = await rows.add('one', now - 20 * DAY, { bytes: 1000 });
      await rows.add('two', now - DAY, { bytes: 500 });
      await rows.add('three', now, { kind: 'seminar', bytes: 70 });
      await rows.add('gone', now, { bytes: 9 });
      await rows.db.updateTable('recording').set({ purged_at: now }).where('id', '=', 'gone').execute();
      for (const [name, bytes] of [
        ['p0001.mp4', 1000],
        ['class.mp4', 300],
      ] as const)
        await rows.db
          .insertInto('recording_file')
          .values({ recording_id: one, name, bytes, stored_bytes: bytes, sha256: '', place: 'disk', checked_at: null, fault: null })
          .execute();
      expect(await usage.endedBytes()).toBe(1870);
      const kinds = (await usage.byKind(now - 14 * DAY)).sort((a, b) => b.bytes - a.bytes);
      expect(kinds).toEqual([
        { kind: 'lecture', recordings: 2, bytes: 1800, newBytes: 509 },
        { kind: 'seminar', recordings: 1, bytes: 70, newBytes: 70 },
      ]);
      expect(await usage.firstAt()).toBe(now - 20 * DAY);
    });

    it('V26 say by the day what the rules and the trash will free', async () => {
      const trashed = await rows.add('trashed', now, { bytes: 5 });
      const held = await rows.add('held', now, { bytes: 7 });
      await rows.add('one', now, { bytes: 11 });
      await rows.add('two', now + 1, { bytes: 13 });
      await store.trash(trashed, teacher, now);
      await store.hold(held, teacher, 'why', now);
      const day = Math.floor(now / DAY) * DAY;
      expect(await usage.aging()).toEqual([{ kind: 'lecture', from: day, bytes: 24 }]);
      expect(await usage.inTrash()).toEqual([{ since: day, bytes: 5 }]);
      expect(await usage.trashBytes()).toBe(5);
    });
  });
});
