// Reports of connection tests on both databases: paged newest first, found by name and words, removed after their time and with the account.
import { expect, it } from 'vitest';
import { ReportService } from '../../server/connection-test/report.service.ts';
import { ReportStore } from '../../server/connection-test/report.store.ts';
import type { TestResult } from '../../server/contract/connection-test.ts';
import { PersonId } from '../../server/contract/ids.ts';
import { lockedPeople } from '../../server/identity/person.store.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { fillCampus, studentId } from '../support/campus.ts';
import { eachDatabase } from './databases.ts';

const result: TestResult = {
  ways: [{ kind: 'relay-tls', relay: 'turns:turn.test:443', state: 'works', ms: 900 }],
  line: { downBps: 1_500_000.5, upBps: null, lossDown: 0.01, lossUp: 0, roundTripMs: 120, jitterMs: 14 },
  webSocket: false,
  devices: { microphone: 'allowed', camera: 'none' },
  lacks: ['screen'],
};
const all = { limit: 30 } as const;

eachDatabase((_name, open) => {
  it('U9 reports come newest first, page by page, those of the same moment too', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new ReportStore(db);
    const add = (id: string, at: number, student: number, note = '') => {
      const person = { id: studentId(student), name: `Name of student${student}` };
      return store.add({ id, at, person, note, address: '198.51.100.7', userAgent: 'Firefox', verdict: 'video', result });
    };
    await add('a', 1_000, 1, 'Жатақхана 3');
    await add('b', 2_000, 2);
    await add('c', 2_000, 1);
    const service = new ReportService({ store, clock: { now: () => 3_000 }, newId: () => 'd' });
    const first = await service.page({ limit: 2 });
    expect([first.total, first.reports.map(({ id }) => id)]).toEqual([3, ['c', 'b']]);
    const rest = await service.page({ limit: 2, before: first.next ?? '' });
    expect([rest.next, rest.reports]).toMatchObject([null, [{ id: 'a', result, person: { name: 'Name of student1' } }]]);
    expect((await service.page({ ...all, search: 'student1 жатакхана' })).reports.map(({ id }) => id)).toEqual(['a']);
    expect((await service.page({ ...all, search: '198.51' })).total).toBe(3);
    expect((await service.page({ ...all, from: 1_500, to: 2_000 })).total).toBe(0);
  });

  it('U9 they go after their time, and with the name of their person', async () => {
    const { db } = await open();
    await fillCampus(db);
    const store = new ReportStore(db);
    const privacy = new PrivacyStore(db, lockedPeople);
    for (const [id, at, student] of [
      ['a', 1_000, 1],
      ['b', 2_000, 1],
      ['c', 3_000, 2],
    ] as const) {
      const person = { id: PersonId.parse(studentId(student)), name: '' };
      await store.add({ id, at, person, note: '', address: '', userAgent: '', verdict: 'none', result });
    }
    expect(await privacy.removeConnectionReports(2_000, 10)).toBe(1);
    expect(await store.count({})).toBe(2);
    await privacy.anonymise(studentId(1), { name: 'ID-1', signInName: 'anonymous-1', at: 4_000, chat: 'remove' });
    expect((await store.page(all)).map(({ id }) => id)).toEqual(['c']);
  });
});
