// Whoever changes the trace in a database, in whatever way, is found: by the server, and by the verifier that has only the bundle.
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TraceProof } from '../../server/contract/evidence.ts';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { hashOfEntry } from '../../server/trace/chain.ts';
import { hashOfHead } from '../../server/trace/heads.ts';
import { ProofStore } from '../../server/trace/proof.store.ts';
import { verifyBundle } from '../../server/trace/verify-bundle.ts';
import { endsAt, fillCampus, lessonId, startsAt, studentId } from '../support/campus.ts';
import { comes, days, otherLesson, Traced } from '../support/traced.ts';
import { eachDatabase } from './databases.ts';

type Change = (traced: Traced) => Promise<unknown>;
/** What both find; `server` where only the database knows enough, or says it otherwise. */
type Case = readonly [name: string, change: Change, kind: string, options?: { readonly server?: string; readonly bundle?: string | null }];

const entry =
  (column: string, value: unknown, seq = 3): Change =>
  ({ db }) =>
    sql`update trace_entry set ${sql.ref(column)} = ${value} where lesson_id = ${lessonId} and seq = ${seq}`.execute(db);
const day =
  (column: string, value: unknown): Change =>
  ({ db }) =>
    sql`update trace_day set ${sql.ref(column)} = ${value} where day = ${days[1]}`.execute(db);
/** Numbers of the lesson's entries from one on, moved by so many. */
const move = async ({ db }: Traced, from: number, by: number) => {
  await sql`update trace_entry set seq = seq + 1000 where lesson_id = ${lessonId} and seq >= ${from}`.execute(db);
  await sql`update trace_entry set seq = seq - 1000 + ${by} where lesson_id = ${lessonId} and seq >= 1000`.execute(db);
};
const without = ({ db }: Traced, from: number, to: number) =>
  sql`delete from trace_entry where lesson_id = ${lessonId} and seq >= ${from} and seq <= ${to}`.execute(db);

/** With right hashes from an entry on, as one who knows the code would do it. */
async function rewritten(traced: Traced, from: number): Promise<void> {
  const { db } = traced;
  let previous = '';
  for await (const rows of new ProofStore(db).pages(lessonId)) {
    for (const row of rows) {
      const changed = row.seq === from ? { ...row, at: row.at + 1 } : row;
      const hash = row.seq < from ? row.hash : hashOfEntry(changed, previous);
      await sql`update trace_entry set at = ${changed.at}, hash = ${hash} where lesson_id = ${lessonId} and seq = ${row.seq}`.execute(db);
      previous = hash;
    }
  }
  await sql`update trace_chain set hash = ${previous} where lesson_id = ${lessonId}`.execute(db);
}

async function dayRewritten({ db, heads }: Traced): Promise<void> {
  const head = await heads.head(days[1]);
  if (head === null) throw new Error('There is no such day');
  const changed = { ...head, lessons: head.lessons + 1 };
  await sql`update trace_day set lessons = ${changed.lessons}, hash = ${hashOfHead(changed)} where day = ${days[1]}`.execute(db);
}

async function dayRemoved({ db }: Traced, which: string): Promise<void> {
  await sql`delete from trace_day where day = ${which}`.execute(db);
  await sql`delete from trace_day_leaf where day = ${which}`.execute(db);
}

const cases: readonly Case[] = [
  ['when it happened', entry('at', startsAt + 9), 'entry-changed'],
  ['what happened', entry('kind', 'hand-lowered'), 'entry-changed'],
  ['whose it was', entry('person_id', 'x'), 'entry-changed'],
  ['whose it was, to nobody', entry('person_id', null), 'entry-changed'],
  ['the participant', entry('participant_id', 'of-x'), 'entry-changed'],
  ['the device', entry('connection_id', 'c-x'), 'entry-changed'],
  ['the details', entry('detail', '{"a":1}'), 'entry-changed'],
  ['white space in the details', entry('detail', '{ }'), 'entry-changed'],
  ['the details, so that they cannot be read', entry('detail', '{'), 'entry-changed'],
  ['the hash of an entry', entry('hash', 'f'.repeat(64)), 'entry-changed'],
  ['the hash of the personal part', entry('personal_hash', 'f'.repeat(64)), 'entry-changed'],
  ['the personal part', entry('personal', '{"address":["c2FsdA","192.0.2.8"]}'), 'personal-changed'],
  ['the personal part, so that it cannot be read', entry('personal', '{'), 'personal-changed'],
  ['a personal part where there was none', entry('personal', '{"name":["s","n"]}', 4), 'personal-changed'],
  ['the last entry', entry('kind', 'hand-lowered', 14), 'entry-changed'],
  ['the first entry', entry('kind', 'room-closed', 1), 'entry-changed'],
  [
    'two entries exchanged',
    async (traced) => {
      await move(traced, 1000, 0);
      await sql`update trace_entry set seq = case seq when 3 then 1004 else 1003 end where lesson_id = ${lessonId} and seq in (3, 4)`.execute(
        traced.db,
      );
      await sql`update trace_entry set seq = seq - 1000 where lesson_id = ${lessonId} and seq > 1000`.execute(traced.db);
    },
    'out-of-order',
  ],
  ['an entry removed from the middle', (traced) => without(traced, 5, 5), 'entry-missing'],
  [
    'an entry removed from the middle, and the hole closed',
    async (traced) => {
      await without(traced, 5, 5);
      await move(traced, 6, -1);
    },
    'entry-missing',
  ],
  ['the first entry removed', (traced) => without(traced, 1, 1), 'entry-missing'],
  [
    'an entry put in',
    async (traced) => {
      await move(traced, 5, 1);
      await sql`insert into trace_entry (lesson_id, seq, at, kind, person_id, participant_id, connection_id, detail, hash)
        values (${lessonId}, 5, ${startsAt}, 'hand-raised', 'a', 'of-a', null, '{}', ${'a'.repeat(64)})`.execute(traced.db);
    },
    'entry-inserted',
  ],
  ['the last signed entries cut off', (traced) => without(traced, 9, 99), 'cut-off'],
  [
    'the last signed entries cut off, and the chain shortened',
    async (traced) => {
      await without(traced, 9, 99);
      await sql`update trace_chain set seq = 8, sealed_seq = 7 where lesson_id = ${lessonId}`.execute(traced.db);
    },
    'cut-off',
  ],
  ['entries that are not signed cut off', (traced) => without(traced, 13, 99), 'cut-off', { bundle: null }],
  [
    'the whole lesson removed',
    async (traced) => {
      await without(traced, 1, 99);
      await sql`delete from trace_chain where lesson_id = ${lessonId}`.execute(traced.db);
    },
    'lesson-missing',
  ],
  [
    'the whole lesson removed, and called expired',
    async (traced) => {
      await without(traced, 1, 99);
      await sql`update trace_chain set expired_at = ${startsAt + 1000}, sealed_seq = 0 where lesson_id = ${lessonId}`.execute(traced.db);
    },
    'lesson-missing',
  ],
  [
    'the whole lesson removed, and called expired in the far future',
    async (traced) => {
      await without(traced, 1, 99);
      await sql`update trace_chain set expired_at = ${startsAt * 2} where lesson_id = ${lessonId}`.execute(traced.db);
    },
    'lesson-missing',
  ],
  ['when it happened, to a time that no calendar knows', entry('at', 9e15), 'entry-changed'],
  ['the name of a day', day('day', 'never'), 'day-missing', { bundle: 'day-changed' }],
  [
    'the lesson of a leaf',
    ({ db }) => sql`update trace_day_leaf set lesson_id = '' where lesson_id = ${otherLesson} and day = ${days[0]}`.execute(db),
    'day-changed',
  ],
  ['all entries written anew', (traced) => rewritten(traced, 1), 'not-as-sealed'],
  ['the signed entries written anew from the second day on', (traced) => rewritten(traced, 9), 'not-as-sealed'],
  ['the root of a day', day('root', 'b'.repeat(64)), 'day-changed'],
  ['the number of lessons of a day', day('lessons', 7), 'day-changed'],
  ['when a day was signed', day('signed_at', 7), 'day-changed'],
  ['the hash of the day before', day('previous', 'b'.repeat(64)), 'day-changed'],
  ['the hash of a day', day('hash', 'b'.repeat(64)), 'day-changed'],
  ['a day written anew with a right hash', dayRewritten, 'signature-wrong'],
  ['the signature of a day', day('signature', Buffer.alloc(64, 7).toString('base64url')), 'signature-wrong'],
  ['the key of a day', day('key_id', 'abcdefabcdefabcd'), 'key-unknown'],
  ['the key itself', ({ db }) => sql`update trace_key set public_key = ${'A'.repeat(43)}`.execute(db), 'key-unknown'],
  ['a day removed', (traced) => sql`delete from trace_day where day = ${days[1]}`.execute(traced.db), 'day-missing'],
  ['a day removed with its leaves', (traced) => dayRemoved(traced, days[1]), 'day-missing'],
  [
    'the last days removed with their leaves',
    async (traced) => {
      await dayRemoved(traced, days[1]);
      await dayRemoved(traced, days[2]);
    },
    'day-missing',
  ],
  [
    'what a day says of the lesson',
    ({ db }) => sql`update trace_day_leaf set hash = ${'b'.repeat(64)} where lesson_id = ${lessonId} and day = ${days[1]}`.execute(db),
    'day-changed',
  ],
  [
    'what a day says of another lesson',
    ({ db }) => sql`update trace_day_leaf set seq = seq + 1 where lesson_id = ${otherLesson} and day = ${days[0]}`.execute(db),
    'day-changed',
  ],
  [
    'what a day says of a lesson, removed',
    ({ db }) => sql`delete from trace_day_leaf where lesson_id = ${lessonId} and day = ${days[1]}`.execute(db),
    'day-changed',
    { bundle: 'day-missing' },
  ],
];

eachDatabase((name, open) => {
  describe('the proof of the trace', () => {
    let traced: Traced;
    let whole: Awaited<ReturnType<Traced['rows']>>;
    beforeAll(async () => {
      const { db } = await open();
      await fillCampus(db);
      traced = await Traced.open(db);
      await traced.fill();
      whole = await traced.rows();
    });
    afterAll(() => traced.close());
    /** Changed, looked at, and put back. */
    async function changed<T>(change: Change, look: () => Promise<T>): Promise<T> {
      try {
        await change(traced);
        return await look();
      } finally {
        await traced.restore(whole);
      }
    }

    it('E1 E3 holds for what was not touched, and says how much of it is not signed yet', async () => {
      const whole = { ok: true, faults: [], erased: 0, expired: 0 };
      expect(await traced.proofs.lesson(lessonId)).toMatchObject({ ...whole, entries: 14, lessons: 1, days: 3, unsealed: 3 });
      expect(await traced.proofs.day(days[0])).toMatchObject({ ...whole, entries: 20, lessons: 2, days: 1 });
      expect(await traced.proofs.order()).toMatchObject({ ...whole, lessons: 2, days: 3 });
      expect(await traced.proofs.all()).toMatchObject({ ...whole, entries: 20, lessons: 2, days: 3, unsealed: 3 });
      const proof = await verifyBundle(await traced.bundle(), { keys: await traced.heads.keys() });
      expect(proof).toMatchObject({ ok: true, faults: [], entries: 14, days: 3, unsealed: 3, erased: 0, keysCompared: true });
      expect((await verifyBundle(await traced.bundle(otherLesson))).ok).toBe(true);
    });

    for (const [name, change, kind, { server = kind, bundle = kind } = {}] of cases) {
      it(`E4 E6 names it when somebody changes ${name}`, async () => {
        const [lesson, all, proof] = await changed(change, async () => [
          await traced.proofs.lesson(lessonId),
          await traced.proofs.all(),
          await verifyBundle(await traced.bundle()),
        ]);
        expect(lesson.faults.concat(all.faults).map((fault) => fault.kind)).toContain(server);
        expect(all.ok).toBe(false);
        if (bundle !== null) expect(proof.faults.map((fault) => fault.kind)).toContain(bundle);
        expect(proof.ok).toBe(bundle === null);
      });
    }

    it('E4 names the entry, and no other', async () => {
      const [server, bundle] = await changed(entry('at', startsAt + 9, 4), async () => [
        (await traced.proofs.lesson(lessonId)).faults,
        (await verifyBundle(await traced.bundle())).faults,
      ]);
      expect(server).toEqual([{ kind: 'entry-changed', lessonId, seq: 4, at: startsAt + 9 }]);
      expect(bundle).toEqual([{ kind: 'entry-changed', lessonId, seq: 4, at: startsAt + 9, line: 5 }]);
    });

    it.each([
      ['a time before all times', entry('at', -1)],
      ['a day that is none', day('day', 'never')],
      ['a leaf of a day that is none', ({ db }: Traced) => sql`update trace_day_leaf set day = 'never' where day = ${days[1]}`.execute(db)],
    ])('E4 the answer names also %s', async (_what, change) => {
      const proofs = await changed(change, () => Promise.all([traced.proofs.lesson(lessonId), traced.proofs.all()]));
      for (const proof of proofs) expect(TraceProof.parse(proof).ok).toBe(false);
    });

    it.skipIf(name === 'PostgreSQL')('E4 a number that is none, as SQLite lets anybody write it, hides nothing', async () => {
      const change: Change = async (traced) => {
        await without(traced, 9, 99);
        await sql`update trace_chain set seq = 'x', sealed_seq = 'x' where lesson_id = ${lessonId}`.execute(traced.db);
      };
      const proof = TraceProof.parse(await changed(change, () => traced.proofs.lesson(lessonId)));
      expect(proof.faults).toEqual([{ kind: 'cut-off', lessonId, seq: 8, sealedSeq: 11 }]);
      const leaf: Change = ({ db }) => sql`update trace_day_leaf set seq = 'x' where lesson_id = ${lessonId}`.execute(db);
      expect(TraceProof.parse(await changed(leaf, () => traced.proofs.all())).ok).toBe(false);
    });

    it('E4 the day of a changed lesson is not proven, and the others are', async () => {
      const proofs = await changed(entry('kind', 'hand-lowered', 9), () =>
        Promise.all(days.map(async (one) => (await traced.proofs.day(one)).faults.map(({ kind }) => kind))),
      );
      expect(proofs).toEqual([['entry-changed'], ['entry-changed'], []]);
    });

    it('E5 the copies beside the database tell when a day is replaced by one that is signed as well', async () => {
      const heads = await changed(
        async () => {
          await dayRemoved(traced, days[2]);
          await sql`update trace_chain set sealed_seq = 0 where lesson_id = ${otherLesson}`.execute(traced.db);
          await traced.sealingAnew().seal();
        },
        () => traced.proofs.order(),
      );
      expect(heads.faults).toEqual([{ kind: 'not-as-witnessed', day: days[2] }]);
    });

    it('E5 a head that did not reach the copies is added at the next start, and nothing is written twice', async () => {
      const path = join(traced.folder, 'trace', 'heads.jsonl');
      const before = await readFile(path, 'utf8');
      await traced.sealing.start();
      expect(await readFile(path, 'utf8')).toBe(before);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      await appendFile(path, '\n{"half a li');
      expect((await traced.proofs.order()).ok).toBe(true);
    });
  });

  describe('what the law asks for', () => {
    async function begin() {
      const { db } = await open();
      await fillCampus(db);
      const traced = await Traced.open(db);
      await traced.trace.append(comes(studentId(1), startsAt));
      await traced.nextDay();
      return { db, traced, privacy: new PrivacyStore(db, lockedPeople) };
    }

    it('E7 erasing a person leaves the chain whole, and the name nowhere in it', async () => {
      const { traced, privacy } = await begin();
      await privacy.anonymise(studentId(1), { name: 'ID-1', signInName: 'anonymous', at: 7, chat: 'keep' });
      const bundle = await traced.bundle();
      expect(bundle).not.toContain('Үсенова');
      expect(bundle).not.toContain('192.0.2.7');
      expect(await traced.proofs.lesson(lessonId)).toMatchObject({ ok: true, erased: 2, entries: 3 });
      expect(await verifyBundle(bundle)).toMatchObject({ ok: true, erased: 2 });
      expect((await traced.store.read(lessonId)).map(({ detail }) => detail)).toEqual([{ role: 'student' }, {}, {}]);
      await traced.close();
    });

    it('E4 E7 an entry whose personal part somebody made unreadable is named, and stops neither its lesson nor the law', async () => {
      const { traced, privacy } = await begin();
      await sql`update trace_entry set personal = '{' where lesson_id = ${lessonId} and seq = 1`.execute(traced.db);
      expect(await traced.store.read(lessonId)).toMatchObject([{ detail: { role: 'student' } }, {}, {}]);
      expect((await traced.proofs.lesson(lessonId)).faults).toEqual([{ kind: 'personal-changed', lessonId, seq: 1 }]);
      await privacy.anonymise(studentId(1), { name: 'ID-1', signInName: 'anonymous', at: 7, chat: 'keep' });
      expect(await traced.bundle()).not.toContain('192.0.2.7');
      await traced.close();
    });

    it('E8 a trace that was kept long enough goes, and the heads say that this was the rule’s doing', { timeout: 60_000 }, async () => {
      const { traced, privacy } = await begin();
      await traced.nextDay(366);
      expect(await privacy.removeTraces(endsAt + 1, 5, traced.clock.now())).toBe(1);
      expect(await traced.proofs.lesson(lessonId)).toMatchObject({ ok: true, expired: 1, entries: 0 });
      expect(await traced.proofs.order()).toMatchObject({ ok: true, expired: 1 });
      await traced.nextDay();
      expect(await traced.heads.leavesOf(lessonId)).toMatchObject([{ expired: false }, { expired: true, seq: 3 }]);
      expect(await traced.proofs.all()).toMatchObject({ ok: true, expired: 1, lessons: 1 });
      expect(await verifyBundle(await traced.bundle())).toMatchObject({ ok: true, expired: true, entries: 0, days: 368 });
      await traced.close();
    });

    it('E8 what is appended after a trace was removed goes on from where it stood, signed or not', async () => {
      const { traced, privacy } = await begin();
      await traced.nextDay(366);
      await privacy.removeTraces(endsAt + 1, 5, traced.clock.now());
      const prove = async () => [await traced.proofs.lesson(lessonId), await verifyBundle(await traced.bundle())];
      await traced.trace.append(comes('late', traced.clock.now()));
      for (const proof of await prove()) expect(proof).toMatchObject({ ok: true, faults: [], entries: 3 });
      await traced.nextDay();
      for (const proof of await prove()) expect(proof).toMatchObject({ ok: true, faults: [], entries: 3 });
      await traced.trace.append(comes('later', traced.clock.now()));
      await traced.nextDay();
      for (const proof of await prove()) expect(proof).toMatchObject({ ok: true, faults: [], entries: 6 });
      await sql`update trace_entry set at = at + 1 where lesson_id = ${lessonId} and seq = 5`.execute(traced.db);
      for (const { faults } of await prove()) expect(faults).toContainEqual(expect.objectContaining({ kind: 'entry-changed', seq: 5 }));
      await traced.close();
    });
  });
});
