// A thin line in the browser: the screen as still pictures, the choice of less, and what the teacher sees of it.
import { teacherName } from './support/demo.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test.setTimeout(240_000);

test('L6, L11, L14 who saves data sees the screen as still pictures and hears the class; the teacher knows; all comes back by one choice', async ({
  server,
  visitor,
}) => {
  const teacher = await visitor(server);
  const student = await visitor(server);
  await teacher.attend('teacher');
  await student.attend('student1');
  await teacher.button('Share screen').click();
  const screen = student.picture(teacherName, 'screen');
  await student.seesMove(screen);

  await student.button('More').click();
  await student.page.getByRole('menuitem', { name: 'Save data' }).click();
  await student.page
    .locator('label')
    .filter({ hasText: /^Screen as pictures/ })
    .click();
  await student.page.keyboard.press('Escape');
  const still = student.page.getByRole('img', { name: `The screen of ${teacherName} as a still picture` });
  await expect(still).toBeVisible(patience);
  await expect.poll(() => still.evaluate((image) => Number(Reflect.get(image, 'naturalWidth'))), patience).toBeGreaterThan(300);
  await expect(student.picture(teacherName, 'camera')).toBeHidden(patience);
  await student.hears(1);

  await teacher.openPanel('people');
  await expect(teacher.button('1 person receives less than everything')).toBeVisible(patience);

  await student.button('Screen as pictures. Choose what you receive').click();
  await student.page
    .locator('label')
    .filter({ hasText: /^Everything/ })
    .click();
  await student.page.keyboard.press('Escape');
  await student.seesMove(screen);
  await student.seesMove(student.picture(teacherName, 'camera'));
  await expect(still).toBeHidden(patience);
  expect([...teacher.complaints, ...student.complaints]).toEqual([]);
});
