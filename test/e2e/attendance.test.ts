// A class whose attendance is evidence: who came, who lost the line, who left; checked, corrected, signed, exported and proven.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Download } from '@playwright/test';
import ExcelJS from 'exceljs';
import { extractText } from 'unpdf';
import { RegisterRule } from '../../server/contract/attendance.ts';
import { Lesson } from '../../server/contract/timetable.ts';
import { isoDay } from './support/days.ts';
import { studentNames } from './support/demo.ts';
import { registerOf, rowOf } from './support/register.ts';
import { ServerProcess } from './support/server-process.ts';
import { test as base, expect } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

const minute = 60_000;
const [dropped, closesTab, leavesEarly] = studentNames;
const late = 'Дүйсенбаев Ерасыл';
const neverComes = 'Зайцева Мария';
const twoDevices = 'Қожахметов Санжар';
const title = 'Графтар теориясы';

const test = base.extend({
  // A line that is gone for a few seconds is a gap here, not a drop that one comes back from.
  server: async ({ browserName: _ }, use, testInfo) => {
    const server = await ServerProcess.openDemo(() => ({ AUDITORIA_ROOM_GRACE_SECONDS: '5' }));
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server.txt', { body: await server.log() });
    await server.close();
  },
});
test.setTimeout(420_000);

test('a class leaves a register that says why, is corrected and signed, and whose trace anybody can prove', async ({
  server,
  line,
  visitor,
}) => {
  const headers = { origin: server.url };
  const admin = await visitor(server);
  await admin.signIn('admin');
  const teacher = await visitor(server);
  await teacher.signIn('teacher');
  const own = await (await teacher.page.request.get('/api/me')).json();

  const onLine = await visitor(line);
  const closing = await visitor(server);
  const leaving = await visitor(server);
  const laptop = await visitor(server);
  const phone = await visitor(server);
  const comesLate = await visitor(server);
  // Signing in is slow on purpose; the class begins when all of them could come.
  for (const [who, name] of [
    [onLine, 'student1'],
    [closing, 'student2'],
    [leaving, 'student3'],
    [laptop, 'student6'],
    [phone, 'student6'],
    [comesLate, 'student4'],
  ] as const)
    await who.signIn(name);

  const startsAt = Date.now() + 90_000;
  const lesson =
    await test.step('a lesson of one group, under a rule of its course that is strict about coming and mild about lines', async () => {
      const made = await admin.page.request.post('/api/lessons', {
        headers,
        data: {
          ...{ courseId: 'demo-course-1', title, kind: 'seminar', startsAt, endsAt: startsAt + 50 * minute },
          ...{ teacherId: own.person.id, groupIds: ['demo-group-1'], despiteConflicts: true },
        },
      });
      expect(made.status(), await made.text()).toBe(200);
      const rule = {
        ...{ lateAfterMinutes: 1, presentFromShare: 0.6, shareOf: 'lesson', earlyLeaveMinutes: 0, forgiveGapMinutes: 5 },
        ...{ viewing: { counts: 'apart' }, missedChecks: null },
      };
      const body = { scope: { of: 'course', courseId: 'demo-course-1' }, validFrom: isoDay(Date.now()), rule };
      const ruled = await admin.page.request.post('/api/register-rules', { headers, data: body });
      expect(ruled.status(), await ruled.text()).toBe(200);
      expect(RegisterRule.parse(await ruled.json()).rule.lateAfterMinutes).toBe(1);
      return Lesson.parse(await made.json());
    });
  const comes = async (who: Visitor) => {
    await who.goTo(`/lessons/${lesson.id}`);
    await who.joinClass({ camera: false });
  };

  await test.step('the teacher and four students are there when it begins, one of them twice', async () => {
    for (const who of [teacher, onLine, closing, leaving, laptop, phone]) await comes(who);
    expect(Date.now(), 'all came before the lesson began; if not, the machine is too slow for this story').toBeLessThan(startsAt);
  });

  await test.step('the panel names who is missing', async () => {
    await expect.poll(() => Date.now(), { timeout: 120_000 }).toBeGreaterThan(startsAt + 1_000);
    await teacher.openPanel('people');
    await teacher.page.getByRole('tab', { name: teacher.words('live.title') }).click();
    await expect(teacher.page.getByText('6 expected, 4 here')).toBeVisible(patience);
    await expect(teacher.page.getByText(neverComes)).toBeVisible();
    await expect(teacher.page.getByText(late)).toBeVisible();
    await teacher.button(teacher.words('live.callName').replace('{name}', neverComes)).click();
    await expect(teacher.page.getByText('1 person was called.')).toBeVisible(patience);
  });

  await test.step('a presence check: answered on one of two devices, not at all, and by one whose line is dead', async () => {
    await teacher.says('live.check.now').click();
    const dialog = (who: Visitor) => who.page.getByRole('alertdialog').or(who.page.getByRole('dialog'));
    for (const one of [closing, leaving, laptop, phone]) await expect(dialog(one)).toContainText('Are you still there?', patience);
    line.cut();
    await phone.says('check.answer').click();
    await expect(dialog(laptop)).toBeHidden(patience);
    // The button has the focus: Enter is enough.
    await closing.page.keyboard.press('Enter');
    await expect(dialog(closing)).toBeHidden(patience);
    await expect(teacher.page.getByText('2 of 4 have answered')).toBeVisible(patience);
  });

  await test.step('one leaves, one closes the tab, one comes back after the line was gone and is asked again', async () => {
    await leaving.says('check.answer').click();
    await leaving.says('room.leave').click();
    await closing.page.close({ runBeforeUnload: true });
    await expect.poll(() => Date.now(), { timeout: 60_000 }).toBeGreaterThan(startsAt + 40_000);
    line.mend();
    await expect(onLine.page.getByText('Your place is kept.', { exact: false })).toBeHidden(patience);
    // Whom the line kept from answering is asked again, with a minute of their own.
    await onLine.says('check.answer').click();
    await expect(onLine.says('check.answer')).toBeHidden(patience);
  });

  await test.step('one comes late, and the class is ended for all', async () => {
    await expect.poll(() => Date.now(), { timeout: 120_000 }).toBeGreaterThan(startsAt + minute + 1_000);
    await comes(comesLate);
    await expect.poll(() => Date.now(), { timeout: 120_000 }).toBeGreaterThan(startsAt + 85_000);
    await teacher.says('room.leave').click();
    await teacher.says('room.endForAll').click();
    await expect(teacher.page.getByRole('heading', { name: 'The lesson is over' })).toBeVisible(patience);
  });

  const register = () => registerOf(teacher.page, lesson.id);
  await test.step('the register tells each of them apart', async () => {
    await expect.poll(async () => (await register()).final, patience).toBe(true);
    const found = await register();
    const of = (name: string) => rowOf(found, name);
    const verdicts = [dropped, closesTab, leavesEarly, late, neverComes, twoDevices].map((name) => [name, of(name).verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      [dropped]: 'present',
      [closesTab]: 'left-early',
      [leavesEarly]: 'left-early',
      [late]: 'late',
      [neverComes]: 'absent',
      [twoDevices]: 'present',
    });
    const [gap] = of(dropped).gaps;
    expect(gap).toMatchObject({ kind: 'network', endedBy: 'connection-lost', forgiven: true });
    expect(gap?.line?.cause).toMatch(/^line-/);
    expect(of(closesTab).gaps.at(-1)).toMatchObject({ kind: 'own', endedBy: 'closed-page', to: null });
    expect(of(leavesEarly).gaps.at(-1)).toMatchObject({ kind: 'own', endedBy: 'left', to: null });
    expect(of(twoDevices)).toMatchObject({ devicesAtOnce: 2, checks: [expect.objectContaining({ outcome: 'answered' })] });
    expect(of(dropped).checks.map(({ outcome }) => outcome)).toEqual(['answered']);
    expect(of(neverComes).checks.map(({ outcome }) => outcome)).toEqual(['not-there']);
  });

  const row = (name: string) => teacher.page.getByRole('row').filter({ hasText: name });
  await test.step('the teacher looks why, corrects one with a reason, and signs', async () => {
    await teacher.goTo(`/lessons/${lesson.id}/register`);
    await row(dropped).getByRole('button').first().click();
    await expect(teacher.page.getByText(teacher.words('register.gap.forgiven')).first()).toBeVisible(patience);
    await row(closesTab).getByRole('button').first().click();
    await teacher.says('register.correct').click();
    const dialog = teacher.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: teacher.words('attendance.verdict.excused') }).click({ force: true });
    await dialog.getByRole('button', { name: teacher.words('register.correct'), exact: true }).click();
    await expect(dialog.getByText(teacher.words('register.noReason'))).toBeVisible();
    await dialog.getByRole('textbox').fill('Дәрігерге шақырылды');
    await dialog.getByRole('button', { name: teacher.words('register.correct'), exact: true }).click();
    await expect(dialog).toBeHidden(patience);
    await expect(teacher.page.getByText('Дәрігерге шақырылды').first()).toBeVisible(patience);
    expect(rowOf(await register(), closesTab)).toMatchObject({ verdict: 'excused', computed: 'left-early' });

    await teacher.says('register.sign').first().click();
    await teacher.says('register.sign', teacher.page.getByRole('dialog')).click();
    await expect(teacher.page.getByText(teacher.words('register.signed.text'))).toBeVisible(patience);
    expect((await register()).signature).toMatchObject({ by: own.person.id });
  });

  await test.step('afterwards it is closed to the teacher', async () => {
    const { rows } = await register();
    const absent = rows.find(({ name }) => name === neverComes);
    const answer = await teacher.page.request.put(`/api/lessons/${lesson.id}/register/${absent?.personId}`, {
      headers,
      data: { verdict: 'present', reason: 'Қайта қарау' },
    });
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(rowOf(await register(), neverComes).verdict).toBe('absent');
  });

  await test.step('a student sees the own record, and why', async () => {
    await onLine.goTo(`/lessons/${lesson.id}/register`);
    await expect(onLine.page.getByText(onLine.words('attendance.verdict.present')).first()).toBeVisible(patience);
    await expect(onLine.page.getByText(onLine.words('register.gap.forgiven')).first()).toBeVisible(patience);
    await expect(onLine.page.getByText(neverComes)).toHaveCount(0);
  });

  const saved = async (file: string) => readFile(await (await savedAs(teacher, file)).path());
  await test.step('Excel, CSV and PDF say what the page says', async () => {
    const { rows } = await register();
    const words = new Map(rows.filter(({ role }) => role === 'student').map(({ name, verdict }) => [name, verdict]));
    const book = new ExcelJS.Workbook();
    const bytes = await saved(teacher.words('register.file.xlsx'));
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
    const sheet = book.worksheets.map((one) => one.getSheetValues().flat().join('\n')).join('\n');
    const csv = (await saved(teacher.words('register.file.csv'))).toString('utf8');
    const { text: pages } = await extractText(new Uint8Array(await saved(teacher.words('register.file.pdf'))));
    const pdf = pages.join('\n').replace(/\s+/g, ' ');
    for (const [name, verdict] of words) {
      const word = teacher.words(`attendance.verdict.${verdict}`);
      expect(sheet, 'Excel').toContain(name);
      expect(
        csv
          .split('\n')
          .find((one) => one.includes(name))
          ?.toLowerCase(),
        `CSV: ${name}`,
      ).toContain(word.toLowerCase());
      expect(pdf, 'PDF').toContain(name);
      expect(pdf.toLowerCase(), `PDF: ${name}`).toContain(word.toLowerCase());
    }
    expect(sheet).toContain('Дәрігерге шақырылды');
    expect(csv).toContain('Дәрігерге шақырылды');
  });

  await test.step('the trace is proven on the page, and its bundle by the small program, which finds a changed letter', async () => {
    await teacher.says('register.prove').click();
    await expect(teacher.page.getByText(teacher.words('register.proof.ok'))).toBeVisible(patience);
    const bundle = test.info().outputPath('trace.jsonl');
    const verifier = test.info().outputPath('verify-bundle.mjs');
    await writeFile(bundle, await (await teacher.page.request.get(`/api/lessons/${lesson.id}/trace.jsonl`)).body());
    await writeFile(verifier, await (await teacher.page.request.get('/trace/verify-bundle.mjs')).body());
    const verify = promisify(execFile);
    expect((await verify(process.execPath, [verifier, bundle])).stdout).not.toBe('');
    const whole = await readFile(bundle, 'utf8');
    await writeFile(bundle, whole.replace('"closed-page"', '"closed-pagf"'));
    await expect(verify(process.execPath, [verifier, bundle])).rejects.toMatchObject({ code: 1 });
  });
});

async function savedAs(who: Visitor, file: string): Promise<Download> {
  await who.says('app.download').first().click();
  const [download] = await Promise.all([who.page.waitForEvent('download'), who.page.getByRole('menuitem', { name: file }).click()]);
  return download;
}
