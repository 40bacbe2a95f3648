// The shares of distance teaching over HTTP, on a whole server: who sees which, filters and pages, the table for Excel, and the preview.
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnShare, Shares, SharesPreview } from '../../server/contract/shares.ts';
import type { Campus } from '../support/accounts.ts';
import { noon } from '../support/accounts.ts';
import { day, openTermCampus } from '../support/term-campus.ts';

let campus: Campus;
beforeAll(async () => {
  campus = await openTermCampus();
});
afterAll(() => campus.close());

async function report(query = '', token = 'admin') {
  return Shares.parse(await campus.json('GET', `/api/shares${query}`, { token }));
}
async function idsOf(query: string, token?: string): Promise<string[]> {
  return (await report(query, token)).rows.map(({ id }) => id);
}

describe('the report', () => {
  it('counts what was held and what is to come, against the limit of the field', async () => {
    expect(await report()).toMatchObject({
      ...{ term: { id: 'autumn', name: 'Autumn' }, total: 2, next: null, states: { ok: 1, near: 0, over: 1, unknown: 0 } },
      rows: [
        { id: 'civil', held: 0, coming: 1, plannedHours: 4, percent: 25, limitPercent: 20, state: 'over', credits: 3, creditsHere: 0.75 },
        { id: 'course', held: 1, coming: 2, plannedHours: 20, percent: 15, limitPercent: 50, state: 'ok', credits: 5, creditsHere: 0.75 },
      ],
    });
  });

  it.each([
    ['admin', ['civil', 'course']],
    ['coordinator', ['civil', 'course']],
    ['observer', ['civil', 'course']],
    ['law-coordinator', ['civil']],
    ['physics-coordinator', ['course']],
    ['physics-observer', ['course']],
  ])('C1 shows %s what belongs to the faculties of the role', async (who, ids) => {
    expect(await idsOf('', who)).toEqual(ids);
    expect((await report('', who)).total).toBe(ids.length);
    const lines = parse(await (await campus.call('GET', '/api/shares.csv?lang=en', { token: who })).text(), { bom: true });
    expect(lines).toHaveLength(1 + ids.length);
  });

  it('C1 shows a limited role no other faculty by any filter', async () => {
    for (const query of ['?facultyId=faculty', '?programmeId=optics', '?search=optics', '?by=student&search=student1'])
      expect(await report(query, 'law-coordinator')).toMatchObject({ rows: [], total: 0, states: { ok: 0, over: 0 } });
  });

  it.each(['teacher', 'lawyer', 'student1', 'stranger', 'assistant'])('is refused to %s, also as a table', async (who) => {
    for (const path of ['/api/shares', '/api/shares?by=student', '/api/shares.csv'])
      expect(await campus.refusal('GET', path, { token: who })).toBe('not-allowed');
  });

  it('is refused to whoever is not signed in', async () => {
    for (const path of ['/api/shares', '/api/shares.csv']) expect(await campus.refusal('GET', path)).toBe('not-signed-in');
  });

  it('is of courses, programmes and students, each narrowed by faculty, programme, state and search', async () => {
    expect(await idsOf('?by=programme')).toEqual(['jurists', 'optics']);
    expect(await idsOf('?by=student&facultyId=law')).toEqual(['stranger']);
    expect(await idsOf('?by=student&programmeId=optics&sort=name')).toEqual([1, 2, 3, 4, 5].map((number) => `student${number}`));
    expect(await idsOf('?facultyId=faculty')).toEqual(['course']);
    expect(await idsOf('?state=over')).toEqual(['civil']);
    expect(await idsOf('?search=phy1')).toEqual(['course']);
    expect(await idsOf('?by=programme&search=nothing')).toEqual([]);
    expect(await report('?termId=spring')).toMatchObject({ term: { id: 'spring' }, rows: [], total: 0 });
  });

  it('comes in pages that hold everybody once', async () => {
    const seen: string[] = [];
    for (let after = '0'; ; ) {
      const page = await report(`?by=student&sort=name&limit=4&after=${after}`);
      expect(page.total).toBe(6);
      seen.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(['stranger', ...[1, 2, 3, 4, 5].map((number) => `student${number}`)]);
    expect(await report('?by=student&limit=4&after=400')).toMatchObject({ rows: [], next: null, total: 6 });
  });

  it.each(['by=teacher', 'limit=0', 'limit=1000', 'state=bad', 'termId=unknown', 'sort=colour', `search=${'x'.repeat(121)}`])(
    'is refused when the query is wrong: %s',
    async (query) => {
      expect(await campus.refusal('GET', `/api/shares?${query}`, { token: 'admin' })).toBe('bad-request');
    },
  );
});

describe('the table for Excel', () => {
  async function table(query: string) {
    const response = await campus.call('GET', `/api/shares.csv?${query}`, { token: 'admin' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(text.startsWith('\uFEFF')).toBe(true);
    return { text, name: response.headers.get('content-disposition') };
  }

  it.each([
    ['kk', ';', 'Атауы', '0,75', 'шектен асты'],
    ['ru', ';', 'Название', '0,75', 'предел превышен'],
    ['en', ',', 'Name', '0.75', 'over the limit'],
  ])('speaks %s, with the separators that Excel expects there', async (language, delimiter, name, credits, over) => {
    const { text, name: file } = await table(`lang=${language}`);
    const [head, first] = parse(text, { bom: true, delimiter });
    expect([head?.length, head?.[0], first?.[8], first?.[11]]).toEqual([14, name, credits, over]);
    expect(file).toBe('attachment; filename=distance-course.csv');
  });

  it('calculates nothing of what people have named', async () => {
    const [, first] = parse((await table('lang=en')).text, { bom: true });
    expect(first?.slice(0, 3)).toEqual(["'=1+1", "'@LAW", 'Құқық']);
  });

  it('has all rows that the query finds, whatever the page', async () => {
    const rows = parse((await table('by=student&lang=en&limit=1')).text, { bom: true });
    expect(rows).toHaveLength(1 + 6);
    expect(parse((await table('by=student&lang=en&state=over')).text, { bom: true })).toHaveLength(1 + 1);
  });

  it('is in the language of the browser when nobody has chosen one', async () => {
    const headers = { authorization: 'Bearer admin', 'accept-language': 'ru-RU, en;q=0.5' };
    expect(await (await fetch(`${campus.app.url}/api/shares.csv`, { headers })).text()).toContain('Название');
    expect(await campus.refusal('GET', '/api/shares.csv?lang=fr', { token: 'admin' })).toBe('bad-request');
  });
});

describe('D4 one’s own share', () => {
  it('is what the report says of the student, for the student alone', async () => {
    for (const who of ['student1', 'stranger']) {
      const own = OwnShare.parse(await campus.json('GET', '/api/me/share', { token: who }));
      const [row] = (await report(`?by=student&search=${who}`)).rows;
      if (row === undefined) throw new Error('The report does not have the student');
      const { id: _id, name: _name, detail: _detail, faculty: _faculty, ...share } = row;
      expect(own).toEqual({ term: { id: 'autumn', name: 'Autumn' }, share });
    }
    expect(await campus.json('GET', '/api/me/share', { token: 'lawyer' })).toMatchObject({ term: { id: 'autumn' }, share: null });
    expect(await campus.refusal('GET', '/api/me/share')).toBe('not-signed-in');
  });
});

describe('D6 the preview', () => {
  const path = '/api/shares/preview';
  const startsAt = noon + 3 * day;
  const lesson = { courseId: 'course', title: 'X', kind: 'seminar', startsAt, endsAt: startsAt + 50 * 60_000, groupIds: ['group'] };
  const series = {
    ...{ termId: 'autumn', courseId: 'course', kind: 'lecture', title: 'X', teacherId: 'teacher', groupIds: ['group'], streamIds: [] },
    ...{ placeId: null, mode: 'online', weekday: 3, weeks: 'every', fromOn: '2026-09-09', untilOn: '2026-11-11', rules: null },
    time: { by: 'clock', startsAt: '09:00', endsAt: '09:50' },
  };
  const ask = async (body: object, token = 'admin') => SharesPreview.parse(await campus.json('POST', path, { token, body }));

  it('tells what a lesson, or all lessons of a weekly pattern, would make of the share, and changes nothing', async () => {
    expect(await ask({ of: 'lesson', lesson })).toMatchObject({ before: { percent: 15, state: 'ok' }, after: { percent: 20, coming: 3 } });
    expect(await ask({ of: 'series', series })).toMatchObject({
      before: { percent: 15 },
      after: { percent: 65, coming: 12, state: 'over' },
    });
    expect(await ask({ of: 'series', series: { ...series, mode: 'on-site' } })).toMatchObject({ after: { percent: 15 } });
    expect((await report('?search=phy1')).rows).toMatchObject([{ percent: 15 }]);
  });

  it('is for those who plan lessons of the course', async () => {
    for (const who of ['coordinator', 'physics-coordinator', 'teacher', 'lawyer'])
      expect(await campus.refusal('POST', path, { token: who, body: { of: 'lesson', lesson } }), who).toBeNull();
    for (const who of ['law-coordinator', 'student1', 'observer', 'assistant'])
      expect(await campus.refusal('POST', path, { token: who, body: { of: 'lesson', lesson } }), who).toBe('not-allowed');
    expect(await campus.refusal('POST', path, { body: { of: 'lesson', lesson } })).toBe('not-signed-in');
  });

  it.each([
    {},
    { of: 'course', lesson },
    { of: 'lesson', lesson: { ...lesson, courseId: 'unknown' } },
    { of: 'lesson', lesson: { ...lesson, endsAt: 'late' } },
    { of: 'series', series: { ...series, termId: 'unknown' } },
    { of: 'series', series: { ...series, weekday: 8 } },
  ])('is refused when malformed: %j', async (body) => {
    expect(await campus.refusal('POST', path, { token: 'admin', body })).toBe('bad-request');
  });
});
