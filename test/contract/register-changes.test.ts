// What comes just while a lesson is being judged or its register signed: rules A31 and A35, on each database.
import { expect, it } from 'vitest';
import { Changes } from '../../server/attendance/changes.ts';
import { ExcusalsService } from '../../server/attendance/excusals.service.ts';
import { ExcusalsStore } from '../../server/attendance/excusals.store.ts';
import { ExpectedStore } from '../../server/attendance/expected.store.ts';
import { FinishService } from '../../server/attendance/finish.service.ts';
import { OneByOne } from '../../server/attendance/one-by-one.ts';
import { Registers } from '../../server/attendance/registers.service.ts';
import { ResultsStore } from '../../server/attendance/results.store.ts';
import { RuleBook } from '../../server/attendance/rule-book.ts';
import { UnjudgedStore } from '../../server/attendance/unjudged.store.ts';
import type { Actor } from '../../server/audit/actor.ts';
import type { AttendanceRule } from '../../server/contract/attendance.ts';
import { doorClosesAt, fillCampus, lessonId, startsAt, studentId, teacherId } from '../support/campus.ts';
import { door, timeZone } from '../support/lessons.ts';
import { openRegisters } from '../support/registers.ts';
import { usualRule } from '../support/told.ts';
import { eachDatabase } from './databases.ts';

const [one, two] = [studentId(1), studentId(2)];
const dean: Actor = { kind: 'person', id: teacherId, displayName: 'Dean', roles: ['administrator'], address: '::1' };

eachDatabase((_name, open) => {
  it('A35 an excuse that comes between reading a register and writing its results is not lost', async () => {
    const { db } = await open();
    await fillCampus(db);
    const campus = openRegisters(db, doorClosesAt + 120_000);
    await campus.held(lessonId, startsAt, one);

    const [store, unjudged, changes, { clock, traceStore, timetable, trace }] = [
      new ExcusalsStore(db),
      new UnjudgedStore(db),
      new Changes(),
      campus,
    ];
    const audit = { record: () => Promise.resolve() };
    const excusals = new ExcusalsService({
      store,
      timeZone,
      audit,
      clock,
      newId: () => 'excusal',
      changes,
      turns: new OneByOne(),
      stale: () => undefined,
    });
    let meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      const day = '2026-09-07';
      await excusals.add(dean, { personId: two, firstOn: day, lastOn: day, reason: 'illness', note: '' });
    };
    const registers = new Registers({
      ...{ trace: traceStore, roster: (id) => timetable.roster(id), expected: new ExpectedStore(db), excusals: store, door, timeZone },
      ...{ isExpired: () => Promise.resolve(false), changes, viewing: campus.viewing },
      // Asked for when all else is read.
      book: async () => {
        await meanwhile();
        return new RuleBook([], usualRule, timeZone);
      },
    });
    const finish = new FinishService({
      ...{ find: () => timetable.record(lessonId), registers, results: new ResultsStore(db), unjudged, trace, clock, changes },
      lessons: new OneByOne(),
    });

    await finish.finish(lessonId);
    expect(await unjudged.stale(10)).toEqual([lessonId]);
    await finish.finish(lessonId);
    expect(await campus.verdicts(lessonId)).toMatchObject({ [one]: 'present', [two]: 'excused' });
    expect(await unjudged.stale(10)).toEqual([]);
  });

  it('A31 what is told to be watched while a register is being signed does not change what was signed', async () => {
    const { db } = await open();
    await fillCampus(db);
    const campus = openRegisters(db, doorClosesAt + 120_000);
    await campus.held(lessonId, startsAt, one);
    await campus.sweep();
    const { clock, trace, traceStore } = campus;
    const judgedTo = (await traceStore.read(lessonId)).at(-1)?.seq ?? 0;
    const rule: AttendanceRule = { ...usualRule, viewing: { counts: 'asynchronous', withinDays: 3, fromShare: 0.5 } };
    await campus.watched(lessonId, two, 40);
    const act = { lessonId, at: clock.now(), by: teacherId, byName: 'Teacher' };
    await trace.append([{ ...act, type: 'register-signed', digest: 'a'.repeat(64), rule, judgedTo }]);
    const verdictOfTwo = async () =>
      (await campus.attendance.service.register(lessonId, clock.now())).rows.find(({ personId }) => personId === two)?.verdict;
    expect(await verdictOfTwo()).toBe('absent');
    await trace.append([{ ...act, type: 'register-reopened', reason: 'A recording' }]);
    await trace.append([{ ...act, type: 'register-signed', digest: 'a'.repeat(64), rule, judgedTo: judgedTo + 3 }]);
    expect(await verdictOfTwo()).toBe('asynchronous');
  });
});
