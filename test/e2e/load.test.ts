// The load page while a class runs: its figures move, a worker is drained and taken back, and the class is ended from outside; in three languages and two sizes.
import { Status } from '../../server/contract/monitoring.ts';
import { look, views } from './support/look.ts';
import { ServerProcess } from './support/server-process.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

const note = 'Оқу дабылы · Учебная тревога';

async function statusSeenBy({ page }: Visitor): Promise<Status> {
  return Status.parse(await (await page.request.get('/api/status')).json());
}

for (const { language, theme, axe } of views) {
  test(`an administrator sees the load of a class, drains its worker and ends it (${language}, ${theme})`, async ({
    visitor,
  }, testInfo) => {
    test.setTimeout(240_000);
    const options = { testInfo, language, axe };
    const server = await ServerProcess.openDemo(() => ({ AUDITORIA_MEDIA_WORKERS: '2' }));
    try {
      const teacher = await visitor(server, { language, theme });
      await teacher.signIn('teacher');
      await teacher.enterClass();
      await teacher.joinClass({ camera: false });
      const admin = await visitor(server, { language, theme });
      const { page } = admin;
      await admin.signIn('admin');
      await admin.goTo('/status');
      await expect.poll(async () => (await statusSeenBy(admin)).rooms[0]?.inBps ?? 0, patience).toBeGreaterThan(5_000);
      const [room] = (await statusSeenBy(admin)).rooms;
      const title = room?.title ?? '';
      const named = (key: string) => admin.words(key).replace('{name}', title);

      await test.step('rooms, workers and the last hour, in pictures and in tables beside them', async () => {
        await expect(page.getByRole('rowheader').filter({ hasText: title })).toBeVisible(patience);
        await expect(page.getByRole('figure').first()).toBeVisible(patience);
        await expect(page.locator('canvas').first()).toBeVisible();
        await look(admin, 'load', options);
        await admin.button(named('status.hour.of')).click();
        await expect(page.locator('.status-detail').getByRole('figure').first()).toBeVisible(patience);
        await look(admin, 'load-room', options);
        await admin.button(named('status.hour.of')).click();
        await page.getByRole('searchbox').fill('there is no such room');
        await expect(page.getByText(admin.words('status.rooms.notFound'))).toBeVisible();
        await page.getByRole('searchbox').fill('');
      });

      await test.step('a worker is drained, the last one cannot be, and it is taken back', async () => {
        await admin.says('status.drain').first().click();
        const asked = page.getByRole('alertdialog');
        await look(admin, 'load-drain', options);
        await admin.says('status.drain', asked).click();
        await expect(admin.says('status.resume')).toBeVisible(patience);
        await expect(admin.says('status.drain')).toBeDisabled();
        await admin.says('status.resume').click();
        await expect(admin.says('status.drain')).toHaveCount(2, patience);
      });

      await test.step('the class is ended, and who is in it reads why', async () => {
        await admin.button(named('status.acts.of')).click();
        await page.getByRole('menuitem', { name: admin.words('status.end') }).click();
        const asked = page.getByRole('alertdialog');
        await admin.says('status.end.action', asked).click();
        await expect(page.getByText(admin.words('status.end.why.needed'))).toBeVisible();
        await look(admin, 'load-end', options);
        await page.getByRole('textbox', { name: admin.words('status.end.why') }).fill(note);
        await admin.says('status.end.action', asked).click();
        await expect(teacher.page.getByRole('heading', { name: teacher.words('room.ended.ended-from-outside.title') })).toBeVisible(
          patience,
        );
        await expect(teacher.page.getByText(note)).toBeVisible();
        await look(teacher, 'ended-from-outside', options);
        await expect(page.getByText(admin.words('status.rooms.none'))).toBeVisible(patience);
      });
    } finally {
      await server.close();
    }
  });
}
