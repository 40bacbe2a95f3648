// Retention over years, the trash, and what is left when the server dies in the middle, on both databases.
import { beforeEach, expect, it, vi } from 'vitest';
import { eachDatabase } from '../../../test/contract/databases.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { Actor } from '../../audit/actor.ts';
import type { Act } from '../../audit/audit.service.ts';
import { PersonId, type RecordingId } from '../../contract/ids.ts';
import type { KeepingRule } from './due.ts';
import { KeepingService } from './keeping.service.ts';
import { KeepingStore } from './keeping.store.ts';
import { KeptStore } from './kept.store.ts';
import { Sweeper } from './sweeper.ts';
import { DAY, FilesInMemory, Rows } from './testing/kept-rows.ts';

const begin = 1_800_000_000_000;
const admin: Actor = { kind: 'person', id: PersonId.parse('admin'), displayName: 'Admin', roles: ['administrator'], address: '' };
const rule = (kind: KeepingRule['kind'], days: number, afterwards: KeepingRule['afterwards']): KeepingRule => ({ kind, days, afterwards });
const rules = [rule('lecture', 365, 'archive'), rule(null, 100, 'delete')];

eachDatabase((_name, open) => {
  let rows: Rows;
  let files: FilesInMemory;
  let clock: FakeClock;
  let written: string[];
  /** To those who make files of recordings. */
  let told: string[];
  let service: KeepingService;
  let sweeper: Sweeper;

  /** As after a restart: nothing is known but what is in the database. */
  const restart = (store: KeepingStore) => {
    const audit = {
      record: async (actor: Actor, { act, subject }: Act) => void written.push(`${actor.kind} ${act} ${subject.id}`),
    };
    const others = {
      leaving: async (id: RecordingId) => void told.push(`leaving ${id}, ${await state(id)}`),
      returned: (id: RecordingId) => void told.push(`returned ${id}`),
      freed: () => undefined,
    };
    service = new KeepingService({ ...others, store, kept: new KeptStore(rows.db), files, audit, clock, rules, trashDays: 30 });
    const log = { info: () => undefined, error: () => undefined };
    sweeper = new Sweeper({ service, store, files, rules, trashDays: 30, timeZone: 'Asia/Almaty', clock, log });
  };
  beforeEach(async () => {
    rows = new Rows((await open()).db);
    files = new FilesInMemory();
    clock = new FakeClock(begin);
    written = [];
    told = [];
    restart(new KeepingStore(rows.db));
  });
  const add = async (name: string, kind: 'lecture' | 'seminar' = 'seminar') => {
    const id = await rows.add(name, begin, { kind });
    files.there.add(id);
    return id;
  };
  const after = async (days: number) => {
    clock.advance(days * DAY);
    await sweeper.sweep();
  };
  const state = async (id: RecordingId) => {
    const { trashed_at, archived_at, purged_at } = await rows.row(id);
    return purged_at !== null ? 'purged' : trashed_at !== null ? 'trash' : archived_at !== null ? 'archive' : 'kept';
  };

  it('V38 who makes files of a recording is told when it goes, after its row says so, and when it returns', async () => {
    const id = await add('one');
    await service.trash(id, admin);
    await service.restore(id, admin);
    await after(100);
    await service.restore(id, admin);
    await service.trash(id, admin);
    await service.purge(id, admin);
    const [gone, back] = [`leaving ${id}, trash`, `returned ${id}`];
    expect(told).toEqual([gone, back, gone, back, gone, gone]);
  });

  it('V21 archives lectures after a year, throws others away after a hundred days, and V23 purges them after thirty more', async () => {
    const [lecture, seminar] = [await add('lecture', 'lecture'), await add('seminar')];
    await after(99);
    expect(await Promise.all([state(lecture), state(seminar)])).toEqual(['kept', 'kept']);
    await after(1);
    expect(await state(seminar)).toBe('trash');
    expect(files.there.has('seminar')).toBe(true);
    await after(29);
    expect(await state(seminar)).toBe('trash');
    await after(1);
    expect(await state(seminar)).toBe('purged');
    await after(235);
    expect(await state(lecture)).toBe('archive');
    await after(3650);
    expect(await state(lecture)).toBe('archive');
    expect([...files.there]).toEqual(['lecture']);
    expect(written).toEqual(['server recording.trashed seminar', 'server recording.purged seminar', 'server recording.archived lecture']);
  });

  it('V22 no rule touches what is held, however many years pass', async () => {
    const [held, inTrash] = [await add('held'), await add('in-trash')];
    await service.hold(held, 'An appeal', admin);
    await service.trash(inTrash, admin);
    await service.hold(inTrash, 'An appeal', admin);
    await after(5000);
    expect(await Promise.all([state(held), state(inTrash)])).toEqual(['kept', 'trash']);
    await expect(service.purge(inTrash, admin)).rejects.toMatchObject({ code: 'conflict', details: { why: 'held' } });
    await expect(service.trash(held, admin)).rejects.toMatchObject({ code: 'conflict', details: { why: 'held' } });
    expect(files.there.size).toBe(2);
    await service.release(inTrash, admin);
    await after(0);
    expect(await state(inTrash)).toBe('purged');
  });

  it('V21 never touches what runs', async () => {
    const id = await rows.add('runs', null, { kind: 'seminar' });
    await after(5000);
    expect(await state(id)).toBe('kept');
    await expect(service.trash(id, admin)).rejects.toMatchObject({ code: 'conflict', details: { why: 'running' } });
  });

  it('V24 what was taken out of the trash is kept for all its days again', async () => {
    const id = await add('one');
    await after(100);
    await service.restore(id, admin);
    await after(99);
    expect(await state(id)).toBe('kept');
    await after(1);
    expect(await state(id)).toBe('trash');
  });

  it('V25 a purge that was stopped in the middle never says that bytes are gone which are there, and ends at the next start', async () => {
    const id = await add('one');
    await service.trash(id, admin);
    files.fault = new Error('The store is away');
    await expect(service.purge(id, admin)).rejects.toThrow('away');
    expect(await rows.row(id)).toMatchObject({ purged_at: null, sealed_key: null });
    await expect(service.restore(id, admin)).rejects.toMatchObject({ details: { why: 'purging' } });
    await after(1);
    expect(await state(id)).toBe('trash');
    files.fault = null;
    restart(new KeepingStore(rows.db));
    await sweeper.sweep();
    expect(await state(id)).toBe('purged');
    expect(files.there.size).toBe(0);
  });

  it('V25 wherever the server dies in a purge, the next start finishes it, and it is in the log', async () => {
    for (const step of ['beginPurge', 'endPurge'] as const) {
      const id = await add(step);
      await service.trash(id, admin);
      written = [];
      told = [];
      // Dies right after, or right before, the step was written.
      class Dying extends KeepingStore {
        override async beginPurge(...of: Parameters<KeepingStore['beginPurge']>): Promise<boolean> {
          const isBegun = await super.beginPurge(...of);
          if (step === 'beginPurge') throw new Error('killed');
          return isBegun;
        }
        override async endPurge(...of: Parameters<KeepingStore['endPurge']>): Promise<void> {
          if (step === 'endPurge') throw new Error('killed');
          await super.endPurge(...of);
        }
      }
      restart(new Dying(rows.db));
      await expect(service.purge(id, admin)).rejects.toThrow('killed');
      expect(await state(id)).toBe('trash');
      restart(new KeepingStore(rows.db));
      await sweeper.sweep();
      expect(await state(id)).toBe('purged');
      expect(files.there.has(id)).toBe(false);
      expect(written).toContain(`${step === 'beginPurge' ? 'server' : 'person'} recording.purged ${id}`);
    }
  });

  it('V25 what a late writer put into the folder of a purged recording is removed as well', async () => {
    const id = await add('one');
    await service.trash(id, admin);
    await service.purge(id, admin);
    files.there.add(id);
    await after(1);
    expect(files.there.size).toBe(0);
  });

  it('does many in one night, each once, and what fails keeps no other from its turn', async () => {
    for (let index = 0; index < 60; index++) await add(`r${index}`);
    await after(100);
    expect(written).toHaveLength(60);
    expect(new Set(written).size).toBe(60);
    await after(30);
    expect(files.there.size).toBe(0);
  });

  it('sweeps when it starts, and then once a night', async () => {
    const id = await add('one');
    clock.advance(100 * DAY);
    sweeper.start();
    await sweeper.sweep();
    expect(await state(id)).toBe('trash');
    clock.advance(31 * DAY);
    await sweeper.sweep();
    clock.advance(DAY);
    await vi.waitFor(async () => expect(await state(id)).toBe('purged'));
    await sweeper.close();
    expect(clock.bells).toBe(0);
  });
});
