// Printed weeks over HTTP on each database: whose one may print, and that a file comes which can be opened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../../server/log.ts';
import { eachDatabase } from '../contract/databases.ts';
import { observerId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { openFeedsServer } from '../support/feeds-server.ts';

eachDatabase((_name, open) => {
  let server: Awaited<ReturnType<typeof openFeedsServer>>;
  beforeAll(async () => {
    server = await openFeedsServer(await open(), openLog({ level: 'silent', format: 'json' }));
  });
  afterAll(() => server.close());

  const print = (who: string | null, query: string) =>
    fetch(`${server.base}/api/print/week.pdf?${query}`, { headers: who === null ? {} : { authorization: `Bearer ${who}` } });

  describe('F8 whoever is signed in', () => {
    it.each([
      [studentId(1), 'of=person&language=kk', 'Name%20of%20student1%202026-09-07.pdf'],
      [studentId(1), `of=person&id=${studentId(1)}&week=2026-09-13`, 'Name%20of%20student1%202026-09-07.pdf'],
      [strangerId, 'of=group&id=group&week=2026-09-09&language=ru', 'PHY-21%202026-09-07.pdf'],
      [observerId, `of=teacher&id=${teacherId}&week=2026-12-31&language=en`, 'Name%20of%20teacher%202026-12-28.pdf'],
    ])('prints: %s %s', async (who, query, name) => {
      const answer = await print(who, query);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.headers.get('content-disposition')).toContain(name);
      const pdf = Buffer.from(await answer.arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.subarray(-6).toString()).toContain('%%EOF');
    });

    it.each([
      [`of=person&id=${teacherId}`, 403],
      [`of=teacher&id=${studentId(2)}`, 404],
      ['of=teacher&id=nobody', 404],
      ['of=teacher&id=%27%20or%201', 404],
      ['of=group&id=nowhere', 404],
      ['of=group', 400],
      ['of=faculty&id=faculty', 400],
      ['of=person&week=2026-02-30', 400],
      ['of=person&week=', 400],
      ['of=person&language=de', 400],
      ['', 400],
    ])('does not print: %s', async (query, status) => {
      expect((await print(studentId(1), query)).status).toBe(status);
    });
  });

  it('strangers print nothing', async () => {
    expect((await print(null, 'of=group&id=group')).status).toBe(401);
  });

  it('a person prints at most twenty times in a minute', async () => {
    const statuses = await Promise.all(Array.from({ length: 21 }, async () => (await print(studentId(3), 'of=group&id=nowhere')).status));
    expect(statuses.sort()).toEqual([...Array(20).fill(404), 429]);
  });
});
