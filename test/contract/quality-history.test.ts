// Quality histories on both databases: written, written again, searched, ended after a crash, removed after their time and with the account; and how many bytes they take.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { TroublesQuery } from '../../server/contract/diagnosis.ts';
import { LessonId, PersonId } from '../../server/contract/ids.ts';
import { HistoryStore, type QualityLine, type QualityMinute } from '../../server/diagnosis/history.store.ts';
import { SearchStore, type Wanted } from '../../server/diagnosis/search.store.ts';
import { fineStep } from '../../server/diagnosis/steps.fixture.ts';
import { minuteMs, minuteOf, packMinute } from '../../server/diagnosis/steps.ts';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { fillCampus, lessonId, observerId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const minute0 = minuteOf(startsAt);
const line = (id: number, more: Partial<QualityLine> = {}): QualityLine => ({
  ...{ id, lessonId, personId: studentId(1), connectionId: `connection-${id}`, role: 'student', guestName: null, device: 'Firefox, Linux' },
  ...{ network: '10.1.2.0/24', openedAt: startsAt, closedAt: null, ...more },
});
const figures = packMinute(Array.from({ length: 6 }, () => fineStep));
const minute = (lineId: number, place: number, more: Partial<QualityMinute> = {}): QualityMinute => ({
  ...{ lineId, minute: minute0 + place, worker: 4711, severity: 0, kinds: 0, steps: 6, troubled: 0, figures, ...more },
});
const wanted: Wanted = { from: startsAt, to: startsAt + 60 * minuteMs, scope: 'every' };

eachDatabase((name, open) => {
  it('Z1 what is written again replaces what was there, and the next number is free', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    expect(await store.nextId()).toBe(1);
    await store.write({ lines: [line(1)], minutes: [minute(1, 0)] });
    await store.write({
      lines: [line(1, { role: 'teacher', closedAt: startsAt + 5 })],
      minutes: [minute(1, 0, { severity: 2, troubled: 3 })],
    });
    expect(await store.nextId()).toBe(2);
    const [found] = await new SearchStore(db).lines(wanted, 10);
    expect(found).toMatchObject({
      id: 1,
      role: 'teacher',
      closed_at: startsAt + 5,
      severity: 2,
      worker: 4711,
      display_name: 'Name of student1',
    });
    expect(await new SearchStore(db).stepsOf([1], wanted.from, wanted.to)).toEqual(new Map([[1, { steps: 6, troubled: 3 }]]));
  });

  it('Z3 lines that a crash left open end with the last minute that is known, or as they began', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    await store.write({ lines: [line(1), line(2), line(3, { closedAt: startsAt + 7 })], minutes: [minute(1, 0), minute(1, 4)] });
    await store.closeOpen();
    const ends = new Map(
      (await new SearchStore(db).lines({ ...wanted, from: startsAt - 1 }, 10)).map(({ id, closed_at }) => [id, closed_at]),
    );
    expect(ends).toEqual(
      new Map([
        [1, startsAt + 5 * minuteMs],
        [2, startsAt],
        [3, startsAt + 7],
      ]),
    );
  });

  it('Z15 troubled minutes are found newest first within what one may see, and everybody of a minute for the hint', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    const search = new SearchStore(db);
    await store.write({
      lines: [
        line(1),
        line(2, { personId: teacherId, role: 'teacher', network: '10.9.9.0/24' }),
        line(3, { personId: 'guest-1', role: 'guest', guestName: 'Brown' }),
      ],
      minutes: [minute(1, 0, { severity: 1 }), minute(1, 1, { severity: 2 }), minute(2, 1), minute(3, 1, { severity: 3 })],
    });
    const found = async (more: Partial<Wanted>, least = 1) =>
      (await search.troubledMinutes({ ...wanted, ...more }, least, 10)).map(({ line_id, minute: at }) => [line_id, at - minute0]);
    expect(await found({})).toEqual([
      [1, 1],
      [3, 1],
      [1, 0],
    ]);
    expect(await found({}, 2)).toEqual([
      [1, 1],
      [3, 1],
    ]);
    expect(await found({ to: startsAt + minuteMs })).toEqual([[1, 0]]);
    expect(await found({ scope: { facultyIds: [], teacherId, hidesObservers: false } })).toHaveLength(3);
    expect(await found({ scope: { facultyIds: ['faculty'], teacherId: 'nobody', hidesObservers: false } })).toHaveLength(3);
    expect(await found({ scope: { facultyIds: ['law'], teacherId: 'nobody', hidesObservers: false } })).toEqual([]);
    expect(await found({ search: 'student1' })).toHaveLength(2);
    expect(await search.presentIn(minute0 + 1)).toHaveLength(3);
    expect((await search.leadMinutes(lessonId, [minute0, minute0 + 1])).map(({ person_id }) => person_id)).toEqual([teacherId]);
  });

  it('W23 observers are left out for whoever only teaches the lesson, where nobody is told of them', async () => {
    const { db } = await open();
    await fillCampus(db);
    const search = new SearchStore(db);
    await new HistoryStore(db).write({
      lines: [line(1), line(2, { personId: observerId, role: 'observer' })],
      minutes: [minute(1, 0, { severity: 1 }), minute(2, 0, { severity: 1 })],
    });
    const seenBy = async (...facultyIds: string[]) => {
      const asked = { ...wanted, scope: { facultyIds, teacherId, hidesObservers: true } };
      return [(await search.troubledMinutes(asked, 1, 10)).length, (await search.lines(asked, 10)).length];
    };
    expect(await seenBy()).toEqual([1, 1]);
    expect(await seenBy('law')).toEqual([1, 1]);
    expect(await seenBy('law', 'faculty')).toEqual([2, 2]);
  });

  it('Z15 later times than the minutes of a database reach are refused, and the latest are no fault of it', async () => {
    const { db } = await open();
    const latest = (2 ** 31 - 1) * minuteMs;
    const mayAsk = (to: number) => TroublesQuery.shape.to.safeParse(to).success;
    expect([mayAsk(latest), mayAsk(latest + 1)]).toEqual([true, false]);
    expect(await new SearchStore(db).troubledMinutes({ ...wanted, from: latest - 1, to: latest }, 1, 10)).toEqual([]);
  });

  it('Z8 refusals are kept once for each time they began, and found like troubles', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    const refusal = {
      ...({
        lessonId: LessonId.parse(lessonId),
        personId: PersonId.parse(studentId(1)),
        place: 'door',
        code: 'room-full',
        at: startsAt,
      } as const),
      ...{ times: 1, guestName: null, device: '', network: '10.1.2.0/24' },
    };
    await store.writeRefusals([refusal]);
    await store.writeRefusals([{ ...refusal, times: 4 }]);
    const found = await new SearchStore(db).refusals(wanted, 10);
    expect(found).toMatchObject([{ code: 'room-full', times: 4, display_name: 'Name of student1' }]);
    expect(await new SearchStore(db).refusals({ ...wanted, network: '10.9.9.0/24' }, 10)).toEqual([]);
  });

  it('Z17 histories go after their time, a few lines at a time with all their minutes, and with the account', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    const later = startsAt + 10 * minuteMs;
    await store.write({
      lines: [line(1), line(2), line(3, { openedAt: later }), line(4, { openedAt: later, personId: studentId(2) })],
      minutes: [minute(1, 0), minute(2, 0), minute(3, 10), minute(4, 10)],
    });
    expect([await store.removeBefore(later, 1), await store.removeBefore(later, 1), await store.removeBefore(later, 1)]).toEqual([1, 1, 0]);
    const minutes = async () =>
      (await db.selectFrom('quality_minute').select('line_id').orderBy('line_id').execute()).map(({ line_id }) => line_id);
    expect(await minutes()).toEqual([3, 4]);
    const privacy = new PrivacyStore(db, lockedPeople);
    expect(await privacy.qualityOf(studentId(2))).toMatchObject([
      { lesson_id: lessonId, minute: minute0 + 10, severity: 0, steps: [{ ice: 'connected' }, {}, {}, {}, {}, {}] },
    ]);
    await privacy.anonymise(studentId(2), { name: 'ID-2', signInName: 'anonymous-2', at: later, chat: 'keep' });
    expect(await minutes()).toEqual([3]);
  });

  it('Z2 a minute of a person takes less than half a kilobyte, indexes and all', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new HistoryStore(db);
    const [people, length] = [100, 90];
    await store.write({ lines: Array.from({ length: people }, (_, place) => line(place + 1)), minutes: [] });
    const before = await bytes();
    for (let place = 0; place < length; place += 1)
      await store.write({
        lines: [],
        minutes: Array.from({ length: people }, (_, number) => minute(number + 1, place, { severity: place % 10 === 0 ? 2 : 0 })),
      });
    expect(((await bytes()) - before) / (people * length)).toBeLessThan(512);

    async function bytes(): Promise<number> {
      const { rows } = await (name === 'SQLite'
        ? sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
        : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
      ).execute(db);
      return Number(rows[0]?.bytes ?? 0);
    }
  }, 60_000);
});
