// Signing the trace by the calendar: each day once, in order, by keys that are endorsed; and what was there before there were chains.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { chainOldEntries } from '../../server/database/migrations/0007-chain.ts';
import type { Database } from '../../server/database/tables.ts';
import { keyIdOf } from '../../server/trace/heads.ts';
import { verifyBundle } from '../../server/trace/verify-bundle.ts';
import { fillCampus, lessonId, startsAt } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { comes, days, otherLesson, Traced } from '../support/traced.ts';
import { eachDatabase } from './databases.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    return Traced.open(db);
  }

  describe('the head of a day', () => {
    it('E3 is made two minutes after midnight in the university’s time zone, by itself', async () => {
      const traced = await begin();
      await traced.sealing.start();
      expect((await traced.heads.newest(0, 9)).map(({ day, number }) => [day, number])).toEqual([['2026-09-06', 1]]);
      await traced.trace.append(comes('a', startsAt));
      // Eight in the morning: sixteen hours are left of the day.
      traced.clock.advance(16 * hourMs + minuteMs);
      await traced.sealing.close();
      expect(await traced.heads.countHeads()).toBe(1);
      const after = traced.sealingAnew();
      await after.start();
      traced.clock.advance(minuteMs);
      await after.close();
      expect(await traced.heads.newest(0, 1)).toMatchObject([{ day: days[0], number: 2, lessons: 1 }]);
      await traced.close();
    });

    it('E3 is made for every day that was missed, and says nothing twice', async () => {
      const traced = await begin();
      await traced.trace.append(comes('a', startsAt));
      await traced.nextDay(5);
      await traced.sealingAnew().seal();
      const heads = await traced.heads.heads(1, 9);
      expect(heads.map(({ day, number, lessons }) => [day, number, lessons])).toEqual([['2026-09-11', 1, 1]]);
      await traced.trace.append(comes('b', startsAt));
      await traced.nextDay(3);
      expect((await traced.heads.heads(2, 9)).map(({ day, number, lessons }) => [day, number, lessons])).toEqual([
        ['2026-09-12', 2, 1],
        ['2026-09-13', 3, 0],
        ['2026-09-14', 4, 0],
      ]);
      expect(await traced.proofs.all()).toMatchObject({ ok: true, days: 4, unsealed: 0 });
      await traced.close();
    });

    it('E3 is made once when two would make it at the same time', async () => {
      const traced = await begin();
      await traced.fill();
      traced.clock.advance(24 * hourMs);
      const made = await Promise.all([traced.sealing.seal(), traced.sealing.seal(), traced.sealing.seal()]);
      expect(made.flat()).toHaveLength(1);
      expect((await traced.proofs.order()).ok).toBe(true);
      await traced.close();
    });

    it('E3 holds whatever is appended to all its lessons while it is made', async () => {
      const traced = await begin();
      await traced.fill();
      traced.clock.advance(24 * hourMs);
      const appends = Array.from({ length: 40 }, (_, index) =>
        traced.trace.append([...comes(`x${index}`, startsAt, otherLesson), ...comes(`x${index}`, startsAt)]),
      );
      await Promise.all([traced.sealing.seal(), ...appends]);
      expect(await traced.proofs.all()).toMatchObject({ ok: true, faults: [] });
      await traced.nextDay();
      expect(await traced.proofs.all()).toMatchObject({ ok: true, unsealed: 0 });
      await traced.close();
    });

    it('E3 E4 holds also when it is made while a lesson is proven', async () => {
      const traced = await begin();
      await traced.fill();
      const { heads } = traced;
      const leavesOf = heads.leavesOf.bind(heads);
      heads.leavesOf = async (id) => {
        heads.leavesOf = leavesOf;
        const found = await leavesOf(id);
        await traced.nextDay();
        return found;
      };
      expect(await traced.proofs.lesson(lessonId)).toMatchObject({ ok: true, faults: [], entries: 14 });
      await traced.close();
    });
  });

  describe('the keys', () => {
    it('E5 lead back to the first one, over every change', async () => {
      const traced = await begin();
      await traced.fill();
      for (let change = 0; change < 3; change += 1) {
        await traced.sealing.rotate();
        await traced.nextDay();
      }
      const keys = await traced.heads.keys();
      expect(keys.map(({ endorsedBy }) => endorsedBy)).toEqual([null, ...keys.slice(0, 3).map(({ id }) => id)]);
      expect(await traced.proofs.order()).toMatchObject({ ok: true, days: 6 });
      expect(await verifyBundle(await traced.bundle(), { keys })).toMatchObject({ ok: true, faults: [] });
      await sql`update trace_key set endorsement = ${keys[3]?.endorsement} where id = ${keys[1]?.id}`.execute(traced.db);
      expect((await traced.proofs.order()).faults.map(({ kind }) => kind)).toEqual(['key-unknown', 'key-unknown', 'key-unknown']);
      await traced.close();
    });

    it('E5 whose private part is lost are replaced by one that nothing endorses, and proofs say so', async () => {
      const traced = await begin();
      await traced.fill();
      const [key] = await traced.heads.keys();
      await rm(join(traced.folder, 'trace', 'keys', `${key?.id}.pem`));
      await traced.nextDay();
      const [, strange] = await traced.heads.keys();
      const last = await traced.heads.last();
      expect((await traced.proofs.order()).faults).toEqual([{ kind: 'key-unknown', day: last?.day, keyId: strange?.id }]);
      await traced.close();
    });
  });

  describe('who can write to the database, and not to the data folder,', () => {
    const strange = { public_key: 'A'.repeat(43), created_at: 9e12, retired_at: null, endorsed_by: null, endorsement: null };

    it('E5 removes no file by the name of a key', async () => {
      const traced = await begin();
      await traced.fill();
      const path = join(traced.folder, 'server.pem');
      await writeFile(path, 'private');
      await traced.db
        .insertInto('trace_key')
        .values({ ...strange, id: '../../server', retired_at: 1 })
        .execute();
      await traced.nextDay();
      expect(await readFile(path, 'utf8')).toBe('private');
      await traced.close();
    });

    it('E5 neither makes the server throw its key away, nor has another published', async () => {
      const traced = await begin();
      await traced.fill();
      const [key] = await traced.heads.keys();
      await sql`update trace_key set retired_at = 1`.execute(traced.db);
      await traced.db
        .insertInto('trace_key')
        .values({ ...strange, id: keyIdOf(strange.public_key) })
        .execute();
      await traced.nextDay();
      expect(await traced.heads.last()).toMatchObject({ keyId: key?.id });
      expect((await traced.proofs.keys()).map(({ id }) => id)).toEqual([key?.id]);
      expect((await traced.proofs.order()).ok).toBe(true);
      await traced.close();
    });
  });

  it('E5 keys lead back to the first one also when the clock was wrong at first', async () => {
    const traced = await begin();
    await traced.fill();
    const [first] = await traced.heads.keys();
    await traced.sealingAnew(new FakeClock((first?.createdAt ?? 0) - 24 * hourMs)).rotate();
    await traced.nextDay();
    expect(await traced.proofs.order()).toMatchObject({ ok: true, faults: [] });
    await traced.close();
  });

  it('E1 entries of the time before there were chains are chained, and what is personal in them can be erased', async () => {
    const traced = await begin();
    const old = { lesson_id: lessonId, person_id: 'a', participant_id: 'of-a', connection_id: null };
    const detail = JSON.stringify({ role: 'student', name: 'Үсенова \ud83d', more: { b: 1, a: [] } });
    await traced.db
      .insertInto('trace_entry')
      .values([
        ...Array.from({ length: 600 }, (_, index) => ({ ...old, seq: index + 1, at: index, kind: 'hand-raised', detail: '{}' })),
        { ...old, seq: 601, at: 601, kind: 'participant-joined', detail },
        { ...old, lesson_id: 'second', seq: 1, at: 1, kind: 'connection-opened', detail: '{"device":"Chrome","address":"::1"}' },
      ])
      .execute();
    await traced.db.transaction().execute((trx) => chainOldEntries<Database>(trx));
    expect((await traced.store.read(lessonId)).at(-1)?.detail).toEqual({ role: 'student', name: 'Үсенова \ufffd', more: { a: [], b: 1 } });
    await traced.trace.append(comes('b', startsAt));
    await traced.nextDay();
    expect(await traced.proofs.all()).toMatchObject({ ok: true, faults: [], entries: 605, lessons: 2 });
    expect(await verifyBundle(await traced.bundle())).toMatchObject({ ok: true, entries: 604 });
    const { rows } = await sql<{
      detail: string;
      personal: string;
    }>`select detail, personal from trace_entry where lesson_id = 'second'`.execute(traced.db);
    expect(rows).toMatchObject([{ detail: '{}', personal: expect.stringContaining('"::1"') }]);
    await traced.close();
  });
});
