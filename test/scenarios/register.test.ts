// What is done to a register by hand, over HTTP on a whole server: every right and every refusal. Rules A31 to A33.
import { parse } from 'csv-parse/sync';
import Excel from 'exceljs';
import { extractText } from 'unpdf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Register } from '../../server/contract/attendance.ts';
import { AuditPage } from '../../server/contract/audit.ts';
import { CourseAttendance } from '../../server/contract/timetable.ts';
import type { Campus } from '../support/accounts.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { openTermCampus, otherRunningId, runningId } from '../support/term-campus.ts';

const path = `/api/lessons/${lessonId}/register`;
const absentee = studentId(3);
const present = studentId(1);

let campus: Campus;
beforeEach(async () => {
  campus = await openTermCampus();
});
afterEach(() => campus.close());

const read = async (token = 'teacher', of = path) => Register.parse(await campus.json('GET', of, { token }));
const rowOf = (register: Register, personId: string) => register.rows.find((row) => row.personId === personId);
const correction = (verdict: string | null = 'excused', reason = 'Ауырып қалды') => ({ verdict, reason });
const correct = async (token: string, personId: string = absentee, body: object = correction(), of = path) =>
  Register.parse(await campus.json('PUT', `${of}/${personId}`, { token, body }));
const refusedToCorrect = (token: string | undefined, personId: string = absentee, body: unknown = correction(), of = path) =>
  campus.refusal('PUT', `${of}/${personId}`, { token, body });
const digestOf = async (token?: string) => (await read(token)).digest;
const sign = async (token: string, digest?: string) =>
  Register.parse(await campus.json('POST', `${path}/signature`, { token, body: { digest: digest ?? (await digestOf(token)) } }));
const refusedToSign = (token: string | undefined, digest: unknown, of = path) =>
  campus.refusal('POST', `${of}/signature`, { token, body: { digest } });
const reopen = async (token: string, reason = 'Қате байқалды') =>
  Register.parse(await campus.json('POST', `${path}/reopening`, { token, body: { reason } }));
const refusedToReopen = (token: string | undefined, body: unknown = { reason: 'Why not' }) =>
  campus.refusal('POST', `${path}/reopening`, { token, body });
const acts = async () => AuditPage.parse(await campus.json('GET', '/api/audit?search=Diffraction', { token: 'admin' })).entries;

describe('A32 a correction', () => {
  it.each(['teacher', 'coordinator', 'physics-coordinator', 'admin'])('is made by %s, with both verdicts to be seen', async (who) => {
    const register = await correct(who);
    expect(rowOf(register, absentee)).toMatchObject({
      ...{ verdict: 'excused', computed: 'absent', why: expect.arrayContaining([{ code: 'corrected' }]) },
      correction: { verdict: 'excused', reason: 'Ауырып қалды', by: who, byName: `Name of ${who}`, at: campus.clock.now() },
    });
    expect(register.totals).toMatchObject({ excused: 1, absent: 2 });
    expect(register.history).toMatchObject([
      { by: who, act: { type: 'corrected', personId: absentee, name: `Name of ${absentee}`, from: 'absent', to: 'excused' } },
    ]);
    expect(await acts()).toMatchObject([
      { act: 'register.corrected', actor: { id: who }, before: { verdict: 'absent' }, after: { verdict: 'excused', personId: absentee } },
    ]);
  });

  it('is refused to assistants, observers, coordinators of other faculties, other teachers and students', async () => {
    for (const who of ['assistant', 'observer', 'physics-observer', 'law-coordinator', 'lawyer', 'stranger', 'student1', absentee])
      expect([who, await refusedToCorrect(who)]).toEqual([who, 'not-allowed']);
    expect((await read()).history).toEqual([]);
  });

  it('is refused to who is not signed in, and of a lesson that is not there', async () => {
    expect(await refusedToCorrect(undefined)).toBe('not-signed-in');
    expect(await refusedToCorrect('admin', absentee, correction(), '/api/lessons/nowhere/register')).toBe('not-found');
  });

  it('is nobody’s to make of the own row', async () => {
    expect(await refusedToCorrect('teacher', 'teacher', correction('absent'))).toBe('not-allowed');
  });

  it('is only of people who were expected or came', async () => {
    expect(await refusedToCorrect('teacher', 'lawyer')).toBe('not-found');
    expect(await refusedToCorrect('teacher', 'nobody')).toBe('not-found');
  });

  it('is malformed without a verdict that is given by hand and a reason of sensible length', async () => {
    for (const [what, body] of [
      ['no reason', { verdict: 'present' }],
      ['an empty reason', correction('present', '  ')],
      ['a reason that is too long', correction('present', 'x'.repeat(501))],
      ['no verdict', { reason: 'Why' }],
      ['a verdict that is not given by hand', correction('not-held')],
      ['nothing in it', {}],
    ] as const)
      expect([what, await refusedToCorrect('teacher', absentee, body)]).toEqual([what, 'bad-request']);
  });

  it('that is asked for twice is made once, and one taken back leaves both in the history', async () => {
    await correct('teacher');
    await correct('teacher');
    expect((await read()).history).toHaveLength(1);
    const taken = await correct('coordinator', absentee, correction(null, 'No certificate'));
    expect(rowOf(taken, absentee)).toMatchObject({ verdict: 'absent', correction: null });
    const again = await correct('coordinator', absentee, correction(null, 'No certificate'));
    expect(again.history).toMatchObject([{ act: { to: 'excused' } }, { act: { from: 'excused', to: null, reason: 'No certificate' } }]);
    expect(await acts()).toHaveLength(2);
  });

  it('while the class runs is of people who were there: others may still come', async () => {
    const running = `/api/lessons/${runningId}/register`;
    expect(await refusedToCorrect('teacher', absentee, correction('present'), running)).toBe('wrong-phase');
    expect(await refusedToCorrect('lawyer', absentee, correction('present'), running)).toBe('not-allowed');
    const others = `/api/lessons/${otherRunningId}/register`;
    expect(await refusedToCorrect('teacher', 'stranger', correction('present'), others)).toBe('not-allowed');
  });

  it('of a cancelled lesson is refused, as is its signature', async () => {
    await campus.json('DELETE', '/api/lessons/next', { token: 'teacher' });
    const next = '/api/lessons/next/register';
    const register = await read('teacher', next);
    expect(register.may).toEqual({ correct: false, sign: false, reopen: false });
    expect(await refusedToCorrect('teacher', absentee, correction(), next)).toBe('lesson-cancelled');
    expect(await refusedToCorrect('assistant', absentee, correction(), next)).toBe('not-allowed');
    expect(await refusedToSign('teacher', register.digest, next)).toBe('lesson-cancelled');
  });

  it('reaches what reports read, before it is answered', async () => {
    await correct('teacher');
    const { lessons } = CourseAttendance.parse(await campus.json('GET', '/api/courses/course/attendance', { token: absentee }));
    expect(lessons).toMatchObject([{ own: { verdict: 'excused' } }]);
  });
});

describe('A33 the signature', () => {
  it.each(['teacher', 'physics-coordinator', 'admin'])('of %s closes the register, with name and time', async (who) => {
    const digest = await digestOf(who);
    const register = await sign(who, digest);
    expect(register).toMatchObject({
      ...{ rosterRecorded: true, signature: { by: who, byName: `Name of ${who}`, at: campus.clock.now(), digest } },
      ...{ may: { correct: who !== 'teacher', sign: false, reopen: who !== 'teacher' }, history: [{ act: { type: 'signed', digest } }] },
    });
    expect(await acts()).toMatchObject([{ act: 'register.signed', actor: { id: who }, after: { digest } }]);
  });

  it('is refused to assistants, observers, coordinators of other faculties, other teachers and students', async () => {
    const digest = await digestOf();
    for (const who of ['assistant', 'observer', 'law-coordinator', 'lawyer', 'student1'])
      expect([who, await refusedToSign(who, digest)]).toEqual([who, 'not-allowed']);
  });

  it('is refused to who is not signed in, with a malformed digest, and of a lesson that runs', async () => {
    const digest = await digestOf();
    expect(await refusedToSign(undefined, digest)).toBe('not-signed-in');
    for (const wrong of ['', 'x'.repeat(64), digest.toUpperCase().replace(/[0-9]/g, 'A'), undefined])
      expect(await refusedToSign('teacher', wrong)).toBe('bad-request');
    const running = `/api/lessons/${runningId}/register`;
    expect(await refusedToSign('teacher', (await read('teacher', running)).digest, running)).toBe('wrong-phase');
  });

  it('is of what the signer saw: a register that changed meanwhile is a conflict', async () => {
    const digest = await digestOf();
    await correct('coordinator');
    expect(await refusedToSign('teacher', digest)).toBe('conflict');
    expect((await sign('teacher')).signature).not.toBeNull();
  });

  it('given twice is given once, and another one is a conflict', async () => {
    const digest = await digestOf();
    await Promise.all([sign('teacher', digest), sign('teacher', digest)]);
    await sign('coordinator', digest);
    expect((await read()).history).toHaveLength(1);
    expect(await refusedToSign('coordinator', '0'.repeat(64))).toBe('conflict');
  });

  it('leaves corrections to coordinators, and opening again too', async () => {
    await sign('teacher');
    expect(await refusedToCorrect('teacher')).toBe('not-allowed');
    expect(rowOf(await correct('physics-coordinator'), absentee)).toMatchObject({ verdict: 'excused' });
    for (const who of ['teacher', 'assistant', 'observer', 'law-coordinator', 'lawyer', 'student1'])
      expect(await refusedToReopen(who)).toBe('not-allowed');
    expect(await refusedToReopen(undefined)).toBe('not-signed-in');
    expect(await refusedToReopen('admin', {})).toBe('bad-request');
    const register = await reopen('physics-coordinator');
    expect(register.signature).toBeNull();
    expect(register.history.map(({ act }) => act.type)).toEqual(['signed', 'corrected', 'reopened']);
    expect(await refusedToReopen('admin')).toBe('wrong-phase');
    expect(rowOf(await correct('teacher', absentee, correction(null, 'Back')), absentee)).toMatchObject({ verdict: 'absent' });
    expect((await acts()).map(({ act }) => act)).toEqual([
      ...['register.corrected', 'register.reopened', 'register.corrected', 'register.signed'],
    ]);
  });

  it('stands through a restart, and through changes of groups', async () => {
    const { signature, rows } = await sign('teacher');
    campus = await campus.after(60_000);
    const register = await read();
    expect(register.signature).toEqual(signature);
    expect(register.rows).toEqual(rows);
  });
});

describe('who sees what', () => {
  it('is told with the register: what one may do to it', async () => {
    const may = async (who: string) => (await read(who)).may;
    for (const who of ['teacher', 'coordinator', 'admin']) expect(await may(who)).toEqual({ correct: true, sign: true, reopen: false });
    for (const who of ['assistant', 'observer', 'student1']) expect(await may(who)).toEqual({ correct: false, sign: false, reopen: false });
  });

  it('students see their own row and what was done to it, and nothing of others', async () => {
    await correct('teacher');
    await correct('teacher', studentId(4), correction('present', 'Was in the hall'));
    const own = await read(absentee);
    expect(own.rows.map(({ personId }) => personId)).toEqual([absentee]);
    expect(own.history).toMatchObject([{ act: { personId: absentee } }]);
    expect(rowOf(own, absentee)).toEqual(rowOf(await read(), absentee));
    expect(JSON.stringify(own)).not.toContain('Was in the hall');
    expect(rowOf(await read(present), present)).toEqual(rowOf(await read(), present));
    expect(await campus.refusal('GET', path, { token: 'lawyer' })).toBe('not-allowed');
  });
});

describe('the register as a file', () => {
  const bytes = async (format: string, lang: string, token = 'teacher') =>
    new Uint8Array(await (await campus.call('GET', `${path}.${format}?lang=${lang}`, { token })).arrayBuffer());

  it('says the same as CSV, workbook and PDF, with Kazakh letters', async () => {
    await correct('teacher');
    await sign('teacher');
    const csv: string[][] = parse(Buffer.from(await bytes('csv', 'kk')), { bom: true, delimiter: ';' });
    const line = csv.find(([name]) => name === `Name of ${absentee}`);
    expect(line).toContain('Ауырып қалды');

    const workbook = new Excel.Workbook();
    await workbook.xlsx.load((await bytes('xlsx', 'kk')).buffer);
    const [people, history] = workbook.worksheets;
    const cells = people?.getRows(1, 20)?.flatMap((row) => (Array.isArray(row.values) ? row.values.map(String) : []));
    expect(cells).toEqual(expect.arrayContaining([`Name of ${absentee}`, 'бұрын: қатыспады; Name of teacher: Ауырып қалды']));
    expect(history?.rowCount).toBe(5);

    const { text } = await extractText(await bytes('pdf', 'kk'), { mergePages: true });
    const words = text.replace(/\s+/g, ' ');
    for (const expected of ['Қатысу журналы: Diffraction', 'Қол қойған: Name of teacher', `Name of ${absentee}`, 'Ауырып қалды'])
      expect(words).toContain(expected);
  });

  it('holds the own row only for a student, and nothing for strangers', async () => {
    for (const format of ['csv', 'xlsx', 'pdf', 'json']) await isOwnOnly(format);
  });

  async function isOwnOnly(format: string) {
    expect(await campus.refusal('GET', `${path}.${format}`, { token: 'lawyer' })).toBe('not-allowed');
    expect(await campus.refusal('GET', `${path}.${format}`)).toBe('not-signed-in');
    expect(await campus.refusal('GET', `${path}.${format}?lang=de`, { token: 'teacher' })).toBe('bad-request');
    const file = await bytes(format, 'en', present);
    const { text } = format === 'pdf' ? await extractText(file, { mergePages: true }) : { text: Buffer.from(file).toString() };
    if (format !== 'xlsx') {
      expect(text).toContain(`Name of ${present}`);
      expect(text).not.toContain(`Name of ${absentee}`);
    }
  }
});
