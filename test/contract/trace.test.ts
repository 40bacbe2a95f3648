// The trace on each database: durable, in order, without gaps; and what a crash left open is ended.
import type { Kysely, Transaction } from 'kysely';
import { describe, expect, it } from 'vitest';
import { fold } from '../../server/attendance/presence.ts';
import { ConnectionId, type Instant, LessonId, MessageId, ParticipantId, PersonId, TrackId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import type { Fact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { fillCampus, lessonId as lesson, startsAt as now } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const log = openLog({ level: 'silent', format: 'json' });
const other = LessonId.parse('other');

const ofPerson = (name: string, at: Instant, lessonId = lesson) => ({
  lessonId,
  at,
  personId: PersonId.parse(name),
  participantId: ParticipantId.parse(`of-${name}`),
});
const ofConnection = (name: string, at: Instant) => ({ ...ofPerson(name, at), connectionId: ConnectionId.parse(`c-${name}`) });
const hand = (name: string, at: Instant, lessonId = lesson): Fact => ({ ...ofPerson(name, at, lessonId), type: 'hand-raised' });
const comes = (name: string, at: Instant): Fact[] => [
  { ...ofPerson(name, at), type: 'participant-joined', name: 'Үсенова Қарлығаш', role: 'student' },
  { ...ofConnection(name, at), type: 'connection-opened', device: 'Chrome', address: '::1' },
];

/** The connection breaks after the first transaction was written, before its answer comes. */
function losingOneAnswer(db: Kysely<Database>): Kysely<Database> {
  let hasLost = false;
  return new Proxy(db, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key, target);
      if (key !== 'transaction' || hasLost) return typeof own === 'function' ? own.bind(target) : own;
      hasLost = true;
      return () => ({
        async execute(write: (trx: Transaction<Database>) => Promise<unknown>) {
          await target.transaction().execute(write);
          throw new Error('Connection terminated unexpectedly');
        },
      });
    },
  });
}

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    await fillCampus(db);
    const clock = new FakeClock(now);
    const store = new TraceStore(db);
    return { db, clock, store, trace: new TraceService({ store, clock, log }) };
  }

  describe('the trace', () => {
    it('numbers the entries of each lesson without gaps, in the order of the calls', async () => {
      const { store, trace } = await begin();
      await Promise.all([trace.append([hand('a', 1), hand('a', 1, other)]), trace.append([]), trace.append([hand('b', 2), hand('c', 3)])]);
      await trace.append([hand('d', 4, other)]);
      expect((await store.read(lesson)).map(({ seq, personId }) => [seq, personId])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect((await store.read(other)).map(({ seq, personId }) => [seq, personId])).toEqual([
        [1, 'a'],
        [2, 'd'],
      ]);
    });

    it('A4 tells of one person alone what it tells of all, also when a crash is dated by what another did', async () => {
      const { store, trace } = await begin();
      const room = (at: Instant): Fact => ({ type: 'room-opened', lessonId: lesson, at });
      await trace.append([room(now), ...comes('a', now + 1), ...comes('b', now + 2), hand('b', now + 50)]);
      await trace.append([room(now + 100), ...comes('b', now + 101), ...comes('a', now + 110), hand('a', now + 120), hand('b', now + 130)]);
      const [all, own] = [await store.read(lesson), await store.readOf(lesson, 'a')];
      const of = (entries: typeof all) => fold(entries, { from: now, to: now + 200 }).get('a');
      expect(of(own)).toEqual(of(all));
      expect(of(own)?.stays).toMatchObject([{ from: now + 1, to: now + 50 }, { from: now + 110 }]);
      expect(own.length).toBeLessThan(all.length);
    });

    it('is there when the call comes back, with everything but the text of messages', async () => {
      const { store, trace } = await begin();
      const message = { ...ofPerson('a', 5), id: MessageId.parse('m1'), name: 'A', text: 'confidential' };
      await trace.append([{ ...ofPerson('a', 5), type: 'message-posted', message }]);
      const entry = {
        seq: 1,
        at: 5,
        kind: 'message-posted',
        personId: 'a',
        participantId: 'of-a',
        connectionId: null,
        detail: { messageId: 'm1' },
      };
      expect(await store.read(lesson)).toEqual([entry]);
    });

    it('goes on with the next number after a restart, and after its room was closed', async () => {
      const { store, trace, db, clock } = await begin();
      await trace.append([hand('a', 1), { type: 'room-closed', lessonId: lesson, at: 2, reason: 'empty', by: null }]);
      await trace.append([hand('b', 3)]);
      const again = new TraceService({ store: new TraceStore(db), clock, log });
      await again.append([hand('c', 4)]);
      expect((await store.read(lesson)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    });

    it('writes all of one call or nothing of it, and harms no other that shared its turn of the event loop', async () => {
      const { store, trace } = await begin();
      const unwritable: Fact = { ...hand('z', 3), at: Number.NaN };
      // More than fit into one statement go before the one that fails.
      const many = Array.from({ length: 1000 }, () => hand('x', 3, other));
      const results = await Promise.allSettled([
        trace.append([hand('y', 3)]),
        trace.append([...many, unwritable]),
        trace.append([hand('w', 4)]),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await store.read(other)).toEqual([]);
      expect((await store.read(lesson)).map(({ seq, personId }) => [seq, personId])).toEqual([
        [1, 'y'],
        [2, 'w'],
      ]);
    });

    it('goes on after somebody else wrote the number that it believed to be free', async () => {
      const { store, trace, db, clock } = await begin();
      await trace.append([hand('a', 1)]);
      await new TraceService({ store: new TraceStore(db), clock, log }).append([hand('stranger', 2)]);
      await trace.append([hand('y', 3)]).catch(() => undefined);
      await trace.append([hand('z', 4)]);
      expect((await store.read(lesson)).map(({ personId }) => personId)).toEqual(['a', 'stranger', 'z']);
    });

    it('knows what was written although the answer was lost, and does not write it twice', async () => {
      const { store, db, clock } = await begin();
      const trace = new TraceService({ store: new TraceStore(losingOneAnswer(db)), clock, log });
      await Promise.all([trace.append([hand('a', 1)]), trace.append([hand('b', 2)])]);
      await trace.append([hand('c', 3)]);
      expect((await store.read(lesson)).map(({ seq, personId }) => [seq, personId])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
    });

    it('takes a whole lecture hall at once', async () => {
      const { store, trace } = await begin();
      const names = Array.from({ length: 1500 }, (_, index) => `s${index}`);
      await Promise.all(names.map((name, index) => trace.append(comes(name, index))));
      const entries = await store.read(lesson);
      expect(entries).toHaveLength(3000);
      expect(entries.every(({ seq }, index) => seq === index + 1)).toBe(true);
      expect(entries.filter(({ kind }) => kind === 'participant-joined').map(({ personId }) => personId)).toEqual(names);
    });
  });

  describe('a sign of life', () => {
    it('is written at once and every five seconds, by the clock', async () => {
      const { store, trace, clock } = await begin();
      expect(await store.aliveAt()).toBeNull();
      await trace.startHeartbeat();
      expect(await store.aliveAt()).toBe(now);
      clock.advance(5000);
      await trace.close();
      expect(await store.aliveAt()).toBe(now + 5000);
      clock.advance(60_000);
      expect(await store.aliveAt()).toBe(now + 5000);
    });
  });

  describe('what a crash left open', () => {
    const track = { trackId: TrackId.parse('t'), source: 'microphone' } as const;
    it('ends at the last sign of life, with the reason server-stopped, once', async () => {
      const { store, trace, db } = await begin();
      await store.setAliveAt(now + 60_000);
      await trace.append([
        { type: 'room-opened', lessonId: lesson, at: now },
        ...comes('a', now),
        ...comes('b', now),
        { ...ofConnection('a', now + 1), ...track, type: 'track-published', pausedBy: [] },
        { ...ofConnection('b', now + 2), type: 'connection-closed', reason: 'left', beside: null },
        { ...ofPerson('b', now + 2), type: 'participant-left', reason: 'left', by: null },
      ]);
      const restarted = new TraceService({ store: new TraceStore(db), clock: new FakeClock(now + 600_000), log });
      await restarted.closeOpen(now + 600_000);
      await restarted.closeOpen(now + 700_000);
      const ends = (await store.read(lesson)).slice(8);
      expect(ends.map(({ seq, at, kind, personId, detail }) => ({ seq, at, kind, personId, detail }))).toEqual([
        { seq: 9, at: now + 60_000, kind: 'track-closed', personId: 'a', detail: { ...track, reason: 'connection-ended' } },
        { seq: 10, at: now + 60_000, kind: 'connection-closed', personId: 'a', detail: { reason: 'server-stopped', beside: null } },
        { seq: 11, at: now + 60_000, kind: 'participant-left', personId: 'a', detail: { reason: 'server-stopped', by: null } },
      ]);
    });

    it('was alive at its last entry when that is newer than the sign of life', async () => {
      const { store, trace } = await begin();
      await store.setAliveAt(now);
      await trace.append(comes('a', now + 3000));
      await trace.closeOpen(now + 600_000);
      expect((await store.read(lesson)).at(-1)?.at).toBe(now + 3000);
    });

    it('is nothing in a room that was closed', async () => {
      const { store, trace } = await begin();
      await trace.append([...comes('a', now), { type: 'room-closed', lessonId: lesson, at: now + 1, reason: 'server-stopped', by: null }]);
      await trace.closeOpen(now + 600_000);
      expect(await store.read(lesson)).toHaveLength(3);
    });
  });
});
