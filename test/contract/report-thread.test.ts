// The thread of reports: what becomes of those who wait when it dies, hangs, is asked too much, or the server stops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ReportScopes } from '../../server/contract/reports.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Answer, Report } from '../../server/reports/answers.ts';
import { ReportThread } from '../../server/reports/report-thread.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fillJudgedTerm, inTerm } from '../support/judged-term.ts';
import { timeZone } from '../support/lessons.ts';
import { eachDatabase } from './databases.ts';

const asking = { id: 'admin', roles: ['administrator'] } as const;
const scopes: Report = { kind: 'scopes', asking };
const dies: Report = { kind: 'term', asking, query: {} };
const hangs: Report = { kind: 'faculty', asking, id: 'faculty', query: {} };
const real = new URL('../../server/app-reports-worker.ts', import.meta.url);
const ofTests = new URL('../support/report-thread-of-tests.ts', import.meta.url);
const textOf = ({ bytes }: Answer) => new TextDecoder().decode(bytes);

const opened: ReportThread[] = [];
function open(entry: URL, database = '', longestMs?: number): ReportThread {
  const clock = new FakeClock(inTerm);
  const thread = new ReportThread({ entry, data: { database, timeZone }, clock, ...(longestMs !== undefined && { longestMs }) });
  opened.push(thread);
  return thread;
}
afterEach(async () => {
  for (const thread of opened.splice(0)) await thread.close();
});

describe('the thread of reports', () => {
  it('fails those who wait when it dies, and another answers who asks next', async () => {
    const thread = open(ofTests);
    const first = textOf(await thread.ask(scopes, 'json'));
    const waiting = [thread.ask(hangs, 'json'), thread.ask(dies, 'json')];
    for (const outcome of await Promise.allSettled(waiting)) expect(outcome).toMatchObject({ status: 'rejected' });
    expect(textOf(await thread.ask(scopes, 'json'))).not.toBe(first);
  });

  it('is ended when a report takes too long, and another answers who asks next', async () => {
    const thread = open(ofTests, '', 1000);
    const first = textOf(await thread.ask(scopes, 'json'));
    await expect(thread.ask(hangs, 'json')).rejects.toThrow('took too long');
    expect(textOf(await thread.ask(scopes, 'json'))).not.toBe(first);
  });

  it('refuses who comes when forty wait, and takes who comes when they are done', async () => {
    const thread = open(ofTests);
    const waiting = Array.from({ length: 40 }, () => thread.ask(scopes, 'json'));
    await expect(thread.ask(scopes, 'json')).rejects.toMatchObject({ code: 'too-many-requests', details: { retryAfterMs: 5000 } });
    await Promise.all(waiting);
    await thread.ask(scopes, 'json');
  });

  it('refuses who waits and who comes when the server stops, also a thread that hangs', async () => {
    const thread = open(ofTests);
    const waiting = expect(thread.ask(hangs, 'json')).rejects.toMatchObject({ code: 'server-stopping' });
    await Promise.all([thread.close(), thread.close()]);
    await waiting;
    await expect(thread.ask(scopes, 'json')).rejects.toMatchObject({ code: 'server-stopping' });
  });

  it('fails while it cannot open the database, and answers once it can', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-reports-'));
    const where = join(folder, 'there.sqlite');
    const thread = open(real, where);
    await expect(thread.ask(scopes, 'json')).rejects.toThrow('unable to open database file');
    const database = await openDatabase(where);
    await fillJudgedTerm(database.db);
    expect(JSON.parse(textOf(await thread.ask(scopes, 'json')))).toMatchObject({ own: { student: false, teacher: false } });
    await thread.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

eachDatabase((_name, fresh) => {
  it('its connection sees what is written after it was opened, and writes nothing', async () => {
    const { db, where } = await fresh();
    const thread = open(real, where);
    const facultyIds = async () =>
      ReportScopes.parse(JSON.parse(textOf(await thread.ask(scopes, 'json')))).faculties.map(({ id }) => String(id));
    expect(await facultyIds()).toEqual([]);
    await fillJudgedTerm(db);
    expect(await facultyIds()).toContain('law');
    const second = await openDatabase(where, () => undefined, { isReadOnly: true });
    await expect(second.db.deleteFrom('faculty').execute()).rejects.toThrow(/read-?only/);
    await second.close();
  });
});
