// The situation centre: who has trouble is called and seen, one looks in with one click, the wall shows all and says when it is not fresh, and days are summed up.
import { Situation, SituationSummary } from '../../server/contract/situation.ts';
import { boardAddress, showBoard } from './support/busy-board.ts';
import { teacherName } from './support/demo.ts';
import { ServerProcess } from './support/server-process.ts';
import { test as base, expect } from './support/test.ts';
import { patience } from './support/visitor.ts';
import { cutOff, smallestLetters } from './support/wall-look.ts';

const wallSize = { width: 1920, height: 1080 };

/** One for all of them: only the first changes how its class goes. */
const test = base.extend<Record<never, never>, { readonly campus: ServerProcess }>({
  campus: [
    async ({ browserName: _ }, use) => {
      const campus = await ServerProcess.openDemo(() => ({ AUDITORIA_SITUATION_TEACHER_ABSENT_MINUTES: '1' }));
      await use(campus);
      await campus.close();
    },
    { scope: 'worker' },
  ],
});

test.setTimeout(180_000);

test('W60, W64, W69 a teacher who does not come is called; when they come the lesson runs, and one looks in with one click that says beforehand who will be told', async ({
  campus,
  visitor,
}) => {
  const watcher = await visitor(campus);
  await watcher.signIn('coordinator');
  await watcher.goTo('/situation');
  const { page } = watcher;
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
  await expect(page.getByRole('heading', { level: 1, name: 'Situation centre' })).toBeVisible(patience);
  const called = page.locator('[data-live-announcer]').getByText('New: Teacher absent', { exact: false });
  await expect(called).toBeAttached({ timeout: 90_000 });
  await expect(card).toContainText('Teacher absent');
  await expect(card).toContainText(teacherName);
  await expect(card.getByText('New', { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\) Situation centre/);

  const student = await visitor(campus);
  await student.attend('student1');
  const teacher = await visitor(campus);
  await teacher.attend('teacher');
  await expect(card).toHaveCount(0, patience);
  const row = page.getByRole('listitem').filter({ hasText: teacherName });
  await expect(row).toContainText(/1 of \d+ here/, patience);
  await expect(page.getByText('Nobody is needed now')).toBeVisible();

  const observe = row.getByRole('link', { name: /^Observe/ });
  await expect(observe).toHaveAccessibleDescription(/everyone in it is told/);
  await observe.click();
  await expect(watcher.says('room.join')).toBeVisible(patience);
});

test('W62 what is chosen stands in the address, also after the page is loaded anew, and goes on to the wall', async ({
  campus,
  visitor,
}) => {
  const watcher = await visitor(campus);
  const { page } = watcher;
  await watcher.signIn('admin');
  await showBoard(page);
  await watcher.goTo('/situation');
  await expect(page.getByRole('radio', { name: /^Needs someone: 14/ })).toBeVisible(patience);
  await watcher.chooses('situation.kind', 'timetable.kind.examination');
  await page.getByRole('button', { name: 'Faculty' }).click();
  await page.getByRole('option', { name: 'Факультет востоковедения' }).click();
  await expect(page).toHaveURL(/faculty=f-4&kind=examination/);
  await page.reload();
  await expect(page.getByRole('button', { name: /Faculty/ })).toContainText('Факультет востоковедения', patience);
  const shown = page.getByRole('list').getByRole('listitem').filter({ hasText: 'Examination' });
  await expect(shown.first()).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Seminar' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Wall screen' })).toHaveAttribute('href', '/situation/wall?faculty=f-4&kind=examination');
  await page.getByRole('searchbox').fill('nothing of this name');
  await expect(page.getByText('No lesson fits this choice')).toBeVisible();
  await watcher.says('situation.clear').click();
  await expect(page.getByRole('radio', { name: /^Needs someone: 14/ })).toBeVisible();
});

test('W67, W68 the wall shows everyone who needs someone in letters of 40 pixels, turns by itself and by keys, and needs no mouse', async ({
  campus,
  visitor,
}) => {
  const wall = await visitor(campus, { size: wallSize });
  const { page } = wall;
  await wall.signIn('admin');
  await showBoard(page);
  await wall.goTo('/situation/wall');
  await expect(page.getByText('Page 1 of 5')).toBeVisible(patience);
  await expect(page.getByRole('banner').or(page.getByRole('navigation', { name: 'Main navigation' }))).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(wall.says('situation.wall.resume')).toBeVisible();
  let shown = 0;
  for (const number of [1, 2, 3, 4, 5]) {
    await expect(page.getByText(`Page ${number} of 5`)).toBeVisible();
    shown += await page.getByRole('main').getByRole('heading', { level: 2 }).count();
    expect(await page.evaluate(smallestLetters), `page ${number}`).toBeGreaterThanOrEqual(40);
    expect(await page.evaluate(cutOff), `page ${number}: nothing is cut off by the edge`).toEqual([]);
    if (number < 5) await page.keyboard.press('ArrowRight');
  }
  expect(shown, '14 lessons and 14 faculties').toBe(28);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Page 1 of 5')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByText('Page 2 of 5'), 'turned by itself').toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/situation$/);
});

test('W66 a board without news says since when, and is fresh again by itself', async ({ campus, visitor }) => {
  const wall = await visitor(campus, { size: wallSize });
  const { page } = wall;
  await wall.signIn('admin');
  await wall.goTo('/situation/wall');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible(patience);
  await page.route(boardAddress, (route) => route.abort());
  await expect(page.getByRole('alert')).toContainText('No news since', { timeout: 40_000 });
  await page.unroute(boardAddress);
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 20_000 });
});

test('W70, W71, W72 past slots and summaries are there, and what is shown can be taken away as a file', async ({ campus, visitor }) => {
  const watcher = await visitor(campus);
  const { page } = watcher;
  await watcher.signIn('admin');
  const week = '/api/situation/summary?from=2026-01-01&to=2026-01-07';
  expect(SituationSummary.parse(await (await page.request.get(week)).json()).total.lessons).toBe(0);
  await watcher.goTo('/situation/summary?by=week');
  await watcher.says('timetable.previousWeek').click();
  await expect(page.getByRole('radiogroup', { name: 'Period' })).toBeVisible(patience);
  await expect(page.getByRole('table').first().getByRole('row').nth(1)).toBeVisible(patience);
  for (const name of ['Table (CSV)', 'Excel (XLSX)']) {
    await watcher.says('app.download').click();
    const file = page.waitForEvent('download');
    await page.getByRole('menuitem', { name }).click();
    expect((await file).suggestedFilename()).toMatch(/\.(csv|xlsx)$/);
  }

  const { lessons } = Situation.parse(await (await page.request.get('/api/situation')).json());
  const startsAt = lessons[0]?.startsAt;
  await watcher.goTo('/situation');
  await expect(page.getByRole('button', { name: 'Previous time' })).toBeVisible(patience);
  await page.getByRole('button', { name: 'Lessons at' }).click();
  await page.getByRole('option').nth(1).click();
  await expect(page).toHaveURL(/at=\d+/);
  await watcher.goTo(`/situation?at=${startsAt}`);
  await expect(page.getByRole('listitem').filter({ hasText: teacherName }).first()).toBeVisible(patience);
  await watcher.says('situation.now').click();
  await expect(page).not.toHaveURL(/at=/);
});

test('a teacher sees their own lessons alone, and a student no board', async ({ campus, visitor }) => {
  const teacher = await visitor(campus);
  await teacher.signIn('teacher');
  await teacher.goTo('/situation');
  const row = teacher.page.getByRole('listitem').filter({ hasText: teacherName });
  await expect(row.getByRole('link', { name: /^Enter class/ })).toBeVisible(patience);
  const student = await visitor(campus);
  await student.signIn('student1');
  await student.goTo('/situation');
  await expect(student.page.getByText(student.words('app.noAccess.title'))).toBeVisible(patience);
});
