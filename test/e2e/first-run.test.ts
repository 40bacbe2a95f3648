// The first minutes with a fresh installation.
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

test('the printed link leads to the demo university, whose class is two clicks away', async ({ emptyServer, visitor }) => {
  const owner = await visitor(emptyServer);
  const link = new URL(emptyServer.firstRunLink);
  await owner.goTo('/');
  await expect(owner.page.getByRole('heading', { name: 'Welcome to Auditoria' })).toBeVisible(patience);
  await owner.goTo(`${link.pathname}${link.hash}`);
  await owner.button('Make the demo university').click();

  await expect(owner.page.getByRole('heading', { name: 'The demo university is ready' })).toBeVisible(patience);
  const people = owner.page
    .getByRole('grid', { name: 'Names and passwords' })
    .or(owner.page.getByRole('table', { name: 'Names and passwords' }));
  for (const name of ['admin', 'coordinator', 'observer', 'assistant', 'student1', 'student24']) {
    const row = people.getByRole('row').filter({ has: owner.page.getByText(name, { exact: true }) });
    await expect(row.locator('code')).toHaveCount(2);
  }
  const row = people.getByRole('row').filter({ has: owner.page.getByText('student1', { exact: true }) });
  const password = await row.locator('code').nth(1).innerText();

  await owner.page.getByRole('link', { name: 'Go to the timetable' }).click();
  await owner.button('Enter class').click();
  await owner.joinClass({ camera: true });

  await test.step('a student comes with the password that was shown', async () => {
    const student = await visitor(emptyServer);
    await student.signIn('student1', password);
    await student.enterClass();
  });

  await test.step('the link works once', async () => {
    const second = await visitor(emptyServer);
    await second.goTo(`${link.pathname}${link.hash}`);
    await expect(second.page.getByRole('heading', { name: 'This server is set up already' })).toBeVisible(patience);
  });
});

test('the first administrator is made by the printed link and comes in signed in', async ({ emptyServer, visitor }) => {
  const owner = await visitor(emptyServer);
  const link = new URL(emptyServer.firstRunLink);
  await owner.goTo(`${link.pathname}${link.hash}`);
  await owner.button('Create the administrator').click();
  await owner.page.getByLabel('Full name').fill('Өтегенов Ержан');
  await owner.page.getByLabel('Sign-in name').fill('yerzhan');
  await owner.page.getByLabel('Password', { exact: true }).fill('тау бұлақ қалам 7');
  await owner.button('Create and sign in').click();
  await expect(owner.page.getByRole('link', { name: 'People' })).toBeVisible(patience);

  const later = await visitor(emptyServer);
  await later.signIn('yerzhan', 'тау бұлақ қалам 7');
  await later.page.getByRole('link', { name: 'People' }).click();
  await expect(later.page.getByText('yerzhan')).toBeVisible(patience);
});
