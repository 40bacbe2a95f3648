// How every page looks, in three languages and two sizes: a picture of each is kept, and faults that a machine can see are found.
import { Recordings } from '../../server/contract/recording.ts';
import { Lessons } from '../../server/contract/timetable.ts';
import { studentNames, teacherName } from './support/demo.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

const [arujan] = studentNames;
const guestName = 'Жүнісбекова-Константинопольская Александра';

for (const { language, theme, axe } of views) {
  test(`every page around the class is whole, translated and accessible (${language}, ${theme})`, async ({ server, visitor }, testInfo) => {
    test.setTimeout(240_000);
    const options = { testInfo, language, axe };
    const nobody = await visitor(server, { language, theme });
    await nobody.goTo('/sign-in');
    await expect(nobody.says('identity.signIn.button')).toBeVisible(patience);
    await look(nobody, 'sign-in', options);
    await nobody.says('identity.signIn.button').click();
    await look(nobody, 'sign-in-nothing-entered', options);
    await nobody.goTo('/no-such-page');
    await expect(nobody.page.getByText(nobody.words('app.notFound.title'))).toBeVisible(patience);
    await look(nobody, 'not-found', options);

    const admin = await visitor(server, { language, theme });
    await admin.signIn('admin');
    await expect(admin.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
    await look(admin, 'timetable-of-all', options);
    await admin.goTo('/people');
    await expect(admin.page.getByText('student3', { exact: true }).first()).toBeVisible(patience);
    await look(admin, 'people', options);
    await admin.goTo('/status');
    await expect(admin.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
    await look(admin, 'status', options);

    const teacher = await visitor(server, { language, theme });
    await teacher.signIn('teacher');
    await expect(teacher.says('timetable.enter')).toBeVisible(patience);
    await look(teacher, 'timetable-day', options);
    await teacher.page.getByRole('heading', { level: 2 }).getByRole('button').first().click();
    await expect(teacher.says('timetable.guests.make')).toBeVisible(patience);
    await look(teacher, 'lesson', options);
    await teacher.page.keyboard.press('Escape');
    await teacher.says('timetable.new.button').click();
    await expect(teacher.page.getByRole('dialog')).toBeVisible(patience);
    await look(teacher, 'lesson-new', options);
    await teacher.goTo('/?view=week');
    await expect(teacher.page.getByRole('heading', { level: 1 })).toBeVisible(patience);
    await look(teacher, 'timetable-week', options);

    await test.step('a lesson whose door is still shut', async () => {
      const from = Date.now() + 2 * 3_600_000;
      const answer = await teacher.page.request.get(`/api/lessons?from=${from}&to=${from + 9 * 24 * 3_600_000}`);
      const [later] = Lessons.parse(await answer.json()).lessons;
      await teacher.goTo(`/lessons/${later?.id}`);
      await expect(teacher.page.getByRole('heading', { name: teacher.words('room.early.title') })).toBeVisible(patience);
      await look(teacher, 'early', options);
    });
  });

  test(`the class is whole, translated and accessible from the lobby to the recording (${language}, ${theme})`, async ({
    server,
    visitor,
  }, testInfo) => {
    test.setTimeout(300_000);
    const options = { testInfo, language, axe };
    const teacher = await visitor(server, { language, theme });
    const student = await visitor(server, { language, theme });
    const guest = await visitor(server, { language, theme });

    await teacher.signIn('teacher');
    await teacher.enterClass();
    await expect(teacher.page.locator('video')).toBeVisible(patience);
    await look(teacher, 'lobby-teacher', options);
    await teacher.joinClass({ camera: true });
    await student.signIn('student1');
    await student.enterClass();
    await look(student, 'lobby-student', options);
    await student.joinClass({ camera: false });

    await test.step('the class', async () => {
      await student.seesMove(student.picture(teacherName, 'camera'));
      await look(student, 'class-student', options);
      await teacher.button(teacher.words('room.shareScreen')).click();
      await teacher.says('room.record').click();
      await teacher.writes('Сәлеметсіздер ме! Бүгін рекурсияны бастаймыз: https://example.org/recursion');
      await student.writes('Здравствуйте! А запись будет?');
      await student.button(student.words('room.raiseHand')).click();
      await student.seesMove(student.picture(teacherName, 'screen'));
      for (const [who, panel] of [
        [student, 'chat'],
        [teacher, 'people'],
        [teacher, 'hands'],
      ] as const) {
        await look(who, `class-${panel}`, { ...options, again: () => who.openPanel(panel) });
        await who.closePanels();
      }
      await teacher.openPanel('people');
      await teacher.says('room.rules.short').click();
      await look(teacher, 'class-rules', options);
      await teacher.page.keyboard.press('Escape');
      await teacher.closePanels();
      await look(teacher, 'class-teacher', options);
    });

    await test.step('a guest', async () => {
      const made = await teacher.page.request.post('/api/lessons/demo-lesson-1/guest-link', { headers: { origin: server.url }, data: {} });
      const { url } = await made.json();
      await guest.goTo(new URL(url).pathname);
      await guest.page.getByRole('textbox').fill(guestName);
      await look(guest, 'guest', options);
      await guest.says('identity.guest.button').click();
      await guest.says('room.join').click();
      await expect(guest.page.getByRole('heading', { name: guest.words('room.waiting.title') })).toBeVisible(patience);
      await look(guest, 'waiting', options);
      await look(teacher, 'class-someone-waits', options);
      await teacher.button(teacher.words('room.waitingList.turnAwayName').replace('{name}', guestName)).click();
      await expect(guest.page.getByRole('heading', { name: guest.words('room.ended.turned-away.title') })).toBeVisible(patience);
      await look(guest, 'turned-away', options);
    });

    await test.step('removed, and refused on coming back', async () => {
      // The question belongs to the panel, which closes when the page changes its size.
      const ask = () => teacher.choose(arujan, teacher.words('room.person.remove'));
      await look(teacher, 'class-removing', { ...options, again: ask });
      await ask();
      await teacher.says('room.person.remove.action').click();
      await expect(student.page.getByRole('heading', { name: student.words('room.ended.removed.title') })).toBeVisible(patience);
      await look(student, 'removed', options);
      await student.goTo('/lessons/demo-lesson-1');
      await student.says('room.join').click();
      await expect(student.page.getByText(student.words('refusals.removed'))).toBeVisible(patience);
      // The refusal is an answer above 399, which the browser notes by itself.
      student.complaints.length = 0;
      await look(student, 'refused', options);
    });

    await test.step('after the class', async () => {
      await teacher.closePanels();
      await teacher.says('room.leave').click();
      await look(teacher, 'leaving', options);
      await teacher.says('room.endForAll').click();
      await expect(teacher.page.getByRole('link', { name: teacher.words('room.ended.recording') })).toBeVisible(patience);
      await look(teacher, 'ended', options);
      await teacher.goTo('/lessons/demo-lesson-1/register');
      await expect(teacher.page.getByText(arujan)).toBeVisible(patience);
      await look(teacher, 'register', options);
      const { recordings } = Recordings.parse(await (await teacher.page.request.get('/api/lessons/demo-lesson-1/recordings')).json());
      await teacher.goTo(`/recordings/${recordings[0]?.id}`);
      await expect(teacher.says('recording.play')).toBeVisible(patience);
      await teacher.says('recording.play').click();
      await teacher.seesMove(teacher.page.locator('video').first());
      await look(teacher, 'recording', options);
    });
  });

  test(`the first run is whole, translated and accessible (${language}, ${theme})`, async ({ emptyServer, visitor }, testInfo) => {
    const options = { testInfo, language, axe };
    const owner = await visitor(emptyServer, { language, theme });
    const link = new URL(emptyServer.firstRunLink);
    await owner.goTo(`${link.pathname}${link.hash}`);
    await expect(owner.says('identity.firstRun.demo.button')).toBeVisible(patience);
    await look(owner, 'first-run', options);
    await owner.says('identity.firstRun.own.button').click();
    await look(owner, 'first-run-administrator', options);
    await owner.says('app.back').click();
    await owner.says('identity.firstRun.demo.button').click();
    await expect(owner.page.getByRole('heading', { name: owner.words('identity.firstRun.done.title') })).toBeVisible(patience);
    await look(owner, 'first-run-done', options);
  });
}

test('the first page weighs less than 250 KB on the wire, beside the letters of its font', async ({ server, visitor }) => {
  for (const language of ['en', 'ru', 'kk'] as const) {
    const nobody = await visitor(server, { language });
    await nobody.goTo('/sign-in');
    await expect(nobody.says('identity.signIn.button')).toBeVisible(patience);
    await nobody.page.waitForLoadState('networkidle');
    const parts = await nobody.bodies();
    const weightOf = (some: typeof parts) => some.reduce((sum, { bytes }) => sum + bytes, 0);
    const fonts = parts.filter(({ path }) => path.endsWith('.woff2'));
    const page = weightOf(parts) - weightOf(fonts);
    console.log(`The first page in ${language}: ${page} bytes in ${parts.length} answers, and ${weightOf(fonts)} bytes of fonts`);
    expect(page).toBeLessThan(250_000);
  }
});

test('one comes from the sign-in page into the class by keyboard alone', async ({ server, visitor }) => {
  const student = await visitor(server);
  await student.goTo('/sign-in');
  await expect(student.page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused(patience);
  await student.page.keyboard.type('student1');
  await student.page.keyboard.press('Tab');
  await student.page.keyboard.type('four unrelated words');
  await student.page.keyboard.press('Enter');
  await expect(student.button('Enter class')).toBeVisible(patience);
  await student.tabsTo(student.button('Enter class'));
  await student.page.keyboard.press('Enter');
  await expect(student.button('Join class')).toBeVisible(patience);
  await student.tabsTo(student.button('Join class'));
  await student.page.keyboard.press('Enter');
  await expect(student.button('Raise hand')).toBeVisible(patience);
  await student.tabsTo(student.button('Raise hand'));
  await student.page.keyboard.press('Enter');
  await expect(student.button('Raise hand')).toHaveAttribute('aria-pressed', 'true', patience);
});
