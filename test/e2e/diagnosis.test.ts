// Who had trouble in class: found by the minute, told in one sentence, read out on the phone.
import { studentNames } from './support/demo.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

const [arujan, alexey] = studentNames;
/** A step is ten seconds, and the page asks again every fifteen. */
const nextLook = { timeout: 60_000 };

test.setTimeout(240_000);

async function opensStay(visitor: Visitor, name: string): Promise<void> {
  await visitor.page.getByRole('link', { name, exact: true }).first().click();
  await expect(visitor.page.getByRole('heading', { level: 1, name })).toBeVisible(patience);
}

test('Z30 to Z36 who lost the line is found in the hour, with what to say and to do, and whoever was well is found as well', async ({
  server,
  line,
  visitor,
}, testInfo) => {
  const teacher = await visitor(server);
  const student = await visitor(line);
  await teacher.attend('teacher');
  await student.attend('student1');
  const kept = student.page.getByText('Your place is kept.', { exact: false });
  line.cut();
  await expect(kept).toBeVisible(patience);
  line.mend();
  await expect(kept).toBeHidden(patience);

  const support = await visitor(server);
  const { page } = support;
  await support.signIn('admin');
  await support.goTo('/diagnosis');
  await expect(page.getByRole('heading', { name: /^In the last hour: \d+ people were in class, 1 of them had trouble\.$/ })).toBeVisible(
    nextLook,
  );
  const row = page.getByRole('row').filter({ hasText: arujan });
  await expect(row).toContainText(/connection lost/i);

  await opensStay(support, arujan);
  await expect(page.getByText('Your connection to the class was lost once.')).toBeVisible();
  await expect(page.getByRole('cell', { name: /^Line lost\./ })).toBeVisible();
  await expect(page.getByRole('cell', { name: /^Back after/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /: line lost/ })).toBeVisible();

  const moment = page.getByRole('slider', { name: 'Moment' });
  const at = () => new URL(page.url()).searchParams.get('at');
  const meant = at();
  await moment.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(at, patience).not.toBe(meant);
  const chosen = await moment.inputValue();
  await page.reload();
  await expect(moment).toHaveValue(chosen, patience);

  await support.says('diagnosis.say.copy').click();
  await support.page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(row).toBeVisible(patience);
  await page.getByRole('radio', { name: support.words('diagnosis.show.everybody') }).click();
  await expect(page.getByRole('link', { name: alexey })).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'Teacher' })).toContainText('No trouble', nextLook);

  await look(support, 'diagnosis-real', { testInfo, language: 'en', axe: false });
  await opensStay(support, arujan);
  await look(support, 'diagnosis-stay-real', { testInfo, language: 'en' });
});

test('Z31, Z35 what is asked for stands in the address, and can be sent on', async ({ server, visitor }) => {
  const support = await visitor(server);
  const { page } = support;
  await support.signIn('admin');
  await support.goTo('/diagnosis?day=2026-01-15&time=10:07&kind=frozen');
  await expect(page.getByRole('heading', { name: /^Around 10:07 on 15 January: / })).toBeVisible(patience);
  await page.getByLabel('Until', { exact: true }).fill('10:30');
  await expect(page.getByRole('heading', { name: /^15 January, 10:07–10:30: / })).toBeVisible(patience);
  await page.getByRole('searchbox').fill(arujan);
  await expect(page).toHaveURL(/until=10%3A30.*search=|search=.*until=10%3A30/);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue(arujan, patience);
  await expect(page.getByRole('button', { name: 'Picture froze What' })).toBeVisible();
  await support.says('diagnosis.lastHour').click();
  await expect(page.getByRole('heading', { name: /^In the last hour: / })).toBeVisible(patience);
  expect(support.complaints).toEqual([]);
});

test('Z37 a student is not let in, and a teacher comes from the register of the lesson', async ({ server, visitor }) => {
  const student = await visitor(server);
  await student.signIn('student1');
  await student.goTo('/diagnosis');
  await expect(student.page.getByText(student.words('app.noAccess.title'))).toBeVisible(patience);

  const teacher = await visitor(server);
  await teacher.attend('teacher');
  const lesson = /lessons\/([\w-]+)/.exec(teacher.page.url())?.[1];
  await teacher.goTo(`/lessons/${lesson}/register`);
  await teacher.page.getByRole('link', { name: 'Trouble in this class' }).click();
  await expect(teacher.page).toHaveURL(new RegExp(`/diagnosis\\?lesson=${lesson}&show=everybody`));
  await expect(teacher.page.getByRole('heading', { level: 1, name: 'Trouble in class' })).toBeVisible(patience);
  await teacher.page.getByRole('button', { name: /^Take off: Only the class/ }).click();
  await expect(teacher.page).toHaveURL(/\/diagnosis\?show=everybody/);
});
